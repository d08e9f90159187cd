#include "ledger/tree_growth.h"

#include "ledger/commitment.h"
#include "ledger/state_keys.h"
#include "ledger/tile.h"
#include "ledger/tree_head.h"

namespace fairway::ledger {
namespace {

constexpr int kLevelsPerTile = 8;
constexpr size_t kBundledBytes = 2 + 1 + sizeof(Hash);  // of one entry of ours in a bundle, with its length

}  // namespace

TreeGrowth::TreeGrowth(store::Snapshot& snapshot, const TreeHead& head, CompactRange range)
    : snapshot_(snapshot), head_(head), range_(std::move(range)) {}

Status TreeGrowth::add(std::string_view log_entry, std::string_view salt) {
  const uint64_t leaf = range_.size(), bundle = leaf / kTileWidth, record = leaf % kTileWidth;
  Grown& entries = tiles_[{kEntriesLevel, bundle}];
  if (entries.bytes.empty()) TRY_OK(begin(entries, tile_key(kEntriesLevel, bundle), record * kBundledBytes));
  TRY_OK(append_entry(entries.bytes, log_entry));
  Grown& salts = salts_[bundle];
  if (salts.bytes.empty()) TRY_OK(begin(salts, salts_key(bundle), record * kSaltBytes));
  salts.bytes += salt;
  Status put;
  range_.append(leaf_hash(log_entry), [&](NodeId node, const Hash& hash) {
    if (put && node.level % kLevelsPerTile == 0) put = put_node(node, hash);
  });
  return put;
}

Status TreeGrowth::put_node(NodeId node, const Hash& hash) {
  const int level = node.level / kLevelsPerTile;
  const uint64_t index = node.index / kTileWidth;
  Grown& tile = tiles_[{level, index}];
  if (tile.bytes.empty()) TRY_OK(begin(tile, tile_key(level, index), node.index % kTileWidth * sizeof(Hash)));
  tile.bytes += view(hash);
  return {};
}

Status TreeGrowth::begin(Grown& grown, const std::string& key, size_t bytes) {
  if (bytes == 0) return {};
  auto kept = TRY(snapshot_.state(key));
  const size_t found = kept ? kept->value.size() : 0;
  if (found != bytes)
    return fail(Code::internal, "the ledger's tiles do not end where its head says",
                key + " has " + std::to_string(found) + " bytes, not " + std::to_string(bytes), "restore the store from a backup");
  grown.bytes = std::move(kept->value);
  grown.version = kept->version;
  return {};
}

store::Batch TreeGrowth::batch(int64_t now_us) && {
  store::Batch batch;
  batch.state.reserve(tiles_.size() + salts_.size() + 1);
  for (auto& [place, tile] : tiles_) batch.state.push_back({tile_key(place.first, place.second), std::move(tile.bytes), tile.version});
  for (auto& [bundle, salts] : salts_) batch.state.push_back({salts_key(bundle), std::move(salts.bytes), salts.version});
  TreeHead head{range_.size(), range_.root(), now_us};
  batch.state.push_back({std::string(kHeadKey), to_json(head), head_.version});
  return batch;
}

}  // namespace fairway::ledger
