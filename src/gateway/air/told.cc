#include "gateway/air/told.h"

#include <algorithm>
#include <cstdlib>

#include "base/limits.h"

namespace fairway::gateway::air {
namespace {

constexpr int64_t kDayMicros = 86'400'000'000;
constexpr std::string_view kTransportDocument = "TRD";  // DCSA documentTypeCode

void add_flight(Claims& claims, Event& event, const std::optional<Flight>& flight, const std::optional<CivilTime>& date, const Origin& at) {
  if (flight && date) claims.add_reference(event.references, ReferenceKind::flight, flight_reference(*flight, *date), at);
}

// The times of a status's flight, but for the one that the status itself states.
void state_times(Claims& claims, const Event& status, const std::vector<FlightTime>& times, const Origin& at) {
  for (const FlightTime& time : times) {
    if (time.milestone == status.milestone && time.classifier == status.classifier) continue;
    Event event = status;
    event.milestone = time.milestone;
    event.classifier = time.classifier;
    event.document_type = event.reason = event.remark = "";
    event.place = time.place;
    event.occurred = time.instant;
    claims.state(std::move(event), at);
  }
}

// When the status was; false where nothing says.
bool set_moment(const StatusTold& told, Event& event, bool& of_receipt) {
  if (told.moment) event.occurred = *told.moment;
  if (!told.moment && told.written) event.occurred = told.written->instant, of_receipt = told.written->of_receipt;
  return told.moment || (told.written && told.row->timing != Timing::moment);
}

}  // namespace

void Departures::add(const Flight& flight, const CivilTime& date) {
  if (departures_.size() < limits::kReferencesPerEventMax) departures_.push_back({flight, date});
}

std::vector<std::string> Departures::of(const Flight& flight, const Instant& arrived) const {
  constexpr int64_t kDaysMax = 3;
  std::vector<std::string> references;
  for (const Departure& departure : departures_) {
    const auto left = micros_of(departure.date, 0);
    if (departure.flight == flight && left && std::abs(arrived.micros - *left) < kDaysMax * kDayMicros)
      references.push_back(flight_reference(departure.flight, departure.date));
  }
  return references;
}

void state(Claims& claims, StatusTold told, const Departures& departures, const Origin& at) {
  Event event = std::move(told.subject);
  event.milestone = told.row->milestone;
  event.classifier = told.row->classifier;
  event.document_type = told.row->document_type;
  event.transport = transport_of(told.flight);
  bool of_receipt = false;
  if (!set_moment(told, event, of_receipt) || (told.row->timing == Timing::moment && told.place.empty()))
    return claims.note(Severity::error, "no_time", "Where or when the status was cannot be read; it is not stated.", at);
  event.place = told.place;
  add_flight(claims, event, told.flight, told.date, at);
  if (told.row->timing == Timing::moment && told.flight && !told.date)
    for (const std::string& flight : departures.of(*told.flight, event.occurred))
      claims.add_reference(event.references, ReferenceKind::flight, flight, at);
  state_times(claims, event, told.times, at);
  if (told.moment && !told.is_actual && event.classifier == Classifier::actual)
    claims.note_once(Severity::info, "time_stands_in", "No actual time is stated; that of the flight's schedule stands for it.", at);
  claims.state(std::move(event), at, of_receipt);
}

void state(Claims& claims, const Event& subject, const LegTold& leg) {
  Event planned = subject;
  planned.transport = transport_of(leg.flight);
  add_flight(claims, planned, leg.flight, leg.date, leg.at);
  for (const FlightTime& time : leg.times) {
    Event event = planned;
    event.milestone = time.milestone;
    event.classifier = time.classifier;
    event.place = time.place;
    event.occurred = time.instant;
    event.remark = leg.remark;
    claims.state(std::move(event), leg.at);
  }
}

void state(Claims& claims, const WaybillTold& told) {
  Event event = told.subject;
  event.document_type = kTransportDocument;
  if (told.issued) {
    event.milestone = Milestone::document_issued;
    event.place = told.place;
    event.occurred = *told.issued;
    claims.state(std::move(event), told.at);
  } else if (told.written) {  // its receipt is what is left to state
    event.milestone = Milestone::document_received;
    event.occurred = told.written->instant;
    claims.state(std::move(event), told.at, told.written->of_receipt);
  }
  for (const LegTold& leg : told.legs) state(claims, told.subject, leg);
}

void state(Claims& claims, LoadTold told, const Origin& at) {
  Event event = told.subject;
  add_flight(claims, event, told.flight, told.date, at);
  for (Reference& reference : told.more)
    if (event.references.size() < limits::kReferencesPerEventMax &&
        std::ranges::find(event.references, reference) == event.references.end())
      event.references.push_back(std::move(reference));
  event.transport = transport_of(told.flight);
  if (told.arrival) {
    Event arrival = event;
    arrival.milestone = told.arrival->milestone;
    arrival.classifier = told.arrival->classifier;
    arrival.place = told.arrival->place;
    arrival.occurred = told.arrival->instant;
    claims.state(std::move(arrival), at);
  }
  if (told.onward) state(claims, told.subject, *told.onward);
  event.milestone = Milestone::loaded;
  event.classifier = told.is_booked ? Classifier::planned : Classifier::actual;
  event.place = told.place;
  event.occurred = told.departure;
  if (!told.is_booked && !told.is_actual)
    claims.note_once(Severity::info, "time_stands_in", "No actual time is stated; that of the flight's schedule stands for it.", at);
  claims.state(std::move(event), at);
}

Transport transport_of(const std::optional<Flight>& flight) {
  Transport transport;
  transport.mode = TransportMode::air;
  if (!flight) return transport;
  transport.carrier = flight->carrier;
  transport.vehicle = flight->designation();
  return transport;
}

NamedParty party_told(std::string_view role, std::string_view name, std::string_view agent, std::string_view account,
                      std::string_view airline_prefix) {
  NamedParty party;
  party.role = role;
  party.name = name;
  if (!agent.empty())
    party.identifier = {"IATA", std::string(agent)};
  else if (!account.empty() && !airline_prefix.empty())
    party.identifier = {"ACCOUNT", std::string(airline_prefix) + "/" + std::string(account)};
  return party;
}

NamedParty carrier_told(std::string_view designator) { return {"CA", {"IATA", std::string(designator)}, {}}; }

std::optional<ReferenceKind> customs_reference(std::string_view information, std::string_view control) {
  if (information == "HWB" && control == "I") return ReferenceKind::house_air_waybill;
  // A customs location (CCL) with M is a warehouse's number, as Brazil writes it.
  if (control == "M" && information != "CCL") return ReferenceKind::declaration;
  return std::nullopt;
}

}  // namespace fairway::gateway::air
