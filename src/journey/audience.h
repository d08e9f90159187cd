// Audience: whom an event has reached. What a party says of a consignment goes to those it names on it, and those may pass it on to those
// whom they name.
//
// It begins with the sender alone and the consignment as its own events join it. Whoever they name comes in; where the newcomer may pass
// on (Insider::passes_on), its events join and name, too; and so on until nobody is added. So nobody lets itself in, or another, by
// events of its own: they count only once somebody who sees the consignment has named their sender. A container's trips are told apart
// by what the insiders say, and by what is said to all besides, so that neither can make one trip of two, and what others tell each other
// changes nothing. The names of a claim that was corrected do not count, those of its correction do: so a wrong name is taken back.
//
// Who is named on a house comes in on what is said of that house and of what carries it, not on the other houses in the container
// (graph.h).
//
// A sender that names nobody on the consignment speaks to all who have a part in it: those whom a party that vouches (Insider::vouches)
// names there, itself left out.
//
// For one request, or one event of a stream. Not thread-safe. Errors are the store's.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "journey/graph.h"
#include "journey/sight.h"

namespace fairway::journey {

struct Audience {
  std::vector<PartyId> insiders;          // ascending; the sender is one
  std::vector<HeadReference> references;  // ascending; what joins the consignment as its insiders know it
  [[nodiscard]] bool has(const PartyId& party) const;
};
using AudiencePtr = std::shared_ptr<const Audience>;

class Audiences {
 public:
  // As the log stood at `as_of`.
  Audiences(Terms& terms, Rule& rule, Position as_of = UINT64_MAX);

  [[nodiscard]] Result<AudiencePtr> of(const LocatedPtr& event);
  // Whether the event has reached the party: as of(event)->has(party), and answered as soon as somebody has named it.
  [[nodiscard]] Result<bool> reaches(const LocatedPtr& event, const PartyId& party);
  // The boxes' events of the calls that a transport event belongs to.
  [[nodiscard]] Result<std::shared_ptr<const std::vector<LocatedPtr>>> boxes_of_call(const Event& event);
  [[nodiscard]] Terms& terms() { return terms_; }
  [[nodiscard]] Rule& rule() { return rule_; }
  [[nodiscard]] WholeViews& whole_views() { return whole_views_; }

 private:
  struct Circle;
  struct Said {
    std::unique_ptr<Graph> wider, graph;
  };
  Result<std::shared_ptr<Circle>> known_circle(const LocatedPtr& event);
  Result<std::shared_ptr<Circle>> circle_of(const LocatedPtr& event);
  Result<AudiencePtr> close(Circle& circle);
  Status widen(Circle& circle);
  Status grow(Circle& circle);
  Status ask_those_who_vouch(Circle& circle);
  Status take_word_of(const PartyId& other, const PartyId& sender, Circle& circle);
  Result<bool> is_soon_named(const LocatedPtr& event, const PartyId& party);
  Result<const Insider*> named(uint64_t name);
  Status add_named(Circle& circle, const EventHead& head);
  Result<bool> says_something(const std::vector<PartyId>& parties, const Graph::Component& component);
  // The graph of what these parties say.
  Graph& graph_of(const std::vector<PartyId>& parties);

  Terms& terms_;
  Rule& rule_;
  Position as_of_;
  WholeViews whole_views_;
  std::unordered_map<std::string, Said> said_;  // by their parties
  // By sender, and by the houses and a node of the consignment.
  std::unordered_map<PartyId, std::map<Houses, std::map<Graph::Node, std::shared_ptr<Circle>>>> circles_;
  std::unordered_map<uint64_t, std::optional<Insider>> named_;                                       // by name
  std::unordered_set<std::string> reached_;                                                          // party, sender and document
  std::unordered_map<std::string, std::shared_ptr<const std::vector<LocatedPtr>>> calls_, voyages_;  // by call; by voyage
};

}  // namespace fairway::journey
