#include "gateway/edifact/messages/equipment_group.h"

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kStowageCell = "147";

void add_place(Report& report, EquipmentGroup& group, const Segment& loc) {
  Location location = read_location(loc);
  if (group.in_leg)
    report.gather(group.leg_locations, std::move(location), origin_of(loc));
  else if (location.qualifier == kStowageCell)
    group.equipment.facts.stowage = loc.at(2, 1);
  else
    report.gather(group.locations, std::move(location), origin_of(loc));
}

}  // namespace

EquipmentGroup equipment_group(const Segment& eqd) {
  EquipmentGroup group;
  group.origin = origin_of(eqd);
  group.equipment = read_equipment(eqd);
  return group;
}

void add_to_group(Report& report, EquipmentGroup& group, const Segment& segment) {
  if (segment.tag == "TDT") {
    group.in_leg = true;
    if (!group.leg) group.leg = read_stage(segment).transport;
  } else if (segment.tag == "NAD") {
    report.add_party(group.parties, segment);
  } else if (segment.tag == "LOC") {
    add_place(report, group, segment);
  } else if (segment.tag == "DTM") {
    report.gather(group.in_leg ? group.leg_times : group.times, stated_time(segment), origin_of(segment));
  } else if (segment.tag == "RFF") {
    report.add_reference(group.references, segment);
  } else if (segment.tag == "MEA") {
    read_measurement(segment, group.equipment.facts);
  } else if (segment.tag == "SEL" && group.equipment.facts.seals.size() < limits::kReferencesPerEventMax) {
    read_seal(segment, group.equipment.facts);
  } else if (segment.tag == "EQN" && group.quantity.empty()) {
    group.quantity = trim(segment.at(1, 1));
  } else if (segment.tag == "FTX") {
    append_remark(group.remark, read_text(segment));
  }
}

std::optional<ReferenceKind> subject_of(Report& report, const EquipmentGroup& group) {
  const auto kind = equipment_kind_of(group.equipment.kind);
  if (!kind)
    report.note(Severity::info, "edifact.other_equipment", "Equipment that is no container or vehicle was passed over.", group.origin,
                "EQD/1");
  return kind;
}

void append_remark(std::string& remark, std::string_view text) {
  if (text.empty() || remark.size() + text.size() + 2 > limits::kTextBytesMax) return;
  if (!remark.empty()) remark += "; ";
  remark += text;
}

}  // namespace fairway::gateway::edifact
