// EquipmentGroup: one EQD of a container message and what follows it until the next one.
//
// Plain values, filled segment by segment. Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/edifact/messages/report.h"
#include "model/milestone.h"

namespace fairway::gateway::edifact {

struct EquipmentGroup {
  Origin origin;
  Equipment equipment;
  std::string quantity;  // EQN 6350: of so many alike that have no number yet
  std::vector<Reference> references;
  std::vector<StatedTime> times;
  std::vector<Location> locations;
  std::vector<NamedParty> parties;
  std::string remark;
  std::optional<Transport> leg;  // the inland or on-carriage means named for this container
  std::vector<StatedTime> leg_times;
  std::vector<Location> leg_locations;
  bool in_leg = false;  // what follows TDT is of the leg
};

// The group that an EQD begins.
[[nodiscard]] EquipmentGroup equipment_group(const Segment& eqd);

// Takes TDT, NAD, LOC, DTM, RFF, MEA, SEL, EQN and FTX; passes over everything else.
void add_to_group(Report& report, EquipmentGroup& group, const Segment& segment);

// What the group is about; nothing, and a note, where it is neither a container nor a vehicle.
[[nodiscard]] std::optional<ReferenceKind> subject_of(Report& report, const EquipmentGroup& group);

// What the code of BGM says that the message is about; nothing where it says nothing known.
[[nodiscard]] std::optional<EdifactMilestone> milestone_by_code(const Report& report);
// Says that the code was read as guides define it that the message does not name.
void note_assumed_profile(Report& report);

// For a message to or from a vessel whose code does not say it: loaded or discharged, by the one port of the call that the header
// names, else by the way the container goes.
[[nodiscard]] std::optional<Milestone> loaded_or_discharged(const std::vector<Location>& header, const EquipmentGroup& group);
// Says what the milestone was guessed from, or that nothing tells it. `done`: "reported" or "ordered".
void note_guess(Report& report, const EquipmentGroup& group, std::optional<Milestone> guessed, std::string_view done);

// Appends to a remark as long as it stays within limits::kTextBytesMax.
void append_remark(std::string& remark, std::string_view text);

}  // namespace fairway::gateway::edifact
