#include "exchange/dcsa/voyages.h"

#include <algorithm>
#include <set>

#include "base/zone.h"
#include "journey/standing.h"
#include "journey/visibility.h"

namespace fairway::exchange::dcsa {
namespace {

constexpr size_t kEntriesMax = 20'000;     // that one request reads
constexpr size_t kEntriesPerTerm = 2'000;  // the newest of one port, vessel or voyage
constexpr size_t kChunk = 500;
constexpr int64_t kDay = 86'400'000'000;
constexpr int64_t kSameCall = 7 * kDay;     // times of one port that are nearer than this are of one call
constexpr int64_t kSameVoyage = 30 * kDay;  // calls of a vessel without a voyage number

Instant at_place(const Instant& told, std::string_view unlocode) {
  const std::string_view zone = zone_of(unlocode);
  const auto offset = zone.empty() ? Result<int>(told.offset_minutes) : offset_minutes_at(told.micros, zone);
  Instant local = told;
  local.offset_minutes = static_cast<int16_t>(offset.value_or(told.offset_minutes));
  local.text.clear();
  return local;
}

// What the vessel is known by: events of different names are not put together.
std::string vessel_of(const Transport& transport) {
  if (!transport.vessel_imo.empty()) return transport.vessel_imo;
  return transport.carrier + "/" + (transport.vessel_name.empty() ? transport.voyage : transport.vessel_name);
}

bool is_of(const Call& call, const Event& event) {
  if (call.place.unlocode != event.place.unlocode) return false;
  if (!call.place.facility.empty() && !event.place.facility.empty() && call.place.facility != event.place.facility) return false;
  const auto near = [&](const auto& times) {
    return std::ranges::any_of(times, [&](const auto& told) {
      return told && told->at.micros - event.occurred.micros < kSameCall && event.occurred.micros - told->at.micros < kSameCall;
    });
  };
  return near(call.arrivals) || near(call.departures);
}

void fill(std::string& field, const std::string& text) {
  if (!text.empty()) field = text;
}

void add(Call& call, const CallEvent& told) {
  const Event& event = told.event;
  fill(call.place.unlocode, event.place.unlocode);
  if (!event.place.facility.empty()) call.place = event.place;
  fill(call.place.name, event.place.name);
  fill(call.call_id, event.transport.call_id);
  fill(call.voyage, event.transport.voyage);
  fill(call.import_voyage, event.transport.import_voyage);
  auto& times = event.milestone == Milestone::arrived ? call.arrivals : call.departures;
  times.at(static_cast<size_t>(event.classifier)) = {at_place(event.occurred, event.place.unlocode), told.told_us};
}

std::vector<journey::LocatedPtr> located(std::span<const CallEvent> events, std::span<const PartyId> senders) {
  std::vector<journey::LocatedPtr> out;
  for (size_t i = 0; i < events.size(); ++i) out.push_back(journey::located(events[i].event, senders[i], events[i].position));
  return out;
}

}  // namespace

const Instant* Call::best(const std::array<std::optional<Told>, 3>& times) {
  for (const Classifier classifier : {Classifier::actual, Classifier::estimated, Classifier::planned})
    if (const auto& told = times.at(static_cast<size_t>(classifier))) return &told->at;
  return nullptr;
}

int64_t Call::first_us() const {
  const Instant* arrival = best(arrivals);
  const Instant* departure = best(departures);
  return arrival != nullptr ? arrival->micros : departure != nullptr ? departure->micros : 0;
}

bool Call::within(std::string_view from, std::string_view to) const {
  const auto inside = [&](const auto& times) {
    return std::ranges::any_of(times, [&](const auto& told) {
      if (!told) return false;
      const std::string date = to_rfc3339(told->at).substr(0, 10);
      return (from.empty() || date >= from) && (to.empty() || date <= to);
    });
  };
  return inside(arrivals) || inside(departures);
}

std::string date_of(const Event& event) { return to_rfc3339(at_place(event.occurred, event.place.unlocode)).substr(0, 10); }

Rotation rotation_of(std::vector<CallEvent> events) {
  // In the order they were told, so that the last word counts.
  std::ranges::sort(
      events, [](const CallEvent& a, const CallEvent& b) { return std::tie(a.told_us, a.position) < std::tie(b.told_us, b.position); });
  Rotation rotation;
  for (const CallEvent& told : events) {
    const Transport& t = told.event.transport;
    fill(rotation.vessel.vessel_imo, t.vessel_imo);
    fill(rotation.vessel.vessel_name, t.vessel_name);
    fill(rotation.vessel.call_sign, t.call_sign);
    fill(rotation.vessel.service, t.service);
    fill(rotation.vessel.carrier, t.carrier);
    if (rotation.vessel.mode == TransportMode::unknown) rotation.vessel.mode = t.mode;
    auto call = std::ranges::find_if(rotation.calls, [&](const Call& known) { return is_of(known, told.event); });
    if (call == rotation.calls.end()) call = rotation.calls.insert(call, Call());
    add(*call, told);
  }
  std::ranges::stable_sort(rotation.calls, {}, &Call::first_us);
  return rotation;
}

Voyages::Voyages(Services& services, const ViewerPtr& viewer, store::Snapshot& snapshot)
    : services_(services),
      viewer_(viewer),
      snapshot_(snapshot),
      eyes_(snapshot, services.rule, viewer),
      looks_(*viewer, access::Channel::events) {}

// Only what the viewer sees has a say in what holds.
Result<std::vector<CallEvent>> Voyages::read(const std::string& term) {
  if (const auto known = read_.find(term); known != read_.end()) return known->second;
  if (entries_ >= kEntriesMax) return std::vector<CallEvent>();
  const auto hits = TRY(snapshot_.scan({term, true, 0, kEntriesPerTerm}));
  entries_ += hits.size();
  std::vector<CallEvent> seen;
  std::vector<PartyId> senders;
  std::vector<Position> positions;
  for (size_t i = 0; i < hits.size(); ++i) {
    positions.push_back(hits[i].position);
    if (positions.size() < kChunk && i + 1 < hits.size()) continue;
    const std::vector<Entry> entries = TRY(snapshot_.entries(positions));
    for (const Entry& entry : entries) {
      CallEvent call{TRY(event_from_json(entry.body)), entry.position, entry.received_us};
      const Eyes::Seen look = TRY(eyes_.see(entry, call.event));
      if (!look.seen) continue;
      saw(looks_, entry.party, call.event, look.grant);
      if (call.event.created) call.told_us = call.event.created->micros;
      senders.push_back(entry.party);
      seen.push_back(std::move(call));
    }
    positions.clear();
  }
  const std::vector<journey::Standing> standings = journey::standing_of(located(seen, senders));
  std::vector<CallEvent> hold;
  for (size_t i = 0; i < seen.size(); ++i)
    if (standings[i] == journey::Standing::stands) hold.push_back(std::move(seen[i]));
  return read_.emplace(term, std::move(hold)).first->second;
}

Result<std::vector<CallEvent>> Voyages::calls(const std::string& term, std::string_view value) {
  TRY_OK(services_.quota.look_up(*viewer_, value));
  return read(term);
}

Result<std::vector<Rotation>> Voyages::rotations(std::span<const CallEvent> calls) {
  struct Gathered {
    std::set<std::string> terms;
    std::map<Position, CallEvent> events;
  };
  std::map<std::string, Gathered> vessels;
  for (const CallEvent& call : calls) {
    Gathered& vessel = vessels[vessel_of(call.event.transport)];
    vessel.events.emplace(call.position, call);
    const bool numbered = !call.event.transport.voyage.empty() || !call.event.transport.import_voyage.empty();
    for (const journey::HeadReference& reference : journey::transport_references(call.event)) {
      if ((reference.kind == ReferenceKind::voyage) != numbered) continue;
      const std::string term = journey::transport_term(reference);
      if (!vessel.terms.insert(term).second && numbered) continue;
      const std::vector<CallEvent> of_term = TRY(read(term));
      for (const CallEvent& other : of_term) {
        const Transport& t = other.event.transport;
        const int64_t apart = other.event.occurred.micros - call.event.occurred.micros;
        if (numbered || (t.voyage.empty() && t.import_voyage.empty() && apart < kSameVoyage && -apart < kSameVoyage))
          vessel.events.emplace(other.position, other);
      }
    }
  }
  std::vector<Rotation> rotations;
  for (auto& [name, vessel] : vessels) {
    std::vector<CallEvent> events;
    for (auto& [position, event] : vessel.events) events.push_back(std::move(event));
    rotations.push_back(rotation_of(std::move(events)));
  }
  return rotations;
}

Status Voyages::note() { return services_.access_log.note(std::move(looks_)); }

}  // namespace fairway::exchange::dcsa
