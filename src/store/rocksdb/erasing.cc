#include "store/rocksdb/erasing.h"

#include <chrono>
#include <thread>
#include <unordered_map>

#include "base/bytes.h"
#include "store/rocksdb/layout.h"

namespace fairway::store {
namespace {

constexpr std::chrono::milliseconds kPause{100};
constexpr int kAttempts = 300;  // half a minute, at a moment without a read from before the erasure

template <typename Take>
Status for_each(RocksdbSnapshot& snapshot, Family family, const Take& take) {
  const std::unique_ptr<rocksdb::Iterator> iterator = snapshot.sweep(family);
  for (; iterator->Valid(); iterator->Next()) TRY_OK(take(view(iterator->key()), view(iterator->value())));
  return to_status("read the store", iterator->status());
}

// What a view from before the erasure sees is kept by any compaction.
Status wait_for_old_views(Slot& slot) {
  const uint64_t erased = TRY(slot.borrow())->db().GetLatestSequenceNumber();
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const std::optional<uint64_t> oldest = TRY(slot.borrow())->oldest_view();
    if (!oldest.has_value() || *oldest >= erased) return {};
    std::this_thread::sleep_for(kPause);
  }
  return fail(Code::unavailable, "a long read keeps what was erased on disk", {}, "purge again when it has ended");
}

Status compact(Database& database, std::span<const Erasure> erasures, std::span<const std::string> states) {
  std::vector<std::string> log, terms, identities;
  for (const Erasure& erasure : erasures) {
    log.push_back(log_key(erasure.left.position));
    for (const std::string& term : erasure.terms) {
      append_term_prefix(terms.emplace_back(), term);
      append_u64(terms.back(), erasure.left.position);
    }
    identities.insert(identities.end(), erasure.identities.begin(), erasure.identities.end());
  }
  const bool everything = erasures.empty() && states.empty();
  const std::pair<Family, std::span<const std::string>> work[] = {
      {Family::log, log}, {Family::term, terms}, {Family::identity, identities}, {Family::state, states}};
  for (const auto& [family, keys] : work)
    if (everything || !keys.empty()) TRY_OK(database.compact(family, keys));
  return {};
}

}  // namespace

Result<std::vector<Erasure>> traces_in(RocksdbSnapshot& snapshot, std::span<const Position> positions) {
  std::vector<Erasure> found;
  std::unordered_map<Position, size_t> places;
  const std::vector<Entry> entries = TRY(snapshot.entries(positions));
  for (const Entry& entry : entries) {
    places.emplace(entry.position, found.size());
    found.push_back(
        {.left = {.position = entry.position, .kind = EntryKind::erased, .party = {}, .received_us = entry.received_us, .body = {}},
         .terms = {},
         .identities = {}});
  }
  TRY_OK(for_each(snapshot, Family::term, [&](std::string_view key, std::string_view /*value*/) -> Status {
    if (const auto place = places.find(term_position(key)); place != places.end()) found[place->second].terms.push_back(TRY(term_key(key)));
    return {};
  }));
  TRY_OK(for_each(snapshot, Family::identity, [&](std::string_view key, std::string_view value) -> Status {
    const auto place = places.find(TRY(read_identity_value(value)).position);
    if (place != places.end()) found[place->second].identities.emplace_back(key);
    return {};
  }));
  return found;
}

Status purge(Slot& slot, Committer& committer, std::span<const Erasure> erasures, std::span<const std::string> states) {
  TRY_OK(wait_for_old_views(slot));
  {
    const Slot::Loan database = TRY(slot.borrow());
    TRY_OK(database->flush_all());
    TRY_OK(compact(*database, erasures, states));
  }
  // The manifest names the first and the last key of every file that there was, and readers may still hold such a file.
  Status reopened = committer.reopen();
  for (int attempt = 0; attempt < kAttempts && !reopened.has_value(); ++attempt) {
    std::this_thread::sleep_for(kPause);
    reopened = committer.reopen();
  }
  return reopened;
}

}  // namespace fairway::store
