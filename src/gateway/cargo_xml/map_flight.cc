// XFFM and XFBL: what is loaded on a flight, or booked for it, point by point.
#include "gateway/cargo_xml/map.h"

namespace fairway::gateway::cargo_xml {
namespace {

class FlightList {
 public:
  explicit FlightList(Mapping& mapping) : m_(mapping) {}

  void run() {
    read_flight();
    if (!departure_)
      return m_.claims.note(Severity::error, "no_time", "The flight and its date cannot be read; nothing is stated.", m_.message.origin());
    for (const View& point : m_.message.all("point")) take_point(point);
  }

 private:
  void read_flight() {
    const auto movement = m_.message.first("flight");
    const auto flight = movement ? flight_of(*movement) : std::nullopt;
    const auto date = movement ? departure_date(m_, *movement) : std::nullopt;
    if (!flight || !date) return;
    const Location from = location_of(movement->text("from"));
    departure_ = m_.values.flight_time(*movement, movement->text("departs").empty() ? "departs_scheduled" : "departs", "departs_type",
                                       Milestone::departed, from);
    told_.flight = *flight;
    told_.date = *date;
    told_.place = from.place;
    told_.is_booked = m_.is_booked;
    if (departure_) told_.departure = departure_->instant;
    told_.is_actual = departure_ && departure_->classifier == Classifier::actual;
    // A manifest of no cargo is still one of the flight.
    (void)m_.claims.reference(ReferenceKind::flight, air::flight_reference(*flight, *date), movement->origin());
  }

  void take_point(const View& point) {
    const Location location = location_of(point.text("place"));
    told_.arrival = m_.values.flight_time(point, "arrives", "arrives_type", Milestone::arrived, location);
    for (const View& cargo : point.all("cargo")) {
      const auto unit = cargo.first("unit");
      for (const View& consignment : cargo.all("consignment")) {
        if (is_full(m_)) return;
        take(consignment, unit, location);
      }
    }
  }

  void take(const View& consignment, const std::optional<View>& unit, const Location& unloading) {
    const air::Origin at = consignment.origin();
    air::LoadTold told = told_;
    m_.claims.add_reference(told.subject.references, ReferenceKind::air_waybill, consignment.text("air_waybill"),
                            consignment.origin("air_waybill"));
    if (told.subject.references.empty())
      return m_.claims.note(Severity::error, "no_subject", "The consignment names no air waybill that can be read.", at);
    told.subject.cargo = m_.values.cargo(consignment);
    if (unit) m_.values.add_unit(told.more, *unit);
    m_.values.add_notes(told.more, consignment);
    auto onward = consignment.first("onward");
    if (!onward && unit) onward = unit->first("onward");
    if (onward) told.onward = leg(*onward, unloading);
    air::state(m_.claims, std::move(told), at);
  }

  // The flight that takes it on from where it is unloaded.
  std::optional<air::LegTold> leg(const View& onward, const Location& from) {
    const auto flight = flight_of(onward);
    const auto departs = m_.values.flight_time(onward, "departs", {}, Milestone::departed, from);
    if (!flight || !departs) return std::nullopt;
    return air::LegTold{*flight, local_date(departs->instant, from), {*departs}, {}, onward.origin()};
  }

  Mapping& m_;
  air::LoadTold told_;  // what all consignments of the flight have
  std::optional<air::FlightTime> departure_;
};

}  // namespace

void map_flight(Mapping& mapping) { FlightList(mapping).run(); }

}  // namespace fairway::gateway::cargo_xml
