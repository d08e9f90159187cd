#include "journey/audience.h"

#include <algorithm>
#include <set>

#include "journey/calls.h"

namespace fairway::journey {
namespace {

constexpr int kStepsMax = 8;  // from mouth to mouth

bool contains(const std::vector<PartyId>& sorted, const PartyId& party) { return std::ranges::binary_search(sorted, party); }

bool insert(std::vector<PartyId>& sorted, const PartyId& party) {
  const auto at = std::ranges::lower_bound(sorted, party);
  if (at != sorted.end() && *at == party) return false;
  sorted.insert(at, party);
  return true;
}

// Whether the head of a box's event can be a call of the transport event; which voyage it is of is known from where it was found.
bool may_be_call(const EventHead& head, const Event& transport) {
  return uses_vessel(head.milestone) && head.unlocode == transport.place.unlocode;
}

}  // namespace

// The circle of those who see an event, while it grows.
struct Audiences::Circle {
  std::vector<PartyId> insiders, passing_on;  // ascending
  std::vector<PartyId> newly_passing_on;      // of the last step
  std::vector<uint64_t> heard;                // names of those who came in; ascending
  Houses houses;                              // that it is of; none: of all
  std::vector<LocatedPtr> said;               // by the sender, of the consignment as its own events join it
  Graph::Component component;
  AudiencePtr closed;  // once it does not grow any more: all of it, and the rest is gone
};

bool Audience::has(const PartyId& party) const { return contains(insiders, party); }

Audiences::Audiences(Terms& terms, Rule& rule, Position as_of) : terms_(terms), rule_(rule), as_of_(as_of) {}

Graph& Audiences::graph_of(const std::vector<PartyId>& parties) {
  std::string key;
  for (const PartyId& party : parties) key += party + '\0';
  Said& said = said_[key];
  if (said.graph) return *said.graph;
  const auto is_theirs = [parties](const LocatedPtr& event) { return std::ranges::find(parties, event->head.sender) != parties.end(); };
  const auto by_them = [this, is_theirs](const LocatedPtr& event) -> Result<bool> { return event->position <= as_of_ && is_theirs(event); };
  const auto also_to_all = [this, is_theirs](const LocatedPtr& event) -> Result<bool> {
    return event->position <= as_of_ && (event->head.named.empty() || is_theirs(event));
  };
  said.wider = std::make_unique<Graph>(terms_, whole_views_, also_to_all);
  said.graph = std::make_unique<Graph>(terms_, whole_views_, by_them, said.wider.get());
  return *said.graph;
}

Result<AudiencePtr> Audiences::of(const LocatedPtr& event) { return close(*TRY(circle_of(event))); }

Result<bool> Audiences::reaches(const LocatedPtr& event, const PartyId& party) {
  // What the sender says under one document is of one consignment, and has reached the same: of houses, under the house alone.
  const auto key = [&](const HeadReference& document) { return party + '\0' + event->head.sender + '\0' + reference_term(document); };
  const Houses houses = houses_in(event->head);
  const auto tells = [&](const HeadReference& reference) {
    return reference.kind != ReferenceKind::equipment && is_house(reference.kind) == !houses.empty();
  };
  for (const HeadReference& reference : event->head.references)
    if (tells(reference) && reached_.contains(key(reference))) return true;
  // Whom it has not reached is known once for the consignment, and not asked again for each event of it.
  if (const std::shared_ptr<Circle> known = TRY(known_circle(event)); known && known->closed) return known->closed->has(party);
  const bool reached = TRY(is_soon_named(event, party)) || TRY(of(event))->has(party);
  if (!reached) return false;
  for (const HeadReference& reference : event->head.references) {
    if (!tells(reference) || houses.size() > 1) continue;
    if (!TRY(graph_of({event->head.sender}).view(reference))->over_shared) reached_.insert(key(reference));
  }
  return true;
}

// Whether the sender names the party, or those do to whom the sender passes the event. Few steps, and most need no more.
Result<bool> Audiences::is_soon_named(const LocatedPtr& event, const PartyId& party) {
  const auto names_it = [&](const EventHead& head) -> Result<bool> {
    if (head.sender == party) return false;
    for (const uint64_t name : head.named) {
      const Insider* insider = TRY(named(name));
      if (insider != nullptr && insider->party == party) return true;
    }
    return false;
  };
  if (TRY(graph_of({event->head.sender}).meets({&event, 1}, houses_in(event->head), names_it))) return true;
  const std::shared_ptr<Circle> circle = TRY(circle_of(event));
  if (circle->closed || circle->newly_passing_on.empty()) return false;
  return graph_of(circle->passing_on).meets(circle->said, circle->houses, names_it);
}

// Null where the sender has none yet on the event's consignment.
Result<std::shared_ptr<Audiences::Circle>> Audiences::known_circle(const LocatedPtr& event) {
  const auto of_sender = circles_.find(event->head.sender);
  if (of_sender == circles_.end()) return nullptr;
  const std::vector<Graph::Node> nodes = TRY(graph_of({event->head.sender}).nodes_of(event));
  if (nodes.empty()) return nullptr;
  const auto of_houses = of_sender->second.find(houses_in(event->head));
  if (of_houses == of_sender->second.end()) return nullptr;
  const auto found = of_houses->second.find(nodes.front());
  return found == of_houses->second.end() ? nullptr : found->second;
}

// The circle after its first step. Whatever else the sender says of the same consignment has the same one; where the consignment was cut
// short, it looks different from elsewhere.
Result<std::shared_ptr<Audiences::Circle>> Audiences::circle_of(const LocatedPtr& event) {
  const PartyId& sender = event->head.sender;
  if (std::shared_ptr<Circle> known = TRY(known_circle(event))) return known;
  const std::vector<Graph::Node> nodes = TRY(graph_of({sender}).nodes_of(event));
  auto circle = std::make_shared<Circle>();
  circle->insiders = circle->passing_on = {sender};
  circle->houses = houses_in(event->head);
  circle->said = {event};
  TRY_OK(widen(*circle));
  const Graph::Component& own = circle->component;
  circle->said = own.events;
  if (!own.truncated)
    for (const Graph::Node& node : own.nodes) circles_[sender][circle->houses].emplace(node, circle);
  else if (!nodes.empty())
    circles_[sender][circle->houses].emplace(nodes.front(), circle);
  return circle;
}

Result<AudiencePtr> Audiences::close(Circle& circle) {
  if (circle.closed) return circle.closed;
  const bool names_nobody = std::ranges::all_of(circle.said, [](const LocatedPtr& said) { return said->head.named.empty(); });
  TRY_OK(grow(circle));
  if (names_nobody) TRY_OK(ask_those_who_vouch(circle));
  auto audience = std::make_shared<Audience>();
  audience->insiders = std::move(circle.insiders);
  for (const LocatedPtr& event : circle.said)
    audience->references.insert(audience->references.end(), event->head.references.begin(), event->head.references.end());
  for (const Graph::Node& node : circle.component.nodes) audience->references.push_back(node.reference);
  std::ranges::sort(audience->references);
  audience->references.erase(std::ranges::unique(audience->references).begin(), audience->references.end());
  circle = {.closed = std::move(audience)};
  return circle.closed;
}

// One step: the consignment as those who pass on know it, and whom they name there.
Status Audiences::widen(Circle& circle) {
  Graph& graph = graph_of(circle.passing_on);
  circle.component = TRY(graph.component(circle.said, circle.houses));
  circle.newly_passing_on.clear();
  for (size_t i = 0; i < circle.component.events.size(); ++i) {
    const LocatedPtr& event = circle.component.events[i];
    if (circle.component.standing[i] == Standing::corrected && TRY(graph.is_corrected(event))) continue;
    TRY_OK(add_named(circle, event->head));
  }
  return {};
}

Result<const Insider*> Audiences::named(uint64_t name) {
  auto known = named_.find(name);
  if (known == named_.end()) known = named_.emplace(name, TRY(rule_.by_name(terms_.snapshot(), name))).first;
  return known->second ? &*known->second : nullptr;
}

Status Audiences::add_named(Circle& circle, const EventHead& head) {
  for (const uint64_t name : head.named) {
    const auto heard = std::ranges::lower_bound(circle.heard, name);
    if (heard != circle.heard.end() && *heard == name) continue;
    const Insider* named = TRY(this->named(name));
    if (named == nullptr || named->party == head.sender) continue;
    circle.heard.insert(heard, name);
    insert(circle.insiders, named->party);
    if (named->passes_on && insert(circle.passing_on, named->party)) circle.newly_passing_on.push_back(named->party);
  }
  return {};
}

Status Audiences::grow(Circle& circle) {
  for (int step = 0; step < kStepsMax && !circle.newly_passing_on.empty(); ++step) {
    if (!TRY(says_something(circle.newly_passing_on, circle.component))) break;
    TRY_OK(widen(circle));
  }
  return {};
}

// Whom those who vouch name on what the sender speaks of: each for itself, and by no more than its own events of the sender's references,
// so that nobody's word takes from what another's gives, or makes one consignment of two.
Status Audiences::ask_those_who_vouch(Circle& circle) {
  const PartyId sender = circle.insiders.front();
  std::set<PartyId> asked = {sender};
  for (const Graph::Node& node : circle.component.nodes) {
    const auto events = TRY(terms_.of(node.reference));
    for (const LocatedPtr& event : events->events) {
      const PartyId& other = event->head.sender;
      if (event->position > as_of_ || event->head.named.empty() || !asked.insert(other).second) continue;
      const auto insider = TRY(rule_.by_id(terms_.snapshot(), other));
      if (insider && insider->vouches) TRY_OK(take_word_of(other, sender, circle));
    }
  }
  return {};
}

Status Audiences::take_word_of(const PartyId& other, const PartyId& sender, Circle& circle) {
  std::vector<PartyId> both = {sender};
  insert(both, other);
  Graph& graph = graph_of(both);
  for (const LocatedPtr& said : circle.said) {
    for (const Graph::Node& node : TRY(graph.nodes_of(said))) {
      const auto view = TRY(graph.view(node.reference));
      for (size_t i = 0; i < view->events.size(); ++i) {
        const EventHead& head = view->events[i]->head;
        if (view->trip[i] != node.trip || head.sender != other || view->standing[i] == Standing::corrected) continue;
        if (!is_of_other_houses(head, circle.houses)) TRY_OK(add_named(circle, head));
      }
    }
  }
  return {};
}

// Whether one of the parties has an event under one of the component's references: if none has, asking again changes nothing.
Result<bool> Audiences::says_something(const std::vector<PartyId>& parties, const Graph::Component& component) {
  for (const Graph::Node& node : component.nodes) {
    const auto events = TRY(terms_.of(node.reference));
    for (const LocatedPtr& event : events->events)
      if (std::ranges::find(parties, event->head.sender) != parties.end()) return true;
  }
  return false;
}

Result<std::shared_ptr<const std::vector<LocatedPtr>>> Audiences::boxes_of_call(const Event& event) {
  const std::vector<HeadReference> transport = transport_references(event);
  const ReferenceKind kind = has_voyage(transport) ? ReferenceKind::voyage : ReferenceKind::vessel;
  std::string key = event.place.unlocode + "@" + std::to_string(event.occurred.micros);
  for (const HeadReference& reference : transport) key += reference.kind == kind ? "|" + reference.value : "";
  if (const auto found = calls_.find(key); found != calls_.end()) return found->second;
  auto boxes = std::make_shared<std::vector<LocatedPtr>>();
  std::set<std::pair<PartyId, HeadReference>> seen;
  for (const HeadReference& reference : transport) {
    if (reference.kind != kind || event.place.unlocode.empty()) continue;
    auto& heads = voyages_[reference_term(reference)];
    if (!heads) heads = std::make_shared<const std::vector<LocatedPtr>>(TRY(terms_.newest_of(reference, kHeadsPerTermMax)));
    for (const LocatedPtr& box : *heads) {
      const Call call{{reference}, box->head.unlocode, box->head.occurred_us, box};
      if (box->position > as_of_ || !may_be_call(box->head, event) || box->head.references.empty()) continue;
      if (!belongs({&reference, 1}, event.place.unlocode, event.occurred.micros, call)) continue;
      if (seen.emplace(box->head.sender, box->head.references.front()).second) boxes->push_back(box);
    }
  }
  calls_.emplace(std::move(key), boxes);
  return boxes;
}

}  // namespace fairway::journey
