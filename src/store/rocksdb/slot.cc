#include "store/rocksdb/slot.h"

#include <rocksdb/env.h>

#include <chrono>

namespace fairway::store {
namespace {

constexpr std::chrono::milliseconds kReadersPatience{250};  // how long a change waits for loans to end before readers may go on
constexpr std::chrono::seconds kReopenSecondsMax{30};       // how long a reader waits for a change
constexpr uint64_t kProbeBytes = 64u << 10;
constexpr uint64_t kSpareBytes = 32u << 20;  // over the write-ahead log: a new manifest, blocks written while it is flushed

}  // namespace

Result<Slot::Loan> Slot::borrow() {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, kReopenSecondsMax, [&] { return !reopening_; }))
    return fail(Code::unavailable, "the store is being opened again after an error", dir_);
  if (database_ == nullptr) return fail(Code::unavailable, "the store cannot be opened again after an error", dir_);
  ++loans_;
  return Loan(*this);
}

void Slot::give_back() {
  const std::lock_guard lock(mutex_);
  if (--loans_ == 0) changed_.notify_all();
}

Status Slot::probe() {
  rocksdb::Env* files = options_.files != nullptr ? options_.files : rocksdb::Env::Default();
  // Opening flushes what the write-ahead log holds: without room for it the folder would be worse off than before.
  uint64_t wal_bytes = 0;
  std::vector<rocksdb::Env::FileAttributes> children;
  TRY_OK(to_status("list the store's folder", files->GetChildrenFileAttributes(dir_, &children)));
  for (const rocksdb::Env::FileAttributes& child : children)
    if (child.name.ends_with(".log")) wal_bytes += child.size_bytes;
  uint64_t free_bytes = 0;
  if (files->GetFreeSpace(dir_, &free_bytes).ok() && free_bytes < wal_bytes + kSpareBytes)
    return fail(Code::unavailable, "cannot write to the store: the disk is full",
                std::to_string(free_bytes) + " bytes are free, " + std::to_string(wal_bytes + kSpareBytes) + " are needed",
                "make room; Fairway goes on by itself");
  const std::string file = dir_ + "/PROBE";
  const rocksdb::Status written = rocksdb::WriteStringToFile(files, std::string(kProbeBytes, 'p'), file, /*should_sync=*/true);
  files->DeleteFile(file).PermitUncheckedError();
  return to_status("write to the store", written);
}

Status Slot::reopen(uint64_t acknowledged) {
  {
    std::unique_lock lock(mutex_);
    reopening_ = true;
    if (!changed_.wait_for(lock, kReadersPatience, [&] { return loans_ == 0; })) {
      reopening_ = false;
      changed_.notify_all();
      return fail(Code::unavailable, "a long read keeps the store from being opened again", dir_);
    }
  }
  database_.reset();
  Result<std::unique_ptr<Database>> opened = Database::open(dir_, options_, Database::Access::write, acknowledged);
  Status status;
  if (!opened.has_value()) {
    status = std::unexpected(std::move(opened).error());
    opened = Database::open(dir_, options_, Database::Access::read, acknowledged);
  }
  const std::lock_guard lock(mutex_);
  if (opened.has_value()) database_ = std::move(*opened);
  reopening_ = false;
  changed_.notify_all();
  return status;
}

}  // namespace fairway::store
