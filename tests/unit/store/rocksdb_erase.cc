// What the files of a RocksDB store hold after a purge: nothing of what was erased.
#include <fstream>
#include <iterator>

#include "unit/store/rocksdb_home.h"

namespace fairway::store::contract {
namespace {

constexpr std::string_view kSecret = "MSCU6639870";

// The files in which the text stands as it is.
std::vector<std::string> files_with(const std::string& dir, std::string_view text) {
  std::vector<std::string> found;
  for (const auto& file : std::filesystem::directory_iterator(dir)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (bytes.find(text) != std::string::npos) found.push_back(file.path().filename());
  }
  return found;
}

Batch many(int from, int count) {
  Batch batch;
  for (int i = from; i < from + count; ++i) {
    const std::string container = "TEST" + std::to_string(1000000 + i);
    batch.entries.push_back(
        entry("{\"references\":[\"equipment:" + container + "\"]}", {{"r/equipment:" + container, container}}, "e/p/" + container, "d"));
  }
  return batch;
}

}  // namespace

// Of an entry with the secret, alone or in the middle of others, so that files end with its keys or have them within.
class ErasedFiles : public testing::TestWithParam<bool> {};

TEST_P(ErasedFiles, HoldNothingOfIt) {
  const RocksdbHome home;
  auto store = open_rocksdb(home.dir(), Env::system());
  ASSERT_TRUE(store.has_value());
  ASSERT_TRUE((*store)->commit_and_wait(many(0, GetParam() ? 500 : 0)).has_value());
  const std::string secret(kSecret);
  Batch batch = one(entry("{\"references\":[\"equipment:" + secret + "\"]}", {{"r/equipment:" + secret, secret}, {"s/" + secret, "head"}},
                          "e/p/" + secret, secret));
  batch.state.push_back({"ledger/salts/0", "salt of " + secret, {}});
  ASSERT_TRUE((*store)->commit_and_wait(batch).has_value());
  ASSERT_TRUE((*store)->commit_and_wait(many(500, GetParam() ? 500 : 0)).has_value());
  EXPECT_FALSE(files_with(home.dir(), kSecret).empty()) << "the log of writes has it in plain";
  // Once in table files, too: these, the manifest and a new log.
  ASSERT_TRUE((*store)->purge({}, {}).has_value());
  EXPECT_FALSE(files_with(home.dir(), kSecret).empty()) << "the tables have it";

  const Position position = GetParam() ? 501 : 1;
  Batch erase = one({.kind = EntryKind::erasure, .party = "p", .received_us = 1, .body = "{}"});
  auto traces = (*store)->traces({{position}});
  ASSERT_TRUE(traces.has_value());
  ASSERT_EQ(traces->front().terms.size(), 2u);
  erase.erasures = *traces;
  erase.state.push_back({"ledger/salts/0", "zeros", {}});
  ASSERT_TRUE((*store)->commit_and_wait(erase).has_value());
  const std::vector<std::string> states = {"ledger/salts/0"};
  const Status purged = (*store)->purge(erase.erasures, states);
  ASSERT_TRUE(purged.has_value()) << purged.error().text();
  EXPECT_EQ(files_with(home.dir(), kSecret), std::vector<std::string>()) << "after the purge";
  store->reset();
  EXPECT_EQ(files_with(home.dir(), kSecret), std::vector<std::string>()) << "after the end";
}
INSTANTIATE_TEST_SUITE_P(AloneAndAmongMany, ErasedFiles, testing::Bool());

TEST(RocksdbErase, WaitsForAReaderOfTheOldState) {
  const RocksdbHome home;
  auto store = open_rocksdb(home.dir(), Env::system());
  ASSERT_TRUE(store.has_value());
  ASSERT_TRUE((*store)->commit_and_wait(one(entry(std::string(kSecret)))).has_value());
  auto before = (*store)->snapshot();
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ((*before)->last(), 1u);
  Batch erase;
  erase.erasures = *(*store)->traces({{Position{1}}});
  ASSERT_TRUE((*store)->commit_and_wait(erase).has_value());
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    EXPECT_EQ(text_of((*before)->range(1, 1)), "1=" + std::string(kSecret));
    before->reset();
  });
  const Status purged = (*store)->purge(erase.erasures, {});
  reader.join();
  EXPECT_TRUE(purged.has_value()) << purged.error().text();
  EXPECT_EQ(files_with(home.dir(), kSecret), std::vector<std::string>());
}

}  // namespace fairway::store::contract
