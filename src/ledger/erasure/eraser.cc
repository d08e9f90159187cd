#include "ledger/erasure/eraser.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/log.h"
#include "ledger/commitment.h"
#include "ledger/erasure/scope.h"
#include "ledger/state_keys.h"
#include "ledger/tree_store.h"

namespace fairway::ledger {
namespace {

constexpr int kAttempts = 10;                                // against steps of the sequencer, which writes the last bundle's salts too
constexpr std::string_view kTombstones = "erasures";         // a term
constexpr std::string_view kUnpurged = "erasure-unpurged/";  // states: erased, but not yet out of the files
constexpr size_t kUnpurgedMax = limits::kStateWritesPerBatchMax;

std::string tombstone_identity(Position entry) { return fmt::format("erasure/{}", entry); }
std::string unpurged_state(Position entry) { return fmt::format("{}{:016x}", kUnpurged, entry); }

// Zeros over the salts of the entries; or, where there is no tree, that none begins meanwhile with what these entries say.
Status destroy_salts(store::Snapshot& snapshot, const std::vector<Entry>& entries, store::Batch& batch) {
  const TreeHead head = TRY(TreeStore(snapshot).head());
  if (head.version == 0) {
    batch.state.push_back({std::string(kHeadKey), std::nullopt, 0});
    return {};
  }
  std::map<uint64_t, std::vector<size_t>> bundles;
  for (const Entry& entry : entries) {
    if (entry.position > head.size)
      return fail(Code::unavailable, "the entry is not in the tree yet", std::to_string(entry.position), "try again in a few seconds");
    bundles[bundle_place(entry.position).bundle].push_back(bundle_place(entry.position).record);
  }
  for (const auto& [bundle, records] : bundles) {
    std::optional<store::StateValue> salts = TRY(snapshot.state(salts_key(bundle)));
    if (!salts) return fail(Code::internal, "the ledger has no salts of an entry", std::to_string(bundle));
    for (const size_t record : records) {
      if (salts->value.size() < (record + 1) * kSaltBytes)
        return fail(Code::internal, "the ledger's salts are cut off", std::to_string(bundle));
      std::fill_n(salts->value.begin() + static_cast<ptrdiff_t>(record * kSaltBytes), kSaltBytes, '\0');
    }
    batch.state.push_back({salts_key(bundle), std::move(salts->value), salts->version});
  }
  return {};
}

store::NewEntry tombstone(const ErasureWish& wish, const Entry& entry, int64_t now_us) {
  store::NewEntry stone;
  stone.kind = EntryKind::erasure;
  stone.party = wish.by;
  stone.received_us = now_us;
  stone.identity = tombstone_identity(entry.position);
  stone.terms.push_back({std::string(kTombstones), {}});
  JsonWriter writer(stone.body);
  writer.begin_object().member("entry", entry.position).member("kind", name(entry.kind));
  if (entry.position != wish.entry) writer.member("with", wish.entry);
  writer.member("authority", wish.authority).member("reason", wish.reason).member("at", to_rfc3339_utc(now_us)).end_object();
  return stone;
}

std::string left_of(const Entry& entry) {
  std::string body;
  JsonWriter(body).begin_object().member("erased", true).member("kind", name(entry.kind)).end_object();
  return body;
}

// What other states say of an entry that goes.
void forget_states(const Entry& entry, store::Batch& batch) {
  if (entry.kind != EntryKind::alert) return;
  const auto parsed = parse_json(entry.body);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object != nullptr) batch.state.push_back({fmt::format("alert-seen/{}/{}", entry.party, text_of(*object, "alert")), std::nullopt, {}});
}

Status check_text(std::string_view text, std::string_view member) {
  if (trim(text).empty()) return fail(Code::invalid, "an erasure needs this member", std::string(member), "by whose authority, and why");
  if (text.size() > limits::kErasureReasonBytesMax || !is_valid_utf8(text))
    return fail(Code::invalid, "the member is too long or no UTF-8", std::string(member),
                std::to_string(limits::kErasureReasonBytesMax) + " bytes at most");
  return {};
}

}  // namespace

Result<ErasureWish> erasure_wish_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const std::optional<int64_t> entry = object == nullptr ? std::nullopt : integer_of(*object, "entry");
  if (!entry || *entry < 1) return fail(Code::invalid, "an erasure needs the number of an entry", "entry");
  return ErasureWish{
      static_cast<Position>(*entry), std::string(text_of(*object, "authority")), std::string(text_of(*object, "reason")), {}};
}

std::string to_json(const ErasureWish& wish) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("entry", wish.entry).member("authority", wish.authority).member("reason", wish.reason).end_object();
  return out;
}

std::string to_json(const Erased& erased) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("erased").begin_array();
  for (const Erased::One& one : erased.entries)
    writer.begin_object().member("entry", one.entry).member("kind", name(one.kind)).member("tombstone", one.tombstone).end_object();
  writer.end_array();
  const auto positions = [&](std::string_view name, const std::vector<Position>& list) {
    writer.key(name).begin_array();
    for (const Position position : list) writer.value(position);
    writer.end_array();
  };
  positions("stillIn", erased.still_in);
  positions("amendedBy", erased.amended_by);
  writer.member("purged", erased.purged).end_object();
  return out;
}

Result<store::Batch> Eraser::plan(store::Snapshot& snapshot, const ErasureWish& wish, Erased& erased) {
  ErasureScope scope = TRY(scope_of(snapshot, wish.entry));
  std::vector<Position> positions;
  for (const Entry& entry : scope.entries) positions.push_back(entry.position);
  store::Batch batch;
  batch.erasures = TRY(store_.traces(positions));
  TRY_OK(destroy_salts(snapshot, scope.entries, batch));
  const int64_t now_us = env_.now_us();
  erased = {.entries = {}, .still_in = std::move(scope.still_in), .amended_by = std::move(scope.amended_by), .purged = false};
  for (size_t i = 0; i < scope.entries.size(); ++i) {
    const Entry& entry = scope.entries[i];
    batch.erasures[i].left.body = left_of(entry);
    batch.entries.push_back(tombstone(wish, entry, now_us));
    batch.state.push_back({unpurged_state(entry.position), "", {}});
    forget_states(entry, batch);
    erased.entries.push_back({entry.position, entry.kind, 0});
  }
  return batch;
}

Result<Erased> Eraser::erase(const ErasureWish& wish) {
  TRY_OK(check_text(wish.authority, "authority"));
  TRY_OK(check_text(wish.reason, "reason"));
  Erased erased;
  store::Batch batch;
  Result<store::Receipt> receipt = fail(Code::conflict, "");
  for (int attempt = 0; attempt < kAttempts && !receipt && receipt.error().code == Code::conflict; ++attempt) {
    const auto snapshot = TRY(store_.snapshot());
    Result<store::Batch> planned = plan(*snapshot, wish, erased);
    if (!planned && planned.error().code == Code::conflict) static_cast<void>(finish_purges());
    batch = TRY(std::move(planned));
    receipt = store_.commit_and_wait(batch);
  }
  if (!receipt) return std::unexpected(receipt.error());
  for (size_t i = 0; i < erased.entries.size(); ++i) erased.entries[i].tombstone = receipt->entries[i].position;

  std::vector<std::string> states;
  store::Batch settled;
  for (const store::StateWrite& write : batch.state) states.push_back(write.key);
  for (const Erased::One& one : erased.entries) settled.state.push_back({unpurged_state(one.entry), std::nullopt, {}});
  Status purged = store_.purge(batch.erasures, states);
  if (purged) {
    const auto told = store_.commit_and_wait(std::move(settled));
    if (!told) purged = std::unexpected(told.error());
  }
  erased.purged = purged.has_value();
  if (!purged) log::warn("entry {} is erased, but bytes of it may still be in the store's files: {}", wish.entry, purged.error().text());
  return erased;
}

Status Eraser::finish_purges() {
  std::vector<std::pair<std::string, store::StateValue>> left;
  {
    const auto snapshot = TRY(store_.snapshot());
    left = TRY(snapshot->state_scan(kUnpurged, "", kUnpurgedMax));
  }
  if (left.empty()) return {};
  TRY_OK(store_.purge({}, {}));
  store::Batch settled;
  for (auto& [key, value] : left) settled.state.push_back({std::move(key), std::nullopt, value.version});
  TRY(store_.commit_and_wait(std::move(settled)));
  return {};
}

Result<Eraser::Page> Eraser::list(Position before, size_t limit) {
  const auto snapshot = TRY(store_.snapshot());
  const std::vector<store::TermHit> hits =
      TRY(snapshot->scan({.key = std::string(kTombstones), .newest_first = true, .after = before, .limit = limit}));
  std::vector<Position> positions;
  for (const store::TermHit& hit : hits) positions.push_back(hit.position);
  Page page;
  for (Entry& entry : TRY(snapshot->entries(positions))) {
    entry.body.pop_back();  // the brace: what follows goes into the same object
    const bool purged = !TRY(snapshot->state(unpurged_state(
                                 static_cast<Position>(integer_of(TRY(parse_json(entry.body + "}")).as_object(), "entry").value_or(0)))))
                             .has_value();
    page.items.push_back(fmt::format("{},\"tombstone\":{},\"purged\":{}}}", entry.body, entry.position, purged));
  }
  if (hits.size() == limit) page.next = positions.back();
  return page;
}

}  // namespace fairway::ledger
