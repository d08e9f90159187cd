// `fairway admin erase` and `fairway admin erasures`.
#pragma once

#include <cstdint>
#include <string>

namespace fairway::app {

struct ErasureOptions {
  std::string store = "rocksdb:./data";
  uint64_t entry = 0;
  std::string authority, reason;
};
int admin_erase(const ErasureOptions& options);     // prints what POST /v1/erasures answers
int admin_erasures(const ErasureOptions& options);  // prints the tombstones as JSON lines, the newest first

}  // namespace fairway::app
