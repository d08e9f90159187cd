// Cosigners: asks all witnesses of the policy for their cosignatures, for every checkpoint that the log signs, and says when a quorum has
// given them.
//
// One round asks all of them about one checkpoint; the next begins with the newest signed one as soon as a quorum holds, or nobody is left
// to wait for, or the round has lasted too long. So cosignatures meet on one checkpoint however slow their witnesses are, and nobody
// waits for one that is away. Each witness has a thread and a connection of its own; one more thread begins rounds and writes what came of
// them. A cosignature that comes late still counts for its round's checkpoint.
//
// Thread-safe. Errors are part of the status.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/env.h"
#include "ledger/checkpoints.h"
#include "ledger/witness/ask.h"
#include "store/store.h"

namespace fairway::ledger::witness {

struct CosignersOptions {
  std::chrono::milliseconds patience = std::chrono::seconds(5);   // for one answer
  std::chrono::milliseconds round_max = std::chrono::seconds(2);  // after which a newer checkpoint is gone on to without a quorum
  std::chrono::milliseconds first_pause{250};                     // after a failure; twice as long after each that follows
  std::chrono::milliseconds pause_max = std::chrono::seconds(30);
  // Called, from a witness's thread, where one proves that it has cosigned what this log's tree does not have: Publisher::doubt().
  std::function<void(const std::string& why)> doubt = [](const std::string&) {};
};

struct WitnessStatus {
  std::string name, url;
  Standing standing = Standing::waiting;
  std::string error;          // of the last answer
  uint64_t size = 0;          // that it has cosigned last, as far as it has told
  int64_t answered_us = 0;    // when it answered last; 0: never
  int64_t took_us = 0;        // the last cosignature
  uint64_t cosignatures = 0;  // since start
  uint64_t failures = 0;
  uint64_t went_back = 0;  // times that it named a smaller size than it had cosigned for us: its state was restored from a copy
};
// A JSON array of objects, for GET /ledger/status.
[[nodiscard]] std::string to_json(std::span<const WitnessStatus> witnesses);

// Of the tree that the store keeps, for any thread; reads a snapshot a call.
[[nodiscard]] NodeReader nodes_of(store::Store& store);

class Cosigners {
 public:
  // Begins at once. `nodes` are of the log's tree, and read by several threads at once; `checkpoints` outlives it.
  Cosigners(NodeReader nodes, Checkpoints& checkpoints, Env& env, CosignersOptions options = {});
  ~Cosigners();
  Cosigners(const Cosigners&) = delete;
  Cosigners& operator=(const Cosigners&) = delete;

  [[nodiscard]] std::vector<WitnessStatus> status() const;
  // Ends every wait and the threads.
  void stop();

 private:
  struct Round {
    uint64_t number = 0;
    Checkpoint checkpoint;
    Note note;                                   // as the log signed it
    std::string shown;                           // the same as text
    std::map<size_t, NoteSignature> signatures;  // by witness
    int64_t began_ns = 0;
    bool news = false;  // signatures that nobody has written down yet
    bool witnessed = false;
  };
  using RoundPointer = std::shared_ptr<Round>;
  struct Lane {
    WitnessStatus status;
    uint64_t done = 0;     // the last round that it has cosigned
    int failures = 0;      // in a row; nobody waits for one that has failed last
    int64_t again_ns = 0;  // before that it is not asked
  };

  // The clerk's thread.
  void keep_rounds();
  void begin(const SignedCheckpoint& pending);
  void wait_for_news();
  void publish();
  void publish(const Round& round);
  void show(const Round& round);
  [[nodiscard]] bool settled() const;  // under mutex_, as the two that follow
  [[nodiscard]] bool has_news(const Round& round) const;
  [[nodiscard]] bool has_news() const;
  [[nodiscard]] bool has_quorum(const Round& round) const;

  // A witness's thread.
  void follow(size_t index);
  [[nodiscard]] RoundPointer next(size_t index);
  void take(size_t index, const RoundPointer& round, Answer answer, const Asker& asker, int64_t took_ns);
  void look_into(size_t index, Asker& asker);

  const NodeReader nodes_;
  Checkpoints& checkpoints_;
  Env& env_;
  const CosignersOptions options_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<RoundPointer> rounds_;  // the newest last
  std::vector<Lane> lanes_;          // one a witness of the policy
  std::vector<std::thread> threads_;
};

}  // namespace fairway::ledger::witness
