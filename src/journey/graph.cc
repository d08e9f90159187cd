#include "journey/graph.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>

namespace fairway::journey {
namespace {

constexpr size_t kHousesMax = 64;  // of one consignment

// Distinct references of one kind beside `own` past the limit. A container is used by everybody in turn: its trips are counted.
bool names_too_many(const std::vector<LocatedPtr>& events, const HeadReference& own) {
  if (events.size() <= limits::kReferenceFanOutMax / limits::kReferencesPerEventMax) return false;
  std::array<std::unordered_set<std::string_view>, kReferenceKinds> seen;
  for (const LocatedPtr& event : events) {
    for (const HeadReference& reference : event->head.references) {
      if (reference == own) continue;
      auto& of_kind = seen.at(static_cast<size_t>(reference.kind));
      of_kind.insert(reference.value);
      if (of_kind.size() > limits::kReferenceFanOutMax) return true;
    }
  }
  return false;
}

std::optional<size_t> place_of(const Graph::View& view, const LocatedPtr& event) {
  for (auto same = std::ranges::lower_bound(view.events, event, content_less); same != view.events.end(); ++same)
    if ((*same)->position == event->position) return static_cast<size_t>(same - view.events.begin());
  return std::nullopt;
}

uint32_t trip_of(const Graph::View& view, const LocatedPtr& event) {
  if (view.trips <= 1) return 0;
  const std::optional<size_t> at = place_of(view, event);
  return at ? view.trip[*at] : kLatestTrip;
}

}  // namespace

struct Graph::Walk {
  std::vector<Node> seen;  // ascending
  std::vector<Node> frontier;
  std::set<HeadReference> over_shared;
  std::unordered_set<Position> taken;
  std::vector<LocatedPtr> events;
  std::vector<LocatedPtr> amending;
  Houses houses;
  size_t views_before = 0;
  bool truncated = false;
  const Wanted* wanted = nullptr;  // ends at the first of these
  bool met = false;

  bool take(const LocatedPtr& event) {
    if (events.size() >= limits::kJourneyEventsMax) {
      truncated = truncated || !taken.contains(event->position);
      return false;
    }
    if (!taken.insert(event->position).second) return false;
    events.push_back(event);
    return true;
  }
  void go_to(const Node& node) {
    const auto at = std::ranges::lower_bound(seen, node);
    if (at != seen.end() && *at == node) return;
    if (seen.size() >= limits::kJourneyReferencesMax) {
      truncated = true;
      return;
    }
    seen.insert(at, node);
    frontier.push_back(node);
  }
};

Result<std::shared_ptr<const Graph::View>> Graph::view(const HeadReference& reference) {
  if (const auto found = views_.find(reference); found != views_.end()) return found->second;
  const auto read = TRY(terms_.of(reference));
  auto view = std::make_shared<View>();
  view->events.reserve(read->events.size());
  for (const LocatedPtr& event : read->events)
    if (TRY(takes(event, reference))) view->events.push_back(event);
  const bool whole = view->events.size() == read->events.size();
  if (whole) {
    if (auto shared = TRY(whole_view(reference))) return views_.emplace(reference, std::move(shared)).first->second;
  }
  view->complete = read->complete;
  view->amending = read->amending;
  view->standing = standing_of(view->events, view->amending);
  view->trip.assign(view->events.size(), 0);
  view->trips = view->events.empty() ? 0 : 1;
  WholeViews::Whole made{view, {}};
  if (reference.kind != ReferenceKind::equipment)
    view->over_shared = names_too_many(view->events, reference);
  else if (view->events.size() > 1)
    TRY_OK(split(*view, reference, *read, made.asked));
  if (whole) whole_.views_.emplace(reference, std::move(made));
  return views_.emplace(reference, std::move(view)).first->second;
}

// A view made for another graph that left out nothing either, where its trips would come out the same here.
Result<std::shared_ptr<const Graph::View>> Graph::whole_view(const HeadReference& reference) {
  const auto found = whole_.views_.find(reference);
  if (found == whole_.views_.end()) return nullptr;
  const WholeViews::Whole& whole = found->second;  // stays where it is while others are made
  for (const auto& [document, was_over_shared] : whole.asked)
    if (TRY(over_shared(document)) != was_over_shared) return nullptr;
  return whole.view;
}

// Tells the container's trips apart, and notes which documents it asked about.
Status Graph::split(View& view, const HeadReference& container, const TermEvents& read,
                    std::vector<std::pair<HeadReference, bool>>& asked) {
  const auto over_shared_noted = [&](const HeadReference& document) -> Result<bool> {
    return asked.emplace_back(document, TRY(over_shared(document))).second;
  };
  TripSplit split = TRY(split_trips(view.events, view.standing, container, over_shared_noted));
  view.trip = std::move(split.trip);
  view.trips = split.count;
  const bool more_is_said =
      wider_ != nullptr && view.events.size() < read.events.size() && TRY(wider_->takes_more(read.events, view.events.size()));
  if (more_is_said) part_as(view, *TRY(wider_->view(container)));
  return {};
}

Result<bool> Graph::takes(const LocatedPtr& event, const HeadReference& under) {
  if (filter_ && !TRY(filter_(event))) return false;
  return !joins_ || TRY(joins_(event, under));
}

Result<bool> Graph::takes_more(const std::vector<LocatedPtr>& events, size_t count) {
  size_t taken = 0;
  for (const LocatedPtr& event : events) taken += !filter_ || TRY(filter_(event)) ? 1 : 0;
  return taken > count;
}

// Numbers the trips anew, so that no two events are of one trip which are of two in the wider graph.
void Graph::part_as(View& view, const View& wider) {
  if (wider.trips <= 1) return;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> numbers;
  for (size_t i = 0; i < view.events.size(); ++i) numbers.emplace(std::pair(view.trip[i], trip_of(wider, view.events[i])), 0);
  view.trips = 0;
  for (auto& [trips, number] : numbers) number = view.trips++;
  for (size_t i = 0; i < view.events.size(); ++i) view.trip[i] = numbers.at({view.trip[i], trip_of(wider, view.events[i])});
}

Result<bool> Graph::over_shared(const HeadReference& reference) { return TRY(view(reference))->over_shared; }

Result<std::vector<Graph::Node>> Graph::nodes_of(const LocatedPtr& event) {
  std::vector<Node> nodes;
  for (const HeadReference& reference : event->head.references) {
    if (joins_ && !TRY(joins_(event, reference))) continue;
    const auto view = TRY(this->view(reference));
    if (view->over_shared) continue;
    const uint32_t trip = trip_of(*view, event);
    if (trip != kLatestTrip) nodes.push_back({reference, trip});
  }
  return nodes;
}

Result<std::vector<Graph::Node>> Graph::nodes_of(std::span<const LocatedPtr> events) {
  std::vector<Node> nodes;
  for (const LocatedPtr& event : events) {
    std::vector<Node> more = TRY(nodes_of(event));
    nodes.insert(nodes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return nodes;
}

Status Graph::visit(const Node& node, Walk& walk) {
  const auto view = TRY(this->view(node.reference));
  walk.truncated = walk.truncated || !view->complete;
  walk.amending.insert(walk.amending.end(), view->amending.begin(), view->amending.end());
  const size_t before = walk.events.size();
  for (size_t i = 0; i < view->events.size(); ++i) {
    const LocatedPtr& event = view->events[i];
    if (view->trip[i] != node.trip || is_of_other_houses(event->head, walk.houses) || !walk.take(event)) continue;
    walk.met = TRY(is_met(event, walk));
    if (walk.met) return {};
  }
  for (size_t i = before; i < walk.events.size(); ++i) TRY_OK(follow(walk.events[i], node.reference, walk));
  return {};
}

// Where the event leads to, but for where it was found.
Status Graph::follow(const LocatedPtr& event, const HeadReference& from, Walk& walk) {
  for (const HeadReference& reference : event->head.references) {
    if (reference == from || (joins_ && !TRY(joins_(event, reference)))) continue;
    if (is_house(reference.kind) && !walk.houses.empty() && !std::ranges::binary_search(walk.houses, reference)) continue;
    if (views_.size() > walk.views_before + kReferencesWalkedMax) {
      walk.truncated = true;
      break;
    }
    const auto other = TRY(this->view(reference));
    if (other->over_shared)
      walk.over_shared.insert(reference);
    else if (const uint32_t trip = trip_of(*other, event); trip != kLatestTrip)
      walk.go_to({reference, trip});
  }
  return {};
}

// Level by level, until nothing is added or what is wanted is met.
Status Graph::go(const std::vector<Node>& start, Walk& walk) {
  walk.views_before = views_.size();
  for (const Node& node : start) walk.go_to(node);
  while (!walk.frontier.empty()) {
    std::vector<Node> level;
    level.swap(walk.frontier);
    std::ranges::sort(level);
    for (const Node& node : level) {
      TRY_OK(visit(node, walk));
      if (walk.met) return {};
    }
  }
  return {};
}

Result<bool> Graph::is_corrected(const LocatedPtr& event) {
  for (const HeadReference& reference : event->head.references) {
    const auto view = TRY(this->view(reference));
    const std::optional<size_t> at = place_of(*view, event);
    if (at && view->standing[*at] == Standing::corrected) return true;
  }
  return false;
}

Result<Houses> Graph::with_successors(Houses houses) {
  std::vector<HeadReference> ahead = houses;
  while (!ahead.empty() && houses.size() < kHousesMax) {
    const HeadReference house = std::move(ahead.back());
    ahead.pop_back();
    const auto view = TRY(this->view(house));
    if (view->over_shared) continue;
    for (const LocatedPtr& event : view->events) {
      for (const HeadReference& other : event->head.references) {
        if (!is_house(other.kind) || other.kind == house.kind || houses.size() >= kHousesMax) continue;
        const auto at = std::ranges::lower_bound(houses, other);
        if (at != houses.end() && *at == other) continue;
        houses.insert(at, other);
        ahead.push_back(other);
      }
    }
  }
  return houses;
}

// First where it costs least: among the events themselves, and under their documents, which need no trips told apart.
Result<bool> Graph::meets(std::span<const LocatedPtr> events, const Houses& houses, const Wanted& wanted) {
  Walk walk;
  walk.wanted = &wanted;
  walk.houses = TRY(with_successors(houses));
  for (const LocatedPtr& event : events) {
    if (TRY(is_met(event, walk))) return true;
    walk.take(event);
  }
  for (const LocatedPtr& event : events) {
    for (const HeadReference& reference : event->head.references) {
      if (reference.kind == ReferenceKind::equipment || (joins_ && !TRY(joins_(event, reference)))) continue;
      const auto view = TRY(this->view(reference));
      if (view->over_shared) continue;
      for (const LocatedPtr& other : view->events)
        if (!is_of_other_houses(other->head, walk.houses) && TRY(is_met(other, walk))) return true;
    }
  }
  TRY_OK(go(TRY(nodes_of(events)), walk));
  return walk.met;
}

Result<bool> Graph::is_met(const LocatedPtr& event, const Walk& walk) {
  return walk.wanted != nullptr && TRY((*walk.wanted)(event->head)) && !TRY(is_corrected(event));
}

Result<Graph::Component> Graph::walk(const std::vector<Node>& start, std::span<const LocatedPtr> first, const Houses& houses) {
  Walk walk;
  walk.houses = TRY(with_successors(houses));
  for (const LocatedPtr& event : first) walk.take(event);
  TRY_OK(go(start, walk));
  Component component;
  component.events = std::move(walk.events);
  if (!std::ranges::is_sorted(component.events, content_less)) std::ranges::sort(component.events, content_less);
  component.standing = standing_of(component.events, walk.amending);
  component.nodes = std::move(walk.seen);
  component.over_shared.assign(walk.over_shared.begin(), walk.over_shared.end());
  component.truncated = walk.truncated;
  return component;
}

Result<Graph::Component> Graph::component(const HeadReference& reference, uint32_t trip) {
  const auto view = TRY(this->view(reference));
  if (view->events.empty()) return Component();
  if (view->over_shared) {  // its own events, each for itself
    Component star;
    const size_t count = std::min(view->events.size(), limits::kJourneyEventsMax);
    star.events.assign(view->events.begin(), view->events.begin() + static_cast<ptrdiff_t>(count));
    star.standing.assign(view->standing.begin(), view->standing.begin() + static_cast<ptrdiff_t>(count));
    star.over_shared = {reference};
    star.truncated = count < view->events.size() || !view->complete;
    return star;
  }
  const uint32_t chosen = std::min(trip, view->trips - 1);
  return walk({{reference, chosen}}, {}, is_house(reference.kind) ? Houses{reference} : Houses());
}

Result<Graph::Component> Graph::component(std::span<const LocatedPtr> events, const Houses& houses) {
  return walk(TRY(nodes_of(events)), events, houses);
}

bool is_house(ReferenceKind kind) { return kind == ReferenceKind::house_document || kind == ReferenceKind::house_air_waybill; }

Houses houses_in(const EventHead& head) {
  Houses houses;
  for (const HeadReference& reference : head.references)
    if (is_house(reference.kind)) houses.push_back(reference);
  std::ranges::sort(houses);
  return houses;
}

bool is_of_other_houses(const EventHead& head, const Houses& houses) {
  if (houses.empty()) return false;
  bool names_some = false;
  for (const HeadReference& reference : head.references) {
    if (!is_house(reference.kind)) continue;
    if (std::ranges::binary_search(houses, reference)) return false;
    names_some = true;
  }
  return names_some;
}

}  // namespace fairway::journey
