// Erasing: what the RocksDB engine does beside the batch that erases: finding what belongs to an entry, and making the files forget.
//
// Any thread; the store stays in use meanwhile. docs/reference/log.md, "Erasing", says why each step is needed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/rocksdb/committer.h"
#include "store/rocksdb/slot.h"
#include "store/rocksdb/snapshot.h"

namespace fairway::store {

[[nodiscard]] Result<std::vector<Erasure>> traces_in(RocksdbSnapshot& snapshot, std::span<const Position> positions);

// Code::unavailable where a long read keeps the old state of things on disk.
[[nodiscard]] Status purge(Slot& slot, Committer& committer, std::span<const Erasure> erasures, std::span<const std::string> states);

}  // namespace fairway::store
