#include "gateway/edifact/messages/weight_report.h"

#include <utility>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {

void WeightReport::segment(const Segment& segment) {
  if (segment.tag == "EQD") {
    state_group();
    group_ = equipment_group(segment);
  } else if (segment.tag == "UNT") {
    state_group();
  } else if (!group_) {
    report_.header_segment(segment, references_, times_);
  } else if (segment.tag == "DOC") {
    if (method_.empty()) method_ = to_upper(trim(segment.at(1, 1)));
    group_->in_leg = false;  // the times that follow are of the weighing
  } else {
    add_to_group(report_, *group_, segment);
  }
}

void WeightReport::finish() {
  state_group();
  report_.check_cancellation();
}

void WeightReport::state_group() {
  if (!group_) return;
  EquipmentGroup group = *std::exchange(group_, std::nullopt);
  const std::string method = std::exchange(method_, {});
  const Origin at = group.origin;
  Event event;
  const auto kind = equipment_kind_of(group.equipment.kind);
  if (kind) report_.add_reference(event.references, *kind, group.equipment.number, at, "EQD/2/1");
  if (event.references.empty())
    return report_.note(Severity::warning, "edifact.no_equipment_number",
                        "The container has no number, so that nothing can be stated of it.", at, "EQD/2/1");
  if (!group.equipment.facts.vgm_kg)
    return report_.note(report_.retracts() ? Severity::info : Severity::warning, "edifact.no_mass", "No verified gross mass is given.", at,
                        "MEA");
  event.milestone = Milestone::weighed;
  // Where it was weighed. The port of loading says only whose zone the time is told in.
  if (const Location* found = find_location(group.locations, {"175", "165", "200", "14"})) event.place = found->place;
  const Location* port = find_location(group.locations, {"88", "9", "5"});
  const Place& zone = event.place.empty() && port != nullptr ? port->place : event.place;
  const auto occurred = report_.time_of(group.times, times_, {"WAT", "798", "225", "7"}, zone, at);
  if (!occurred) return;
  event.occurred = *occurred;
  add_each_once(event.references, group.references);
  inherit(event.references, references_);
  if (group.leg) {
    event.transport = *group.leg;
    report_.add_references(event.references, event.transport, at);
  }
  if (!method.empty()) append_remark(event.remark, "method " + method);
  append_remark(event.remark, group.remark);
  event.equipment = std::move(group.equipment.facts);
  event.parties = std::move(group.parties);
  report_.state(std::move(event), at);
}

}  // namespace fairway::gateway::edifact
