// LogFollower: the thread of somebody who follows the log, on the server that holds the sequencer's lease.
//
// It calls `turn` when the log has grown past `position`, and a few times a second in any case, for what the clock brings. `leads` tells
// the turn whether it goes on from the turn before: false at first, after an error, and after another server has had the lease; the turn
// sets it once it has read where to go on from. An error is logged as "TROUBLE: …", and the next turn comes after a pause. Declare it last
// of its owner's members: its thread uses the others. stop() from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "base/status.h"
#include "store/store.h"

namespace fairway::exchange {

class LogFollower {
 public:
  // `position` and `leads` are the owner's, and the thread's alone until stop().
  LogFollower(store::Store& store, const Position& position, bool& leads, std::string trouble, std::function<Status()> turn);
  ~LogFollower() { stop(); }
  LogFollower(const LogFollower&) = delete;
  LogFollower& operator=(const LogFollower&) = delete;

  void stop();
  // A turn that takes long asks this between its steps.
  [[nodiscard]] bool stopping() const { return stopping_; }

 private:
  void run();

  store::Store& store_;
  const Position& position_;
  bool& leads_;
  const std::string trouble_;
  const std::function<Status()> turn_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace fairway::exchange
