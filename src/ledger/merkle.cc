#include "ledger/merkle.h"

#include <cstring>

#include "ledger/sha256.h"

namespace fairway::ledger {

Result<Hash> hash_from(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() != hash.size()) return fail(Code::invalid, "a hash has 32 bytes", std::to_string(bytes.size()) + " bytes");
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

Hash leaf_hash(std::string_view entry) { return sha256_of({std::string_view("\x00", 1), entry}); }

Hash node_hash(const Hash& left, const Hash& right) { return sha256_of({"\x01", view(left), view(right)}); }

Hash empty_root() { return sha256_of({}); }

CompactRange::CompactRange(uint64_t size, std::vector<Hash> roots) : size_(size), roots_(std::move(roots)) {}

void CompactRange::append(const Hash& leaf, const std::function<void(NodeId, const Hash&)>& node) {
  Hash hash = leaf;
  NodeId id{0, size_};
  if (node) node(id, hash);
  while (id.index % 2 == 1) {  // a right one: it makes its parent full
    hash = node_hash(roots_.back(), hash);
    roots_.pop_back();
    id = {id.level + 1, id.index / 2};
    if (node) node(id, hash);
  }
  roots_.push_back(hash);
  ++size_;
}

Hash CompactRange::root() const {
  if (roots_.empty()) return empty_root();
  Hash root = roots_.back();
  for (size_t i = roots_.size() - 1; i > 0; --i) root = node_hash(roots_[i - 1], root);
  return root;
}

std::vector<NodeId> compact_nodes(uint64_t size) {
  std::vector<NodeId> nodes;
  uint64_t begin = 0;
  for (int level = 63; level >= 0; --level) {
    if ((size >> level & 1) == 0) continue;
    nodes.push_back({level, begin >> level});
    begin += uint64_t{1} << level;
  }
  return nodes;
}

}  // namespace fairway::ledger
