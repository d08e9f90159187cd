// The embedded engine: a store in a folder of this machine, on RocksDB. One process holds a folder at a time.
//
// After a failed write (a full disk, a failed device) the store refuses writes with Code::unavailable and keeps answering reads
// from what was acknowledged; it tries again by itself and takes writes as soon as the folder does. What it refused does not come
// back, except where the process ends before the store has recovered: then its outcome is open until it is sent again.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/env.h"
#include "base/status.h"
#include "store/store.h"

namespace rocksdb {
class Env;
}

namespace fairway::store {

struct RocksdbOptions {
  size_t block_cache_bytes = 256u << 20;  // blocks, indexes and filters together
  int background_threads = 2;             // flushes and compactions
  rocksdb::Env* files = nullptr;          // access to files, where a test injects faults; null: the machine's own. Outlives the store
};

// Opens the folder, making it where it does not exist.
[[nodiscard]] Result<std::unique_ptr<Store>> open_rocksdb(std::string_view dir, Env& env, const RocksdbOptions& options);
[[nodiscard]] Result<std::unique_ptr<Store>> open_rocksdb(std::string_view dir, Env& env);

}  // namespace fairway::store
