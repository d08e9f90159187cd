// DCSA Track & Trace 2.2: what lines with an event feed push, an array of events for each occasion.
#include <array>

#include "base/bytes.h"
#include "gateway/dcsa/tnt2.h"
#include "simulate/dice.h"
#include "simulate/messages.h"

namespace fairway::simulate {
namespace {

enum class Direction { in, out };

class Feeder {
 public:
  Feeder(const Shipment& shipment, const Step& step) : s_(shipment), step_(step) {}

  std::string write();

 private:
  [[nodiscard]] Instant instant(const Port& port, Seconds at) const;
  [[nodiscard]] Event event(Milestone milestone, Classifier classifier, const Port& port, std::string_view facility, Seconds at) const;
  void add_references(Event& event, bool boxes) const;
  void add_transport(Event& event, const Call& call, Direction direction, const Port& port) const;
  void push(Event event);

  void transport(Milestone milestone, Classifier classifier, const Call& call, Direction direction, const Port& port, Seconds at,
                 std::string_view reason = {});
  void equipment(Milestone milestone, Classifier classifier, const Box& box, const Call& call, Direction direction, const Port& port,
                 Seconds at);
  void document(Milestone milestone, std::string_view type, Seconds at, bool boxes);

  void plan();
  void origin();
  void departed();

  const Shipment& s_;
  const Step& step_;
  std::string out_ = "[";
  uint64_t count_ = 0;
};

std::string uuid(uint64_t a, uint64_t b) {
  std::string bytes;
  append_u64(bytes, mix(a, b));
  append_u64(bytes, mix(b, a));
  return uuid_from_digest(bytes);
}

Instant Feeder::instant(const Port& port, Seconds at) const {
  Instant value;
  value.micros = at * 1'000'000;
  value.offset_minutes = static_cast<int16_t>(offset_minutes(port, at));
  return value;
}

Event Feeder::event(Milestone milestone, Classifier classifier, const Port& port, std::string_view facility, Seconds at) const {
  Event event;
  event.id = uuid((uint64_t{s_.id} << 16) | (uint64_t{step_.number} << 8) | count_, mix(s_.bill_of_lading.size(), s_.boxes[0].index));
  event.milestone = milestone;
  event.classifier = classifier;
  event.occurred = instant(port, at);
  event.created = instant(hong_kong(), step_.sent);
  event.place.unlocode = port.unlocode;
  event.place.facility = facility.empty() ? port.facility : facility;
  if (!event.place.facility.empty()) {
    event.place.facility_provider = "SMDG";
    event.place.facility_type = "POTE";
  }
  return event;
}

void Feeder::add_references(Event& event, bool boxes) const {
  const auto add = [&](ReferenceKind kind, std::string_view value) {
    if (auto reference = Reference::make(kind, value)) event.references.push_back(*std::move(reference));
  };
  if (boxes)
    for (size_t i = 0; i < s_.box_count; ++i) add(ReferenceKind::equipment, s_.boxes[i].number);
  add(ReferenceKind::booking, s_.booking);
  if (boxes) add(ReferenceKind::transport_document, s_.bill_of_lading);
  add(ReferenceKind::forwarder_reference, s_.forwarder_reference);
}

void Feeder::add_transport(Event& event, const Call& call, Direction direction, const Port& port) const {
  Transport& t = event.transport;
  t.mode = TransportMode::vessel;
  t.vessel_imo = call.imo;
  t.vessel_name = call.vessel;
  t.call_sign = call.call_sign;
  t.service = call.service;
  t.carrier = call.carrier->smdg;
  t.voyage = direction == Direction::out ? call.voyage_out : call.voyage_in;
  t.call_id = uuid(call.index, mix(static_cast<uint64_t>(call.planned_arrival),
                                   static_cast<uint64_t>(port.unlocode[3]) << 8 | static_cast<uint64_t>(port.unlocode[4])));
}

void Feeder::push(Event event) {
  if (count_++ > 0) out_ += ',';
  gateway::dcsa::append_dcsa(out_, event, step_.sent * 1'000'000);
}

void Feeder::transport(Milestone milestone, Classifier classifier, const Call& call, Direction direction, const Port& port, Seconds at,
                       std::string_view reason) {
  const bool here = &port == &hong_kong();
  Event e = event(milestone, classifier, port, here ? call.terminal->code : std::string_view(), at);
  add_references(e, step_.kind != StepKind::planned);
  add_transport(e, call, direction, port);
  e.reason = reason;
  push(std::move(e));
}

void Feeder::equipment(Milestone milestone, Classifier classifier, const Box& box, const Call& call, Direction direction, const Port& port,
                       Seconds at) {
  const bool here = &port == &hong_kong();
  Event e = event(milestone, classifier, port, here ? call.terminal->code : std::string_view(), at);
  add_references(e, true);
  // One container is what the event is about; the others of the booking are not in it.
  std::erase_if(e.references, [&](const Reference& r) { return r.kind() == ReferenceKind::equipment && r.value() != box.number; });
  add_transport(e, call, direction, port);
  e.equipment.iso_code = box.size_type;
  e.equipment.load = box.empty ? Load::empty : Load::laden;
  push(std::move(e));
}

// 2.2: the times of a shipment event are the same.
void Feeder::document(Milestone milestone, std::string_view type, Seconds at, bool boxes) {
  Event e = event(milestone, Classifier::actual, hong_kong(), {}, at);
  e.place = {};
  e.created = e.occurred;
  e.document_type = type;
  add_references(e, boxes);
  push(std::move(e));
}

void Feeder::plan() {
  document(Milestone::document_confirmed, "BKG", step_.about, false);
  if (s_.discharges()) {
    transport(Milestone::departed, Classifier::planned, *s_.call, Direction::in, *s_.load_port, s_.origin_departure());
    transport(Milestone::arrived, Classifier::planned, *s_.call, Direction::in, hong_kong(), s_.call->planned_arrival);
  }
  if (!s_.loads()) return;
  const Call& call = s_.trade == Trade::transhipment ? s_.loading_call() : *s_.call;
  transport(Milestone::departed, Classifier::planned, call, Direction::out, hong_kong(), call.planned_departure);
  transport(Milestone::arrived, Classifier::planned, call, Direction::out, *s_.discharge_port,
            call.planned_departure + s_.discharge_days * kDay);
}

void Feeder::origin() {
  for (size_t i = 0; i < s_.box_count; ++i)
    equipment(Milestone::loaded, Classifier::actual, s_.boxes[i], *s_.call, Direction::in, *s_.load_port,
              s_.origin_departure() - (8 + static_cast<Seconds>(i)) * kHour);
  transport(Milestone::departed, Classifier::actual, *s_.call, Direction::in, *s_.load_port, s_.origin_departure());
  transport(Milestone::arrived, Classifier::estimated, *s_.call, Direction::in, hong_kong(), s_.call->planned_arrival);
}

void Feeder::departed() {
  const Call& call = s_.loading_call();
  for (size_t i = 0; i < s_.box_count; ++i)
    equipment(Milestone::loaded, Classifier::actual, s_.boxes[i], call, Direction::out, hong_kong(),
              s_.boxes[i].load + (s_.fault == Fault::conflicting_claim && i == 0 ? kConflict : 0));
  transport(Milestone::departed, Classifier::actual, call, Direction::out, hong_kong(), call.departure);
  transport(Milestone::arrived, Classifier::estimated, call, Direction::out, *s_.discharge_port, s_.destination_arrival());
}

std::string Feeder::write() {
  switch (step_.kind) {
    case StepKind::planned: plan(); break;
    case StepKind::documents:
      document(Milestone::document_drafted, "TRD", step_.about, true);
      for (size_t i = 0; i < s_.box_count; ++i)
        equipment(Milestone::loaded, Classifier::planned, s_.boxes[i], *s_.call, Direction::out, hong_kong(),
                  s_.call->planned_departure - 4 * kHour);
      break;
    case StepKind::origin: origin(); break;
    case StepKind::delayed:
      transport(Milestone::arrived, Classifier::estimated, *s_.call, Direction::in, hong_kong(), s_.call->arrival, "WEA");
      if (s_.loads() && !s_.rolled)
        transport(Milestone::departed, Classifier::estimated, s_.loading_call(), Direction::out, hong_kong(), s_.loading_call().departure,
                  "WEA");
      break;
    case StepKind::rolled:
      for (size_t i = 0; i < s_.box_count; ++i)
        equipment(Milestone::loaded, Classifier::planned, s_.boxes[i], s_.loading_call(), Direction::out, hong_kong(), s_.boxes[i].load);
      transport(Milestone::departed, Classifier::estimated, s_.loading_call(), Direction::out, hong_kong(),
                s_.loading_call().planned_departure, "ROL");
      break;
    case StepKind::arrived:
      transport(Milestone::arrived, Classifier::actual, *s_.call, Direction::in, hong_kong(), s_.call->arrival);
      break;
    case StepKind::departed: departed(); break;
    case StepKind::issued: document(Milestone::document_issued, "TRD", step_.about, true); break;
    default: return {};
  }
  return std::move(out_) + "]";
}

}  // namespace

std::string carrier_events(const Shipment& shipment, const Step& step) { return Feeder(shipment, step).write(); }

}  // namespace fairway::simulate
