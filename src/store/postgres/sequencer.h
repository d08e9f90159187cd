// Sequencer: the thread that turns queued batches into entries with positions.
//
// docs/adr/0002-sequencer-lease.md says how and why. While this server holds the lease it writes its own groups and those that
// other servers submitted (holder.h); otherwise it submits its own and waits (follower.h). It connects again by itself, with
// growing pauses; while it cannot, batches are refused with Code::unavailable. All public functions may be called from any
// thread; completions are called on the sequencer's.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/env.h"
#include "store/postgres/follower.h"
#include "store/postgres/holder.h"
#include "store/postgres/watch.h"

namespace fairway::store::postgres {

class Sequencer {
 public:
  // `server` tells this server from all others that ever were. `progress` and `env` outlive the sequencer.
  Sequencer(std::string url, const std::string& server, Progress& progress, Env& env);
  // Settles what is queued, then gives the lease back.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // As Store::commit.
  void commit(Batch batch, Completion done);
  // What Watch saw.
  void observe(const std::optional<Observation>& seen);
  [[nodiscard]] Status writable();
  [[nodiscard]] size_t queued() { return queue_.size(); }
  [[nodiscard]] bool leads();
  // The database's process behind the writing connection; 0 while there is none.
  [[nodiscard]] const std::atomic<int>& backend() const { return backend_; }

 private:
  // What other threads leave for the sequencer's to find.
  struct Signals {
    bool look = true;  // something has changed
    bool lease_free = true;
    bool renew = false;
    bool submissions_wait = true;
    int64_t epoch_seen = 0;
  };

  void run();
  [[nodiscard]] std::optional<Signals> next_turn();
  [[nodiscard]] Done take_turn(const Signals& signals);
  [[nodiscard]] Done connect();
  [[nodiscard]] Done check_lease(const Signals& signals);
  [[nodiscard]] Done keep_house();
  void stumble(const Fault& fault);
  void close();

  const std::string url_;
  const std::string server_;
  Progress& progress_;
  Env& env_;
  BatchQueue queue_;
  std::atomic<int> backend_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  Signals signals_;
  bool stopping_ = false;
  bool leads_ = false;
  bool awaits_ = false;           // an outcome, as a follower
  std::optional<Error> trouble_;  // of the latest attempt

  // The thread's own.
  std::unique_ptr<Connection> connection_;
  Holder holder_;
  Follower follower_;
  std::chrono::milliseconds pause_{0};  // before the next turn, after a failure
  int failures_ = 0;                    // in a row
  int64_t housekept_ns_ = 0;
  std::thread thread_;
};

}  // namespace fairway::store::postgres
