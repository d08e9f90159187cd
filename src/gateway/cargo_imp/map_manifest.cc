// FFM, FBL, FFR and FFA: what is loaded on a flight, booked for it, or asked to be. FMA and FNA: what they are about.
#include <algorithm>

#include "gateway/air/airport.h"
#include "gateway/air/dates.h"
#include "gateway/cargo_imp/map.h"

namespace fairway::gateway::cargo_imp {
namespace {

// A manifest is of what was loaded, a booked list of what will be.
class Manifest {
 public:
  explicit Manifest(Mapping& mapping) : m_(mapping), booked_(mapping.message.id == "FBL") {}

  void run() {
    for (size_t i = 0; i < m_.message.segments.size(); ++i) {
      const Segment& segment = m_.message.segments[i];
      if (segment.name == "flight") begin_flight(segment);
      if (segment.name == "unloading") unloading_ = &segment, unit_ = nullptr;
      if (segment.name == "unit_load_device") unit_ = &segment;
      if (segment.name == "consignment") consignment(i);
    }
    if (!departure_) m_.claims.note(Severity::error, "no_time", "The flight and its date cannot be read; nothing is stated.", {2, {}, 0});
  }

 private:
  void begin_flight(const Segment& segment) {
    const air::Origin at = origin_of(segment);
    flight_ = air::read_flight(segment.text("flight"));
    date_ = m_.times.date(segment.part("date", "date"), at);
    airport_ = segment.text("airport");
    if (!flight_ || !date_) return;
    departure_ = m_.times.instant(*date_, segment.part("date", "time"), "", airport_, std::string(segment.text("date")), at);
    // A manifest of no cargo is still one of the flight.
    (void)m_.claims.reference(ReferenceKind::flight, air::flight_reference(*flight_, *date_), at);
  }

  void consignment(size_t index) {
    const Segment& segment = m_.message.segments[index];
    const air::Origin at = origin_of(segment);
    if (!departure_) return;
    air::LoadTold told;
    m_.claims.add_reference(told.subject.references, ReferenceKind::air_waybill, air_waybill_of(segment), at);
    if (told.subject.references.empty())
      return m_.claims.note(Severity::error, "no_subject", "The line names no air waybill that can be read.", at);
    told.subject.cargo = cargo_of(segment, nullptr);
    if (unit_ != nullptr && unit_->field("unit_load_device") != nullptr)
      m_.claims.add_reference(told.more, ReferenceKind::unit_load_device, unit_load_device_of(*unit_->field("unit_load_device")),
                              origin_of(*unit_));
    for (size_t i = index + 1; i < m_.message.segments.size() && m_.message.segments[i].level > segment.level; ++i)
      if (m_.message.segments[i].name == "customs_information") add_customs_references(m_, m_.message.segments[i], told.more);
    told.is_booked = booked_;
    told.flight = *flight_;
    told.date = *date_;
    told.place = air::place_of_airport(airport_);
    told.departure = *departure_;
    told.arrival = arrival();
    told.onward = onward(segment, at);
    air::state(m_.claims, std::move(told), at);
  }

  // "ORD//14APR1235": when the flight is to be where the consignment is unloaded.
  std::optional<air::FlightTime> arrival() {
    const Field* field = unloading_ == nullptr ? nullptr : unloading_->field("arrival");
    if (field == nullptr || !field->read()) return std::nullopt;
    const std::string_view airport = unloading_->text("airport");
    const auto occurred = m_.times.moment(*field, airport, origin_of(field->place));
    if (!occurred) return std::nullopt;
    return air::FlightTime{Milestone::arrived, Classifier::planned, *occurred, air::place_of_airport(airport)};
  }

  // "/DFWKZ9233/21JUN": the flight that takes it on from there, of the consignment or of its unit load device.
  std::optional<air::LegTold> onward(const Segment& segment, const air::Origin& at) {
    const Segment* source = segment.field("onward") == nullptr && unit_ != nullptr ? unit_ : &segment;
    const Field* onward = source->field("onward");
    if (onward == nullptr || !onward->read() || unloading_ == nullptr) return std::nullopt;
    const auto flight =
        air::read_flight(std::string(onward->part("carrier")) + std::string(onward->part("number")) + std::string(onward->part("suffix")));
    const auto date = source->text("date").empty() ? std::nullopt : m_.times.date(source->text("date"), at);
    if (!flight || !date) return std::nullopt;
    const std::string_view airport = unloading_->text("airport");
    const auto occurred = m_.times.instant(*date, "", "", airport, onward->text + "/" + std::string(source->text("date")), at);
    if (!occurred) return std::nullopt;
    return air::LegTold{*flight, *date, {{Milestone::departed, Classifier::planned, *occurred, air::place_of_airport(airport)}}, {}, at};
  }

  Mapping& m_;
  bool booked_;
  std::optional<air::Flight> flight_;
  std::optional<CivilTime> date_;
  std::optional<Instant> departure_;
  std::string_view airport_;
  const Segment* unloading_ = nullptr;
  const Segment* unit_ = nullptr;
};

}  // namespace

void map_manifest(Mapping& mapping) { Manifest(mapping).run(); }

// FFR asks for space and FFA answers, by flight: "KK" confirms, "NN" asks.
void map_request(Mapping& m) {
  Event subject;
  bool confirmed = false;
  for (const Segment& segment : m.message.segments) {
    const air::Origin at = origin_of(segment);
    if (segment.name == "consignment") {
      m.claims.add_reference(subject.references, ReferenceKind::air_waybill, air_waybill_of(segment), at);
      subject.cargo = cargo_of(segment, nullptr);
    }
    if (segment.name != "flight" || subject.references.empty()) continue;
    confirmed = confirmed || segment.text("space_allocation") == "KK";
    const auto flight = air::read_flight(segment.text("flight"));
    const auto date = m.times.date(segment.text("date"), at);
    if (!flight || !date) continue;
    const std::string_view airport = segment.part("airports", "departure");
    const auto occurred = m.times.instant(*date, "", "", airport, std::string(segment.text("date")), at);
    if (!occurred) continue;
    air::state(m.claims, subject,
               {*flight, *date, {{Milestone::departed, Classifier::planned, *occurred, air::place_of_airport(airport)}}, {}, at});
  }
  const air::Origin head{1, {}, 0};
  if (subject.references.empty()) return m.claims.note(Severity::error, "no_subject", "The message names no air waybill.", head);
  if (m.message.id == "FFA" && !confirmed) return;
  subject.milestone = m.message.id == "FFA" ? Milestone::document_confirmed : Milestone::document_requested;
  subject.document_type = "CBR";
  const air::Written written = m.times.written(head);
  subject.occurred = written.instant;
  m.claims.state(std::move(subject), head, written.of_receipt);
}

void map_answer(Mapping& m) {
  split(m.message.echo, [&](MessageText text) {
    const Message answered = read_message(std::move(text));
    for (const Segment& segment : answered.segments)
      (void)m.claims.reference(ReferenceKind::air_waybill, air_waybill_of(segment), {1, {}, 0});
  });
}

}  // namespace fairway::gateway::cargo_imp
