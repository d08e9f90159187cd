// COPRAR, COPARN, COPINO and CODENO: what is to happen to containers: orders to load and discharge, to accept and release, the haulier's
// notice of its coming, and the state of their customs papers.
//
// Each container is a planned event; equipment that has no number yet is one of its booking or release. Not thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/call_header.h"
#include "gateway/edifact/messages/equipment_group.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

class EquipmentOrder final : public Mapper {
 public:
  EquipmentOrder(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  void leave_header();
  void goods_segment(const Segment& segment);
  void state_group();
  [[nodiscard]] std::optional<Milestone> milestone_of(const EquipmentGroup& group);
  [[nodiscard]] std::optional<Milestone> by_content(const EquipmentGroup& group) const;
  [[nodiscard]] std::optional<Milestone> by_direction() const;
  [[nodiscard]] Place place_of(const EquipmentGroup& group, Milestone milestone) const;
  [[nodiscard]] std::optional<Instant> time_of(const EquipmentGroup& group, Milestone milestone, const Place& place);
  [[nodiscard]] Transport transport_of(const EquipmentGroup& group) const;
  [[nodiscard]] bool is(std::string_view type) const { return report_.header().type == type; }

  Report report_;
  CallHeader head_;
  bool in_header_ = true, in_goods_ = false;
  std::optional<Milestone> ordered_;  // what BGM says
  std::string direction_;             // FTX OSI: "L" or "D", as orders of the guides have it
  std::vector<StatedTime> papers_;    // times of DOC in the goods of a CODENO
  std::vector<Reference> goods_;      // references of the goods
  std::optional<EquipmentGroup> group_;
};

}  // namespace fairway::gateway::edifact
