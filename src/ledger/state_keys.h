// State keys: under which the store keeps the ledger (docs/reference/ledger.md, "What the store keeps"). Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/tile.h"
#include "model/entry.h"

namespace fairway::ledger {

inline constexpr std::string_view kHeadKey = "ledger/head", kOriginKey = "ledger/origin", kCheckpointKey = "ledger/checkpoint",
                                  kWitnessedKey = "ledger/witnessed";

[[nodiscard]] std::string tile_key(int level, uint64_t index);  // of kEntriesLevel: of the bundle of entries
[[nodiscard]] std::string salts_key(uint64_t bundle);

// Where an entry's 33 bytes and its salt stand: the bundle, and which of its records it is.
struct BundlePlace {
  uint64_t bundle = 0;
  size_t record = 0;
};
[[nodiscard]] inline BundlePlace bundle_place(Position entry) { return {(entry - 1) / kTileWidth, (entry - 1) % kTileWidth}; }

}  // namespace fairway::ledger
