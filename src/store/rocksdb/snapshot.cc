#include "store/rocksdb/snapshot.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/log.h"
#include "store/rocksdb/layout.h"

namespace fairway::store {
namespace {

constexpr size_t kReserveMax = 1024;  // a limit is what the caller would take at most, not what there is
constexpr size_t kSweepReadaheadBytes = 2u << 20;

}  // namespace

RocksdbSnapshot::RocksdbSnapshot(Slot::Loan loan) : loan_(std::move(loan)) { options_.snapshot = loan_->db().GetSnapshot(); }

RocksdbSnapshot::~RocksdbSnapshot() { loan_->db().ReleaseSnapshot(options_.snapshot); }

Position RocksdbSnapshot::last() {
  if (!last_.has_value()) {
    const Result<Position> found = loan_->last(options_);
    if (!found.has_value()) log::error("store: {}", found.error().text());
    last_ = found.value_or(0);
  }
  return *last_;
}

Result<std::vector<Entry>> RocksdbSnapshot::entries(std::span<const Position> positions) {
  std::string keys;
  keys.reserve(positions.size() * sizeof(Position));
  for (const Position position : positions) append_u64(keys, position);
  std::vector<rocksdb::Slice> slices(positions.size());
  for (size_t i = 0; i < slices.size(); ++i) slices[i] = {keys.data() + i * sizeof(Position), sizeof(Position)};
  std::vector<rocksdb::PinnableSlice> values(positions.size());
  std::vector<rocksdb::Status> statuses(positions.size());
  loan_->db().MultiGet(options_, loan_->family(Family::log), slices.size(), slices.data(), values.data(), statuses.data(),
                       std::ranges::is_sorted(positions));
  std::vector<Entry> entries;
  entries.reserve(positions.size());
  for (size_t i = 0; i < positions.size(); ++i) {
    if (statuses[i].IsNotFound()) return fail(Code::not_found, "there is no entry at the position", std::to_string(positions[i]));
    TRY_OK(to_status("read an entry", statuses[i]));
    entries.push_back(TRY(read_log_value(positions[i], view(values[i]))));
  }
  return entries;
}

Result<std::vector<Entry>> RocksdbSnapshot::range(Position first, size_t limit) {
  std::vector<Entry> entries;
  entries.reserve(std::min(limit, kReserveMax));
  const std::unique_ptr<rocksdb::Iterator> iterator = iterate(Family::log, nullptr, nullptr);
  for (iterator->Seek(log_key(first)); entries.size() < limit && iterator->Valid(); iterator->Next())
    entries.push_back(TRY(read_log_value(read_u64(iterator->key().data()), view(iterator->value()))));
  TRY_OK(to_status("read the log", iterator->status()));
  return entries;
}

Result<std::vector<TermHit>> RocksdbSnapshot::scan(const TermScan& scan) {
  std::string prefix;
  append_term_prefix(prefix, scan.key);
  // The cursor is one of the bounds, so that no position is met only to be passed over.
  std::string lower = prefix, upper = prefix;
  if (scan.newest_first && scan.after != 0) {
    append_u64(upper, scan.after);
  } else {
    upper = after_prefix(prefix);
  }
  if (!scan.newest_first) append_u64(lower, scan.after + 1);
  const rocksdb::Slice lower_bound = lower, upper_bound = upper;
  std::vector<TermHit> hits;
  if (scan.after == UINT64_MAX && !scan.newest_first) return hits;
  const std::unique_ptr<rocksdb::Iterator> iterator = iterate(Family::term, &lower_bound, &upper_bound);
  scan.newest_first ? iterator->SeekToLast() : iterator->SeekToFirst();
  while (hits.size() < scan.limit && iterator->Valid()) {
    hits.push_back({.position = term_position(view(iterator->key())), .value = iterator->value().ToString()});
    scan.newest_first ? iterator->Prev() : iterator->Next();
  }
  TRY_OK(to_status("read terms", iterator->status()));
  return hits;
}

Result<std::optional<StateValue>> RocksdbSnapshot::state(std::string_view key) {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = loan_->db().Get(options_, loan_->family(Family::state), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  TRY_OK(to_status("read a state", status));
  return TRY(read_state_value(view(value)));
}

Result<std::vector<std::pair<std::string, StateValue>>> RocksdbSnapshot::state_scan(std::string_view prefix, std::string_view after,
                                                                                    size_t limit) {
  // The least key after `after` is `after` with a zero byte behind it.
  const std::string first = after < prefix ? std::string(prefix) : after.empty() ? std::string() : std::string(after) + '\0';
  const std::string end = after_prefix(prefix);
  const rocksdb::Slice lower_bound = first, upper_bound = end;
  std::vector<std::pair<std::string, StateValue>> found;
  const std::unique_ptr<rocksdb::Iterator> iterator = iterate(Family::state, &lower_bound, end.empty() ? nullptr : &upper_bound);
  if (!end.empty() && first >= end) return found;
  for (iterator->SeekToFirst(); found.size() < limit && iterator->Valid(); iterator->Next())
    found.emplace_back(iterator->key().ToString(), TRY(read_state_value(view(iterator->value()))));
  TRY_OK(to_status("read states", iterator->status()));
  return found;
}

std::unique_ptr<rocksdb::Iterator> RocksdbSnapshot::sweep(Family family) {
  rocksdb::ReadOptions options = options_;
  options.fill_cache = false;
  options.readahead_size = kSweepReadaheadBytes;
  std::unique_ptr<rocksdb::Iterator> iterator(loan_->db().NewIterator(options, loan_->family(family)));
  iterator->SeekToFirst();
  return iterator;
}

std::unique_ptr<rocksdb::Iterator> RocksdbSnapshot::iterate(Family family, const rocksdb::Slice* lower, const rocksdb::Slice* upper) {
  rocksdb::ReadOptions options = options_;
  options.iterate_lower_bound = lower;
  options.iterate_upper_bound = upper;
  return std::unique_ptr<rocksdb::Iterator>(loan_->db().NewIterator(options, loan_->family(family)));
}

}  // namespace fairway::store
