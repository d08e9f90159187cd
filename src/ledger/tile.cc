#include "ledger/tile.h"

#include <algorithm>

#include "base/bytes.h"
#include "ledger/spelling.h"

namespace fairway::ledger {
namespace {

constexpr int kLevelsPerTile = 8;  // 2^8 hashes
constexpr int kTileLevelMax = 63;
constexpr size_t kEntryBytesMax = 0xFFFF;  // its length is a uint16
constexpr std::string_view kPrefix = "tile/", kEntries = "entries";

// 1234067 is x001/x234/067.
std::string groups_of(uint64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string out;
  for (size_t at = 0; at < digits.size(); at += 3) {
    if (at + 3 < digits.size()) out += 'x';
    out.append(digits, at, 3);
    if (at + 3 < digits.size()) out += '/';
  }
  return out;
}

// The number that groups write; its spelling is checked by writing it again.
Result<uint64_t> number_of(std::string_view groups) {
  std::string digits;
  for (const char c : groups)
    if (c != 'x' && c != '/') digits += c;
  while (digits.size() > 1 && digits.front() == '0') digits.erase(0, 1);
  return exact_number(digits);
}

// As it stands before the number.
std::string level_text(int level) { return level == kEntriesLevel ? std::string(kEntries) : std::to_string(level); }

Result<TileId> parse(std::string_view path) {
  TileId tile;
  if (!path.starts_with(kPrefix)) return fail(Code::invalid, "not a tile");
  path.remove_prefix(kPrefix.size());
  const size_t slash = std::min(path.find('/'), path.size());
  const std::string_view level = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  if (level == kEntries) {
    tile.level = kEntriesLevel;
  } else {
    const uint64_t number = TRY(exact_number(level));
    if (number > kTileLevelMax) return fail(Code::invalid, "no tree is that high");
    tile.level = static_cast<int>(number);
  }
  if (const size_t partial = path.find(".p/"); partial != std::string_view::npos) {
    const uint64_t width = TRY(exact_number(path.substr(partial + 3)));
    if (width == 0 || width >= kTileWidth) return fail(Code::invalid, "a partial tile has 1 to 255 hashes");
    tile.width = static_cast<int>(width);
    path = path.substr(0, partial);
  }
  tile.index = TRY(number_of(path));
  return tile;
}

}  // namespace

std::string tile_path(const TileId& tile) {
  std::string path = std::string(kPrefix) + level_text(tile.level) + "/" + groups_of(tile.index);
  if (static_cast<uint64_t>(tile.width) < kTileWidth) path += ".p/" + std::to_string(tile.width);
  return path;
}

Result<TileId> tile_from_path(std::string_view path) {
  constexpr size_t kPathBytesMax = 64;
  if (path.size() > kPathBytesMax) return fail(Code::invalid, "not the path of a tile");
  const auto tile = parse(path);
  if (!tile) return fail(Code::invalid, "not the path of a tile", legible(path), tile.error().message);
  if (tile_path(*tile) != path) return fail(Code::invalid, "a tile's path is written otherwise", legible(path), tile_path(*tile));
  return *tile;
}

uint64_t hashes_at(int level, uint64_t size) {
  if (level == kEntriesLevel) return size;
  return level * kLevelsPerTile >= 64 ? 0 : size >> (level * kLevelsPerTile);
}

int tile_width(int level, uint64_t index, uint64_t size) {
  const uint64_t hashes = hashes_at(level, size);
  if (index > hashes / kTileWidth) return 0;
  return static_cast<int>(std::min(kTileWidth, hashes - index * kTileWidth));
}

TileId tile_of(NodeId node) {
  // A tile's own hashes are eight levels apart; those between are worked out from the ones below.
  const int above = node.level % kLevelsPerTile;
  return {.level = node.level / kLevelsPerTile, .index = (node.index << above) / kTileWidth};
}

Result<Hash> node_from_tile(NodeId node, std::string_view tile) {
  constexpr size_t kHashBytes = sizeof(Hash);
  if (node.level < 0 || node.level > kTileLevelMax) return fail(Code::invalid, "no tree is that high", std::to_string(node.level));
  if (tile.size() % kHashBytes != 0 || tile.size() > kTileWidth * kHashBytes)
    return fail(Code::invalid, "a tile is of whole hashes, at most 256", std::to_string(tile.size()) + " bytes");
  const int above = node.level % kLevelsPerTile;
  const uint64_t first = (node.index << above) % kTileWidth, count = uint64_t{1} << above;
  if ((first + count) * kHashBytes > tile.size())
    return fail(Code::invalid, "the tile does not reach that far",
                std::to_string(first + count) + " of " + std::to_string(tile.size() / kHashBytes) + " hashes");
  CompactRange range;
  for (uint64_t i = first; i < first + count; ++i) range.append(TRY(hash_from(tile.substr(i * kHashBytes, kHashBytes))), nullptr);
  return range.root();
}

Status append_entry(std::string& bundle, std::string_view entry) {
  if (entry.size() > kEntryBytesMax)
    return fail(Code::too_large, "an entry of a tile has at most 65535 bytes", std::to_string(entry.size()));
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size());
  bundle += entry;
  return {};
}

Result<std::vector<std::string_view>> entries_of(std::string_view bundle) {
  std::vector<std::string_view> entries;
  while (!bundle.empty()) {
    if (entries.size() == kTileWidth) return fail(Code::invalid, "a bundle holds at most 256 entries");
    if (bundle.size() < 2) return fail(Code::invalid, "a bundle of entries is cut off");
    const size_t size = static_cast<size_t>(static_cast<uint8_t>(bundle[0])) << 8 | static_cast<uint8_t>(bundle[1]);
    if (bundle.size() - 2 < size) return fail(Code::invalid, "a bundle of entries is cut off");
    entries.push_back(bundle.substr(2, size));
    bundle.remove_prefix(2 + size);
  }
  return entries;
}

}  // namespace fairway::ledger
