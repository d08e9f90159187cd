// Committer: the one writer. It queues batches, writes those that wait together as one group, and publishes how far the log goes.
//
// Its thread writes; completions come from a second one (completer.h). After a failed write every batch that waits is refused
// with Code::unavailable and so is every new one, at once, until the thread has opened the store again (slot.h). All functions
// may be called from any thread; the destructor writes what is queued first.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/env.h"
#include "store/rocksdb/completer.h"
#include "store/rocksdb/group.h"
#include "store/rocksdb/slot.h"
#include "store/store.h"

namespace fairway::store {

class Committer {
 public:
  // `slot` holds a database open for writing and outlives the committer.
  Committer(Slot& slot, Env& env, Position last);
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // As Store::commit.
  void submit(Batch batch, Completion done);
  [[nodiscard]] Position wait_past(Position position, std::chrono::milliseconds patience);
  [[nodiscard]] Status writable();
  [[nodiscard]] Store::Figures figures();

  // Runs `job` on the caller's thread while nothing else is written; batches that come meanwhile are refused with
  // Code::unavailable. The job returns the log's last position then.
  [[nodiscard]] Status alone(const std::function<Result<Position>(Database&)>& job);
  // Closes the database and opens it again, which writes its manifest anew and deletes the files that it does without. Batches that come
  // meanwhile wait. Code::unavailable where a long read stands in the way.
  [[nodiscard]] Status reopen();

 private:
  struct Pending {
    Batch batch;
    Completion done;
    size_t bytes = 0;
  };

  // Queues the batch, or says why it is refused and leaves it as it was.
  [[nodiscard]] Status enqueue(Pending& pending);
  // Whether batches are taken now, or why not; mutex_ is held.
  [[nodiscard]] Status open_for_batches() const;
  void run();
  // What the thread does next, waiting for it: the group to write, or none where it should recover or end.
  [[nodiscard]] std::vector<Pending> next_group();
  void write_group(std::vector<Pending> group);
  // Refuses the group, what waits behind it and what comes, until recover() succeeds.
  void break_off(std::vector<Pending> group, const Error& error);
  void recover();
  void publish(const Group& group, size_t batches);

  Slot& slot_;
  Env& env_;
  Completer completer_;

  std::mutex mutex_;
  std::condition_variable work_;   // queue_ or stopping_ changed; the committer's thread waits
  std::condition_variable idle_;   // busy_ changed
  std::condition_variable moved_;  // last_ changed
  std::deque<Pending> queue_;
  size_t queued_bytes_ = 0;
  Position last_;
  std::optional<Error> trouble_;  // why nothing can be written now
  bool broken_ = false;           // trouble_ is to be recovered from
  bool alone_ = false;            // a job of alone() waits or runs
  bool held_ = false;             // reopen() waits or runs: batches are queued, not written
  bool busy_ = false;             // a group is being written
  bool stopping_ = false;
  Store::Figures figures_;

  uint64_t acknowledged_;  // RocksDB's sequence number after the last write that succeeded
  int64_t broken_since_ns_ = 0;
  std::thread thread_;
};

}  // namespace fairway::store
