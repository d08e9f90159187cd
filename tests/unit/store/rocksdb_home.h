// A RocksDB store in a folder of its own that goes away with it.
#pragma once

#include <rocksdb/db.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "store/rocksdb/rocksdb_store.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    path_ = (std::filesystem::temp_directory_path() / "fairway-store-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class RocksdbHome final : public Home {
 public:
  Result<std::unique_ptr<Store>> open() override { return open_rocksdb(dir(), Env::system()); }
  void pretend_newer() override {
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const char* name : {"default", "log", "term", "state", "identity"}) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(rocksdb::DBOptions(), dir(), families, &handles, &db).ok());
    ASSERT_TRUE(db->Put(rocksdb::WriteOptions(), "format", "2").ok());
    for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
    delete db;
  }
  [[nodiscard]] std::string dir() const { return folder_.path() + "/store"; }

 private:
  TemporaryFolder folder_;
};

}  // namespace fairway::store::contract
