// Files that fail on demand: RocksDB's file system with faults injected into what is written.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace fairway::store::contract {

enum class Fault {
  none,
  disk_full,       // half of what is written arrives, then there is no space; none is said to be free
  file_too_large,  // the same, as for a limit on the size of a file
  sync_fails,      // everything arrives, but the device cannot say so: what was refused stands in the file
};

inline std::string_view name(Fault fault) {
  constexpr std::string_view kNames[] = {"None", "DiskFull", "FileTooLarge", "SyncFails"};
  return kNames[static_cast<size_t>(fault)];
}

class FaultyFiles final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  static const char* kClassName() { return "FaultyFiles"; }
  [[nodiscard]] const char* Name() const override { return kClassName(); }

  std::atomic<Fault> fault{Fault::none};

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file, rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> real;
    rocksdb::IOStatus status = target()->NewWritableFile(name, options, &real, debug);
    // Its own log is no matter of the store's.
    if (status.ok() && name.find("/LOG") == std::string::npos) real = std::make_unique<File>(std::move(real), fault);
    *file = std::move(real);
    return status;
  }
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options, uint64_t* free_bytes,
                                 rocksdb::IODebugContext* debug) override {
    rocksdb::IOStatus status = target()->GetFreeSpace(path, options, free_bytes, debug);
    if (fault == Fault::disk_full) *free_bytes = 0;
    return status;
  }

 private:
  class File final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile>&& real, std::atomic<Fault>& fault)
        : FSWritableFileOwnerWrapper(std::move(real)), fault_(fault) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      return write(data, [&](const rocksdb::Slice& part) { return target()->Append(part, options, debug); });
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options, const rocksdb::DataVerificationInfo& /*sum*/,
                             rocksdb::IODebugContext* debug) override {
      return write(data, [&](const rocksdb::Slice& part) { return target()->Append(part, options, debug); });
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override {
      rocksdb::IOStatus status = target()->Sync(options, debug);
      return fault_ == Fault::sync_fails ? rocksdb::IOStatus::IOError("injected: sync") : status;
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override { return Sync(options, debug); }

   private:
    template <typename Write>
    rocksdb::IOStatus write(const rocksdb::Slice& data, const Write& real) {
      const Fault fault = fault_;
      if (fault == Fault::none || fault == Fault::sync_fails) return real(data);
      real({data.data(), data.size() / 2}).PermitUncheckedError();
      return fault == Fault::disk_full ? rocksdb::IOStatus::NoSpace("injected") : rocksdb::IOStatus::IOError("injected: file too large");
    }

    std::atomic<Fault>& fault_;
  };
};

}  // namespace fairway::store::contract
