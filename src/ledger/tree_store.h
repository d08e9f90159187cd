// TreeStore: the tree as the store keeps it (docs/reference/ledger.md, "What the store keeps"), and what is read from it: hashes, tiles,
// entries, salts, proofs, checkpoints. Leaf i is the log's entry i + 1.
//
// A TreeStore reads one snapshot and lives no longer than it; one thread at a time. Errors: Code::not_found for what the tree does not
// hold (yet), Code::unavailable from the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/status.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "ledger/proof.h"
#include "ledger/tile.h"
#include "store/store.h"

namespace fairway::ledger {

// How far the log's entries are in the tree.
struct TreeHead {
  uint64_t size = 0;
  Hash root = empty_root();
  int64_t at_us = 0;     // when that was sequenced
  uint64_t version = 0;  // of the state that keeps it; 0: none yet
};

class TreeStore {
 public:
  explicit TreeStore(store::Snapshot& snapshot) : snapshot_(snapshot) {}

  [[nodiscard]] Result<TreeHead> head();
  // The bytes of the tile of the width asked for; Code::not_found where the tree has no such tile.
  [[nodiscard]] Result<std::string> tile(const TileId& tile);
  // Hashes of full subtrees, each tile read once.
  [[nodiscard]] NodeReader nodes();
  // The 33 bytes that leaf `entry - 1` is of.
  [[nodiscard]] Result<std::string> log_entry(Position entry);
  // The record's 32 random bytes; nullopt where they were destroyed.
  [[nodiscard]] Result<std::optional<std::string>> salt(Position entry);

  // Signed notes: the latest that the log has signed, and the latest that a quorum of witnesses has cosigned as well. Where the policy asks
  // for no witness the two are the same. "" before the first.
  [[nodiscard]] Result<std::string> checkpoint();
  [[nodiscard]] Result<std::string> witnessed();

  // That the entry is in the tree of the latest witnessed checkpoint; Code::not_found, with when to try again, where it is not yet.
  [[nodiscard]] Result<Proof> prove(Position entry);
  // The same under an earlier checkpoint, a signed note of this log.
  [[nodiscard]] Result<Proof> prove(Position entry, std::string note);

 private:
  store::Snapshot& snapshot_;
};

}  // namespace fairway::ledger
