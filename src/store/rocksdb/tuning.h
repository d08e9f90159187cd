// Tuning: RocksDB's options as Fairway sets them, and why. Pure; any thread.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <memory>
#include <vector>

#include "store/rocksdb/rocksdb_store.h"

namespace fairway::store {

[[nodiscard]] rocksdb::DBOptions database_options(const RocksdbOptions& options);
// One for each Family, in its order; they share a cache of blocks, indexes and filters.
[[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(const RocksdbOptions& options);

}  // namespace fairway::store
