#include "store/rocksdb/database.h"

#include <rocksdb/wal_filter.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "store/rocksdb/layout.h"
#include "store/rocksdb/tuning.h"

namespace fairway::store {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kImportKey = "import";

// RocksDB tells a lock that is held from other trouble by its words alone: by another process, by this one.
constexpr std::string_view kLockHeld[] = {"While lock file", "lock hold by current process"};

// Skips what was written past the acknowledged sequence number.
class AcknowledgedOnly final : public rocksdb::WalFilter {
 public:
  explicit AcknowledgedOnly(uint64_t acknowledged) : acknowledged_(acknowledged) {}
  [[nodiscard]] const char* Name() const override { return "fairway.AcknowledgedOnly"; }
  WalProcessingOption LogRecordFound(unsigned long long /*log*/, const std::string& /*file*/, const rocksdb::WriteBatch& batch,
                                     rocksdb::WriteBatch* /*changed*/, bool* /*batch_changed*/) override {
    // A record starts with the sequence number of its first write, 8 bytes, least significant first.
    const std::string& record = batch.Data();
    uint64_t sequence = 0;
    for (size_t i = 8; i-- > 0;) sequence = sequence << 8 | static_cast<unsigned char>(record[i]);
    return sequence > acknowledged_ ? WalProcessingOption::kIgnoreCurrentRecord : WalProcessingOption::kContinueProcessing;
  }

 private:
  uint64_t acknowledged_;
};

Status make_folder(const std::string& dir) {
  std::error_code error;
  if (!std::filesystem::create_directories(dir, error)) {
    if (!error) return {};  // it was there
    return fail(Code::unavailable, "the store's folder cannot be made", dir + ": " + error.message());
  }
  std::filesystem::permissions(dir, std::filesystem::perms::owner_all, error);  // what is in it is everybody's business secrets
  return {};
}

std::unexpected<Error> open_error(const std::string& dir, const rocksdb::Status& status) {
  const std::string text = status.ToString();
  if (std::ranges::any_of(kLockHeld, [&](std::string_view words) { return text.find(words) != std::string::npos; }))
    return fail(Code::unavailable, "the store's folder is open in another process", dir,
                "stop the other Fairway; for several servers on one store use PostgreSQL");
  if (status.IsCorruption()) return fail(Code::unavailable, "the store is damaged", dir + ": " + text);
  return rocksdb_error("open the store", status);
}

}  // namespace

std::unexpected<Error> rocksdb_error(std::string_view doing, const rocksdb::Status& status) {
  if (status.IsNoSpace())
    return fail(Code::unavailable, "cannot " + std::string(doing) + ": the disk is full", status.ToString(),
                "make room; Fairway goes on by itself");
  return fail(Code::unavailable, "cannot " + std::string(doing), status.ToString());
}

rocksdb::WriteOptions durable_write() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

Status to_status(std::string_view doing, const rocksdb::Status& status) {
  if (status.ok()) return {};
  return rocksdb_error(doing, status);
}

Result<std::unique_ptr<Database>> Database::open(const std::string& dir, const RocksdbOptions& options, Access access,
                                                 std::optional<uint64_t> acknowledged) {
  if (access == Access::write) TRY_OK(make_folder(dir));
  std::unique_ptr<Database> database(new Database(dir, access));
  TRY_OK(database->open_families(options, acknowledged));
  TRY_OK(database->make_ready());
  return database;
}

Database::~Database() {
  if (db_ == nullptr) return;
  views_.forget();
  for (rocksdb::ColumnFamilyHandle* handle : handles_)
    if (handle != nullptr) db_->DestroyColumnFamilyHandle(handle);
  db_->Close().PermitUncheckedError();  // everything acknowledged is in the write-ahead log
}

Status Database::open_families(const RocksdbOptions& options, std::optional<uint64_t> acknowledged) {
  rocksdb::DBOptions db_options = database_options(options);
  if (acknowledged.has_value()) {
    filter_ = std::make_unique<AcknowledgedOnly>(*acknowledged);
    db_options.wal_filter = filter_.get();
  }

  const std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = family_descriptors(options);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = access_ == Access::write ? rocksdb::DB::Open(db_options, dir_, descriptors, &handles, &db)
                                                          : rocksdb::DB::OpenForReadOnly(db_options, dir_, descriptors, &handles, &db);
  if (!status.ok()) {
    if (status.IsInvalidArgument()) TRY_OK(check_other_families());
    return open_error(dir_, status);
  }
  db_.reset(db);
  std::ranges::copy(handles, handles_.begin());
  return {};
}

Status Database::check_other_families() {
  rocksdb::DB* db = nullptr;
  if (!rocksdb::DB::OpenForReadOnly(rocksdb::Options(), dir_, &db).ok()) return {};
  db_.reset(db);
  const Result<bool> format = has_format();
  db_.reset();
  if (!format.has_value()) return std::unexpected(format.error());
  return {};
}

Result<bool> Database::has_format() {
  const std::optional<std::string> format = TRY(meta(kFormatKey));
  if (!format.has_value()) return false;
  int number = 0;
  const auto [end, error] = std::from_chars(format->data(), format->data() + format->size(), number);
  if (error != std::errc() || end != format->data() + format->size() || number < 1)
    return fail(Code::unavailable, "the store is damaged", "its format reads " + *format);
  if (number > kRocksdbFormat)
    return fail(Code::conflict, "the store has format " + *format + ", this Fairway reads format " + std::to_string(kRocksdbFormat), {},
                "start it with the version of Fairway that wrote it, or a newer one");
  return true;
}

Status Database::make_ready() {
  if (!TRY(has_format())) {
    if (read_only()) return fail(Code::unavailable, "the folder holds no store", dir_);
    TRY_OK(to_status("write the store's format", db_->Put(durable_write(), slice(kFormatKey), std::to_string(kRocksdbFormat))));
  }
  if (!read_only() && TRY(meta(kImportKey)).has_value()) return undo_import();
  return {};
}

Result<std::optional<std::string>> Database::meta(std::string_view key) {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  TRY_OK(to_status("read the store's format", status));
  return value;
}

Result<Position> Database::last(const rocksdb::ReadOptions& options) {
  const std::unique_ptr<rocksdb::Iterator> iterator(db_->NewIterator(options, family(Family::log)));
  iterator->SeekToLast();
  if (!iterator->Valid()) {
    TRY_OK(to_status("read the log", iterator->status()));
    return Position{0};
  }
  return read_u64(iterator->key().data());
}

Status Database::compact(Family each, std::span<const std::string> keys) {
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  if (keys.empty()) return to_status("compact the store", db_->CompactRange(options, family(each), nullptr, nullptr));
  for (const std::string& key : keys) {
    const rocksdb::Slice only = slice(key);
    TRY_OK(to_status("compact the store", db_->CompactRange(options, family(each), &only, &only)));
  }
  return {};
}

std::optional<uint64_t> Database::oldest_view() {
  views_.forget();
  uint64_t sequence = 0;
  if (!db_->GetIntProperty(rocksdb::DB::Properties::kOldestSnapshotSequence, &sequence) || sequence == 0) return std::nullopt;
  return sequence;
}

Status Database::begin_import() { return to_status("begin an import", db_->Put(durable_write(), slice(kImportKey), "begun")); }

Status Database::flush() {
  return to_status("write to the store", db_->Flush(rocksdb::FlushOptions(), std::vector(handles_.begin(), handles_.end())));
}

Status Database::finish_import() {
  TRY_OK(flush());
  return to_status("finish an import", db_->Delete(durable_write(), slice(kImportKey)));
}

Status Database::undo_import() {
  const std::string past_every_key(2 * limits::kTermKeyBytesMax + 64, '\xFF');
  for (const Family each : {Family::log, Family::term, Family::state, Family::identity}) {
    TRY_OK(to_status("undo an import", db_->DeleteRange(rocksdb::WriteOptions(), family(each), rocksdb::Slice(), past_every_key)));
    TRY_OK(to_status("undo an import", db_->CompactRange(rocksdb::CompactRangeOptions(), family(each), nullptr, nullptr)));
  }
  return finish_import();
}

}  // namespace fairway::store
