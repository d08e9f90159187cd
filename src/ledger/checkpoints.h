// Checkpoints: the latest signed notes, and who waits for newer ones. The publisher sets what the log has signed; the witness client
// collects cosignatures for it and says when there is a quorum; the anchor and the evidence wait for that.
//
// On a server that does not sequence (another one of the same PostgreSQL does) it stays empty, and nobody is woken: what all servers
// show is read from the store (tree_store.h). Thread-safe. Errors of the setters: Code::forbidden for a note that the policy does not
// believe, Code::conflict for one that is older than what is there, Code::unavailable from the store (set it again).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/status.h"
#include "ledger/checkpoint.h"
#include "ledger/policy.h"
#include "store/store.h"

namespace fairway::ledger {

struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::string note;   // text and signatures
  int64_t at_us = 0;  // when this server came by it
};

class Checkpoints {
 public:
  // `policy` has this log, and the witnesses that must have seen a checkpoint.
  Checkpoints(store::Store& store, Env& env, Policy policy);

  // The latest that the log has signed, and the latest that a quorum has cosigned; nullopt before the first.
  [[nodiscard]] std::optional<SignedCheckpoint> pending() const;
  [[nodiscard]] std::optional<SignedCheckpoint> witnessed() const;
  // Waits for one whose size is larger than `size`; nullopt when the time is over or after stop().
  [[nodiscard]] std::optional<SignedCheckpoint> wait_pending(uint64_t size, std::chrono::milliseconds patience) const;
  [[nodiscard]] std::optional<SignedCheckpoint> wait_witnessed(uint64_t size, std::chrono::milliseconds patience) const;

  // The pending note with more cosignatures, no quorum yet: GET /ledger/checkpoint shows it from then on. Does nothing where a newer
  // checkpoint has been signed meanwhile.
  [[nodiscard]] Status add_cosignatures(const std::string& note);
  // A note of this log's with a quorum of cosignatures; durable when the call returns. It may be older than the pending one.
  [[nodiscard]] Status set_witnessed(const std::string& note);

  // The publisher's: a note that the log has signed, durable before anybody is shown it. Where the policy asks for no witness it is the
  // witnessed one at once.
  [[nodiscard]] Status set_pending(const std::string& note);
  // The publisher's: takes up what the store has, after a start and where another server has gone on meanwhile.
  [[nodiscard]] Status resume();

  [[nodiscard]] const Policy& policy() const { return policy_; }
  // Lets everybody go who waits.
  void stop();

 private:
  using Latest = std::optional<SignedCheckpoint> Checkpoints::*;
  [[nodiscard]] std::optional<SignedCheckpoint> wait(Latest which, uint64_t size, std::chrono::milliseconds patience) const;
  [[nodiscard]] Result<SignedCheckpoint> read(const std::string& note) const;
  // What a batch writes to make `note` the latest under `key`: only over one that is not larger.
  [[nodiscard]] Result<store::StateWrite> write_over(store::Snapshot& snapshot, std::string_view key, const SignedCheckpoint& latest) const;
  void show(Latest which, const SignedCheckpoint& latest);

  store::Store& store_;
  Env& env_;
  const Policy policy_;
  std::mutex writing_;  // one note is written at a time; taken before mutex_
  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  std::optional<SignedCheckpoint> pending_, witnessed_;
  bool stopping_ = false;
};

}  // namespace fairway::ledger
