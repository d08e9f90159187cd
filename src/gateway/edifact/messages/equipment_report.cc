#include "gateway/edifact/messages/equipment_report.h"

#include <algorithm>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

// Where a gate report says the gate is: the place of handling, of empty despatch or return, then the ports.
const Location* find_gate(const std::vector<Location>& locations) {
  return find_location(locations, {"165", "200", "175", "98", "99", "9", "11"});
}

}  // namespace

void EquipmentReport::segment(const Segment& segment) {
  if (segment.tag == "EQD") {
    if (in_header_) leave_header();
    state_group();
    group_ = equipment_group(segment);
    return;
  }
  if (segment.tag == "CNT" || segment.tag == "UNT") return state_group();
  if (in_header_) return head_.segment(report_, segment);
  if (group_) add_to_group(report_, *group_, segment);
}

void EquipmentReport::finish() {
  if (in_header_) leave_header();
  state_group();
  if (report_.retracts() && report_.stated_nothing()) state_cancellation();
}

void EquipmentReport::leave_header() {
  in_header_ = false;
  const auto found = milestone_by_code(report_);
  if (found) reported_ = found->milestone;
  if (found && found->assumed) note_assumed_profile(report_);
  head_.leave(report_, reported_);
}

std::optional<Milestone> EquipmentReport::milestone_by_content(const EquipmentGroup& group) const {
  if (!is_gate_report()) return loaded_or_discharged(head_.locations, group);
  const bool is_export = group.equipment.status == "2", is_import = group.equipment.status == "3";
  if (find_location(group.locations, {"99"}) != nullptr) return Milestone::gate_in;
  if (find_location(group.locations, {"98"}) != nullptr) return Milestone::gate_out;
  if (group.equipment.facts.load == Load::laden && is_export) return Milestone::gate_in;
  if (group.equipment.facts.load == Load::laden && is_import) return Milestone::gate_out;
  return std::nullopt;
}

std::optional<Milestone> EquipmentReport::milestone_of(const EquipmentGroup& group) {
  if (reported_) return reported_;
  const auto guessed = milestone_by_content(group);
  note_guess(report_, group, guessed, "reported");
  return guessed;
}

Place EquipmentReport::place_of(const EquipmentGroup& group, Milestone milestone) const {
  const Location* location = nullptr;
  if (is_gate_report()) {
    location = find_location(group.locations, {"165", "200", "175", "98", "99"});
    if (location == nullptr) location = find_gate(head_.locations);
    if (location == nullptr) location = find_gate(group.locations);
  } else {
    const bool loading = milestone == Milestone::loaded;
    location = loading ? find_location(head_.locations, {"9", "165"}) : find_location(head_.locations, {"11", "12", "165"});
    if (location == nullptr) location = loading ? find_location(group.locations, {"9"}) : find_location(group.locations, {"11", "12"});
  }
  return location == nullptr ? Place() : location->place;
}

void EquipmentReport::state_group() {
  if (!group_) return;
  EquipmentGroup group = *std::exchange(group_, std::nullopt);
  const Origin at = group.origin;
  const auto kind = subject_of(report_, group);
  if (!kind) return;
  Event event;
  report_.add_reference(event.references, *kind, group.equipment.number, at, "EQD/2/1");
  if (event.references.empty())
    return report_.note(Severity::warning, "edifact.no_equipment_number",
                        "The container has no number, so that nothing can be stated of it.", at, "EQD/2/1");
  const auto milestone = milestone_of(group);
  if (!milestone) return;
  event.milestone = *milestone;
  event.place = place_of(group, *milestone);
  if (event.place.empty()) report_.note(Severity::warning, "edifact.no_place", "No place is given.", at, "LOC");
  const auto occurred = is_gate_report()
                            ? report_.time_of(group.times, head_.times, {"7", "203", "181", "201", "405", "394", "193"}, event.place, at)
                        : *milestone == Milestone::loaded
                            ? report_.time_of(group.times, head_.times, {"203", "404", "7", "181", "193"}, event.place, at)
                            : report_.time_of(group.times, head_.times, {"203", "403", "96", "420", "7", "181", "193"}, event.place, at);
  if (!occurred) return;
  event.occurred = *occurred;
  add_each_once(event.references, group.references);
  inherit(event.references, head_.references);
  // A container passes the gate on the truck, train or barge named for it; it is loaded to, or discharged from, the vessel of the
  // header. A vessel named for one container is the one it goes on to.
  event.transport = head_.transport;
  if (is_gate_report() && group.leg) {
    if (group.leg->mode != TransportMode::vessel) event.transport = *group.leg;
    report_.add_references(event.references, *group.leg, at);
    report_.add_reference(event.references, ReferenceKind::vehicle, group.leg->vehicle, at, "TDT/8/1");
  }
  event.equipment = std::move(group.equipment.facts);
  event.parties = std::move(group.parties);
  event.remark = std::move(group.remark);
  report_.state(std::move(event), at);
}

// A cancellation that names no container retracts the document as a whole: stated of what the header names.
void EquipmentReport::state_cancellation() {
  const Origin at{2, 0};
  Event event;
  event.references = head_.references;
  event.milestone = reported_.value_or(is_gate_report() ? Milestone::gate_in : Milestone::loaded);
  event.place = place_of({}, event.milestone);
  const auto occurred = report_.time_of({}, head_.times, {"203", "7"}, event.place, at);
  if (!occurred) return;
  if (event.references.empty())
    return report_.note(Severity::warning, "edifact.cancellation_without_subject", "The cancellation names nothing that it is about.", at);
  event.occurred = *occurred;
  event.transport = head_.transport;
  report_.state(std::move(event), at);
}

}  // namespace fairway::gateway::edifact
