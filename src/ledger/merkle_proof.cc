#include "ledger/merkle_proof.h"

#include <algorithm>
#include <bit>

#include "ledger/merkle.h"

namespace fairway::ledger {

bool is_subtree(LeafRange range) {
  if (range.begin >= range.end) return false;
  const uint64_t width = range.end - range.begin;
  constexpr uint64_t kHalf = uint64_t{1} << 63;  // what is wider has no power of two above it
  return range.begin == 0 || (width <= kHalf && range.begin % std::bit_ceil(width) == 0);
}

// Every step halves the range, or less than halves it: at most 64.
ProofPath path_to(LeafRange subtree, uint64_t size) {
  ProofPath path;
  LeafRange at{0, size};
  while (at.begin != subtree.begin || at.end != subtree.end) {
    const uint64_t middle = at.begin + std::bit_floor(at.end - at.begin - 1);  // RFC 6962: the largest power of two below the width
    if (subtree.end <= middle) {
      path.steps.push_back({.sibling = {middle, at.end}, .is_left = false});
      at.end = middle;
      continue;
    }
    const bool is_within = subtree.begin < middle;
    path.steps.push_back({.sibling = {at.begin, middle}, .is_left = true, .is_within = is_within});
    at.begin = middle;
    if (is_within) subtree.begin = middle, path.seed = subtree;
  }
  return path;
}

namespace {

// The full subtrees of which a range consists that is one of a tree's: the widest first.
void add_nodes(std::vector<NodeId>& nodes, LeafRange range) {
  while (range.begin < range.end) {
    const auto level = static_cast<int>(std::bit_width(range.end - range.begin)) - 1;
    nodes.push_back({level, range.begin >> level});
    range.begin += uint64_t{1} << level;
  }
}

Hash fold(std::span<const Hash> hashes) {
  Hash root = hashes.back();
  for (size_t i = hashes.size() - 1; i > 0; --i) root = node_hash(hashes[i - 1], root);
  return root;
}

// The roots of the ranges, read at one go.
Result<std::vector<Hash>> roots_of(std::span<const LeafRange> ranges, const NodeReader& read) {
  std::vector<NodeId> nodes;
  std::vector<size_t> ends;
  for (const LeafRange& range : ranges) {
    add_nodes(nodes, range);
    ends.push_back(nodes.size());
  }
  if (nodes.empty()) return std::vector<Hash>();
  const std::vector<Hash> hashes = TRY(read(nodes));
  if (hashes.size() != nodes.size()) return fail(Code::internal, "a tree gave another number of hashes than it was asked for");
  std::vector<Hash> roots;
  size_t begin = 0;
  for (const size_t end : ends) {
    roots.push_back(fold(std::span(hashes).subspan(begin, end - begin)));
    begin = end;
  }
  return roots;
}

Result<std::vector<Hash>> proof_of(LeafRange subtree, uint64_t size, const NodeReader& read) {
  const ProofPath path = path_to(subtree, size);
  std::vector<LeafRange> ranges;
  if (path.seed) ranges.push_back(*path.seed);
  for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) ranges.push_back(step->sibling);
  return roots_of(ranges, read);
}

// What a proof works out: the subtree's root and the tree's.
struct Roots {
  Hash subtree, tree;
};
Result<Roots> work_out(LeafRange subtree, uint64_t size, const Hash& subtree_root, std::span<const Hash> proof) {
  const ProofPath path = path_to(subtree, size);
  const size_t wanted = path.steps.size() + (path.seed ? 1 : 0);
  if (proof.size() != wanted)
    return fail(Code::invalid, "the proof has not as many hashes as the way to the root",
                std::to_string(proof.size()) + " instead of " + std::to_string(wanted));
  const Hash& first = path.seed ? proof.front() : subtree_root;
  Roots roots{first, first};
  auto sibling = proof.begin() + (path.seed ? 1 : 0);
  for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step, ++sibling) {
    if (step->is_within) roots.subtree = node_hash(*sibling, roots.subtree);
    roots.tree = step->is_left ? node_hash(*sibling, roots.tree) : node_hash(roots.tree, *sibling);
  }
  return roots;
}

Status same(const Hash& worked_out, const Hash& root, const char* message) {
  if (worked_out != root) return fail(Code::invalid, message);
  return {};
}

// Of nothing nothing can be proven, but that it is nothing: the tree behind it does not matter.
Status verify_nothing(const Hash& root, std::span<const Hash> proof) {
  if (!proof.empty()) return fail(Code::invalid, "a proof about an empty tree has no hashes");
  return same(root, empty_root(), "the root of an empty tree is the hash of nothing");
}

}  // namespace

Result<Hash> root_of(uint64_t size, const NodeReader& nodes) {
  if (size == 0) return empty_root();
  const LeafRange all{0, size};
  return TRY(roots_of({&all, 1}, nodes)).front();
}

Result<std::vector<Hash>> inclusion_proof(uint64_t index, uint64_t size, const NodeReader& nodes) {
  if (index >= size) return fail(Code::invalid, "the tree has no such leaf", std::to_string(index) + " of " + std::to_string(size));
  return proof_of({index, index + 1}, size, nodes);
}

Result<std::vector<Hash>> consistency_proof(uint64_t from, uint64_t to, const NodeReader& nodes) {
  if (from > to) return fail(Code::invalid, "a tree does not shrink", std::to_string(from) + " to " + std::to_string(to));
  if (from == 0) return std::vector<Hash>();
  return proof_of({0, from}, to, nodes);
}

Status verify_inclusion(uint64_t index, uint64_t size, const Hash& leaf, std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return fail(Code::invalid, "the tree has no such leaf", std::to_string(index) + " of " + std::to_string(size));
  const Roots roots = TRY(work_out({index, index + 1}, size, leaf, proof));
  return same(roots.tree, root, "the proof leads to another root");
}

Status verify_consistency(uint64_t from, uint64_t to, const Hash& from_root, const Hash& to_root, std::span<const Hash> proof) {
  if (to == 0) TRY_OK(verify_nothing(to_root, {}));
  return verify_subtree_consistency(0, from, to, from_root, to_root, proof);
}

Status verify_subtree_inclusion(uint64_t index, uint64_t start, uint64_t end, const Hash& leaf, std::span<const Hash> proof,
                                const Hash& root) {
  if (!is_subtree({start, end})) return fail(Code::invalid, "no tree has such a subtree");
  if (index < start) return fail(Code::invalid, "the leaf is before the subtree");
  return verify_inclusion(index - start, end - start, leaf, proof, root);
}

Status verify_subtree_consistency(uint64_t start, uint64_t end, uint64_t size, const Hash& subtree_root, const Hash& root,
                                  std::span<const Hash> proof) {
  if (end > size)
    return fail(Code::invalid, "what is to be consistent is larger than the tree", std::to_string(end) + " of " + std::to_string(size));
  if (start == end) return verify_nothing(subtree_root, proof);
  if (!is_subtree({start, end})) return fail(Code::invalid, "no tree has such a subtree");
  const Roots roots = TRY(work_out({start, end}, size, subtree_root, proof));
  TRY_OK(same(roots.subtree, subtree_root, "the proof leads to another root of the smaller tree"));
  return same(roots.tree, root, "the proof leads to another root");
}

}  // namespace fairway::ledger
