// Tile: how the tree is cut into files, as C2SP tlog-tiles v0.1.0 has it: 256 hashes a tile, level L of tiles over level 8·L of nodes.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/merkle.h"

namespace fairway::ledger {

inline constexpr uint64_t kTileWidth = 256;

struct TileId {
  int level = 0;       // 0 to 63; kEntries for a bundle of entries
  uint64_t index = 0;  // N
  int width = 256;     // hashes or entries that it holds: 1 to 256
  friend bool operator==(const TileId&, const TileId&) = default;
};
inline constexpr int kEntriesLevel = -1;

// The path below the log's prefix: "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/003".
[[nodiscard]] std::string tile_path(const TileId& tile);
// The same read; Code::invalid for any other spelling.
[[nodiscard]] Result<TileId> tile_from_path(std::string_view path);
// The hashes at tile level `level` that a tree of `size` has, and the width of tile (level, index) in it; 0 where it has none.
[[nodiscard]] uint64_t hashes_at(int level, uint64_t size);
[[nodiscard]] int tile_width(int level, uint64_t index, uint64_t size);

// The node from the hashes of the tile that holds it or from which it is worked out: a node of level l lies in tile level l / 8.
[[nodiscard]] TileId tile_of(NodeId node);
[[nodiscard]] Result<Hash> node_from_tile(NodeId node, std::string_view tile);

// Bundles of entries: a big-endian uint16 length before each.
[[nodiscard]] Status append_entry(std::string& bundle, std::string_view entry);
[[nodiscard]] Result<std::vector<std::string_view>> entries_of(std::string_view bundle);

}  // namespace fairway::ledger
