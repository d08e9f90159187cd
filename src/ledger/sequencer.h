// Sequencer: brings the log's entries into the tree, in the order of the log. Every step takes what the log has past the tree's head,
// draws 32 random bytes for each entry, commits to it, and writes tiles, bundles, salts and the new head as one batch of the store.
//
// One thread a server. Where several servers share a store only one takes steps: the store says who (Store::Figures::sequencer), and that
// every step expects the head that it read makes it so: of two that try, one is refused and reads again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/env.h"
#include "base/status.h"
#include "ledger/merkle.h"
#include "ledger/tree_store.h"
#include "store/store.h"

namespace fairway::ledger {

// Tests end a run between two steps of work by failing here; the name says what has been done.
using Interruption = std::function<Status(std::string_view done)>;

struct SequencerOptions {
  int batch_ms = 300;         // between the beginnings of two steps, where they are short
  int late_ms = 10'000;       // that the tree may be behind the log before it gets all the processor time that it can have
  Interruption interruption;  // "read", "committed to", "written"
};

// What comes of a step.
struct Stepped {
  uint64_t entries = 0;        // that it brought into the tree
  bool behind = false;         // the log has more
  bool another_wrote = false;  // the head was not where this sequencer had left it
};

class Sequencer {
 public:
  // `on_step` is called on the sequencer's thread when a head is durable that may be signed.
  Sequencer(store::Store& store, Env& env, SequencerOptions options, std::function<void(const Stepped&)> on_step);
  ~Sequencer() { stop(); }
  void start();
  void stop();

  // One step. Code::conflict where another server was faster: nothing is written. The thread's own; tests call it without start().
  [[nodiscard]] Result<Stepped> step();

  struct Figures {
    uint64_t size = 0;  // of the tree, when last looked at
    uint64_t last = 0;  // entry of the log then
    uint64_t steps = 0, failures = 0;
    std::string trouble;  // why the last step failed; ""
  };
  [[nodiscard]] Figures figures() const;

 private:
  void run();
  // How long to rest after a step that began then: a burst that comes in has the processor, as long as the tree is not late.
  [[nodiscard]] std::chrono::milliseconds rest_after(const Stepped& stepped, int64_t began_ns);
  // False once stopped.
  [[nodiscard]] bool pause(std::chrono::milliseconds time);
  [[nodiscard]] Status know(TreeStore& tree, const TreeHead& head);
  [[nodiscard]] Result<Stepped> grow(store::Snapshot& snapshot, const TreeHead& head, uint64_t count);
  [[nodiscard]] Status interrupted(std::string_view done) const;
  void note(const TreeHead& head, Position last);

  store::Store& store_;
  Env& env_;
  const SequencerOptions options_;
  const std::function<void(const Stepped&)> on_step_;

  // The right edge of the tree of version_; the step's thread alone.
  CompactRange range_;
  uint64_t version_ = 0;
  size_t page_ = 0;  // entries that are read at a time

  // The thread's own: when a step began, how far the log was then, and when the tree last had all of it.
  int64_t began_ns_ = 0;
  uint64_t last_ = 0;
  std::optional<int64_t> all_in_ns_;

  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  Figures figures_;
  std::thread thread_;
};

}  // namespace fairway::ledger
