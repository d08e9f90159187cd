#include "gateway/edifact/messages/status_report.h"

#include <algorithm>

#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kMainCarriage = "20";

// An arrival at the port of discharge and a departure from the port of loading are the main carriage's, whatever means the group is of.
bool is_of_main_carriage(std::string_view location, Milestone milestone) {
  return (location == "9" && milestone == Milestone::departed) ||
         ((location == "11" || location == "12") && milestone == Milestone::arrived);
}

// DCSA documentTypeCode of a status of papers: what is released is the transport document, the others are of the booking.
std::string_view document_type_of(Milestone milestone) {
  if (row(milestone).type != EventType::shipment) return {};
  return milestone == Milestone::document_released ? "TRD" : "BKG";
}

}  // namespace

void StatusReport::segment(const Segment& segment) {
  if (segment.tag == "CNI") {
    state_status();
    in_header_ = false;
    consignment_.clear();
    report_.add_reference(consignment_, ReferenceKind::transport_document, segment.at(2, 1), origin_of(segment), "CNI/2/1");
  } else if (segment.tag == "STS") {
    state_status();
    in_header_ = false;
    begin_status(segment);
  } else if (segment.tag == "UNT") {
    state_status();
  } else if (status_) {
    status_segment(*status_, segment);
  } else if (in_header_) {
    report_.header_segment(segment, references_, times_);
  }
}

void StatusReport::finish() {
  state_status();
  report_.check_cancellation();
}

void StatusReport::begin_status(const Segment& sts) {
  status_.emplace();
  status_->origin = origin_of(sts);
  status_->code = sts.at(2, 1);
  status_->text = sts.at(2, 4);
  const std::string_view reason = sts.at(3, 1);
  status_->reason = reason.empty() ? sts.at(3, 4) : reason;
}

void StatusReport::status_segment(Status& status, const Segment& segment) {
  const Origin at = origin_of(segment);
  const bool in_leg = !status.stages.empty();
  if (segment.tag == "TDT") {
    status.leg_location.reset();
    report_.gather(status.stages, read_stage(segment), at);
  } else if (segment.tag == "EQD") {
    report_.gather(status.equipment, read_equipment(segment), at);
  } else if (segment.tag == "MEA" && !status.equipment.empty()) {
    read_measurement(segment, status.equipment.back().facts);
  } else if (segment.tag == "SEL" && !status.equipment.empty() &&
             status.equipment.back().facts.seals.size() < limits::kReferencesPerEventMax) {
    read_seal(segment, status.equipment.back().facts);
  } else if (segment.tag == "RFF") {
    report_.add_reference(status.references, segment);
  } else if (in_leg) {
    leg_segment(status, segment);
  } else if (segment.tag == "DTM") {
    report_.gather(status.times, stated_time(segment), at);
  } else if (segment.tag == "LOC") {
    report_.gather(status.locations, read_location(segment), at);
  } else if (segment.tag == "NAD") {
    report_.add_party(status.parties, segment);
  } else if (segment.tag == "FTX" && status.remark.empty()) {
    status.remark = read_text(segment);
  }
}

void StatusReport::leg_segment(Status& status, const Segment& segment) {
  if (segment.tag == "LOC") status.leg_location = read_location(segment);
  if (segment.tag != "DTM" || !status.leg_location) return;
  report_.gather(status.leg_times, LegTime{stated_time(segment), *status.leg_location, status.stages.size() - 1}, origin_of(segment));
}

// One beginning of an event for each container that the status is of; one of the consignment where no container is named.
std::vector<Event> StatusReport::subjects_of(Status& status) {
  std::vector<Reference> shared = status.references;
  inherit(shared, consignment_);
  const bool names_equipment =
      !status.equipment.empty() || std::ranges::find(shared, ReferenceKind::equipment, &Reference::kind) != shared.end();
  std::vector<Reference> wide = references_;
  if (names_equipment) std::erase_if(wide, [](const Reference& r) { return r.kind() == ReferenceKind::equipment; });
  inherit(shared, wide);
  std::vector<Reference> boxes, others;
  for (const Reference& reference : shared) (reference.kind() == ReferenceKind::equipment ? boxes : others).push_back(reference);

  std::vector<Event> subjects;
  const auto add = [&](std::vector<Reference> first, EquipmentFacts facts) {
    Event& event = subjects.emplace_back();
    event.references = std::move(first);
    add_each_once(event.references, others);
    event.equipment = std::move(facts);
    event.parties = status.parties;
  };
  for (Equipment& equipment : status.equipment) {
    const auto kind = equipment_kind_of(equipment.kind);
    std::vector<Reference> one;
    if (kind) report_.add_reference(one, *kind, equipment.number, status.origin, "EQD/2/1");
    if (one.empty()) continue;
    add(std::move(one), std::move(equipment.facts));
  }
  if (status.equipment.empty())
    for (const Reference& box : boxes) add({box}, {});
  if (subjects.empty() && !others.empty()) add({}, {});
  return subjects;
}

void StatusReport::state_status() {
  if (!status_) return;
  Status status = *std::exchange(status_, std::nullopt);
  const std::vector<Event> subjects = subjects_of(status);
  if (subjects.empty())
    return report_.note(Severity::warning, "edifact.status_without_subject", "The status names no container, booking or bill of lading.",
                        status.origin, "STS");
  for (const Event& subject : subjects) {
    state_status_event(status, subject);
    state_leg_events(status, subject);
  }
}

void StatusReport::state_status_event(Status& status, const Event& subject) {
  const auto meaning = status_of(status.code, status.text);
  if (!meaning) {
    const std::string what = status.text.empty() ? status.code : status.text;
    return report_.note(Severity::warning, "edifact.unmapped_status", "The status \"" + what + "\" is not known; its event is not stated.",
                        status.origin, "STS/2");
  }
  Event event = subject;
  event.milestone = meaning->milestone;
  event.classifier = meaning->classifier;
  const Location* location = find_location(status.locations, {"175", "165", "200", "14", "5", "9", "11", "7", "8"});
  if (location == nullptr && !status.locations.empty()) location = &status.locations.front();
  if (location != nullptr) event.place = location->place;
  const auto occurred = report_.time_of(status.times, times_, {"334", "7", "178", "186", "136", "203", "181", "132", "133", "539"},
                                        event.place, status.origin);
  if (!occurred) return;
  event.occurred = *occurred;
  if (!status.stages.empty()) event.transport = status.stages.front().transport;
  if (meaning->mode != TransportMode::unknown && event.transport.mode != meaning->mode) {
    event.transport = {};
    event.transport.mode = meaning->mode;
  }
  event.reason = status.reason;
  event.remark = status.remark.empty() ? status.text : status.remark;
  event.document_type = document_type_of(event.milestone);
  report_.add_references(event.references, event.transport, status.origin);
  report_.state(std::move(event), status.origin);
}

Transport StatusReport::transport_of(const LegTime& leg_time, Milestone milestone, const Status& status) const {
  const Stage& stage = status.stages[leg_time.stage];
  const bool other_leg = is_of_main_carriage(leg_time.location.qualifier, milestone) && stage.qualifier != kMainCarriage;
  return other_leg ? Transport() : stage.transport;
}

void StatusReport::state_leg_events(const Status& status, const Event& subject) {
  for (const LegTime& leg_time : status.leg_times) {
    const auto meaning = call_time_of(leg_time.time.qualifier);
    if (!meaning || leg_time.time.value.empty()) continue;
    const Origin at{leg_time.time.segment, leg_time.time.offset};
    Event event = subject;
    event.milestone = meaning->milestone;
    event.classifier = meaning->classifier;
    event.place = leg_time.location.place;
    const auto instant = report_.time(leg_time.time, event.place);
    if (!instant) continue;
    event.occurred = *instant;
    event.transport = transport_of(leg_time, meaning->milestone, status);
    report_.add_references(event.references, event.transport, at);
    report_.state(std::move(event), at);
  }
}

}  // namespace fairway::gateway::edifact
