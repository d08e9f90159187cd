// The folder of a RocksDB store: its lock, its format, its keys, and an import that a crash cut off.
#include "base/limits.h"
#include "store/rocksdb/database.h"
#include "store/rocksdb/layout.h"
#include "unit/store/rocksdb_home.h"

namespace fairway::store::contract {

TEST(RocksdbFolder, IsHeldByOneStoreAtATime) {
  const RocksdbHome home;
  auto first = open_rocksdb(home.dir(), Env::system());
  ASSERT_TRUE(first.has_value());
  const auto second = open_rocksdb(home.dir(), Env::system());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::unavailable);
  EXPECT_NE(second.error().message.find("open in another process"), std::string::npos) << second.error().text();
  EXPECT_FALSE(second.error().hint.empty());
  first->reset();
  EXPECT_TRUE(open_rocksdb(home.dir(), Env::system()).has_value());
}

TEST(RocksdbFolder, ThatCannotBeMadeIsAnError) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/null", folder.path() + "/file");
  const auto store = open_rocksdb(folder.path() + "/file/store", Env::system());
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, Code::unavailable);
  EXPECT_NE(store.error().detail.find("/file/store"), std::string::npos) << store.error().text();
}

TEST(RocksdbFolder, IsMadeForItsOwnerAlone) {
  const RocksdbHome home;
  ASSERT_TRUE(open_rocksdb(home.dir(), Env::system()).has_value());
  EXPECT_EQ(std::filesystem::status(home.dir()).permissions(), std::filesystem::perms::owner_all);
}

TEST(RocksdbFolder, OfANewerVersionWithAnotherFamilyIsRefusedWithBothVersions) {
  RocksdbHome home;
  ASSERT_TRUE(open_rocksdb(home.dir(), Env::system()).has_value());
  {
    const auto database = Database::open(home.dir(), {}, Database::Access::write, std::nullopt);
    ASSERT_TRUE(database.has_value());
    rocksdb::ColumnFamilyHandle* added = nullptr;
    ASSERT_TRUE((*database)->db().CreateColumnFamily(rocksdb::ColumnFamilyOptions(), "ledger", &added).ok());
    (*database)->db().DestroyColumnFamilyHandle(added);
    ASSERT_TRUE((*database)->db().Put(durable_write(), "format", "7").ok());
  }
  const auto store = open_rocksdb(home.dir(), Env::system());
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, Code::conflict);
  EXPECT_NE(store.error().message.find("7"), std::string::npos) << store.error().text();
  EXPECT_NE(store.error().message.find("1"), std::string::npos) << store.error().text();
}

TEST(RocksdbFolder, IsEmptiedOfAnImportThatWasCutOff) {
  const RocksdbHome home;
  {
    const auto database = Database::open(home.dir(), {}, Database::Access::write, std::nullopt);
    ASSERT_TRUE(database.has_value());
    ASSERT_TRUE((*database)->begin_import().has_value());
    for (const Family family : {Family::log, Family::term, Family::state, Family::identity})
      ASSERT_TRUE((*database)->db().Put(durable_write(), (*database)->family(family), std::string(1030, '\xFF'), "half").ok());
    ASSERT_TRUE((*database)->db().Put(durable_write(), (*database)->family(Family::log), log_key(1), "half").ok());
  }
  const auto store = open_rocksdb(home.dir(), Env::system());
  ASSERT_TRUE(store.has_value()) << store.error().text();
  EXPECT_EQ(dump(**store).size(), 2u);
  EXPECT_EQ((*store)->figures().last, 0u);
}

TEST(RocksdbFolder, TakesNothingElseWhileAnImportRuns) {
  const RocksdbHome home;
  const auto store = open_rocksdb(home.dir(), Env::system());
  ASSERT_TRUE(store.has_value());
  const std::vector<std::string> lines = dump(**store);
  size_t next = 0;
  const Status loaded = (*store)->import_lines([&]() -> Result<std::optional<std::string>> {
    EXPECT_EQ((*store)->writable().error().code, Code::unavailable);
    const auto receipt = (*store)->commit_and_wait(one(entry("a")));
    EXPECT_FALSE(receipt.has_value());
    const Status second = load(**store, lines);
    EXPECT_FALSE(second.has_value());
    if (next == lines.size()) return std::nullopt;
    return lines[next++];
  });
  EXPECT_TRUE(loaded.has_value());
  EXPECT_TRUE((*store)->writable().has_value());
  EXPECT_TRUE((*store)->commit_and_wait(one(entry("a"))).has_value());
}

TEST(RocksdbFolder, DamageInAnEntryIsSaid) {
  const RocksdbHome home;
  {
    const auto store = open_rocksdb(home.dir(), Env::system());
    ASSERT_TRUE((*store)->commit_and_wait(batch_of({entry("a"), entry("b")})).has_value());
  }
  {
    const auto database = Database::open(home.dir(), {}, Database::Access::write, std::nullopt);
    ASSERT_TRUE((*database)->db().Put(durable_write(), (*database)->family(Family::log), log_key(1), "x").ok());
  }
  const auto store = open_rocksdb(home.dir(), Env::system());
  const auto snapshot = (*store)->snapshot();
  const std::vector<Position> first = {1}, second = {2};
  EXPECT_FALSE((*snapshot)->entries(first).has_value());
  EXPECT_FALSE((*snapshot)->range(1, 2).has_value());
  EXPECT_TRUE((*snapshot)->entries(second).has_value());
}

TEST(RocksdbLayout, TermKeysKeepTheOrderOfTheirBytesAndComeBack) {
  const std::vector<std::string> keys = {std::string("\0", 1),
                                         std::string("\0\0", 2),
                                         std::string("\0\x01", 2),
                                         std::string("\0\xFF", 2),
                                         "\x01",
                                         "a",
                                         std::string("a\0", 2),
                                         std::string("a\0\x01", 3),
                                         "a\x01",
                                         "ab",
                                         "b",
                                         "\xFF",
                                         "\xFF\xFF"};
  std::string before;
  for (const std::string& key : keys)
    for (const Position position : {Position{0}, Position{1}, Position{256}, UINT64_MAX}) {
      std::string stored;
      append_term_prefix(stored, key);
      stored += log_key(position);
      EXPECT_LT(before, stored);
      EXPECT_EQ(term_key(stored).value(), key);
      EXPECT_EQ(term_position(stored), position);
      before = stored;
    }
}

TEST(StoreOpen, NamesTheSchemesItKnows) {
  for (const char* url : {"", "rocksdb:", "sqlite:file", "/var/lib/fairway", "mysql://user:secret@host/x"}) {
    const auto store = open(url, Env::system());
    ASSERT_FALSE(store.has_value()) << url;
    EXPECT_EQ(store.error().code, Code::invalid);
    EXPECT_EQ(store.error().text().find("secret"), std::string::npos);
    EXPECT_NE(store.error().hint.find("rocksdb:"), std::string::npos);
  }
  const RocksdbHome home;
  EXPECT_TRUE(open("rocksdb:" + home.dir(), Env::system()).has_value());
}

}  // namespace fairway::store::contract
