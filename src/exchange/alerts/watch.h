// Alert watch: holds what is new in the log, and what time brings, against the rules of every party, and enters the alerts that are found.
//
// One thread, on the server that holds the sequencer's lease. A party's rules are held against journeys as that party sees them, and only
// when something that it sees has changed them, or when the moment has come that was noted at the last look:
//
//   state "alert-watch"              up to where the log has been looked at
//   state "alert-due/PARTY/DIGEST"   {"reference","at"}: when that journey is looked at again
//
// An alert, how far its fact has been told (told.h) and the next look are one batch, and the fact is expected to be as it was read: neither
// a crash nor a second server tells a fact twice, and a restart forgets no moment. stop() from any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/access_log.h"
#include "access/registry.h"
#include "base/env.h"
#include "exchange/alerts/rules.h"
#include "exchange/kept_position.h"
#include "exchange/log_follower.h"
#include "exchange/party_names.h"
#include "exchange/sight.h"
#include "journey/alerts.h"
#include "journey/visibility.h"
#include "store/store.h"

namespace fairway::exchange {

class AlertWatch {
 public:
  AlertWatch(store::Store& store, AccessRule& rule, access::AccessLog& access_log, access::Registry& registry, PartyNames& names, Env& env);
  void stop() { follower_.stop(); }

 private:
  // A party that has rules.
  struct Owner {
    std::shared_ptr<const access::Viewer> viewer;
    std::unique_ptr<ViewerSight> sight;
    std::vector<AlertRule> rules;
  };
  // Journeys to look at: party, then reference, with the entries that changed them (none: whatever it has).
  using Changed = std::map<PartyId, std::map<Reference, std::set<Position>>>;
  struct Due {
    PartyId party;
    Reference reference;
    int64_t at_us = 0;
  };
  struct Findings;

  Status turn();
  Status take_over(store::Snapshot& snapshot);
  Status load_rules(store::Snapshot& snapshot);
  Status load_dues(store::Snapshot& snapshot);
  Status catch_up(store::Snapshot& snapshot);
  Status read_page(store::Snapshot& snapshot, const std::vector<Entry>& page, Changed& changed);
  void ask_for(const Entry& entry, Changed& changed);
  Status read_event(store::Snapshot& snapshot, const Entry& entry, Changed& changed);
  Status look_at(store::Snapshot& snapshot, Changed changed);
  Status look_at_due(store::Snapshot& snapshot);
  // One journey of one party; the entries in `news` that it holds are taken out. `more`: journeys that depend on it.
  Status look(store::Snapshot& snapshot, const PartyId& party, const Reference& seed, std::map<Reference, std::set<Position>>& news,
              std::set<Reference>& more);
  void find(const Owner& owner, const journey::Journey& journey, bool of_transport, Findings& findings) const;
  Status tell(const Owner& owner, const journey::Journey& journey, Findings& findings);
  void plan_next(const PartyId& party, const Reference& seed, int64_t at_us, store::Batch& batch);

  store::Store& store_;
  AccessRule& rule_;
  access::AccessLog& access_log_;
  access::Registry& registry_;
  PartyNames& names_;
  Env& env_;
  bool leads_ = false;
  Position position_ = 0;
  KeptPosition kept_{store_, "alert-watch"};
  std::map<PartyId, Owner> owners_;
  std::map<std::string, Due> dues_;                    // by their keys in the store
  std::set<std::pair<int64_t, std::string>> by_time_;  // of dues_
  std::optional<journey::LiveSight> eyes_;
  LogFollower follower_{store_, position_, leads_, "alerts wait", [this] { return turn(); }};
};

}  // namespace fairway::exchange
