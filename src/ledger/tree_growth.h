// TreeGrowth: what one step of sequencing adds to the tree, gathered until all of it is written as one batch. Not thread-safe; it lives
// no longer than the snapshot that it continues.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/status.h"
#include "ledger/merkle.h"
#include "ledger/tree_store.h"
#include "store/store.h"

namespace fairway::ledger {

class TreeGrowth {
 public:
  // `range` is the right edge of the tree of `head`, as the snapshot has it.
  TreeGrowth(store::Snapshot& snapshot, const TreeHead& head, CompactRange range);

  // The next entry of the log: its 33 bytes, and the 32 random bytes that they stand on. Code::internal where the store's tiles do not
  // end where its head says, Code::unavailable from the store.
  [[nodiscard]] Status add(std::string_view log_entry, std::string_view salt);

  [[nodiscard]] const CompactRange& range() const { return range_; }
  // What to write, expecting that nobody has taken a step or destroyed a salt meanwhile. Done with it then.
  [[nodiscard]] store::Batch batch(int64_t now_us) &&;

 private:
  struct Grown {
    std::string bytes;
    uint64_t version = 0;  // that the store has now
  };
  // The value that continues what the store keeps under the key, which must be of `bytes` so far.
  [[nodiscard]] Status begin(Grown& grown, const std::string& key, size_t bytes);
  [[nodiscard]] Status put_node(NodeId node, const Hash& hash);

  store::Snapshot& snapshot_;
  const TreeHead head_;
  CompactRange range_;
  std::map<std::pair<int, uint64_t>, Grown> tiles_;  // by level (of entries, too) and index
  std::map<uint64_t, Grown> salts_;                  // by bundle
};

}  // namespace fairway::ledger
