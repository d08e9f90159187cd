// CODECO and COARRI: reports that containers passed a gate, or were loaded or discharged; and of the vessel call they belong to.
//
// Both have a header (means of transport, its places and times, parties) and a group for each container. Groups are told by their
// trigger segments, not by their numbers, which differ from directory to directory. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/edifact/mapper.h"
#include "gateway/edifact/messages/report.h"

namespace fairway::gateway::edifact {

// One EQD and what follows it.
struct EquipmentGroup {
  Origin origin;
  Equipment equipment;
  std::vector<Reference> references;
  std::vector<StatedTime> times;
  std::vector<Location> locations;
  std::vector<NamedParty> parties;
  std::string remark;
  std::optional<Transport> leg;  // the inland or on-carriage means named for this container
  bool in_leg = false;           // what follows TDT is of the leg
};

class EquipmentReport final : public Mapper {
 public:
  EquipmentReport(const MessageHeader& header, DecodedMessage& out) : report_(header, out) {}

  void segment(const Segment& segment) override;
  void finish() override;

 private:
  struct HeaderTime {
    StatedTime time;
    Place place;  // of the location whose group it is in
    bool placed = false;
  };

  void header_segment(const Segment& segment);
  void header_stage(const Segment& tdt);
  void header_time(const Segment& dtm);
  void group_segment(EquipmentGroup& group, const Segment& segment);
  void leave_header();
  void state_calls();
  void state_group();
  void state_cancellation();
  [[nodiscard]] std::optional<Milestone> milestone_of(const EquipmentGroup& group);
  [[nodiscard]] std::optional<Milestone> milestone_by_content(const EquipmentGroup& group) const;
  [[nodiscard]] Place place_of(const EquipmentGroup& group, Milestone milestone) const;
  [[nodiscard]] Place call_place(const HeaderTime& time, Milestone milestone) const;
  [[nodiscard]] bool is_gate_report() const { return report_.header().type == "CODECO"; }

  Report report_;
  bool in_header_ = true;
  bool in_stage_ = false;  // after TDT in the header
  bool stage_is_main_ = false;
  Origin stage_origin_;
  Transport transport_;
  std::vector<Reference> references_;
  std::vector<Location> locations_;
  std::vector<StatedTime> times_;
  std::vector<HeaderTime> call_times_;
  std::optional<Milestone> reported_;  // what BGM says
  std::optional<EquipmentGroup> group_;
};

}  // namespace fairway::gateway::edifact
