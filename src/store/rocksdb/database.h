// Database: a RocksDB folder opened with Fairway's column families, options and format; and what its errors mean.
//
// One Database owns the folder while it lives. Reads and writes through `db()` follow RocksDB's own rules: any thread.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/wal_filter.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/status.h"
#include "store/rocksdb/rocksdb_store.h"
#include "store/rocksdb/shared_view.h"

namespace fairway::store {

// Column families; `meta` is RocksDB's own default family.
enum class Family : uint8_t { meta, log, term, state, identity };
inline constexpr size_t kFamilies = 5;

// What a failure of RocksDB means to a caller: Code::unavailable, with the cause in the detail.
[[nodiscard]] std::unexpected<Error> rocksdb_error(std::string_view doing, const rocksdb::Status& status);
[[nodiscard]] Status to_status(std::string_view doing, const rocksdb::Status& status);

// A write that is on disk when it returns.
[[nodiscard]] rocksdb::WriteOptions durable_write();

inline rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

class Database {
 public:
  enum class Access { write, read };

  // Opens `dir` (making it, for writing, where it does not exist) and checks its format. An import that a crash cut off is
  // undone. Where `acknowledged` is given, what the write-ahead log holds past that sequence number was refused to its sender
  // and is not brought back.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& dir, const RocksdbOptions& options, Access access,
                                                              std::optional<uint64_t> acknowledged);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] rocksdb::DB& db() { return *db_; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) { return handles_.at(static_cast<size_t>(family)); }
  [[nodiscard]] bool read_only() const { return access_ == Access::read; }

  // Position of the log's last entry, as `options` sees it; 0 when it is empty.
  [[nodiscard]] Result<Position> last(const rocksdb::ReadOptions& options);

  // The store after every write so far; to be let go before the Database is.
  [[nodiscard]] std::shared_ptr<SharedView> view() { return views_.current(*this); }
  // For the writer, after a write.
  void forget_view() { views_.forget(); }

  // Rewrites the files that hold these keys of a family, without what was deleted or written over: after flush_all(). Without keys, all
  // files of the family.
  [[nodiscard]] Status compact(Family family, std::span<const std::string> keys);
  // Everything that is in memory and in the write-ahead log goes into files; the log's are deleted.
  [[nodiscard]] Status flush_all() { return flush(); }
  // The sequence number of the oldest view that somebody still reads; nullopt: nobody does.
  [[nodiscard]] std::optional<uint64_t> oldest_view();

  // An import writes without the write-ahead log between these two: begin marks the store, so that it never passes for whole
  // before finish has put everything on disk. undo empties the store again.
  [[nodiscard]] Status begin_import();
  [[nodiscard]] Status finish_import();
  [[nodiscard]] Status undo_import();

 private:
  Database(std::string dir, Access access) : dir_(std::move(dir)), access_(access) {}
  [[nodiscard]] Status open_families(const RocksdbOptions& options, std::optional<uint64_t> acknowledged);
  // What a folder with other column families says of its format: the error of a newer one, else ok.
  [[nodiscard]] Status check_other_families();
  // Whether the store has been given its format; Code::conflict where it is a newer one.
  [[nodiscard]] Result<bool> has_format();
  // Gives a new store its format and undoes an import that did not finish.
  [[nodiscard]] Status make_ready();
  [[nodiscard]] Result<std::optional<std::string>> meta(std::string_view key);
  [[nodiscard]] Status flush();

  std::string dir_;
  Access access_;
  std::unique_ptr<rocksdb::WalFilter> filter_;  // RocksDB keeps a pointer to it
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies> handles_{};
  SharedViews views_;
};

}  // namespace fairway::store
