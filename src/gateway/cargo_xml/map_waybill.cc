// XFWB and XFZB: a waybill's issue, its parties, and the flights that are planned for it.
#include <algorithm>
#include <array>

#include "gateway/cargo_xml/map.h"

namespace fairway::gateway::cargo_xml {
namespace {

struct PartyRow {
  std::string_view name, role;  // UN/EDIFACT 3035
};
constexpr std::array kParties = {PartyRow{"shipper", "CZ"}, PartyRow{"consignee", "CN"}, PartyRow{"agent", "FW"}};
constexpr std::string_view kNotified = "NI";
constexpr size_t kAirlinePrefix = 3;

// The issue by its date and place; the message's own time where it has none.
void read_issue(Mapping& m, air::WaybillTold& told) {
  told.at = m.message.origin();
  const std::string_view place = m.message.text("issued_at");
  const Location location = location_of(place);
  const bool is_known = !location.zone.empty();
  if (is_known) told.place = location.place;
  if (!is_known) told.place.name = place;
  told.issued = m.values.instant(m.message, "issued", location);
  if (told.issued) told.at = m.message.origin("issued");
  if (!told.issued) told.written = m.values.written(m.message);
}

// The parties that a waybill or a house waybill names.
void add_parties(Mapping& m, const View& consignment, std::string_view airline_prefix, Event& subject) {
  const auto add = [&](const View& party, std::string_view role) {
    m.claims.add_party(subject.parties,
                       air::party_told(role, party.text("name"), party.text("agent"), party.text("account"), airline_prefix));
  };
  for (const PartyRow& row : kParties)
    for (const View& party : consignment.all(row.name)) add(party, row.role);
  for (const View& party : consignment.all("other"))
    if (party.text("role") == kNotified) add(party, kNotified);
}

// The flights that are planned for it.
void read_legs(Mapping& m, const View& consignment, std::vector<air::LegTold>& legs) {
  for (const View& movement : consignment.all("movement")) {
    const auto flight = flight_of(movement);
    const auto date = departure_date(m, movement);
    if (!flight || !date) continue;
    std::vector<air::FlightTime> times = times_of(m, movement);
    // A waybill plans, whatever its times are said to be.
    for (air::FlightTime& time : times) time.classifier = std::min(time.classifier, Classifier::estimated);
    const std::string_view from = movement.text("from"), to = movement.text("to");
    std::string remark;
    if (!from.empty() && !to.empty()) remark.append(from).append("-").append(to);
    legs.push_back({*flight, *date, std::move(times), std::move(remark), movement.origin()});
  }
}

}  // namespace

void map_waybill(Mapping& m) {
  air::WaybillTold told;
  const std::string_view number = m.message.text("document");
  m.claims.add_reference(told.subject.references, ReferenceKind::air_waybill, number, m.message.origin("document"));
  if (told.subject.references.empty())
    return m.claims.note(Severity::error, "no_subject", "The message names no air waybill that can be read.", m.message.origin());
  const std::string prefix(number.substr(0, kAirlinePrefix));
  m.claims.add_reference(told.subject.references, ReferenceKind::forwarder_reference, m.message.text("forwarder_reference"),
                         m.message.origin("forwarder_reference"));
  for (const View& consignment : m.message.all("consignment")) {
    told.subject.cargo = m.values.cargo(consignment);
    add_parties(m, consignment, prefix, told.subject);
    m.values.add_notes(told.subject.references, consignment);
    for (const View& unit : consignment.all("unit")) m.values.add_unit(told.subject.references, unit);
    read_legs(m, consignment, told.legs);
  }
  read_issue(m, told);
  air::state(m.claims, told);
}

void map_house(Mapping& m) {
  bool any = false;
  for (const View& consignment : m.message.all("consignment")) {
    const auto master = m.claims.reference(ReferenceKind::air_waybill, consignment.text("air_waybill"), consignment.origin("air_waybill"));
    const std::string prefix(consignment.text("air_waybill").substr(0, kAirlinePrefix));
    for (const View& house : consignment.all("house")) {
      if (is_full(m)) return;
      air::WaybillTold told;
      const std::string_view document = m.message.text("document");
      const std::string_view number = document.empty() ? house.text("house_air_waybill") : document;
      m.claims.add_reference(told.subject.references, ReferenceKind::house_air_waybill, number, house.origin());
      if (told.subject.references.empty()) continue;
      any = true;
      if (master) told.subject.references.push_back(*master);
      told.subject.cargo = m.values.cargo(house);
      add_parties(m, house, prefix, told.subject);
      m.values.add_notes(told.subject.references, house);
      read_legs(m, house, told.legs);
      read_legs(m, consignment, told.legs);
      read_issue(m, told);
      air::state(m.claims, told);
    }
  }
  if (!any) m.claims.note(Severity::error, "no_subject", "The message names no house waybill.", m.message.origin());
}

}  // namespace fairway::gateway::cargo_xml
