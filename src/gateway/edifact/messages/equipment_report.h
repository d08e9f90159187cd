// CODECO and COARRI: reports that containers passed a gate, or were loaded or discharged; and of the vessel call they belong to.
//
// Both have a header (means of transport, its places and times, parties) and a group for each container. Groups are told by their
// trigger segments, not by their numbers, which differ from directory to directory. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/call_header.h"
#include "gateway/edifact/messages/equipment_group.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class EquipmentReport final : public Mapper {
 public:
  EquipmentReport(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  void leave_header();
  void state_group();
  void state_cancellation();
  [[nodiscard]] std::optional<Milestone> milestone_of(const EquipmentGroup& group);
  [[nodiscard]] std::optional<Milestone> milestone_by_content(const EquipmentGroup& group) const;
  [[nodiscard]] Place place_of(const EquipmentGroup& group, Milestone milestone) const;
  [[nodiscard]] bool is_gate_report() const { return report_.header().type == "CODECO"; }

  Report report_;
  bool in_header_ = true;
  CallHeader head_;
  std::optional<Milestone> reported_;  // what BGM says
  std::optional<EquipmentGroup> group_;
};

}  // namespace fairway::gateway::edifact
