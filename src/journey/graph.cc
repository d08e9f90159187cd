#include "journey/graph.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_set>

namespace fairway::journey {
namespace {

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

uint32_t trip_of(const Graph::View& view, const LocatedPtr& event) {
  if (view.trips <= 1) return 0;
  const auto found = std::ranges::lower_bound(view.events, event, content_less);
  for (auto same = found; same != view.events.end(); ++same)
    if ((*same)->position == event->position) return view.trip[static_cast<size_t>(same - view.events.begin())];
  return kLatestTrip;
}

}  // namespace

struct Graph::Walk {
  std::set<Node> seen;
  std::vector<Node> frontier;
  std::set<HeadReference> over_shared;
  std::unordered_set<Position> taken;
  std::vector<LocatedPtr> events;
  std::vector<LocatedPtr> amending;
  size_t views_before = 0;
  bool truncated = false;

  bool take(const LocatedPtr& event) {
    if (taken.contains(event->position)) return false;
    if (events.size() >= limits::kJourneyEventsMax) {
      truncated = true;
      return false;
    }
    taken.insert(event->position);
    events.push_back(event);
    return true;
  }
  void go_to(const Node& node) {
    if (seen.contains(node)) return;
    if (seen.size() >= limits::kJourneyReferencesMax) {
      truncated = true;
      return;
    }
    seen.insert(node);
    frontier.push_back(node);
  }
};

Result<std::shared_ptr<const Graph::View>> Graph::view(const HeadReference& reference) {
  std::string key = reference_term(reference);
  if (const auto found = views_.find(key); found != views_.end()) return found->second;
  const auto read = TRY(terms_.of(reference));
  auto view = std::make_shared<View>();
  view->complete = read->complete;
  view->amending = read->amending;
  view->events.reserve(read->events.size());
  for (const LocatedPtr& event : read->events)
    if (TRY(takes(event, reference))) view->events.push_back(event);
  std::ranges::sort(view->events, content_less);
  view->standing = standing_of(view->events, view->amending);
  view->trip.assign(view->events.size(), 0);
  view->trips = view->events.empty() ? 0 : 1;
  if (reference.kind == ReferenceKind::equipment && !view->events.empty()) {
    TripSplit split = TRY(split_trips(view->events, view->standing, reference, [this](const HeadReference& r) { return over_shared(r); }));
    view->trip = std::move(split.trip);
    view->trips = split.count;
    const bool more_is_said = wider_ != nullptr && TRY(wider_->takes_more(read->events, view->events.size()));
    if (more_is_said) part_as(*view, *TRY(wider_->view(reference)));
  } else {
    view->over_shared = names_too_many(view->events, reference);
  }
  views_.emplace(std::move(key), view);
  return view;
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

Status Graph::visit(const Node& node, Walk& walk) {
  const auto view = TRY(this->view(node.reference));
  walk.truncated = walk.truncated || !view->complete;
  walk.amending.insert(walk.amending.end(), view->amending.begin(), view->amending.end());
  for (size_t i = 0; i < view->events.size(); ++i) {
    const LocatedPtr& event = view->events[i];
    if (view->trip[i] != node.trip || !walk.take(event)) continue;
    for (const HeadReference& reference : event->head.references) {
      if (reference == node.reference || (joins_ && !TRY(joins_(event, reference)))) continue;
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
  }
  return {};
}

Result<Graph::Component> Graph::walk(const std::vector<Node>& start, std::span<const LocatedPtr> first) {
  Walk walk;
  walk.views_before = views_.size();
  for (const LocatedPtr& event : first) walk.take(event);
  for (const Node& node : start) walk.go_to(node);
  while (!walk.frontier.empty()) {
    std::vector<Node> level;
    level.swap(walk.frontier);
    std::ranges::sort(level);
    for (const Node& node : level) TRY_OK(visit(node, walk));
  }
  Component component;
  component.events = std::move(walk.events);
  std::ranges::sort(component.events, content_less);
  component.standing = standing_of(component.events, walk.amending);
  component.nodes.assign(walk.seen.begin(), walk.seen.end());
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
  return walk({{reference, chosen}}, {});
}

Result<Graph::Component> Graph::component(std::span<const LocatedPtr> events) {
  std::vector<Node> nodes;
  for (const LocatedPtr& event : events)
    for (Node& node : TRY(nodes_of(event))) nodes.push_back(std::move(node));
  return walk(nodes, events);
}

}  // namespace fairway::journey
