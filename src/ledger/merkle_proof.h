// MerkleProof: the way from the root of a tree down to a subtree of it, the one thing of which proofs of inclusion and of consistency are
// made and by which they are checked. A leaf is a subtree of one; the tree that another grew out of is the subtree that begins at 0.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace fairway::ledger {

// The leaves [begin, end).
struct LeafRange {
  uint64_t begin = 0, end = 0;
};

// One step down: into one half, with the other as what the proof tells.
struct ProofStep {
  LeafRange sibling;
  bool is_left = false;    // the sibling
  bool is_within = false;  // it is a part of the subtree as well
};

struct ProofPath {
  std::vector<ProofStep> steps;   // from the root down
  std::optional<LeafRange> seed;  // the subtree's last full part, with which the proof begins, where that is not the whole subtree
};

// Whether a tree may have a subtree [begin, end): not empty, and `begin` a multiple of the smallest power of two not less than its width.
[[nodiscard]] bool is_subtree(LeafRange range);
// `subtree` is one, and ends at `size` or before.
[[nodiscard]] ProofPath path_to(LeafRange subtree, uint64_t size);

}  // namespace fairway::ledger
