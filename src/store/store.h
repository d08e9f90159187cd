// Store: the log, the terms and the state, written together in one atomic, durable batch.
//
//   log    entries in order, at positions 1, 2, 3… without a gap
//   terms  (key, position) → value: index keys that an entry carries, with a small value beside them so that most answers need
//          not read the entry; keys and values are bytes, ordered by key, then position
//   state  key → value with a version: keyed records that change (parties, cursors, receipts)
//
// Two engines stand behind this interface: rocksdb/ (a folder on this machine) and postgres/ (for more than one server). The same
// contract tests run on both. All functions may be called from any thread. Errors: Code::unavailable when the engine cannot write
// or be reached (nothing of the batch is stored, or its outcome is unknown until it is sent again: entries with an identity make
// that safe); Code::overloaded when the queue is full; Code::conflict when a state expectation failed (nothing is stored);
// Code::too_large past base/limits.h.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "model/entry.h"

namespace fairway::store {

struct Term {
  std::string key;  // ≤ limits::kTermKeyBytesMax
  std::string value;
};

struct NewEntry {
  EntryKind kind = EntryKind::event;
  std::string party;
  int64_t received_us = 0;
  std::string body;
  std::vector<Term> terms;
  // Where not empty: the entry is appended only if no entry with this identity exists (in the store or earlier in the batch).
  std::string identity;
  // What the identity stands for, ≤ 32 bytes: handed back with the first entry so that the caller can tell a repeat from a
  // different record under the same identity.
  std::string digest;
};

struct StateWrite {
  std::string key;
  std::optional<std::string> value;  // nullopt erases
  std::optional<uint64_t> expect;    // the version the key must have now (0: absent); nullopt: whatever it has
};

// Takes an entry's content out of the store; its position stays. The one exception to a log that only grows.
struct Erasure {
  Entry left;                           // what stands at its position from now on
  std::vector<std::string> terms;       // the keys of its terms, all of which go
  std::vector<std::string> identities;  // and its identity
};

struct Batch {
  std::vector<NewEntry> entries;
  std::vector<StateWrite> state;
  std::vector<Erasure> erasures;  // of entries that can be read; Code::not_found, and nothing is stored, of another position
};

struct Appended {
  Position position = 0;  // of the entry, or of the earlier one with the same identity
  bool fresh = true;      // false: it was there already and was not appended again
  std::string digest;     // of the entry that stands at that position
};

struct Receipt {
  std::vector<Appended> entries;  // one for each of Batch::entries, in order
};
using Completion = std::function<void(Result<Receipt>)>;

struct StateValue {
  std::string value;
  uint64_t version = 0;  // 1 on the first write, then one more a write
};

struct TermHit {
  Position position = 0;
  std::string value;
};
struct TermScan {
  std::string key;
  bool newest_first = false;
  // Only positions after this one in the direction of the scan (0: from its start): the cursor of the page before.
  Position after = 0;
  size_t limit = 1000;
};

// A view of the store as it stood at one moment; reads from it agree with each other. Cheap to take; do not keep for minutes.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  // Position of the last entry it sees; 0 when the log is empty.
  [[nodiscard]] virtual Position last() = 0;
  // The entries at these positions, in the order asked for; one that does not exist is Code::not_found.
  [[nodiscard]] virtual Result<std::vector<Entry>> entries(std::span<const Position> positions) = 0;
  // Entries from `first` on, in order, at most `limit`.
  [[nodiscard]] virtual Result<std::vector<Entry>> range(Position first, size_t limit) = 0;
  [[nodiscard]] virtual Result<std::vector<TermHit>> scan(const TermScan& scan) = 0;
  // Position of the entry that was appended under this identity.
  [[nodiscard]] virtual Result<std::optional<Position>> find(std::string_view identity) = 0;
  [[nodiscard]] virtual Result<std::optional<StateValue>> state(std::string_view key) = 0;
  // The same of many keys, one answer a key, in their order.
  [[nodiscard]] virtual Result<std::vector<std::optional<StateValue>>> states(std::span<const std::string> keys);
  // (key, value) of the keys that start with `prefix`, after `after` (""; from the first), in key order.
  [[nodiscard]] virtual Result<std::vector<std::pair<std::string, StateValue>>> state_scan(std::string_view prefix, std::string_view after,
                                                                                           size_t limit) = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // Queues the batch; batches queued together are made durable together. `done` is called exactly once, from a thread of the
  // store, after the batch is on disk (or has failed); it must not block. Before the call returns only if it is refused at once.
  virtual void commit(Batch batch, Completion done) = 0;
  // The same, waiting for the outcome.
  [[nodiscard]] Result<Receipt> commit_and_wait(Batch batch);

  [[nodiscard]] virtual Result<std::unique_ptr<Snapshot>> snapshot() = 0;

  // Whether a read of a few entries is a matter of microseconds: the store is in this process, and no network is between.
  [[nodiscard]] virtual bool reads_at_once() const = 0;

  // Waits until the log reaches past `position` or the time is over; returns the last position then. Entries up to it can be
  // read from a new snapshot. Several followers may wait at once.
  [[nodiscard]] virtual Position wait_past(Position position, std::chrono::milliseconds patience) = 0;

  // ok, or why it cannot take writes now. Cheap: it reports the outcome of the latest attempt and probes again after an error.
  [[nodiscard]] virtual Status writable() = 0;

  struct Figures {
    std::string engine;  // "rocksdb", "postgresql"
    Position last = 0;
    uint64_t batches = 0, commits = 0, entries = 0, repeats = 0, errors = 0;  // since start
    size_t queued = 0;                                                        // batches waiting
    bool sequencer = true;                                                    // this server gives the positions
  };
  [[nodiscard]] virtual Figures figures() = 0;

  // Everything that the store keeps of these entries beside themselves, as Batch::erasures takes it out: one a position, in their order,
  // each `left` of the kind `erased`, without party and body. Reads the indexes from end to end: minutes in a large store.
  [[nodiscard]] virtual Result<std::vector<Erasure>> traces(std::span<const Position> positions) = 0;
  // After a batch with erasures: makes the store's files forget what the batch took out or wrote over, so far as the engine can
  // (docs/reference/log.md, "Erasing"); without any, what every earlier batch did. Slow; others read and write meanwhile. On an error
  // it is to be called again: what is erased is out of every answer, but bytes of it may still be on disk.
  [[nodiscard]] virtual Status purge(std::span<const Erasure> erasures, std::span<const std::string> states) = 0;

  // Everything in the store, for moving it to another engine: one JSON object a line (docs/reference/log.md), nothing lost.
  // `line` is called in order and may fail, which ends the export.
  [[nodiscard]] virtual Status export_lines(const std::function<Status(std::string_view line)>& line) = 0;
  // Into an empty store only (Code::conflict otherwise). `next` gives a line, or nullopt at the end.
  [[nodiscard]] virtual Status import_lines(const std::function<Result<std::optional<std::string>>()>& next) = 0;
};

// Opens the store named by "rocksdb:DIR" or "postgresql://…", making it where it does not exist. A store written by a newer
// version of Fairway is refused (Code::conflict) with the two versions in the message. A RocksDB folder open in another process
// is Code::unavailable and says so.
[[nodiscard]] Result<std::unique_ptr<Store>> open(std::string_view url, Env& env);
// Whether open() would find a store and not make one. What only the database knows counts as there.
[[nodiscard]] bool exists(std::string_view url);

}  // namespace fairway::store
