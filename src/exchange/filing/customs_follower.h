// Customs follower: enters what becomes of declarations, bundles and holds as events on the journeys of what they are about.
//
// What hauliers and authorities say of a crossing closes the bundle that crossed.
//
// One thread, on the server that holds the sequencer's lease. It follows the log's entries `filing`, `bundle` and `hold`; up to where
// stands in the state "customs-events". An event's id follows from what it tells (customs_events.h), and the store takes an id of one party
// once: neither a crash between entering and noting how far, nor a second server, tells anything twice, and nothing is left out. stop()
// from any thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "access/registry.h"
#include "base/env.h"
#include "base/json.h"
#include "exchange/filing/customs_events.h"
#include "exchange/kept_position.h"
#include "exchange/log_follower.h"
#include "filing/hold/hold.h"
#include "filing/life/book.h"
#include "store/store.h"

namespace fairway::exchange {

class CustomsFollower {
 public:
  CustomsFollower(store::Store& store, filing::Book& book, filing::Holds& holds, const filing::Regimes& regimes, access::Registry& registry,
                  Env& env);
  void stop() { follower_.stop(); }

 private:
  Status turn();
  Status tell(const Entry& entry);
  Status tell_filing(const json::object& step);
  Status tell_bundle(const json::object& step, int64_t at_us);
  Status tell_hold(const json::object& step);
  // A haulier or an authority says that road cargo has crossed: so has the bundle that it is in.
  Status take_crossing(const Entry& entry);
  Result<std::optional<filing::Bundle>> bundle_of(const Reference& number);
  // Null where the filing's consignment is not there any more.
  struct Subject;
  Result<std::unique_ptr<Subject>> subject_of(const filing::Filing& filing);
  Result<std::optional<PartyIdentifier>> identifier_of(const PartyId& party);
  Status enter(const std::vector<Event>& events, const PartyId& sender);

  store::Store& store_;
  filing::Book& book_;
  filing::Holds& holds_;
  const filing::Regimes& regimes_;
  access::Registry& registry_;
  Env& env_;
  bool leads_ = false;
  Position position_ = 0;
  KeptPosition kept_{store_, "customs-events"};
  std::map<std::string, PartyId> names_;  // state keys of names that the next events call parties by
  std::set<std::string> lodged_;          // lodgements whose sending has been told by this server
  LogFollower follower_{store_, position_, leads_, "answers of authorities are not on the journeys yet", [this] { return turn(); }};
};

}  // namespace fairway::exchange
