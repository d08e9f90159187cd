#include "gateway/edifact/messages/bayplan.h"

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kStowageCell = "147";
constexpr size_t kBoxesPerLocationMax = 16;  // the directories allow 3 to 9

std::string ports_remark(const std::vector<Location>& ports) {
  std::string remark;
  for (const auto& [label, location] :
       {std::pair{"load ", find_location(ports, {"9", "6", "76"})}, std::pair{"discharge ", find_location(ports, {"11", "12"})},
        std::pair{"delivery ", find_location(ports, {"83", "7"})}}) {
    if (location == nullptr || location->place.key().size() > limits::kIdentifierBytesMax) continue;
    if (!remark.empty()) remark += ", ";
    remark += label + location->place.key();
  }
  return remark;
}

}  // namespace

void Bayplan::segment(const Segment& segment) {
  if (segment.tag == "LOC" && segment.at(1) == kStowageCell) {
    if (in_header_) leave_header();
    state_location();
    in_location_ = true;
    location_ = {};
    location_.origin = origin_of(segment);
    location_.equipment.facts.stowage = segment.at(2, 1);
    return;
  }
  if (segment.tag == "UNT") return state_location();
  if (in_header_) return header_segment(segment);
  if (in_location_) location_segment(segment);
}

void Bayplan::finish() {
  if (in_header_) leave_header();
  state_location();
}

void Bayplan::header_segment(const Segment& segment) {
  if (segment.tag == "BGM") return report_.begin(segment);
  if (segment.tag == "NAD") return report_.add_party(segment);
  if (segment.tag == "LOC") return report_.gather(ports_, read_location(segment), origin_of(segment));
  if (segment.tag == "TDT" && stage_origin_.segment == 0) {  // the plan's own voyage stands first
    transport_ = read_stage(segment).transport;
    transport_.mode = transport_.mode == TransportMode::unknown ? TransportMode::vessel : transport_.mode;
    stage_origin_ = origin_of(segment);
  } else if (segment.tag == "DTM") {
    StatedTime time = stated_time(segment);
    if (time.qualifier == "137") return report_.set_document_time(std::move(time));
    report_.gather(times_, std::move(time), origin_of(segment));
  } else if (segment.tag == "RFF") {
    if (segment.at(1, 1) == "VON" && transport_.voyage.empty()) transport_.voyage = to_upper(trim(segment.at(1, 2)));
    report_.add_reference(references_, segment);
  }
}

void Bayplan::location_segment(const Segment& segment) {
  if (segment.tag == "EQD") {
    if (boxes_.size() >= kBoxesPerLocationMax)
      return report_.note(Severity::warning, "edifact.location_too_full",
                          "More containers in one cell than a cell holds; the rest was left out.", origin_of(segment), "EQD");
    Box box = location_;
    box.origin = origin_of(segment);
    box.equipment = read_equipment(segment);
    // 2.x gives cell and masses before the container, 3.1 the masses after it.
    EquipmentFacts& facts = box.equipment.facts;
    const EquipmentFacts& of_cell = location_.equipment.facts;
    facts.stowage = of_cell.stowage;
    facts.gross_kg = of_cell.gross_kg;
    facts.tare_kg = of_cell.tare_kg;
    facts.vgm_kg = of_cell.vgm_kg;
    boxes_.push_back(std::move(box));
    return;
  }
  Box& box = boxes_.empty() ? location_ : boxes_.back();
  if (segment.tag == "MEA")
    read_measurement(segment, box.equipment.facts);
  else if (segment.tag == "LOC")
    report_.gather(box.ports, read_location(segment), origin_of(segment));
  else if (segment.tag == "RFF")
    report_.add_reference(box.references, segment);
  else if (segment.tag == "NAD")
    report_.add_party(box.parties, segment);
}

// 132 is the arrival at the next port; the other times are of the port that the vessel leaves.
void Bayplan::leave_header() {
  in_header_ = false;
  if (const Location* port = find_location(ports_, {"5"})) sailing_.departure = port->place;
  if (const Location* port = find_location(ports_, {"61"})) sailing_.next = port->place;
  settle_departure();
  if (const StatedTime* eta = find_time(times_, {"132"})) {
    sailing_.next_arrival = report_.time(*eta, sailing_.next);
    sailing_.next_arrival_origin = {eta->segment, eta->offset};
  }
  state_calls();
  report_.add_references(references_, transport_, stage_origin_);
}

// The plan is of the vessel's departure. An estimated departure is a fact once the document was written after it.
void Bayplan::settle_departure() {
  const std::optional<StatedTime>& written = report_.document_time();
  std::optional<Instant> written_at;
  if (written && !written->value.empty()) written_at = report_.time(*written, sailing_.departure);
  if (const StatedTime* actual = find_time(times_, {"136", "186"})) sailing_.departed = report_.time(*actual, sailing_.departure);
  if (sailing_.departed) return;
  if (const StatedTime* estimated = find_time(times_, {"133"})) {
    sailing_.departed = report_.time(*estimated, sailing_.departure);
    if (!written_at || (sailing_.departed && *written_at < *sailing_.departed)) sailing_.classifier = Classifier::estimated;
  }
  if (sailing_.departed) return;
  sailing_.departed = written_at;
  sailing_.classifier = Classifier::actual;
  if (!sailing_.departed)
    report_.note(Severity::error, "edifact.no_time", "The plan gives neither a departure nor a document time; nothing can be stated.",
                 stage_origin_, "DTM");
}

void Bayplan::state_calls() {
  for (const StatedTime& time : times_) {
    const auto meaning = call_time_of(time.qualifier);
    if (!meaning || time.value.empty()) continue;
    const bool at_next = time.qualifier == "132" || time.qualifier == "232";
    Event event;
    event.milestone = meaning->milestone;
    event.classifier = meaning->classifier;
    event.place = at_next ? sailing_.next : sailing_.departure;
    if (event.place.empty()) continue;
    const auto instant = report_.time(time, event.place);
    if (!instant) continue;
    event.occurred = *instant;
    event.transport = transport_;
    const Origin at{time.segment, time.offset};
    report_.add_references(event.references, transport_, at);
    if (!event.references.empty()) report_.state(std::move(event), at);
  }
}

void Bayplan::state_location() {
  if (!in_location_) return;
  in_location_ = false;
  for (Box& box : boxes_) state_box(std::move(box));
  boxes_.clear();
}

// A cell without a container number is a plan of space, not a claim about a container.
void Bayplan::state_box(Box box) {
  const auto kind = equipment_kind_of(box.equipment.kind);
  if (kind != ReferenceKind::equipment || !sailing_.departed) return;
  Event event;
  report_.add_reference(event.references, *kind, box.equipment.number, box.origin, "EQD/2/1");
  if (event.references.empty()) return;
  add_each_once(event.references, box.references);
  inherit(event.references, references_);
  event.milestone = Milestone::stowed;
  event.classifier = sailing_.classifier;
  event.occurred = *sailing_.departed;
  event.place = sailing_.departure;
  event.transport = transport_;
  event.equipment = std::move(box.equipment.facts);
  event.parties = std::move(box.parties);
  event.remark = ports_remark(box.ports);
  const Location* discharge = find_location(box.ports, {"11", "12"});
  const bool next_port = discharge != nullptr && !sailing_.next.unlocode.empty() && discharge->place.unlocode == sailing_.next.unlocode;
  Event planned = event;
  report_.state(std::move(event), box.origin);
  if (!next_port || !sailing_.next_arrival) return;
  planned.milestone = Milestone::discharged;
  planned.classifier = Classifier::planned;
  planned.occurred = *sailing_.next_arrival;
  planned.place = sailing_.next.facility.empty() ? discharge->place : sailing_.next;
  planned.remark.clear();
  report_.state(std::move(planned), box.origin);
}

}  // namespace fairway::gateway::edifact
