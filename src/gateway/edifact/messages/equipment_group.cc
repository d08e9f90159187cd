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

std::optional<EdifactMilestone> milestone_by_code(const Report& report) {
  const MessageHeader& header = report.header();
  return milestone_from_edifact({header.type, header.release, header.association, report.code()});
}

void note_assumed_profile(Report& report) {
  report.note(Severity::info, "edifact.profile_assumed",
              "Document code " + report.code() + " was read as the ITIGG guides define it, which the message does not name.", {2, 0},
              "BGM/1/1");
}

std::optional<Milestone> loaded_or_discharged(const std::vector<Location>& header, const EquipmentGroup& group) {
  const bool names_loading = find_location(header, {"9"}) != nullptr, names_discharge = find_location(header, {"11"}) != nullptr;
  if (names_loading != names_discharge) return names_loading ? Milestone::loaded : Milestone::discharged;
  if (group.equipment.status == "2") return Milestone::loaded;      // export
  if (group.equipment.status == "3") return Milestone::discharged;  // import
  return std::nullopt;
}

void note_guess(Report& report, const EquipmentGroup& group, std::optional<Milestone> guessed, std::string_view done) {
  const std::string what(done);
  if (guessed)
    report.note(Severity::warning, "edifact.report_by_content",
                "The document code does not say what is " + what + "; " + std::string(name(*guessed)) + " follows from the content.",
                group.origin, "BGM/1/1");
  else
    report.note(Severity::error, "edifact.unknown_report", "Neither the document code nor the content says what is " + what + ".",
                group.origin, "BGM/1/1");
}

void append_remark(std::string& remark, std::string_view text) {
  if (text.empty() || remark.size() + text.size() + 2 > limits::kTextBytesMax) return;
  if (!remark.empty()) remark += "; ";
  remark += text;
}

}  // namespace fairway::gateway::edifact
