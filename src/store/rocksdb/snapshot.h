// RocksdbSnapshot: the store at one moment, read through RocksDB's own snapshot. One thread at a time.
#pragma once

#include <memory>

#include "store/rocksdb/slot.h"
#include "store/store.h"

namespace fairway::store {

class RocksdbSnapshot final : public Snapshot {
 public:
  explicit RocksdbSnapshot(Slot::Loan loan);
  ~RocksdbSnapshot() override;

  Position last() override;
  Result<std::vector<Entry>> entries(std::span<const Position> positions) override;
  Result<std::vector<Entry>> range(Position first, size_t limit) override;
  Result<std::vector<TermHit>> scan(const TermScan& scan) override;
  Result<std::optional<Position>> find(std::string_view identity) override;
  Result<std::optional<StateValue>> state(std::string_view key) override;
  Result<std::vector<std::pair<std::string, StateValue>>> state_scan(std::string_view prefix, std::string_view after,
                                                                     size_t limit) override;

  // An iterator over a whole family that leaves the block cache to others, for an export.
  [[nodiscard]] std::unique_ptr<rocksdb::Iterator> sweep(Family family);

 private:
  Result<std::vector<Entry>> entries_one_by_one(std::span<const Position> positions);
  Result<std::vector<TermHit>> scan_upwards(std::string_view key, Position first, Position last, size_t limit);
  Result<std::vector<TermHit>> scan_downwards(std::string_view key, Position last, size_t limit);
  [[nodiscard]] std::unique_ptr<rocksdb::Iterator> iterate(Family family, const rocksdb::Slice* lower, const rocksdb::Slice* upper);

  Slot::Loan loan_;
  const std::shared_ptr<SharedView> view_;
  rocksdb::ReadOptions options_;
  std::unique_ptr<rocksdb::Iterator> terms_;  // on loan, once it is needed
};

}  // namespace fairway::store
