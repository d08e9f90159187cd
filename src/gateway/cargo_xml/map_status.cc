// XFSU: each status of a consignment, or of a part of it, is an event for each movement that it names.
#include <algorithm>

#include "base/limits.h"
#include "gateway/cargo_xml/deviation.h"
#include "gateway/cargo_xml/map.h"

namespace fairway::gateway::cargo_xml {
namespace {

class Statuses {
 public:
  explicit Statuses(Mapping& mapping) : m_(mapping) {}

  void run() {
    const auto consignments = m_.message.all("consignment");
    for (const View& consignment : consignments) take(consignment);
    if (!stated_) m_.claims.note(Severity::info, "no_status", "The message states no status.", m_.message.origin());
  }

 private:
  void take(const View& consignment) {
    air_waybill_ = m_.claims.reference(ReferenceKind::air_waybill, consignment.text("air_waybill"), consignment.origin("air_waybill"));
    whole_ = m_.values.cargo(consignment);
    departures_ = {};
    const auto statuses = consignment.all("status");
    for (const View& status : statuses) remember_departures(status);
    for (const View& status : statuses) take_status(status);
  }

  void remember_departures(const View& status) {
    for (const View& part : status.all("part"))
      for (const View& movement : part.all("movement"))
        if (const auto flight = flight_of(movement))
          if (const auto date = departure_date(m_, movement)) departures_.add(*flight, *date);
  }

  void take_status(const View& status) {
    const std::string_view code = status.text("code");
    const air::StatusRow* row = air::find_status(code);
    if (row == nullptr) {
      const bool is_information = code == "OCI" || code == "OSI";  // which are of no moment
      if (!is_information) note(m_.claims, Deviation::status_unknown, status.origin("code"), code);
      return;
    }
    stated_ = true;
    if (!air_waybill_)
      return m_.claims.note(Severity::error, "no_subject", "The status names no air waybill that can be read.", status.origin());
    const auto parts = status.all("part");
    if (parts.empty()) take_part(*row, status, nullptr);
    for (const View& part : parts) take_part(*row, status, &part);
  }

  void take_part(const air::StatusRow& row, const View& status, const View* part) {
    const Event subject = subject_of(part);
    const air::Origin at = part == nullptr ? status.origin() : part->origin();
    const auto houses = part == nullptr ? std::vector<View>() : part->all("house");
    const auto movements = part == nullptr ? std::vector<View>() : part->all("movement");
    for (const View& house : houses)
      if (!take_movements(row, at, of_house(subject, house), movements)) return;
    if (houses.empty()) (void)take_movements(row, at, subject, movements);
  }

  // Each house is a consignment of its own: an event names one, and its owner does not learn of the others.
  Event of_house(const Event& subject, const View& house) {
    Event event = subject;
    event.cargo = m_.values.cargo(house);
    m_.claims.add_reference(event.references, ReferenceKind::house_air_waybill, house.text("house_air_waybill"), house.origin());
    return event;
  }

  // False where the message is full.
  bool take_movements(const air::StatusRow& row, const air::Origin& at, const Event& subject, const std::vector<View>& movements) {
    for (const View& movement : movements) {
      if (is_full(m_)) return false;
      air::StatusTold told;
      told.row = &row;
      told.subject = subject;
      read_movement(movement, told);
      air::state(m_.claims, std::move(told), departures_, movement.origin());
    }
    if (!movements.empty()) return true;
    if (is_full(m_)) return false;
    air::StatusTold told;
    told.row = &row;
    told.subject = subject;
    if (row.timing == air::Timing::message) told.written = m_.values.written(m_.message);
    air::state(m_.claims, std::move(told), departures_, at);
    return true;
  }

  Event subject_of(const View* part) {
    Event event;
    event.references = {*air_waybill_};
    event.cargo = whole_;
    if (part == nullptr) return event;
    event.cargo = m_.values.cargo(*part);
    if (!event.cargo.total_pieces) event.cargo.total_pieces = whole_.total_pieces;
    event.reason = part->text("discrepancy");
    for (const std::string_view other : {"received_from", "transferred_from"})
      if (!part->text(other).empty()) m_.claims.add_party(event.parties, air::carrier_told(part->text(other)));
    for (const View& unit : part->all("unit")) m_.values.add_unit(event.references, unit);
    m_.values.add_notes(event.references, *part);
    for (const View& instruction : part->all("instruction")) {
      const std::string_view text = instruction.text("text");
      if (event.remark.size() + text.size() < limits::kTextBytesMax) event.remark.append(event.remark.empty() ? "" : " ").append(text);
    }
    return event;
  }

  // Of a flight the status holds at its departure or, where it is one of an arrival, where and when that is stated.
  void read_movement(const View& movement, air::StatusTold& told) {
    told.flight = flight_of(movement);
    told.date = departure_date(m_, movement);
    if (!told.flight && !movement.text("carrier").empty())
      m_.claims.add_party(told.subject.parties, air::carrier_told(movement.text("carrier")));
    told.times = times_of(m_, movement);
    if (told.row->timing == air::Timing::flight && read_departure(movement, told)) return;
    const Location location = place_of(movement, *told.row);
    told.place = location.place;
    read_moment(movement, location, told);
    if (!told.moment && told.row->timing == air::Timing::message) told.written = m_.values.written(m_.message);
  }

  // A planned loading holds at the departure; a departure, and a manifest, where nothing else is said to be the actual time.
  static bool read_departure(const View& movement, air::StatusTold& told) {
    const auto departure = std::ranges::find(told.times, Milestone::departed, &air::FlightTime::milestone);
    if (departure == told.times.end() || movement.text("from").empty()) return false;
    const bool left = departure->classifier == Classifier::actual;
    const bool is_its = told.row->classifier == Classifier::planned || (left && told.row->milestone == Milestone::departed);
    if (!is_its && actual_of(movement.all("moment"))) return false;
    told.place = departure->place;
    told.moment = departure->instant;
    told.is_actual = left;
    return true;
  }

  static std::optional<View> actual_of(const std::vector<View>& moments) {
    const auto actual = std::ranges::find_if(moments, [](const View& moment) { return moment.text("type") == "A"; });
    return actual == moments.end() ? std::nullopt : std::optional(*actual);
  }

  // Where the status was: the location that is given for it; else, by the kind of status, where the flight goes or comes from.
  Location place_of(const View& movement, const air::StatusRow& row) {
    const bool at_end = row.milestone == Milestone::arrived || row.milestone == Milestone::discharged || row.code == "AWR";
    const auto locations = movement.all("location");
    if (locations.empty()) return location_of(movement.text(at_end ? "to" : "from"));
    const auto is_its = [&](const View& location) {
      const std::string_view kind = location.text("flight_status");
      return kind.starts_with(at_end ? 'A' : 'D') || kind.starts_with(at_end ? 'a' : 'd');
    };
    if (locations.size() == 1) return location_of(locations.front().text("id"));
    const auto found = std::ranges::find_if(locations, is_its);
    if (found != locations.end()) return location_of(found->text("id"));
    note(m_.claims, Deviation::place_ambiguous, locations.front().origin());
    return location_of(locations.front().text("id"));
  }

  // The event's own time, actual before others; else that of the flight's arrival there, or of its departure.
  void read_moment(const View& movement, const Location& location, air::StatusTold& told) {
    const auto moments = movement.all("moment");
    if (!moments.empty()) {
      const View moment = actual_of(moments).value_or(moments.front());
      const auto classifier = air::classifier_of_time(moment.text("type"));
      told.moment = m_.values.instant(moment, "time", location);
      told.is_actual = !classifier || *classifier == Classifier::actual;
      return;
    }
    if (told.row->milestone != Milestone::arrived) return;
    const auto arrival = std::ranges::find(told.times, Milestone::arrived, &air::FlightTime::milestone);
    if (arrival == told.times.end()) return;
    told.moment = arrival->instant;
    told.is_actual = arrival->classifier == Classifier::actual;
  }

  Mapping& m_;
  std::optional<Reference> air_waybill_;
  CargoFacts whole_;
  air::Departures departures_;
  bool stated_ = false;
};

}  // namespace

void map_statuses(Mapping& mapping) { Statuses(mapping).run(); }

bool is_full(Mapping& mapping) {
  if (++mapping.stated <= limits::kCargoXmlEventsPerMessageMax) return false;
  if (mapping.stated == limits::kCargoXmlEventsPerMessageMax + 1)
    note(mapping.claims, Deviation::too_many_events, mapping.message.origin());
  return true;
}

std::vector<air::FlightTime> times_of(Mapping& mapping, const View& movement) {
  const Location from = location_of(movement.text("from")), to = location_of(movement.text("to"));
  std::vector<air::FlightTime> times;
  const auto add = [&](std::string_view field, std::string_view type, Milestone milestone, const Location& location) {
    auto time = mapping.values.flight_time(movement, field, type, milestone, location);
    if (!time) return;
    const auto is_same = [&](const air::FlightTime& other) {
      return other.milestone == time->milestone && other.classifier == time->classifier && other.instant == time->instant;
    };
    if (std::ranges::none_of(times, is_same)) times.push_back(*std::move(time));
  };
  add("departs", "departs_type", Milestone::departed, from);
  add("departs_scheduled", {}, Milestone::departed, from);
  add("arrives", "arrives_type", Milestone::arrived, to);
  add("arrives_scheduled", {}, Milestone::arrived, to);
  return times;
}

std::optional<CivilTime> departure_date(Mapping& mapping, const View& movement) {
  const Location from = location_of(movement.text("from"));
  for (const std::string_view field : {"departs_scheduled", "departs"})
    if (const auto departure = mapping.values.instant(movement, field, from)) return local_date(*departure, from);
  return std::nullopt;
}

}  // namespace fairway::gateway::cargo_xml
