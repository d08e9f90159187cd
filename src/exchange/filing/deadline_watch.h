// Deadline watch: reminds those who have to file of what is still to be lodged, and tells them when it is late, through the alerts.
//
// One thread, on the server that holds the sequencer's lease. A consignment is planned when it, a filing of it or a rule of somebody who
// files for it has changed, and when the moment has come that was noted at the last look:
//
//   state "deadline-watch"                 up to where the log has been looked at
//   state "deadline-due/CONSIGNMENT"       {"at"}: when it is looked at again
//   state "alert/PARTY/DIGEST"             how far a deadline has been told, as of every alert (alerts/told.h)
//
// An alert and how far its deadline has been told are one batch, and the latter is expected to be as it was read: neither a crash nor a
// second server tells a step twice, and a restart forgets no moment. stop() from any thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/env.h"
#include "exchange/alerts/rules.h"
#include "exchange/kept_position.h"
#include "exchange/log_follower.h"
#include "filing/form/plan.h"
#include "filing/life/book.h"
#include "store/store.h"

namespace fairway::exchange {

// A deadline of a consignment, as of a moment.
struct DeadlineStep {
  journey::Alert alert;    // kind deadline; subject, planned, step and facts
  int64_t reached_us = 0;  // when this step was reached
  PartyId party;           // who has to lodge it
  std::string form;        // FormKey::text()
  filing::Words title;     // of the form
};
struct DeadlineSteps {
  std::vector<DeadlineStep> steps;   // the latest reached of each deadline that is still to be met
  int64_t next_look_us = INT64_MAX;  // when time alone reaches another
};
// Pure. `plans`: of each regime that the consignment touches.
[[nodiscard]] DeadlineSteps deadline_steps(const filing::Consignment& consignment, std::span<const filing::Filing> filings,
                                           std::span<const filing::PlannedFiling> planned, int64_t now_us);

class DeadlineWatch {
 public:
  DeadlineWatch(store::Store& store, filing::Book& book, const filing::Regimes& regimes, Env& env);
  void stop() { follower_.stop(); }

 private:
  Status turn();
  Status take_over(store::Snapshot& snapshot);
  Status catch_up(store::Snapshot& snapshot);
  Status read_entry(const Entry& entry, std::set<std::string>& changed);
  Status look_at_due();
  Status look(const std::string& consignment);
  [[nodiscard]] Result<DeadlineSteps> steps_of(const filing::Consignment& consignment);
  Status tell(store::Snapshot& snapshot, const filing::Consignment& consignment, DeadlineStep& step, store::Batch& batch);
  void plan_next(const std::string& consignment, int64_t at_us, store::Batch& batch);

  store::Store& store_;
  filing::Book& book_;
  const filing::Regimes& regimes_;
  Env& env_;
  bool leads_ = false;
  Position position_ = 0;
  KeptPosition kept_{store_, "deadline-watch"};
  std::map<PartyId, std::vector<AlertRule>> rules_;
  std::map<std::string, int64_t> dues_;                // by consignment
  std::set<std::pair<int64_t, std::string>> by_time_;  // of dues_
  LogFollower follower_{store_, position_, leads_, "nobody is reminded of deadlines now", [this] { return turn(); }};
};

}  // namespace fairway::exchange
