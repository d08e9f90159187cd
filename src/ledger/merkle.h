// Merkle: the tree of RFC 6962, section 2.1, over the leaves of a log: hashing, roots, proofs that a leaf is in it and that one tree grew
// out of another, and the compact range that a growing log keeps in memory. Pure functions and values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::ledger {

using Hash = std::array<uint8_t, 32>;

[[nodiscard]] inline std::string_view view(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }
// Code::invalid where it is not 32 bytes.
[[nodiscard]] Result<Hash> hash_from(std::string_view bytes);

[[nodiscard]] Hash leaf_hash(std::string_view entry);               // SHA-256(0x00 ‖ entry)
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 ‖ left ‖ right)
[[nodiscard]] Hash empty_root();                                    // SHA-256 of nothing

// The hash of the full subtree of 2^level leaves that begins at leaf index·2^level. Readers of stored trees give it.
struct NodeId {
  int level = 0;
  uint64_t index = 0;
  friend bool operator==(const NodeId&, const NodeId&) = default;
};
using NodeReader = std::function<Result<std::vector<Hash>>(std::span<const NodeId>)>;

// The root of the first `size` leaves.
[[nodiscard]] Result<Hash> root_of(uint64_t size, const NodeReader& nodes);
// Audit path of leaf `index` in the tree of `size` (RFC 6962, 2.1.1), the leaf's sibling first. Code::invalid where index ≥ size.
[[nodiscard]] Result<std::vector<Hash>> inclusion_proof(uint64_t index, uint64_t size, const NodeReader& nodes);
// From the tree of `from` leaves to that of `to` (2.1.2). Code::invalid where from > to. Empty where from is 0 or equals to.
[[nodiscard]] Result<std::vector<Hash>> consistency_proof(uint64_t from, uint64_t to, const NodeReader& nodes);

// Ok only if the proof shows it, and with no hash too few or too many. Code::invalid says what does not fit.
[[nodiscard]] Status verify_inclusion(uint64_t index, uint64_t size, const Hash& leaf, std::span<const Hash> proof, const Hash& root);
[[nodiscard]] Status verify_consistency(uint64_t from, uint64_t to, const Hash& from_root, const Hash& to_root,
                                        std::span<const Hash> proof);
// Of the subtree over leaves [start, end), where it is one that a tree may have: `start` a multiple of the smallest power of two that is
// not less than end - start.
[[nodiscard]] Status verify_subtree_inclusion(uint64_t index, uint64_t start, uint64_t end, const Hash& leaf, std::span<const Hash> proof,
                                              const Hash& root);
[[nodiscard]] Status verify_subtree_consistency(uint64_t start, uint64_t end, uint64_t size, const Hash& subtree_root, const Hash& root,
                                                std::span<const Hash> proof);

// The right edge of a growing tree: the roots of its full subtrees, the largest first. Not thread-safe.
class CompactRange {
 public:
  CompactRange() = default;
  // `roots`: one for each 1-bit of `size`, from the highest.
  CompactRange(uint64_t size, std::vector<Hash> roots);
  // Adds a leaf; `node` is told every node that becomes full by it, the leaf first.
  void append(const Hash& leaf, const std::function<void(NodeId, const Hash&)>& node);
  [[nodiscard]] uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;
  [[nodiscard]] const std::vector<Hash>& roots() const { return roots_; }

 private:
  uint64_t size_ = 0;
  std::vector<Hash> roots_;
};
// The full subtrees whose roots a CompactRange of `size` holds, in its order.
[[nodiscard]] std::vector<NodeId> compact_nodes(uint64_t size);

}  // namespace fairway::ledger
