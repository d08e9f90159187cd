// What the ledger's tests share: a tree whose nodes are all in memory, and keys from known seeds.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/merkle.h"
#include "ledger/note.h"

namespace fairway::ledger {

// A tree's nodes, as they come.
class MemoryNodes {
 public:
  void put(NodeId node, const Hash& hash) { nodes_[{node.level, node.index}] = hash; }
  NodeReader reader() const {
    return [this](std::span<const NodeId> ids) -> Result<std::vector<Hash>> {
      std::vector<Hash> hashes;
      for (const NodeId& id : ids) {
        const auto found = nodes_.find({id.level, id.index});
        if (found == nodes_.end()) return fail(Code::not_found, "no such node");
        hashes.push_back(found->second);
      }
      return hashes;
    };
  }

 private:
  std::map<std::pair<int, uint64_t>, Hash> nodes_;
};

// Leaves 0, 1, 2, … with all full nodes above them.
class MemoryTree {
 public:
  explicit MemoryTree(uint64_t size) {
    while (range_.size() < size) append();
  }
  void append() {
    const Hash leaf = leaf_hash(entry(range_.size()));
    range_.append(leaf, [&](NodeId id, const Hash& hash) { nodes_.put(id, hash); });
    roots_.push_back(range_.root());
  }
  static std::string entry(uint64_t index) { return "entry " + std::to_string(index); }
  Hash leaf(uint64_t index) const { return leaf_hash(entry(index)); }
  Hash root(uint64_t size) const { return size == 0 ? empty_root() : roots_.at(size - 1); }
  NodeReader reader() const { return nodes_.reader(); }
  const CompactRange& range() const { return range_; }

 private:
  CompactRange range_;
  MemoryNodes nodes_;
  std::vector<Hash> roots_;
};

inline std::unique_ptr<Signer> test_signer(std::string_view name, SignatureKind kind, char seed) {
  return make_signer(name, kind, std::string(32, seed)).value();
}

}  // namespace fairway::ledger
