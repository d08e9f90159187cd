#include "journey/leg_draft.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "journey/derive.h"

namespace fairway::journey {
namespace {

constexpr int64_t kOneRunUs = 48LL * 3'600'000'000;

// Of one unit on two trucks.
bool are_two_parts(const LegDraft& a, const LegDraft& b) {
  const std::string &truck = a.transport.vehicle, &other = b.transport.vehicle;
  if (truck.empty() || other.empty() || truck == other) return false;
  return std::ranges::any_of(a.rides,
                             [&](const Ride& ride) { return std::ranges::find(b.rides, ride.unit, &Ride::unit) != b.rides.end(); });
}

bool dates_agree(const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; }

}  // namespace

bool is_carriage(TransportMode mode) { return mode != TransportMode::truck; }

bool is_same_port(const Place& a, const Place& b) { return a.unlocode.empty() ? a.key() == b.key() : a.unlocode == b.unlocode; }

bool carriers_agree(const Transport& a, const Transport& b) {
  const std::string one = carrier_of(a), other = carrier_of(b);
  if (one.empty() || other.empty() || one == other) return true;
  return !a.vessel_name.empty() && a.vessel_name == b.vessel_name && (a.vessel_imo.empty() || b.vessel_imo.empty());
}

bool is_same_run(const LegDraft& draft, const Event& event) {
  if (!carriers_agree(draft.transport, event.transport)) return false;
  if (draft.mode != TransportMode::air) return true;
  const FlightName flight = flight_of(event);
  if (flight.empty()) return true;
  if (!draft.flight_date.empty() && !flight.date.empty()) return draft.flight_date == flight.date;
  return std::abs(draft.at_us - event.occurred.micros) <= kOneRunUs;
}

void complete(Transport& transport, const Transport& more) {
  const auto fill = [](std::string& into, const std::string& from) {
    if (into.empty()) into = from;
  };
  fill(transport.vessel_imo, more.vessel_imo), fill(transport.vessel_name, more.vessel_name), fill(transport.voyage, more.voyage);
  fill(transport.service, more.service), fill(transport.vehicle, more.vehicle);
}

bool is_same_leg(const LegDraft& a, const LegDraft& b) {
  if (a.mode != b.mode) return false;
  if (!is_carriage(a.mode)) return a.from.key() == b.from.key() && a.to.key() == b.to.key() && !are_two_parts(a, b);
  if (carrier_of(a.transport) != carrier_of(b.transport) || !dates_agree(a.flight_date, b.flight_date)) return false;
  if (a.mode == TransportMode::air && std::abs(a.at_us - b.at_us) > kOneRunUs) return false;
  const bool from = a.from.empty() || b.from.empty() || is_same_port(a.from, b.from);
  const bool to = a.to.empty() || b.to.empty() || is_same_port(a.to, b.to);
  return from && to && !(a.from.empty() && b.to.empty()) && !(b.from.empty() && a.to.empty());
}

void merge(LegDraft& known, LegDraft more) {
  if (known.to.empty()) known.to = more.to;
  if (known.from.empty()) known.from = more.from;
  if (is_carriage(known.mode))
    complete(known.transport, more.transport);
  else if (known.transport.vehicle != more.transport.vehicle)
    known.transport.vehicle.clear();  // several trucks
  if (known.flight_date.empty()) known.flight_date = more.flight_date;
  std::ranges::move(more.rides, std::back_inserter(known.rides));
  known.departs.insert(known.departs.end(), more.departs.begin(), more.departs.end());
  known.arrives.insert(known.arrives.end(), more.arrives.begin(), more.arrives.end());
  known.at_us = std::min(known.at_us, more.at_us);
}

}  // namespace fairway::journey
