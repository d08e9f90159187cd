// Audience: whom an event has reached. What a party says of a consignment goes to those it names on it, and those may pass it on to those
// whom they name.
//
// It begins with the sender alone and the consignment as its own events join it. Whoever they name comes in; where the newcomer may pass
// on (Insider::passes_on), its events join and name, too; and so on until nobody is added. So nobody lets itself in, or another, by
// events of its own: they count only once somebody who sees the consignment has named their sender. A container's trips are told apart
// by what the insiders say, and by what is said to all besides, so that neither can make one trip of two, and what others tell each other
// changes nothing. The names of a claim that was corrected do not count, those of its correction do: so a wrong name is taken back.
//
// A sender that names nobody on the consignment speaks to all who have a part in it: those whom a party that vouches (Insider::vouches)
// names there, itself left out.
//
// For one request, or one event of a stream. Not thread-safe. Errors are the store's.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
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
  // The boxes' events of the calls that a transport event belongs to.
  [[nodiscard]] Result<std::shared_ptr<const std::vector<LocatedPtr>>> boxes_of_call(const Event& event);
  [[nodiscard]] Terms& terms() { return terms_; }
  [[nodiscard]] Rule& rule() { return rule_; }

 private:
  struct Circle;
  struct Said {
    std::unique_ptr<Graph> wider, graph;
  };
  Status widen(Circle& circle);
  Status grow(Circle& circle);
  Status ask_those_who_vouch(Circle& circle);
  Status take_word_of(const PartyId& other, const PartyId& sender, Circle& circle);
  Status add_named(Circle& circle, const EventHead& head);
  static AudiencePtr audience_of(Circle circle);
  Result<bool> says_something(const std::vector<PartyId>& parties, const Graph::Component& component);
  // The graph of what these parties say.
  Graph& graph_of(const std::vector<PartyId>& parties);

  Terms& terms_;
  Rule& rule_;
  Position as_of_;
  std::unordered_map<std::string, Said> said_;                                                       // by their parties
  std::unordered_map<std::string, AudiencePtr> known_;                                               // by sender and node
  std::unordered_map<std::string, std::shared_ptr<const std::vector<LocatedPtr>>> calls_, voyages_;  // by call; by voyage
};

}  // namespace fairway::journey
