#include "ledger/tree_store.h"

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "ledger/commitment.h"
#include "ledger/state_keys.h"
#include "ledger/tree_head.h"

namespace fairway::ledger {
namespace {

constexpr size_t kHashBytes = sizeof(Hash);

std::unexpected<Error> not_in_the_tree(Position entry) {
  Error error{Code::not_found, "the entry is not in the ledger yet", "entry " + std::to_string(entry), "ask again in a second"};
  error.retry_after_s = 1;
  return std::unexpected(std::move(error));
}

std::string_view first_bytes(std::string_view kept, const TileId& tile) {
  return kept.substr(0, std::min(kept.size(), static_cast<size_t>(tile.width) * kHashBytes));
}

// The first `width` entries of a bundle with their lengths.
Result<std::string> first_entries(std::string_view bundle, size_t width) {
  const std::vector<std::string_view> entries = TRY(entries_of(bundle));
  if (entries.size() < width) return fail(Code::not_found, "the ledger has no such tile");
  const std::string_view last = entries[width - 1];
  return std::string(bundle.substr(0, static_cast<size_t>(last.data() - bundle.data()) + last.size()));
}

// The tiles that hold these nodes, by level and index, read in one go.
using Tiles = std::map<std::pair<int, uint64_t>, std::string>;
Result<Tiles> tiles_of(store::Snapshot& snapshot, std::span<const NodeId> nodes) {
  Tiles tiles;
  for (const NodeId node : nodes) {
    const TileId tile = tile_of(node);
    tiles.try_emplace({tile.level, tile.index});
  }
  std::vector<std::string> keys;
  for (const auto& [place, bytes] : tiles) keys.push_back(tile_key(place.first, place.second));
  std::vector<std::optional<store::StateValue>> values = TRY(snapshot.states(keys));
  size_t next = 0;
  for (auto& [place, bytes] : tiles) {
    std::optional<store::StateValue>& value = values[next];
    if (!value) return fail(Code::not_found, "the store lacks a tile of the ledger", keys[next]);
    bytes = std::move(value->value);
    ++next;
  }
  return tiles;
}

}  // namespace

Result<TreeHead> head_from_json(const store::StateValue& kept) {
  const json::value parsed = TRY(parse_json(kept.value));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "the ledger's head is not understood");
  const auto size = integer_of(*object, "size"), at = integer_of(*object, "at");
  const auto root = from_base64(text_of(*object, "root"));
  if (!size || *size < 0 || !at || !root) return fail(Code::internal, "the ledger's head is not understood", legible(kept.value));
  return TreeHead{static_cast<uint64_t>(*size), TRY(hash_from(*root)), *at, kept.version};
}

std::string to_json(const TreeHead& head) {
  std::string out;
  JsonWriter(out).begin_object().member("size", head.size).member("root", to_base64(view(head.root))).member("at", head.at_us).end_object();
  return out;
}

Result<TreeHead> TreeStore::head() {
  const auto kept = TRY(snapshot_.state(kHeadKey));
  return kept ? head_from_json(*kept) : TreeHead();
}

Result<std::string> TreeStore::tile(const TileId& tile) {
  const auto kept = TRY(snapshot_.state(tile_key(tile.level, tile.index)));
  if (!kept || tile.width < 1) return fail(Code::not_found, "the ledger has no such tile");
  if (tile.level == kEntriesLevel) return first_entries(kept->value, static_cast<size_t>(tile.width));
  const std::string_view bytes = first_bytes(kept->value, tile);
  if (bytes.size() != static_cast<size_t>(tile.width) * kHashBytes) return fail(Code::not_found, "the ledger has no such tile");
  return std::string(bytes);
}

NodeReader TreeStore::nodes() {
  return [this](std::span<const NodeId> wanted) -> Result<std::vector<Hash>> {
    const Tiles tiles = TRY(tiles_of(snapshot_, wanted));
    std::vector<Hash> hashes;
    hashes.reserve(wanted.size());
    for (const NodeId node : wanted) {
      const TileId tile = tile_of(node);
      hashes.push_back(TRY(node_from_tile(node, tiles.at({tile.level, tile.index}))));
    }
    return hashes;
  };
}

Result<std::string> TreeStore::log_entry(Position entry) {
  if (entry == 0) return not_in_the_tree(entry);
  const BundlePlace place = bundle_place(entry);
  const auto kept = TRY(snapshot_.state(tile_key(kEntriesLevel, place.bundle)));
  if (!kept) return not_in_the_tree(entry);
  const std::vector<std::string_view> entries = TRY(entries_of(kept->value));
  if (place.record >= entries.size()) return not_in_the_tree(entry);
  return std::string(entries[place.record]);
}

Result<std::optional<std::string>> TreeStore::salt(Position entry) {
  if (entry == 0) return not_in_the_tree(entry);
  const BundlePlace place = bundle_place(entry);
  const auto kept = TRY(snapshot_.state(salts_key(place.bundle)));
  if (!kept || kept->value.size() < (place.record + 1) * kSaltBytes) return not_in_the_tree(entry);
  std::string salt = kept->value.substr(place.record * kSaltBytes, kSaltBytes);
  if (std::ranges::all_of(salt, [](char byte) { return byte == 0; })) return std::optional<std::string>();
  return std::optional(std::move(salt));
}

Result<std::string> TreeStore::checkpoint() {
  auto kept = TRY(snapshot_.state(kCheckpointKey));
  return kept ? std::move(kept->value) : std::string();
}

Result<std::string> TreeStore::witnessed() {
  auto kept = TRY(snapshot_.state(kWitnessedKey));
  return kept ? std::move(kept->value) : std::string();
}

Result<Proof> TreeStore::prove(Position entry) { return prove(entry, TRY(witnessed())); }

Result<Proof> TreeStore::prove(Position entry, std::string note) {
  Proof proof;
  proof.checkpoint = std::move(note);
  if (proof.checkpoint.empty() || entry == 0) return not_in_the_tree(entry);
  const Checkpoint checkpoint = TRY(checkpoint_from(TRY(note_from(proof.checkpoint)).text));
  if (entry > checkpoint.size) return not_in_the_tree(entry);
  proof.index = entry - 1;
  proof.extra = TRY(log_entry(entry));
  proof.hashes = TRY(inclusion_proof(proof.index, checkpoint.size, nodes()));
  return proof;
}

}  // namespace fairway::ledger
