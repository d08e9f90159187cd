// Excursion watch: holds every reading that is entered against the limits that parties set for its consignment, and enters what is found.
//
// One thread follows the log. An excursion is an event of the party whose limits were broken, judged only by readings that this party may
// see; it names what the reading's event names and is addressed as that one is, so that it reaches whom the reading reached. The run's
// state is written in one batch with the event, and expected to be as it was read: servers that share a store enter it once between them,
// and a restart neither repeats nor forgets one.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "access/access_log.h"
#include "access/registry.h"
#include "base/env.h"
#include "exchange/kept_position.h"
#include "exchange/land/thresholds.h"
#include "exchange/sight.h"
#include "store/store.h"

namespace fairway::exchange {

class ExcursionWatch {
 public:
  ExcursionWatch(store::Store& store, AccessRule& rule, access::AccessLog& access_log, access::Registry& registry, Env& env);
  ~ExcursionWatch() { stop(); }
  void stop();

 private:
  void run();
  Status begin();
  // Everything up to the snapshot's end; an Error leaves position_ where it has to go on.
  Status catch_up();
  Status judge_entry(store::Snapshot& snapshot, const Entry& entry);
  Status judge_for(store::Snapshot& snapshot, const Entry& entry, const Event& measured, const Reference& reference, const PartyId& owner,
                   const Thresholds& thresholds);
  void address(Event& measured, const PartyId& sender, const PartyId& owner);
  // False where another server was first: then it is judged again.
  Result<bool> enter(const Limit& limit, const Reference& reference, const PartyId& owner, const Event& measured);

  store::Store& store_;
  AccessRule& rule_;
  access::AccessLog& access_log_;
  access::Registry& registry_;
  Env& env_;
  Position position_ = 0;
  KeptPosition kept_{store_, "excursion-watch"};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace fairway::exchange
