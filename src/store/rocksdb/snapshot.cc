#include "store/rocksdb/snapshot.h"

#include <algorithm>

#include "base/bytes.h"
#include "store/rocksdb/layout.h"

namespace fairway::store {
namespace {

constexpr size_t kReserveMax = 1024;  // a limit is what the caller would take at most, not what there is
constexpr size_t kReadOneByOneMax = 8;
constexpr size_t kTurnedRoundMax = 64;  // entries of one key that are read upwards where they are wanted downwards
constexpr size_t kSweepReadaheadBytes = 2u << 20;

Result<Entry> read_entry(Position position, const rocksdb::Status& status, const rocksdb::PinnableSlice& value) {
  if (status.IsNotFound()) return fail(Code::not_found, "there is no entry at the position", std::to_string(position));
  TRY_OK(to_status("read an entry", status));
  return read_log_value(position, view(value));
}

}  // namespace

RocksdbSnapshot::RocksdbSnapshot(Slot::Loan loan) : loan_(std::move(loan)), view_(loan_->view()) { options_.snapshot = view_->snapshot(); }

RocksdbSnapshot::~RocksdbSnapshot() {
  if (terms_) view_->give_back(std::move(terms_));
}

Position RocksdbSnapshot::last() { return view_->last(); }

Result<std::vector<Entry>> RocksdbSnapshot::entries(std::span<const Position> positions) {
  if (positions.size() <= kReadOneByOneMax) return entries_one_by_one(positions);
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
  for (size_t i = 0; i < positions.size(); ++i) entries.push_back(TRY(read_entry(positions[i], statuses[i], values[i])));
  return entries;
}

// What many reads at once set up costs more than a few reads.
Result<std::vector<Entry>> RocksdbSnapshot::entries_one_by_one(std::span<const Position> positions) {
  std::vector<Entry> entries;
  entries.reserve(positions.size());
  rocksdb::PinnableSlice value;
  for (const Position position : positions) {
    value.Reset();
    const rocksdb::Status status = loan_->db().Get(options_, loan_->family(Family::log), log_key(position), &value);
    entries.push_back(TRY(read_entry(position, status, value)));
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
  if (!scan.newest_first) {
    if (scan.after == UINT64_MAX) return std::vector<TermHit>();
    return scan_upwards(scan.key, scan.after + 1, UINT64_MAX, scan.limit);
  }
  // Downwards costs more: filters do not help there. Most keys carry few entries, which upwards finds as well.
  const Position end = scan.after == 0 ? UINT64_MAX : scan.after - 1;
  std::vector<TermHit> hits = TRY(scan_upwards(scan.key, 0, end, kTurnedRoundMax + 1));
  if (hits.size() > kTurnedRoundMax) return scan_downwards(scan.key, end, scan.limit);
  std::ranges::reverse(hits);
  if (hits.size() > scan.limit) hits.resize(scan.limit);
  return hits;
}

// Of positions first … last, in order.
Result<std::vector<TermHit>> RocksdbSnapshot::scan_upwards(std::string_view key, Position first, Position last, size_t limit) {
  if (!terms_) terms_ = view_->borrow_terms();
  std::string from;
  append_term_prefix(from, key);
  append_u64(from, first);
  std::vector<TermHit> hits;
  for (terms_->Seek(from); hits.size() < limit && terms_->Valid(); terms_->Next()) {
    const Position position = term_position(view(terms_->key()));
    if (position > last) break;
    hits.push_back({.position = position, .value = terms_->value().ToString()});
  }
  TRY_OK(to_status("read terms", terms_->status()));
  return hits;
}

Result<std::vector<TermHit>> RocksdbSnapshot::scan_downwards(std::string_view key, Position last, size_t limit) {
  std::string lower;
  append_term_prefix(lower, key);
  std::string from = lower;
  append_u64(from, last);
  const rocksdb::Slice lower_bound = lower;
  std::vector<TermHit> hits;
  const std::unique_ptr<rocksdb::Iterator> iterator = iterate(Family::term, &lower_bound, nullptr);
  for (iterator->SeekForPrev(from); hits.size() < limit && iterator->Valid(); iterator->Prev())
    hits.push_back({.position = term_position(view(iterator->key())), .value = iterator->value().ToString()});
  TRY_OK(to_status("read terms", iterator->status()));
  return hits;
}

Result<std::optional<Position>> RocksdbSnapshot::find(std::string_view identity) {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = loan_->db().Get(options_, loan_->family(Family::identity), slice(identity), &value);
  if (status.IsNotFound()) return std::nullopt;
  TRY_OK(to_status("look up an identity", status));
  return TRY(read_identity_value(view(value))).position;
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
  options.total_order_seek = true;
  options.readahead_size = kSweepReadaheadBytes;
  std::unique_ptr<rocksdb::Iterator> iterator(loan_->db().NewIterator(options, loan_->family(family)));
  iterator->SeekToFirst();
  return iterator;
}

std::unique_ptr<rocksdb::Iterator> RocksdbSnapshot::iterate(Family family, const rocksdb::Slice* lower, const rocksdb::Slice* upper) {
  rocksdb::ReadOptions options = options_;
  options.total_order_seek = true;
  options.iterate_lower_bound = lower;
  options.iterate_upper_bound = upper;
  return std::unique_ptr<rocksdb::Iterator>(loan_->db().NewIterator(options, loan_->family(family)));
}

}  // namespace fairway::store
