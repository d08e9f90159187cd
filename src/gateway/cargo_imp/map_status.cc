// FSU and FSA: each status line is an event of its air waybill, and the times of a flight that it states are events of their own.
#include "base/limits.h"
#include "gateway/air/airport.h"
#include "gateway/air/dates.h"
#include "gateway/air/status.h"
#include "gateway/air/told.h"
#include "gateway/cargo_imp/map.h"

namespace fairway::gateway::cargo_imp {
namespace {

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
    departures_ = {};
    air_waybill_ = m_.claims.reference(ReferenceKind::air_waybill, air_waybill_of(*consignment_), origin_of(*consignment_));
    for (size_t i = index + 1; i < m_.message.segments.size() && m_.message.segments[i].name != "consignment"; ++i)
      remember_departure(m_.message.segments[i]);
  }

  void remember_departure(const Segment& segment) {
    const auto flight = air::read_flight(segment.text("flight"));
    const auto stated = air::read_day_month(segment.text("date"));
    if (segment.name != "status" || !flight || !stated || segment.text("airports").empty()) return;
    if (const auto date = m_.times.date(segment.text("date"), origin_of(segment))) departures_.add(*flight, *date);
  }

  void status(size_t index) {
    const Segment& segment = m_.message.segments[index];
    const air::StatusRow* row = air::find_status(segment.tag);
    const air::Origin at = origin_of(segment);
    if (row == nullptr) return;
    stated_ = true;
    if (!air_waybill_) return m_.claims.note(Severity::error, "no_subject", "The status names no air waybill that can be read.", at);
    air::StatusTold told;
    told.row = row;
    told.subject = subject_of(index);
    told.flight = air::read_flight(segment.text("flight"));
    if (row->timing == air::Timing::moment) at_airport(segment, at, told);
    if (row->timing == air::Timing::flight) on_flight(segment, at, told);
    if (row->timing == air::Timing::message) as_written(segment, at, told);
    air::state(m_.claims, std::move(told), departures_, at);
  }

  // What every event of the status has, but for its time and place.
  Event subject_of(size_t index) {
    const Segment& segment = m_.message.segments[index];
    Event event;
    event.references = {*air_waybill_};
    event.cargo = cargo_of(segment, consignment_);
    event.reason = segment.text("discrepancy");
    for (const std::string_view role : {"carrier", "receiving_carrier", "transferring_carrier"})
      if (!segment.text(role).empty()) m_.claims.add_party(event.parties, air::carrier_told(segment.text(role)));
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

  // RCS, RCF, DLV and the like: at an airport at a moment. The date of a flight there is that of its arrival; the flight's reference, which
  // has the date of departure, follows only where another line of the consignment states it.
  void at_airport(const Segment& segment, const air::Origin& at, air::StatusTold& told) {
    const std::string_view airport = segment.text("airport");
    const Field* moment = segment.field("moment");
    if (moment == nullptr || !moment->read()) return;
    told.place = air::place_of_airport(airport);
    told.moment = m_.times.moment(*moment, airport, at, true);
    if (!told.moment || airport.empty()) return;
    add_clock(Milestone::arrived, segment.field("arrival_time"), moment->part("date"), airport, at, told);
  }

  // PRE, MAN, DEP: of a flight on a date between two airports.
  void on_flight(const Segment& segment, const air::Origin& at, air::StatusTold& told) {
    const std::string_view airport = segment.part("airports", "departure");
    if (!segment.text("date").empty()) told.date = m_.times.date(segment.text("date"), at);
    told.place = air::place_of_airport(airport);
    if (!told.date) {  // "PRE///CDGHKG": prepared, for no flight that is named
      if (!airport.empty()) told.written = m_.times.written(at);
      return;
    }
    const Field* clock = segment.field("departure_time");
    const bool read = clock != nullptr && clock->read();
    told.moment = m_.times.instant(*told.date, read ? clock->part("time") : "", read ? clock->part("day_change") : "", airport,
                                   std::string(segment.text("date")) + (read ? "/" + clock->text : ""), at);
    told.is_actual = read && clock->part("type") == "A";
    if (told.moment) add_flight_times(segment, at, told);
  }

  // BKD, TRM: nothing says when. The flight's times are plans.
  void as_written(const Segment& segment, const air::Origin& at, air::StatusTold& told) {
    const std::string_view airport = segment.text("airport");
    told.place = air::place_of_airport(airport.empty() ? segment.part("airports", "departure") : airport);
    if (!segment.text("date").empty()) told.date = m_.times.date(segment.text("date"), at);
    add_flight_times(segment, at, told);
    told.written = m_.times.written(at);
  }

  // The departure and arrival times of a line between two airports, by their own indicators.
  void add_flight_times(const Segment& segment, const air::Origin& at, air::StatusTold& told) {
    const std::string_view date = segment.text("date");
    if (date.empty()) return;
    add_clock(Milestone::departed, segment.field("departure_time"), date, segment.part("airports", "departure"), at, told);
    add_clock(Milestone::arrived, segment.field("arrival_time"), date, segment.part("airports", "arrival"), at, told);
  }

  void add_clock(Milestone milestone, const Field* clock, std::string_view date, std::string_view airport, const air::Origin& at,
                 air::StatusTold& told) {
    if (clock == nullptr || !clock->read()) return;
    const auto classifier = air::classifier_of_time(clock->part("type"));
    const auto day = m_.times.date(date, at);
    if (!classifier || !day) return;
    const auto occurred =
        m_.times.instant(*day, clock->part("time"), clock->part("day_change"), airport, std::string(date) + "/" + clock->text, at);
    if (occurred) told.times.push_back({milestone, *classifier, *occurred, air::place_of_airport(airport)});
  }

  Mapping& m_;
  const Segment* consignment_ = nullptr;
  std::optional<Reference> air_waybill_;
  air::Departures departures_;
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
    if (const auto kind = air::customs_reference(information, control))
      mapping.claims.add_reference(references, *kind, field.text, origin_of(field.place));
  }
}

}  // namespace fairway::gateway::cargo_imp
