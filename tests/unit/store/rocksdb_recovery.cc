// A store whose folder cannot be written for a while: it refuses, reads on, recovers by itself, and nothing refused comes back.
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "unit/store/rocksdb_faulty_files.h"
#include "unit/store/rocksdb_home.h"

namespace fairway::store::contract {
namespace {

using std::chrono::milliseconds;

// Waits, for some minutes at most, until the store says that it can be written.
bool recovers(Store& store) {
  for (int i = 0; i < 9000 && !store.writable().has_value(); ++i) std::this_thread::sleep_for(milliseconds(20));
  return store.writable().has_value();
}

Batch numbered(int number) {
  const std::string text = std::to_string(number);
  return batch_of({entry(text, {{"t", text}}, "id " + text, text)}, {{"count", text, std::nullopt}});
}

}  // namespace

class RocksdbFault : public testing::TestWithParam<Fault> {
 protected:
  void SetUp() override {
    files_ = std::make_shared<FaultyFiles>();
    env_ = rocksdb::NewCompositeEnv(files_);
    reopen();
  }
  void TearDown() override {
    files_->fault = Fault::none;
    store_.reset();
  }
  void reopen() {
    store_.reset();
    auto opened = open_rocksdb(folder_.path() + "/store", Env::system(), {.files = env_.get()});
    ASSERT_TRUE(opened.has_value()) << opened.error().text();
    store_ = std::move(*opened);
  }
  Status commit(Batch batch) {
    const auto receipt = store_->commit_and_wait(std::move(batch));
    return receipt.has_value() ? Status() : Status(std::unexpected(receipt.error()));
  }
  std::string log() { return text_of((*store_->snapshot())->range(1, 1000)); }

  TemporaryFolder folder_;
  std::shared_ptr<FaultyFiles> files_;
  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<Store> store_;
};

TEST_P(RocksdbFault, ItRefusesReadsOnAndRecoversWithoutARestart) {
  for (int round = 0; round < 3; ++round) {
    const int base = round * 10;
    for (int i = 1; i <= 4; ++i) ASSERT_TRUE(commit(numbered(base + i)).has_value());
    const std::string before = log();

    files_->fault = GetParam();
    const Status first = commit(numbered(base + 5));
    ASSERT_FALSE(first.has_value());
    EXPECT_EQ(first.error().code, Code::unavailable);
    EXPECT_EQ(commit(numbered(base + 6)).error().code, Code::unavailable);
    EXPECT_EQ(store_->writable().error().code, Code::unavailable);
    EXPECT_GE(store_->figures().errors, 1u);
    // Long enough for several attempts to recover, all of which fail.
    std::this_thread::sleep_for(milliseconds(700));
    EXPECT_FALSE(store_->writable().has_value());
    EXPECT_EQ(log(), before);
    EXPECT_EQ((*store_->snapshot())->state("count")->value().value, std::to_string(base + 4));

    files_->fault = Fault::none;
    ASSERT_TRUE(recovers(*store_));
    EXPECT_EQ(log(), before);
    EXPECT_EQ(text_of((*store_->snapshot())->scan({.key = "t", .after = static_cast<Position>(round * 5 + 4)})), "");
    const auto again = store_->commit_and_wait(numbered(base + 5));
    ASSERT_TRUE(again.has_value()) << again.error().text();
    EXPECT_TRUE(again->entries[0].fresh);
    EXPECT_EQ(again->entries[0].position, static_cast<Position>(round * 5 + 5));
  }
  const std::vector<std::string> all = dump(*store_);
  reopen();
  EXPECT_EQ(dump(*store_), all);
}

TEST_P(RocksdbFault, WhatWasQueuedBehindAFailureIsRefusedWithIt) {
  ASSERT_TRUE(commit(numbered(1)).has_value());
  files_->fault = GetParam();
  std::atomic<int> refused{0}, accepted{0};
  constexpr int kBatches = 200;
  for (int i = 0; i < kBatches; ++i)
    store_->commit(numbered(100 + i), [&](Result<Receipt> result) { ++(result.has_value() ? accepted : refused); });
  while (refused + accepted < kBatches) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(refused, kBatches);
  files_->fault = Fault::none;
  ASSERT_TRUE(recovers(*store_));
  EXPECT_EQ(log(), "1=1");
}

TEST_P(RocksdbFault, AReaderThatStaysDelaysTheRecoveryAndKeepsItsView) {
  ASSERT_TRUE(commit(numbered(1)).has_value());
  auto held = *store_->snapshot();
  files_->fault = GetParam();
  ASSERT_FALSE(commit(numbered(2)).has_value());
  files_->fault = Fault::none;
  std::this_thread::sleep_for(milliseconds(2500));
  EXPECT_FALSE(store_->writable().has_value());
  EXPECT_EQ(log(), "1=1");  // another reader meanwhile
  EXPECT_EQ(text_of(held->range(1, 10)), "1=1");
  held.reset();
  ASSERT_TRUE(recovers(*store_));
  EXPECT_TRUE(commit(numbered(2)).has_value());
  EXPECT_EQ(log(), "1=1 2=2");
}

TEST_P(RocksdbFault, AnImportThatFailsLeavesAnEmptyStore) {
  for (int i = 1; i <= 50; ++i) ASSERT_TRUE(commit(numbered(i)).has_value());
  const std::vector<std::string> lines = dump(*store_);
  store_.reset();
  std::filesystem::remove_all(folder_.path() + "/store");
  reopen();
  const std::vector<std::string> empty = dump(*store_);
  size_t next = 0;
  const Status loaded = store_->import_lines([&]() -> Result<std::optional<std::string>> {
    if (next == 20) files_->fault = GetParam();
    if (next == lines.size()) return std::nullopt;
    return lines[next++];
  });
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, Code::unavailable);
  files_->fault = Fault::none;
  ASSERT_TRUE(recovers(*store_));
  EXPECT_EQ(dump(*store_), empty);
  EXPECT_TRUE(load(*store_, lines).has_value());
  EXPECT_EQ(dump(*store_), lines);
}

INSTANTIATE_TEST_SUITE_P(Faults, RocksdbFault, testing::Values(Fault::disk_full, Fault::file_too_large, Fault::sync_fails),
                         [](const testing::TestParamInfo<Fault>& tested) { return std::string(name(tested.param)); });

TEST(RocksdbRecovery, AFullDiskIsWaitedFor) {
  const TemporaryFolder folder;
  if (mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=160m") != 0)
    GTEST_SKIP() << "a small file system can be mounted by root only";
  {
    const auto store = open_rocksdb(folder.path() + "/store", Env::system());
    ASSERT_TRUE(store.has_value()) << store.error().text();
    const std::string ballast = folder.path() + "/ballast";
    std::ofstream(ballast, std::ios::binary) << std::string(100u << 20, 'b');
    Position accepted = 0;
    Status status;
    while (accepted < 200) {  // 1 MiB each: more than there is room for
      const auto receipt = (*store)->commit_and_wait(one(entry(std::string(1u << 20, 'x'), {{"t", ""}})));
      if (!receipt.has_value()) {
        status = std::unexpected(receipt.error());
        break;
      }
      accepted = receipt->entries[0].position;
    }
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().code, Code::unavailable);
    EXPECT_FALSE((*store)->writable().has_value());
    EXPECT_EQ((*(*store)->snapshot())->scan({.key = "t"})->size(), accepted);

    std::filesystem::remove(ballast);
    ASSERT_TRUE(recovers(**store)) << (*store)->writable().error().text();
    EXPECT_EQ((*(*store)->snapshot())->last(), accepted);
    const auto next = (*store)->commit_and_wait(one(entry("next")));
    ASSERT_TRUE(next.has_value()) << next.error().text();
    EXPECT_EQ(next->entries[0].position, accepted + 1);
  }
  {
    const auto store = open_rocksdb(folder.path() + "/store", Env::system());
    ASSERT_TRUE(store.has_value()) << store.error().text();
    EXPECT_GT((*(*store)->snapshot())->last(), 0u);
  }
  umount2(folder.path().c_str(), MNT_DETACH);
}

TEST(RocksdbRecovery, ALimitOnTheSizeOfFilesIsWaitedFor) {
  const RocksdbHome home;
  const auto store = open_rocksdb(home.dir(), Env::system());
  ASSERT_TRUE(store.has_value());
  ASSERT_TRUE((*store)->commit_and_wait(one(entry("a"))).has_value());

  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{.rlim_cur = 256u << 10, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = (*store)->commit_and_wait(one(entry(std::string(1u << 20, 'x'))));
  const auto read = (*store)->snapshot().value()->range(1, 10);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);

  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::unavailable);
  EXPECT_EQ(text_of(read), "1=a");
  ASSERT_TRUE(recovers(**store));
  ASSERT_TRUE((*store)->commit_and_wait(one(entry("b"))).has_value());
  EXPECT_EQ(text_of((*store)->snapshot().value()->range(1, 10)), "1=a 2=b");
}

}  // namespace fairway::store::contract
