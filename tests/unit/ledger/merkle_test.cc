// The tree: RFC 6962's own shapes, proofs made are proofs that hold, and nothing else does.
#include "ledger/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/bytes.h"
#include "unit/ledger/support.h"

namespace fairway::ledger::merkle_test {
namespace {

// RFC 6962, 2.1, word for word.
Hash tree_hash(std::span<const std::string> entries) {
  if (entries.empty()) return empty_root();
  if (entries.size() == 1) return leaf_hash(entries.front());
  size_t half = 1;
  while (half * 2 < entries.size()) half *= 2;
  return node_hash(tree_hash(entries.first(half)), tree_hash(entries.subspan(half)));
}

std::vector<Hash> with_bit_changed(std::vector<Hash> hashes, size_t bit) {
  hashes[bit / 256][bit / 8 % 32] ^= static_cast<uint8_t>(1u << bit % 8);
  return hashes;
}
Hash with_bit_changed(Hash hash, size_t bit) { return with_bit_changed(std::vector{hash}, bit).front(); }

// Every hash that a check looks at, changed by one bit, refuses.
void expect_inclusion_is_strict(uint64_t index, uint64_t size, const Hash& leaf, const std::vector<Hash>& proof, const Hash& root) {
  ASSERT_TRUE(verify_inclusion(index, size, leaf, proof, root)) << index << " of " << size;
  for (size_t bit = 0; bit < proof.size() * 256; bit += 37)
    EXPECT_FALSE(verify_inclusion(index, size, leaf, with_bit_changed(proof, bit), root));
  EXPECT_FALSE(verify_inclusion(index, size, with_bit_changed(leaf, size % 256), proof, root));
  EXPECT_FALSE(verify_inclusion(index, size, leaf, proof, with_bit_changed(root, index % 256)));
  std::vector<Hash> longer = proof;
  longer.push_back(root);
  EXPECT_FALSE(verify_inclusion(index, size, leaf, longer, root));
  EXPECT_TRUE(proof.empty() || !verify_inclusion(index, size, leaf, std::span(proof).first(proof.size() - 1), root));
}

TEST(Merkle, HashesAreThoseOfTheStandard) {
  EXPECT_EQ(to_hex(view(empty_root())), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(view(leaf_hash(""))), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(view(node_hash(empty_root(), leaf_hash("x"))),
            sha256("\x01" + std::string(view(empty_root())) + std::string(view(leaf_hash("x")))));
  EXPECT_FALSE(hash_from("short"));
  EXPECT_EQ(hash_from(view(leaf_hash("x"))).value(), leaf_hash("x"));
}

TEST(Merkle, ACompactRangeHasTheRootOfTheStandard) {
  std::vector<std::string> entries;
  MemoryTree tree(0);
  for (uint64_t size = 0; size <= 130; ++size) {
    EXPECT_EQ(tree.range().root(), tree_hash(entries)) << size;
    EXPECT_EQ(root_of(size, tree.reader()).value(), tree_hash(entries)) << size;
    const CompactRange again(size, tree.reader()(compact_nodes(size)).value());
    EXPECT_EQ(again.root(), tree.range().root()) << size;
    EXPECT_EQ(again.roots(), tree.range().roots()) << size;
    entries.push_back(MemoryTree::entry(size));
    tree.append();
  }
}

TEST(Merkle, ARangeThatIsReadBackGrowsOn) {
  const MemoryTree tree(200);
  for (uint64_t from = 0; from < 200; from += 7) {
    CompactRange range(from, tree.reader()(compact_nodes(from)).value());
    for (uint64_t i = from; i < 200; ++i) range.append(tree.leaf(i), nullptr);
    EXPECT_EQ(range.root(), tree.root(200)) << from;
    EXPECT_EQ(range.size(), 200u);
  }
}

TEST(Merkle, InclusionOfEveryLeafOfEverySmallTree) {
  const MemoryTree tree(70);
  for (uint64_t size = 1; size <= 70; ++size)
    for (uint64_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, tree.reader()).value();
      expect_inclusion_is_strict(index, size, tree.leaf(index), proof, tree.root(size));
      for (uint64_t other = 0; other <= size; ++other)
        EXPECT_EQ(verify_inclusion(other, size, tree.leaf(index), proof, tree.root(size)).has_value(), other == index) << other;
      EXPECT_TRUE(verify_subtree_inclusion(128 + index, 128, 128 + size, tree.leaf(index), proof, tree.root(size)));
    }
}

TEST(Merkle, ConsistencyOfEveryPairOfSmallTrees) {
  const MemoryTree tree(70);
  for (uint64_t to = 0; to <= 70; ++to)
    for (uint64_t from = 0; from <= to; ++from) {
      const auto proof = consistency_proof(from, to, tree.reader()).value();
      const auto holds = [&](uint64_t a, uint64_t b, const Hash& older, const Hash& newer, std::span<const Hash> by) {
        return verify_consistency(a, b, older, newer, by).has_value();
      };
      EXPECT_TRUE(holds(from, to, tree.root(from), tree.root(to), proof)) << from << " to " << to;
      EXPECT_EQ(proof.empty(), from == 0 || from == to);
      for (size_t bit = 0; bit < proof.size() * 256; bit += 37)
        EXPECT_FALSE(holds(from, to, tree.root(from), tree.root(to), with_bit_changed(proof, bit))) << from << " to " << to;
      EXPECT_FALSE(holds(from, to, with_bit_changed(tree.root(from), to), tree.root(to), proof));
      EXPECT_EQ(holds(from, to, tree.root(from), with_bit_changed(tree.root(to), from), proof), from == 0 && to > 0);
      std::vector<Hash> longer = proof;
      longer.push_back(tree.root(to));
      EXPECT_FALSE(holds(from, to, tree.root(from), tree.root(to), longer));
      EXPECT_EQ(holds(to, from, tree.root(to), tree.root(from), proof), from == to) << "a tree does not shrink";
    }
}

TEST(Merkle, ASubtreeIsConsistentWithTheTreeThatHoldsIt) {
  const MemoryTree tree(64);
  std::vector<std::string> entries;
  for (uint64_t i = 0; i < 64; ++i) entries.push_back(MemoryTree::entry(i));
  // Of a full subtree the proof is that of a leaf, with the subtree as the leaf.
  for (uint64_t size = 1; size <= 64; ++size)
    for (uint64_t start = 0; start + 4 <= size; start += 4) {
      const Hash root = tree_hash(std::span(entries).subspan(start, 4));
      const auto path = inclusion_proof(start, size, tree.reader()).value();
      const std::span<const Hash> above = std::span(path).subspan(2);
      EXPECT_TRUE(verify_subtree_consistency(start, start + 4, size, root, tree.root(size), above)) << start << " of " << size;
      EXPECT_FALSE(verify_subtree_consistency(start, start + 4, size, with_bit_changed(root, 3), tree.root(size), above));
      EXPECT_FALSE(verify_subtree_consistency(start + 1, start + 5, size + 1, root, tree.root(size), above)) << "no tree has it";
    }
}

TEST(Merkle, LargeTreesOfAnySize) {
  const MemoryTree tree(1u << 15);
  EXPECT_TRUE(rc::check("proofs of any leaf and any pair hold", [&] {
    const auto size = *rc::gen::inRange<uint64_t>(1, (1u << 15) + 1);
    const auto index = *rc::gen::inRange<uint64_t>(0, size), from = *rc::gen::inRange<uint64_t>(0, size + 1);
    const auto inclusion = inclusion_proof(index, size, tree.reader()).value();
    RC_ASSERT(verify_inclusion(index, size, tree.leaf(index), inclusion, tree.root(size)).has_value());
    // Trees of neighbouring sizes may have the same way to a leaf; it is the signed checkpoint that binds the size.
    RC_ASSERT(!verify_inclusion(index, size * 2, tree.leaf(index), inclusion, tree.root(size)).has_value());
    const auto consistency = consistency_proof(from, size, tree.reader()).value();
    RC_ASSERT(verify_consistency(from, size, tree.root(from), tree.root(size), consistency).has_value());
  }));
}

// A tree of 2^62 leaves and more that are all alike: the hash of a full subtree depends on its level alone.
TEST(Merkle, TreesAsLargeAsNumbersGo) {
  std::vector<Hash> levels = {leaf_hash("same")};
  while (levels.size() < 64) levels.push_back(node_hash(levels.back(), levels.back()));
  const NodeReader reader = [&](std::span<const NodeId> ids) -> Result<std::vector<Hash>> {
    std::vector<Hash> hashes;
    for (const NodeId& id : ids) hashes.push_back(levels.at(static_cast<size_t>(id.level)));
    return hashes;
  };
  EXPECT_TRUE(rc::check("64 levels are none too many", [&] {
    const auto size =
        *rc::gen::suchThat(rc::gen::arbitrary<uint64_t>(), [](uint64_t n) { return n > 0; }) | uint64_t{1} << *rc::gen::inRange(0, 64);
    const auto index = *rc::gen::arbitrary<uint64_t>() % size, from = *rc::gen::arbitrary<uint64_t>() % size + 1;
    const Hash root = root_of(size, reader).value();
    RC_ASSERT(verify_inclusion(index, size, levels[0], inclusion_proof(index, size, reader).value(), root).has_value());
    RC_ASSERT(
        verify_consistency(from, size, root_of(from, reader).value(), root, consistency_proof(from, size, reader).value()).has_value());
  }));
}

TEST(Merkle, WhatCannotBeIsRefused) {
  const MemoryTree tree(8);
  EXPECT_EQ(inclusion_proof(8, 8, tree.reader()).error().code, Code::invalid);
  EXPECT_EQ(inclusion_proof(0, 0, tree.reader()).error().code, Code::invalid);
  EXPECT_EQ(consistency_proof(9, 8, tree.reader()).error().code, Code::invalid);
  EXPECT_EQ(inclusion_proof(0, 16, tree.reader()).error().code, Code::not_found) << "the reader's own error comes through";
  const NodeReader short_reader = [](std::span<const NodeId>) -> Result<std::vector<Hash>> { return std::vector<Hash>(); };
  EXPECT_EQ(inclusion_proof(0, 8, short_reader).error().code, Code::internal);
  EXPECT_FALSE(verify_consistency(0, 0, empty_root(), tree.root(1), {}));
  EXPECT_TRUE(verify_consistency(0, 0, empty_root(), empty_root(), {}));
}

}  // namespace
}  // namespace fairway::ledger::merkle_test
