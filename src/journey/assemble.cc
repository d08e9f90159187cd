#include "journey/assemble.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "journey/calls.h"
#include "journey/derive.h"
#include "journey/outages.h"
#include "journey/search.h"
#include "journey/visibility.h"

namespace fairway::journey {
namespace {

constexpr size_t kCallsReadMax = 500;    // newest transport events of one vessel or voyage
constexpr size_t kOutagesReadMax = 200;  // newest of one facility

std::unexpected<Error> nothing_of(const Reference& seed) {
  return fail(Code::not_found, "nothing is known of this reference", seed.key(),
              "check the number, or ask the party that should have sent it");
}

// Those whose events carry the containers of others, and are shown with them.
bool is_of_transport(ReferenceKind kind) {
  return kind == ReferenceKind::vessel || kind == ReferenceKind::voyage || kind == ReferenceKind::transport_call;
}

ClaimStatus status_of(Standing standing) {
  if (standing == Standing::corrected) return ClaimStatus::corrected;
  return standing == Standing::retracted ? ClaimStatus::retracted : ClaimStatus::current;
}

class Assembly {
 public:
  Assembly(store::Snapshot& snapshot, const Reference& seed, const Sight& sight)
      : snapshot_(snapshot),
        sight_(sight),
        terms_(snapshot),
        audiences_(terms_, sight.rule()),
        visibility_(audiences_, sight),
        seen_(
            terms_, audiences_.whole_views(), [this](const LocatedPtr& event) { return is_seen(event); },
            [this](const LocatedPtr& event, const HeadReference& reference) { return is_seen_under(event, reference); }),
        seed_(head_reference(seed)),
        journey_{.reference = {seed}, .position = snapshot.last()} {}

  Result<Journey> of_cargo(const Options& options);
  Result<Journey> of_transport();

 private:
  Result<bool> is_seen(const LocatedPtr& event) { return TRY(visibility_.look(event)).sees_something(); }
  Result<bool> is_seen_under(const LocatedPtr& event, const HeadReference& reference) {
    return visibility_.shows_reference(TRY(visibility_.look(event)), reference.kind, reference.value);
  }
  Status choose_trip(const Graph::View& view, const Options& options);
  Status load(const std::vector<LocatedPtr>& events, const std::vector<Standing>& standing);
  void show(Claim& claim, const Look& look);
  Status attach_calls();
  [[nodiscard]] std::vector<Call> calls() const;
  Result<Look> look_through(const Claim& claim, const std::vector<Call>& calls);
  Result<std::vector<Claim>> load_apart(const std::vector<LocatedPtr>& events);
  Status attach_outages();
  Result<Look> look_from(const Claim& outage, const std::vector<Stay>& stays);
  Result<std::vector<LocatedPtr>> transport_events_of(const std::vector<Call>& calls);
  void list_references(const std::vector<HeadReference>& over_shared, const std::set<HeadReference>& more);
  Result<Journey> finish();
  Status leave_out_what_may_have_happened();

  store::Snapshot& snapshot_;
  const Sight& sight_;
  Terms terms_;
  Audiences audiences_;
  Visibility visibility_;
  Graph seen_;
  HeadReference seed_;
  uint32_t trip_ = kLatestTrip;
  std::vector<LocatedPtr> events_;  // of the first claims, in their order
  std::set<Position> loaded_;
  Sees sees_;  // of others' claims, all taken together
  Journey journey_;
};

Result<Journey> Assembly::of_cargo(const Options& options) {
  const auto view = TRY(seen_.view(seed_));
  if (view->events.empty()) return nothing_of(journey_.reference.reference);
  if (seed_.kind == ReferenceKind::equipment) TRY_OK(choose_trip(*view, options));
  Graph::Component component = TRY(seen_.component(seed_, trip_));
  events_ = component.events;
  journey_.truncated = component.truncated;
  TRY_OK(load(component.events, component.standing));
  for (size_t i = 0; i < journey_.claims.size(); ++i) show(journey_.claims[i], TRY(visibility_.look(events_[i])));
  TRY_OK(attach_calls());
  TRY_OK(attach_outages());
  list_references(component.over_shared, {});
  return finish();
}

Status Assembly::choose_trip(const Graph::View& view, const Options& options) {
  if (options.trip > view.trips)
    return fail(Code::not_found, "the container has no such trip", std::to_string(options.trip), "it has " + std::to_string(view.trips));
  trip_ = (options.trip == 0 ? view.trips : options.trip) - 1;
  for (uint32_t number = 0; number < view.trips; ++number) {
    TripSummary trip{.number = number + 1, .current = number == trip_};
    bool first = true;
    for (size_t i = 0; i < view.events.size(); ++i) {
      if (view.trip[i] != number) continue;
      const EventHead& head = view.events[i]->head;
      if (first) trip.from_us = head.occurred_us;
      first = false;
      trip.to_us = head.occurred_us;
      for (const HeadReference& reference : head.references)
        if (reference.kind == ReferenceKind::booking && trip.booking.empty()) trip.booking = reference.value;
    }
    journey_.trips.push_back(std::move(trip));
  }
  return {};
}

// Reads the events' entries into claims, whole.
Status Assembly::load(const std::vector<LocatedPtr>& events, const std::vector<Standing>& standing) {
  std::vector<Position> positions;
  positions.reserve(events.size());
  for (const LocatedPtr& event : events) positions.push_back(event->position);
  std::vector<Entry> entries = TRY(snapshot_.entries(positions));
  journey_.claims.reserve(journey_.claims.size() + entries.size());
  for (size_t i = 0; i < entries.size(); ++i) {
    Result<Event> event = event_from_json(entries[i].body);
    if (!event)
      return fail(Code::internal, "an entry of the log cannot be read",
                  "entry " + std::to_string(entries[i].position) + ": " + event.error().text());
    loaded_.insert(entries[i].position);
    Claim& claim = journey_.claims.emplace_back();
    claim.position = entries[i].position;
    claim.received_us = entries[i].received_us;
    claim.sender = std::move(entries[i].party);
    claim.event = std::move(*event);
    claim.body = std::move(entries[i].body);
    claim.status = status_of(standing[i]);
  }
  return {};
}

std::vector<Call> Assembly::calls() const {
  std::vector<Call> out;
  for (size_t i = 0; i < journey_.claims.size(); ++i) {
    const Claim& claim = journey_.claims[i];
    if (!claim.stands() || !uses_vessel(claim.event.milestone) || claim.event.place.unlocode.empty()) continue;
    Call call{transport_references(claim.event), claim.event.place.unlocode, claim.event.occurred.micros, events_[i]};
    if (!call.transport.empty()) out.push_back(std::move(call));
  }
  return out;
}

// Heads that may belong to one of the calls; their bodies have the last word.
Result<std::vector<LocatedPtr>> Assembly::transport_events_of(const std::vector<Call>& calls) {
  std::set<HeadReference> asked;
  for (const Call& call : calls) asked.insert(call.transport.begin(), call.transport.end());
  std::vector<LocatedPtr> out;
  std::set<Position> taken = loaded_;
  for (const HeadReference& reference : asked) {
    const std::vector<LocatedPtr> events = TRY(terms_.transport_of(reference, kCallsReadMax));
    journey_.truncated = journey_.truncated || events.size() == kCallsReadMax;
    for (const LocatedPtr& event : events) {
      const bool may = std::ranges::any_of(
          calls, [&](const Call& call) { return belongs({&reference, 1}, event->head.unlocode, event->head.occurred_us, call); });
      if (may && taken.insert(event->position).second) out.push_back(event);
    }
  }
  std::ranges::sort(out, content_less);
  if (out.size() > limits::kJourneyEventsMax) out.resize(limits::kJourneyEventsMax), journey_.truncated = true;
  return out;
}

// Takes from the claim what the viewer does not see of it.
void Assembly::show(Claim& claim, const Look& look) {
  if (!sight_.sees_sender(claim.sender)) sees_ = sees_ | look.sees;
  if (redact(claim.event, look, sight_)) claim.body = to_json(claim.event);
  if (look.grant != nullptr) claim.grant = *look.grant;
}

// Arrivals and departures of the vessels that carry the boxes, where the boxes use them: those that the viewer sent, and those
// that belong to a call of a box of which it sees another's event.
Status Assembly::attach_calls() {
  const std::vector<Call> all = calls();
  if (all.empty()) return {};
  std::vector<Claim> attached = TRY(load_apart(TRY(transport_events_of(all))));
  for (Claim& claim : attached) {
    const Look look = TRY(look_through(claim, all));
    if (!look.sees_something()) continue;
    show(claim, look);
    journey_.claims.push_back(std::move(claim));
  }
  return {};
}

Result<Look> Assembly::look_through(const Claim& claim, const std::vector<Call>& calls) {
  const std::vector<HeadReference> transport = transport_references(claim.event);
  const bool own = sight_.sees_sender(claim.sender);
  for (const Call& call : calls) {
    if (!belongs(transport, claim.event.place.unlocode, claim.event.occurred.micros, call)) continue;
    if (own) return Look{Sees::everything()};
    if (call.event->head.sender == sight_.viewer()) continue;  // its own word opens nothing
    const Look look = TRY(visibility_.look(call.event));
    if (sight_.shows(look.sees, head_of(claim.event, claim.sender))) return look;
  }
  return Look{};
}

// Reads claims that are not of the journey yet.
Result<std::vector<Claim>> Assembly::load_apart(const std::vector<LocatedPtr>& events) {
  const size_t before = journey_.claims.size();
  TRY_OK(load(events, standing_of(events)));
  std::vector<Claim> read(std::make_move_iterator(journey_.claims.begin() + static_cast<ptrdiff_t>(before)),
                          std::make_move_iterator(journey_.claims.end()));
  journey_.claims.resize(before);
  return read;
}

// Outages of the places where the cargo was: those that the viewer told of, and those told by a party that vouches, where the viewer sees
// another's event of the cargo there.
Status Assembly::attach_outages() {
  const std::vector<Stay> stays = stays_of({journey_.claims.data(), events_.size()});
  std::vector<LocatedPtr> candidates;
  for (const HeadReference& facility : facilities_of(stays)) {
    for (LocatedPtr& outage : TRY(terms_.newest_of(facility, kOutagesReadMax))) {
      const bool here = std::ranges::any_of(stays, [&](const Stay& stay) { return concerns(outage->head, stay); });
      if (here && loaded_.insert(outage->position).second) candidates.push_back(std::move(outage));
    }
  }
  if (candidates.empty()) return {};
  std::ranges::sort(candidates, content_less);
  std::vector<Claim> read = TRY(load_apart(candidates));
  for (Claim& claim : read) {
    const Look look = TRY(look_from(claim, stays));
    if (!look.sees_something()) continue;
    show(claim, look);
    journey_.claims.push_back(std::move(claim));
  }
  return {};
}

Result<Look> Assembly::look_from(const Claim& outage, const std::vector<Stay>& stays) {
  if (sight_.sees_sender(outage.sender)) return Look{Sees::everything()};
  const std::optional<Insider> teller = TRY(sight_.rule().by_id(snapshot_, outage.sender));
  if (!teller || !teller->vouches) return Look{};
  const EventHead head = head_of(outage.event, outage.sender);
  for (const Stay& stay : stays) {
    if (!concerns(head, stay)) continue;
    for (const size_t claim : stay.claims) {
      if (events_[claim]->head.sender == sight_.viewer()) continue;  // its own word opens nothing
      const Look look = TRY(visibility_.look(events_[claim]));
      if (sight_.shows(look.sees, head)) return look;
    }
  }
  return Look{};
}

Result<Journey> Assembly::of_transport() {
  std::vector<LocatedPtr> named = TRY(terms_.newest_of(seed_, limits::kJourneyEventsMax));
  journey_.truncated = named.size() == limits::kJourneyEventsMax;
  const bool transport = is_of_transport(seed_.kind);
  if (transport)
    for (LocatedPtr& event : TRY(terms_.transport_of(seed_, kCallsReadMax))) named.push_back(std::move(event));
  std::ranges::sort(named, [](const LocatedPtr& a, const LocatedPtr& b) { return a->position < b->position; });
  named.erase(std::unique(named.begin(), named.end(), [](const LocatedPtr& a, const LocatedPtr& b) { return a->position == b->position; }),
              named.end());
  std::vector<LocatedPtr> shown;
  std::set<HeadReference> references = {seed_};
  for (const LocatedPtr& event : named) {
    if (transport && row(event->head.milestone).type == EventType::transport) {
      shown.push_back(event);  // whether it may be seen shows its body
      continue;
    }
    const Look look = TRY(visibility_.look(event));
    if (!look.sees_something() || !visibility_.shows_reference(look, seed_.kind, seed_.value)) continue;
    for (const HeadReference& reference : event->head.references)
      if (visibility_.shows_reference(look, reference.kind, reference.value)) references.insert(reference);
    if (!transport) shown.push_back(event);
  }
  std::ranges::sort(shown, content_less);
  TRY_OK(load(shown, standing_of(shown)));
  std::vector<Claim> visible;
  for (Claim& claim : journey_.claims) {
    const Look look = TRY(visibility_.look(claim.event, claim.sender, claim.position));
    if (!look.sees_something()) continue;
    show(claim, look);
    visible.push_back(std::move(claim));
  }
  journey_.claims = std::move(visible);
  if (journey_.claims.empty() && references.size() == 1) return nothing_of(journey_.reference.reference);
  list_references({}, references);
  return finish();
}

void Assembly::list_references(const std::vector<HeadReference>& over_shared, const std::set<HeadReference>& more) {
  std::vector<Reference> all = {journey_.reference.reference};
  for (const Claim& claim : journey_.claims) all.insert(all.end(), claim.event.references.begin(), claim.event.references.end());
  for (const HeadReference& reference : more)
    if (Result<Reference> made = Reference::make(reference.kind, reference.value)) all.push_back(std::move(*made));
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.size() > limits::kJourneyReferencesMax) {
    all.erase(all.begin() + static_cast<ptrdiff_t>(limits::kJourneyReferencesMax), all.end());
    journey_.truncated = true;
  }
  for (Reference& reference : all) {
    const bool flagged = std::ranges::binary_search(over_shared, head_reference(reference));
    if (reference == journey_.reference.reference) journey_.reference.over_shared = flagged;
    journey_.references.push_back({std::move(reference), flagged});
  }
}

// Claims are large: their order is found first, then each is moved once.
Result<Journey> Assembly::finish() {
  std::vector<size_t> order(journey_.claims.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto content = [&](size_t index) {
    const Claim& claim = journey_.claims[index];
    const Event& e = claim.event;
    return std::tie(e.occurred.micros, e.milestone, e.classifier, claim.sender, e.id);
  };
  std::ranges::sort(order, [&](size_t a, size_t b) { return content(a) < content(b); });
  if (!std::ranges::is_sorted(order)) {
    std::vector<Claim> sorted;
    sorted.reserve(order.size());
    for (const size_t index : order) sorted.push_back(std::move(journey_.claims[index]));
    journey_.claims = std::move(sorted);
  }
  derive(journey_);
  TRY_OK(leave_out_what_may_have_happened());
  return std::move(journey_);
}

// What usually comes next is no news for a viewer who would not see it when it happens: it may have happened long ago.
Status Assembly::leave_out_what_may_have_happened() {
  if (sight_.sees_everything() || journey_.expected.empty()) return {};
  const std::optional<Insider> viewer = TRY(sight_.rule().by_id(snapshot_, sight_.viewer()));
  const Sees sees = viewer ? sees_ | viewer->sees : sees_;
  std::erase_if(journey_.expected, [&](const Expected& next) {
    EventHead event;
    event.milestone = next.milestone;
    event.unlocode = next.place.unlocode;
    event.facility = next.place.facility;
    return !next.at && !sight_.shows(sees, event);
  });
  return {};
}

}  // namespace

Result<Journey> find(store::Snapshot& snapshot, const Reference& seed, const Sight& sight, const Options& options) {
  Assembly assembly(snapshot, seed, sight);
  return joins(seed.kind()) ? assembly.of_cargo(options) : assembly.of_transport();
}

Result<Journey> find(store::Snapshot& snapshot, std::string_view text, const Sight& sight, const Options& options) {
  const std::vector<Reference> all = candidates(text);
  for (const Reference& candidate : all) {
    Result<Journey> found = find(snapshot, candidate, sight, options);
    if (found || found.error().code != Code::not_found) return found;
    if (options.trip != 0 && find(snapshot, candidate, sight)) return found;  // the reference is there, the trip is not
  }
  return fail(all.empty() ? Code::invalid : Code::not_found, all.empty() ? "not a reference" : "nothing is known of this reference",
              std::string(text.substr(0, 64)), "type a container, booking, bill of lading or air waybill number, or kind:value");
}

}  // namespace fairway::journey
