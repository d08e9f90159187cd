#include "store/postgres/snapshot.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "base/limits.h"
#include "store/postgres/statements.h"

namespace fairway::store::postgres {
namespace {

int64_t as_int8(uint64_t number) { return static_cast<int64_t>(std::min<uint64_t>(number, std::numeric_limits<int64_t>::max())); }

Entry entry_at(const Rows& rows, int row) {
  return {.position = static_cast<Position>(rows.int8(row, 0)),
          .kind = static_cast<EntryKind>(rows.int2(row, 1)),
          .party = std::string(rows.bytes(row, 2)),
          .received_us = rows.int8(row, 3),
          .body = std::string(rows.bytes(row, 4))};
}

// The least key that starts with `prefix` and comes after `after`; and the least that no longer starts with it.
std::string first_key(std::string_view prefix, std::string_view after) {
  if (after < prefix) return std::string(prefix);
  return std::string(after).append(1, '\0');
}
std::string end_key(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (end.empty()) return std::string(limits::kStateKeyBytesMax + 1, '\xff');
  ++end.back();
  return end;
}

class TransactionSnapshot final : public Snapshot {
 public:
  TransactionSnapshot(Pool::Loan connection, Position last) : connection_(std::move(connection)), last_(last) {}
  ~TransactionSnapshot() override {
    // On failure the connection is lost, and the transaction with it.
    static_cast<void>(connection_->run(kCommit));
  }

  Position last() override { return last_; }

  Result<std::vector<Entry>> entries(std::span<const Position> positions) override {
    if (positions.empty()) return std::vector<Entry>();
    Array wanted(Oid::int8);
    for (const Position position : positions) wanted.add_int8(as_int8(position));
    const Rows rows = TRY(connection_->run(kEntriesAt, Params().array(std::move(wanted))));
    std::unordered_map<Position, int> row_of;
    for (int row = 0; row < rows.count(); ++row) row_of.emplace(static_cast<Position>(rows.int8(row, 0)), row);
    std::vector<Entry> found;
    found.reserve(positions.size());
    for (const Position position : positions) {
      const auto row = row_of.find(position);
      if (row == row_of.end()) return fail(Code::not_found, "there is no entry at this position", std::to_string(position));
      found.push_back(entry_at(rows, row->second));
    }
    return found;
  }

  Result<std::vector<Entry>> range(Position first, size_t limit) override {
    const Rows rows = TRY(connection_->run(kEntriesFrom, Params().int8(as_int8(first)).int8(as_int8(limit))));
    std::vector<Entry> found;
    found.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row) found.push_back(entry_at(rows, row));
    return found;
  }

  Result<std::vector<TermHit>> scan(const TermScan& scan) override {
    const Position from = scan.newest_first && scan.after == 0 ? std::numeric_limits<Position>::max() : scan.after;
    const Rows rows = TRY(
        connection_->run(scan.newest_first ? kScanDown : kScanUp, Params().bytes(scan.key).int8(as_int8(from)).int8(as_int8(scan.limit))));
    std::vector<TermHit> hits;
    hits.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row)
      hits.push_back({static_cast<Position>(rows.int8(row, 0)), std::string(rows.bytes(row, 1))});
    return hits;
  }

  Result<std::optional<Position>> find(std::string_view identity) override {
    const Rows rows = TRY(connection_->run(kIdentity, Params().bytes(identity)));
    if (rows.count() == 0) return std::nullopt;
    return static_cast<Position>(rows.int8(0, 0));
  }

  Result<std::optional<StateValue>> state(std::string_view key) override {
    const Rows rows = TRY(connection_->run(kState, Params().bytes(key)));
    if (rows.count() == 0) return std::nullopt;
    return StateValue{std::string(rows.bytes(0, 1)), static_cast<uint64_t>(rows.int8(0, 0))};
  }

  Result<std::vector<std::optional<StateValue>>> states(std::span<const std::string> keys) override {
    std::vector<std::optional<StateValue>> found(keys.size());
    if (keys.empty()) return found;
    Array wanted(Oid::bytea);
    for (const std::string& key : keys) wanted.add(key);
    const Rows rows = TRY(connection_->run(kStates, Params().array(std::move(wanted))));
    for (int row = 0; row < rows.count(); ++row)
      for (size_t i = 0; i < keys.size(); ++i)
        if (keys[i] == rows.bytes(row, 0)) found[i] = StateValue{std::string(rows.bytes(row, 2)), static_cast<uint64_t>(rows.int8(row, 1))};
    return found;
  }

  Result<std::vector<std::pair<std::string, StateValue>>> state_scan(std::string_view prefix, std::string_view after,
                                                                     size_t limit) override {
    const Rows rows =
        TRY(connection_->run(kStatesBetween, Params().bytes(first_key(prefix, after)).bytes(end_key(prefix)).int8(as_int8(limit))));
    std::vector<std::pair<std::string, StateValue>> found;
    found.reserve(static_cast<size_t>(rows.count()));
    for (int row = 0; row < rows.count(); ++row)
      found.emplace_back(rows.bytes(row, 0), StateValue{std::string(rows.bytes(row, 2)), static_cast<uint64_t>(rows.int8(row, 1))});
    return found;
  }

 private:
  Pool::Loan connection_;
  Position last_;
};

Outcome<Position> begin(Connection& connection) {
  connection.queue(kBeginSnapshot);
  connection.queue(kLast);
  const std::vector<Rows> rows = TRY(connection.flush());
  return static_cast<Position>(rows.back().int8(0, 0));
}

}  // namespace

Result<std::unique_ptr<Snapshot>> take_snapshot(Pool& pool) {
  for (int attempt = 1;; ++attempt) {
    Pool::Loan connection = TRY(pool.borrow());
    const Outcome<Position> last = begin(*connection);
    if (last.has_value()) return std::make_unique<TransactionSnapshot>(std::move(connection), *last);
    // A kept connection may have been lost since it was used last, and the others with it; a new one tells whether the database is.
    if (last.error().kind == Fault::Kind::lost) pool.drop_idle();
    if (last.error().kind != Fault::Kind::lost || attempt == 2) return std::unexpected<Error>(last.error());
  }
}

}  // namespace fairway::store::postgres
