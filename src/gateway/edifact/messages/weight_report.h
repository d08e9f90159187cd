// VERMAS: the verified gross mass of containers (SOLAS VI/2): what each weighs, when, by which method, and who answers for it.
//
// Keeps the header and the container in hand. Persons (CTA) are passed over. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/equipment_group.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class WeightReport final : public Mapper {
 public:
  WeightReport(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  void state_group();

  Report report_;
  std::vector<Reference> references_;
  std::vector<StatedTime> times_;
  std::optional<EquipmentGroup> group_;
  std::string method_;  // DOC of the container in hand: "SM1", "SM2"
};

}  // namespace fairway::gateway::edifact
