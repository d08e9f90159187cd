// Sequencer: turns queued batches into positions, by itself while this server holds the lease, through the holder otherwise.
//
// docs/adr/0002-sequencer-lease.md says how and why. One thread does all of it, one group at a time:
//   holder    plans the batches of its own queue and those that other servers submitted, and writes them in one transaction
//             that fails unless the lease is still its own
//   follower  submits its batches as one row, and waits until the holder has written their outcome into it
// A group whose outcome is unknown (the connection broke during COMMIT) and a submission that waits are kept until the database
// tells what became of them. All public functions may be called from any thread; completions are called on the thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/env.h"
#include "store/postgres/batch_queue.h"
#include "store/postgres/log_writer.h"
#include "store/postgres/tail.h"
#include "store/postgres/watch.h"
#include "store/store.h"

namespace fairway::store::postgres {

class Sequencer {
 public:
  // `server` tells this server from all others that ever were. `tail` outlives the sequencer.
  Sequencer(std::string url, std::string server, Tail& tail, Env& env);
  // Settles what is queued, then gives the lease back.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // As Store::commit; the batch is admitted (admission.h) and weighs `bytes`.
  void commit(Batch batch, size_t bytes, Completion done);
  // What Watch saw.
  void observe(const std::optional<Observation>& seen);
  [[nodiscard]] Status writable();
  [[nodiscard]] Store::Figures figures();
  // The database's process that serves the writing connection; 0 while there is none.
  [[nodiscard]] const std::atomic<int>& backend() const { return backend_; }

 private:
  // What the thread finds to do, as other threads set it.
  struct Signals {
    bool look = false;  // something below is set, or an outcome may be there
    bool lease_free = true;
    bool renew = false;
    bool submissions_wait = true;
    int64_t epoch_seen = 0;
  };
  struct Work {
    std::vector<Submission> submissions;
    Parcel own;
    [[nodiscard]] size_t parts() const { return submissions.size() + own.size(); }
  };
  // A group of our own whose COMMIT was sent and not answered.
  struct Unresolved {
    std::string mark;
    Parcel own;
    GroupPlan plan;  // its receipts; the rows point nowhere
    size_t first_receipt = 0;
  };
  // Batches of our own that another server is to sequence.
  struct Pending {
    Submission submission;
    Parcel own;
    bool sent = false;
    int64_t since_ns = 0;
  };

  void run();
  [[nodiscard]] std::optional<Signals> next_turn();
  [[nodiscard]] Done take_turn(const Signals& signals);
  void stumble(const Fault& fault);
  [[nodiscard]] Done connect();
  void give_up_waiting(const Error& error);
  void close();

  [[nodiscard]] Done take_lease();
  void drop_lease();
  [[nodiscard]] Done keep_house();
  [[nodiscard]] Done sequence(const Signals& signals);
  [[nodiscard]] Done commit_work(Work work);
  [[nodiscard]] Done commit_parts(Work work);
  [[nodiscard]] Done reject_part(Work work, const Fault& fault);
  [[nodiscard]] Done resolve();
  void complete(Parcel own, const GroupPlan& plan, size_t first_receipt, uint64_t entries);

  [[nodiscard]] Done hand_over();
  [[nodiscard]] Done collect();
  void complete_pending(const std::string& outcome);

  const std::string url_;
  const std::string server_;
  Tail& tail_;
  Env& env_;
  BatchQueue queue_;
  std::atomic<int> backend_ = 0;

  std::mutex mutex_;
  std::condition_variable wake_;
  Signals signals_;
  bool stopping_ = false;
  bool awaiting_ = false;  // pending_ or unresolved_ stands
  int64_t epoch_ = 0;      // of lease_; 0: none
  std::optional<Error> trouble_;
  Store::Figures figures_;

  // The thread's own.
  std::unique_ptr<Connection> connection_;
  std::optional<Lease> lease_;
  std::optional<Unresolved> unresolved_;
  std::optional<Pending> pending_;
  uint64_t groups_ = 0;       // marks given out
  uint64_t submissions_ = 0;  // ids given out
  int failures_ = 0;          // attempts to connect, in a row
  int64_t housekept_ns_ = 0;
  std::thread thread_;
};

}  // namespace fairway::store::postgres
