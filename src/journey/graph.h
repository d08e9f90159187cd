// Graph: references and the events that name them, and the component of it that is one journey.
//
// Two events belong to one journey when they name the same joining reference, a container counting once for each of its trips. A
// document that names more than limits::kReferenceFanOutMax containers, or as many other references of one kind, joins nothing: it
// is over-shared. A graph may be narrowed by a filter; then everything in it, trips and over-sharing included, is as if the other
// events did not exist. The component is the same from whichever of its references it is asked for, and does not depend on
// the order in which events arrived; only a truncated one depends on where the walk began.
//
// Houses are the exception: consignments of several owners travel in one container under one master, and are none of each other's
// business. A walk that begins with a house (house bill of lading, house air waybill) takes what is said of it and of what carries it, and
// leaves out what is said of other houses alone. From the master or the container it takes all of them.
//
// Stands on Terms, which it outlives not. Not thread-safe. Errors are the store's.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "journey/terms.h"
#include "journey/trips.h"

namespace fairway::journey {

inline constexpr uint32_t kLatestTrip = UINT32_MAX;
// References one walk reads at most, whatever it finds behind them.
inline constexpr size_t kReferencesWalkedMax = 4 * limits::kJourneyReferencesMax;

// Houses that are one consignment: those that a walk keeps to, ascending. None: it keeps to no house.
using Houses = std::vector<HeadReference>;
[[nodiscard]] bool is_house(ReferenceKind kind);
// The houses that an event names, ascending.
[[nodiscard]] Houses houses_in(const EventHead& head);
// Whether the event is of other houses alone, for a walk that keeps to these.
[[nodiscard]] bool is_of_other_houses(const EventHead& head, const Houses& houses);

class WholeViews;

class Graph {
 public:
  // Only events for which `filter` holds; none: all. Its errors end the walk.
  using Filter = std::function<Result<bool>(const LocatedPtr&)>;
  // Only references that `joins` leaves an event, asked of those that the filter let through; none: all.
  using Joins = std::function<Result<bool>(const LocatedPtr&, const HeadReference&)>;

  struct Node {
    HeadReference reference;
    uint32_t trip = 0;  // of a container
    friend bool operator==(const Node&, const Node&) = default;
    friend auto operator<=>(const Node&, const Node&) = default;
  };
  // What one reference has in this graph.
  struct View {
    std::vector<LocatedPtr> events;  // in content order
    std::vector<Standing> standing;
    std::vector<uint32_t> trip;  // of each event; all 0 but for a container
    uint32_t trips = 0;
    bool over_shared = false;
    bool complete = true;
    std::vector<LocatedPtr> amending;
  };
  struct Component {
    std::vector<LocatedPtr> events;          // in content order
    std::vector<Standing> standing;          // of each event
    std::vector<Node> nodes;                 // ascending
    std::vector<HeadReference> over_shared;  // named by its events, joining nothing; ascending
    bool truncated = false;
  };

  // Where `wider` is given, two events of a container are of one trip only if they are in it, too: what is left out here may well say
  // that the container has changed hands in between.
  Graph(Terms& terms, WholeViews& whole, Filter filter, Graph* wider = nullptr)
      : terms_(terms), whole_(whole), filter_(std::move(filter)), wider_(wider) {}
  Graph(Terms& terms, WholeViews& whole, Filter filter, Joins joins)
      : terms_(terms), whole_(whole), filter_(std::move(filter)), joins_(std::move(joins)) {}

  [[nodiscard]] Result<std::shared_ptr<const View>> view(const HeadReference& reference);
  // The journey of a reference, of its `trip` where it is a container. Empty where nothing in the graph names it.
  [[nodiscard]] Result<Component> component(const HeadReference& reference, uint32_t trip = kLatestTrip);
  // The journey that an event is on: itself alone where it names nothing that joins.
  [[nodiscard]] Result<Component> component(const LocatedPtr& event) { return component(std::span(&event, 1), houses_in(event->head)); }
  // The journeys that these events are on, taken together, of these houses.
  [[nodiscard]] Result<Component> component(std::span<const LocatedPtr> events, const Houses& houses);
  // Whether one of its references shows the event corrected. (A correction that came before what it corrects and names none of its
  // references is found on the whole journey only: Component::standing.)
  [[nodiscard]] Result<bool> is_corrected(const LocatedPtr& event);
  // Whether a wanted event is on these journeys, of these houses, and is not corrected. Walks no further than to the first.
  using Wanted = std::function<Result<bool>(const EventHead&)>;
  [[nodiscard]] Result<bool> meets(std::span<const LocatedPtr> events, const Houses& houses, const Wanted& wanted);
  // These, and the houses of other kinds that events of theirs name with them: the house bill of what goes on by air has become a house air
  // waybill.
  [[nodiscard]] Result<Houses> with_successors(Houses houses);
  // The joining references of an event, over-shared ones left out. The first of them stands for its journey.
  [[nodiscard]] Result<std::vector<Node>> nodes_of(const LocatedPtr& event);

 private:
  struct Walk;
  Status go(const std::vector<Node>& start, Walk& walk);
  Result<Component> walk(const std::vector<Node>& start, std::span<const LocatedPtr> first, const Houses& houses);
  Status visit(const Node& node, Walk& walk);
  Status follow(const LocatedPtr& event, const HeadReference& from, Walk& walk);
  Result<std::vector<Node>> nodes_of(std::span<const LocatedPtr> events);
  Result<bool> is_met(const LocatedPtr& event, const Walk& walk);
  Result<bool> over_shared(const HeadReference& reference);
  Result<std::shared_ptr<const View>> whole_view(const HeadReference& reference);
  Status split(View& view, const HeadReference& container, const TermEvents& read, std::vector<std::pair<HeadReference, bool>>& asked);
  Result<bool> takes(const LocatedPtr& event, const HeadReference& under);
  // Whether it takes more than so many of these events.
  Result<bool> takes_more(const std::vector<LocatedPtr>& events, size_t count);
  static void part_as(View& view, const View& wider);

  Terms& terms_;
  WholeViews& whole_;
  Filter filter_;
  Joins joins_;
  Graph* wider_ = nullptr;
  std::unordered_map<HeadReference, std::shared_ptr<const View>, HashReference> views_;
};

// The views from which a graph leaves out nothing. They are the same in every graph over the same Terms, and so are made once for all of
// them. Lasts no longer than the events under Terms stay as they are.
class WholeViews {
 private:
  friend class Graph;
  struct Whole {
    std::shared_ptr<const Graph::View> view;
    std::vector<std::pair<HeadReference, bool>> asked;  // the documents that its trips depend on, and whether they are over-shared
  };
  std::unordered_map<HeadReference, Whole, HashReference> views_;
};

}  // namespace fairway::journey
