#include "ledger/state_keys.h"

#include "base/bytes.h"

namespace fairway::ledger {
namespace {

std::string hex(uint64_t number) {
  std::string bytes;
  append_u64(bytes, number);
  return to_hex(bytes);
}

}  // namespace

std::string tile_key(int level, uint64_t index) {
  if (level == kEntriesLevel) return "ledger/entries/" + hex(index);
  return "ledger/tile/" + hex(static_cast<uint64_t>(level)) + "/" + hex(index);
}

std::string salts_key(uint64_t bundle) { return "ledger/salts/" + hex(bundle); }

}  // namespace fairway::ledger
