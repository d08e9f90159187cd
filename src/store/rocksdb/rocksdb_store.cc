#include "store/rocksdb/rocksdb_store.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <string>

#include "base/log.h"
#include "store/rocksdb/committer.h"
#include "store/rocksdb/erasing.h"
#include "store/rocksdb/move.h"
#include "store/rocksdb/slot.h"
#include "store/rocksdb/snapshot.h"

namespace fairway::store {
namespace {

constexpr size_t kCacheBytesMin = 64u << 20;
constexpr size_t kCacheBytesMax = size_t{4} << 30;

// An eighth of the memory of the machine, or of the container that this runs in; the kernel caches the files with what is left.
size_t cache_bytes_here() {
  auto memory = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  size_t allowed = 0;
  if (std::ifstream("/sys/fs/cgroup/memory.max") >> allowed) memory = std::min(memory, allowed);  // "max" is no number
  return std::clamp(memory / 8, kCacheBytesMin, kCacheBytesMax);
}

class RocksdbStore final : public Store {
 public:
  RocksdbStore(std::string dir, const RocksdbOptions& options, std::unique_ptr<Database> database, Env& env, Position last)
      : slot_(std::move(dir), options, std::move(database)), committer_(slot_, env, last) {}

  void commit(Batch batch, Completion done) override { committer_.submit(std::move(batch), std::move(done)); }

  Result<std::unique_ptr<Snapshot>> snapshot() override { return std::make_unique<RocksdbSnapshot>(TRY(slot_.borrow())); }

  bool reads_at_once() const override { return true; }

  Position wait_past(Position position, std::chrono::milliseconds patience) override { return committer_.wait_past(position, patience); }

  Status writable() override { return committer_.writable(); }

  Figures figures() override { return committer_.figures(); }

  Result<std::vector<Erasure>> traces(std::span<const Position> positions) override {
    RocksdbSnapshot snapshot(TRY(slot_.borrow()));
    return traces_in(snapshot, positions);
  }

  Status purge(std::span<const Erasure> erasures, std::span<const std::string> states) override {
    const std::lock_guard lock(purging_);
    return store::purge(slot_, committer_, erasures, states);
  }

  Status export_lines(const std::function<Status(std::string_view)>& line) override {
    RocksdbSnapshot snapshot(TRY(slot_.borrow()));
    return export_snapshot(snapshot, line);
  }

  Status import_lines(const std::function<Result<std::optional<std::string>>()>& next) override {
    return committer_.alone([&](Database& database) { return import_into(database, next); });
  }

 private:
  Slot slot_;
  Committer committer_;
  std::mutex purging_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_rocksdb(std::string_view dir, Env& env, const RocksdbOptions& options) {
  const int64_t started_ns = env.steady_ns();
  std::unique_ptr<Database> database = TRY(Database::open(std::string(dir), options, Database::Access::write, std::nullopt));
  const Position last = TRY(database->last(rocksdb::ReadOptions()));
  log::info("store: {} opened with {} entries in {} ms", dir, last, (env.steady_ns() - started_ns) / 1'000'000);
  return std::make_unique<RocksdbStore>(std::string(dir), options, std::move(database), env, last);
}

Result<std::unique_ptr<Store>> open_rocksdb(std::string_view dir, Env& env) {
  return open_rocksdb(dir, env, {.block_cache_bytes = cache_bytes_here()});
}

}  // namespace fairway::store
