// FSU and FSA: each status line is an event of its air waybill, and the times of a flight that it states are events of their own.
#include <algorithm>
#include <cstdlib>

#include "base/limits.h"
#include "gateway/air/airport.h"
#include "gateway/air/dates.h"
#include "gateway/air/status.h"
#include "gateway/cargo_imp/map.h"

namespace fairway::gateway::cargo_imp {
namespace {

constexpr int64_t kDayMicros = 86'400'000'000;

// A flight that a line of the consignment names with its date of departure.
struct Departure {
  air::Flight flight;
  CivilTime date;
};

class Statuses {
 public:
  explicit Statuses(Mapping& mapping) : m_(mapping) {}

  void run() {
    const std::vector<Segment>& segments = m_.message.segments;
    for (size_t i = 0; i < segments.size(); ++i) {
      if (segments[i].name == "consignment") begin_consignment(i);
      if (segments[i].name == "status") status(i);
    }
    if (!stated_) m_.claims.note(Severity::info, "no_status", "The message states no status.", {1, {}, 0});
  }

 private:
  void begin_consignment(size_t index) {
    consignment_ = &m_.message.segments[index];
    departures_.clear();
    air_waybill_ = m_.claims.reference(ReferenceKind::air_waybill, air_waybill_of(*consignment_), origin_of(*consignment_));
    for (size_t i = index + 1; i < m_.message.segments.size() && m_.message.segments[i].name != "consignment"; ++i)
      remember_departure(m_.message.segments[i]);
  }

  void remember_departure(const Segment& segment) {
    const auto flight = air::read_flight(segment.text("flight"));
    const auto stated = air::read_day_month(segment.text("date"));
    if (segment.name != "status" || !flight || !stated || segment.text("airports").empty()) return;
    if (departures_.size() >= limits::kReferencesPerEventMax) return;
    if (const auto date = m_.times.date(segment.text("date"), origin_of(segment))) departures_.push_back({*flight, *date});
  }

  void status(size_t index) {
    const Segment& segment = m_.message.segments[index];
    const air::StatusRow* row = air::find_status(segment.tag);
    const air::Origin at = origin_of(segment);
    if (row == nullptr) return;
    stated_ = true;
    if (!air_waybill_) return m_.claims.note(Severity::error, "no_subject", "The status names no air waybill that can be read.", at);
    Event event = beginning_of(index, *row);
    if (row->timing == air::Timing::flight) return on_flight(segment, std::move(event), at);
    if (row->timing == air::Timing::message) return as_written(segment, std::move(event), at);
    at_airport(segment, std::move(event), at);
  }

  // What every event of the status has, but for its time and place.
  Event beginning_of(size_t index, const air::StatusRow& row) {
    const Segment& segment = m_.message.segments[index];
    Event event;
    event.milestone = row.milestone;
    event.classifier = row.classifier;
    event.document_type = row.document_type;
    event.references = {*air_waybill_};
    event.cargo = cargo_of(segment, consignment_);
    event.transport = transport_of(air::read_flight(segment.text("flight")));
    event.reason = segment.text("discrepancy");
    for (const std::string_view role : {"carrier", "receiving_carrier", "transferring_carrier"})
      if (!segment.text(role).empty()) m_.claims.add_party(event.parties, {"CA", {"IATA", std::string(segment.text(role))}, {}});
    for (size_t i = index + 1; i < m_.message.segments.size() && m_.message.segments[i].level > segment.level; ++i)
      add_detail(m_.message.segments[i], event);
    return event;
  }

  void add_detail(const Segment& segment, Event& event) {
    if (segment.name == "unit_load_devices")
      for (const Field& field : segment.fields)
        m_.claims.add_reference(event.references, ReferenceKind::unit_load_device, unit_load_device_of(field), origin_of(field.place));
    if (segment.name == "customs_information") add_customs_references(m_, segment, event.references);
    if (segment.name != "other_service_information") return;
    for (const Field& field : segment.fields)
      if (event.remark.size() + field.text.size() < limits::kTextBytesMax) event.remark += (event.remark.empty() ? "" : " ") + field.text;
  }

  void add_flight(Event& event, const air::Flight& flight, const CivilTime& departure, const air::Origin& at) {
    m_.claims.add_reference(event.references, ReferenceKind::flight, air::flight_reference(flight, departure), at);
  }

  // RCS, RCF, DLV and the like: at an airport at a moment. The date of a flight there is that of its arrival; the flight's reference, which
  // has the date of departure, follows only where another line of the consignment states it.
  void at_airport(const Segment& segment, Event event, const air::Origin& at) {
    const std::string_view airport = segment.text("airport");
    const Field* moment = segment.field("moment");
    const auto occurred = moment == nullptr || !moment->read() ? std::nullopt : m_.times.moment(*moment, airport, at, true);
    if (!occurred || airport.empty())
      return m_.claims.note(Severity::error, "no_time", "Where or when the status was cannot be read; it is not stated.", at);
    event.place = air::place_of_airport(airport);
    event.occurred = *occurred;
    if (const auto flight = air::read_flight(segment.text("flight")))
      for (const Departure& departure : departures_)
        if (departure.flight == *flight && left_before(departure, *occurred)) add_flight(event, *flight, departure.date, at);
    if (const Field* arrival = segment.field("arrival_time"); arrival != nullptr && arrival->read())
      state_clock(event, Milestone::arrived, *arrival, moment->part("date"), airport, at);
    m_.claims.state(std::move(event), at);
  }

  static bool left_before(const Departure& departure, const Instant& arrived) {
    constexpr int64_t kDaysMax = 3;
    const auto left = micros_of(departure.date, 0);
    return left && std::abs(arrived.micros - *left) < kDaysMax * kDayMicros;
  }

  // PRE, MAN, DEP: of a flight on a date between two airports.
  void on_flight(const Segment& segment, Event event, const air::Origin& at) {
    const std::string_view airport = segment.part("airports", "departure");
    const auto date = segment.text("date").empty() ? std::nullopt : m_.times.date(segment.text("date"), at);
    if (!date && airport.empty())
      return m_.claims.note(Severity::error, "no_time", "Where or when the status was cannot be read; it is not stated.", at);
    event.place = air::place_of_airport(airport);
    if (!date) {  // "PRE///CDGHKG": prepared, for no flight that is named
      const Times::Written written = m_.times.written(at);
      event.occurred = written.instant;
      return m_.claims.state(std::move(event), at, written.of_receipt);
    }
    const auto flight = air::read_flight(segment.text("flight"));
    if (flight) add_flight(event, *flight, *date, at);
    const Field* clock = segment.field("departure_time");
    const bool read = clock != nullptr && clock->read();
    const auto occurred = m_.times.instant(*date, read ? clock->part("time") : "", read ? clock->part("day_change") : "", airport,
                                           std::string(segment.text("date")) + (read ? "/" + clock->text : ""), at);
    if (!occurred) return m_.claims.note(Severity::error, "no_time", "When the status was cannot be read; it is not stated.", at);
    state_flight_times(segment, event, at);
    event.occurred = *occurred;
    if (event.classifier == Classifier::actual && (!read || clock->part("type") != "A"))
      m_.claims.note_once(Severity::info, "time_stands_in", "No actual time is stated; that of the flight's schedule stands for it.", at);
    m_.claims.state(std::move(event), at);
  }

  // BKD, TRM: nothing says when. The flight's times are plans.
  void as_written(const Segment& segment, Event event, const air::Origin& at) {
    const std::string_view airport = segment.text("airport");
    event.place = air::place_of_airport(airport.empty() ? segment.part("airports", "departure") : airport);
    const auto flight = air::read_flight(segment.text("flight"));
    const auto date = segment.text("date").empty() ? std::nullopt : m_.times.date(segment.text("date"), at);
    if (flight && date) add_flight(event, *flight, *date, at);
    state_flight_times(segment, event, at);
    const Times::Written written = m_.times.written(at);
    event.occurred = written.instant;
    m_.claims.state(std::move(event), at, written.of_receipt);
  }

  // The departure and arrival times of a line between two airports, by their own indicators.
  void state_flight_times(const Segment& segment, const Event& event, const air::Origin& at) {
    const std::string_view date = segment.text("date");
    const Field* departure = segment.field("departure_time");
    const Field* arrival = segment.field("arrival_time");
    if (date.empty()) return;
    if (departure != nullptr && departure->read())
      state_clock(event, Milestone::departed, *departure, date, segment.part("airports", "departure"), at);
    if (arrival != nullptr && arrival->read())
      state_clock(event, Milestone::arrived, *arrival, date, segment.part("airports", "arrival"), at);
  }

  void state_clock(const Event& subject, Milestone milestone, const Field& clock, std::string_view date, std::string_view airport,
                   const air::Origin& at) {
    const auto classifier = air::classifier_of_time(clock.part("type"));
    const auto day = m_.times.date(date, at);
    if (!classifier || !day) return;
    Event event = subject;
    event.milestone = milestone;
    event.classifier = *classifier;
    event.document_type = event.reason = event.remark = "";
    event.place = air::place_of_airport(airport);
    const auto occurred =
        m_.times.instant(*day, clock.part("time"), clock.part("day_change"), airport, std::string(date) + "/" + clock.text, at);
    if (!occurred || (subject.milestone == milestone && subject.classifier == *classifier)) return;  // which the status itself states
    event.occurred = *occurred;
    m_.claims.state(std::move(event), at);
  }

  Mapping& m_;
  const Segment* consignment_ = nullptr;
  std::optional<Reference> air_waybill_;
  std::vector<Departure> departures_;
  bool stated_ = false;
};

}  // namespace

void map_statuses(Mapping& mapping) { Statuses(mapping).run(); }

void add_customs_references(Mapping& mapping, const Segment& segment, std::vector<Reference>& references) {
  std::string_view information;
  uint32_t line = 0;
  std::string_view control;
  for (const Field& field : segment.fields) {
    if (field.place.line != line) control = {};
    line = field.place.line;
    if (field.name == "information") information = field.text;
    if (field.name == "control") control = field.text;
    if (field.name != "text") continue;
    if (information == "HWB" && control == "I")
      mapping.claims.add_reference(references, ReferenceKind::house_air_waybill, field.text, origin_of(field.place));
    if (control == "M") mapping.claims.add_reference(references, ReferenceKind::declaration, field.text, origin_of(field.place));
  }
}

}  // namespace fairway::gateway::cargo_imp
