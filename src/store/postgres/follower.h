// Follower: what a server does without the sequencer's lease: submit its batches as one row and wait for the outcome in it.
//
// One submission at a time, so that batches keep their order. Its id makes it safe to send again: it is sequenced once, whatever
// happens to connections. The sequencer's thread only. A Fault that comes back means that the turn is over.
#pragma once

#include <optional>
#include <string>

#include "base/env.h"
#include "store/postgres/batch_queue.h"
#include "store/postgres/log_writer.h"

namespace fairway::store::postgres {

class Follower {
 public:
  Follower(std::string server, BatchQueue& queue, Progress& progress, Env& env)
      : server_(std::move(server)), queue_(queue), progress_(progress), env_(env) {}

  [[nodiscard]] bool waits() const { return pending_.has_value(); }
  // Submits the next group of the queue; nothing may be pending.
  [[nodiscard]] Done submit_next(Connection& connection);
  // Settles what is pending if its outcome is there; takes it back after too long.
  [[nodiscard]] Done collect(Connection& connection);
  // The connection was lost: whether the submission arrived is open.
  void connection_lost();
  // Settles it with this error: its outcome stays unknown.
  void abandon(const Error& error);

 private:
  struct Pending {
    Submission submission;
    Parcel own;
    bool sent = false;
    int64_t since_ns = 0;
  };

  [[nodiscard]] Done send(Connection& connection);
  void finish(const std::string& outcome);

  const std::string server_;
  BatchQueue& queue_;
  Progress& progress_;
  Env& env_;
  std::optional<Pending> pending_;
  std::string collected_;     // id of the last submission whose outcome was read
  uint64_t submissions_ = 0;  // ids given out
};

}  // namespace fairway::store::postgres
