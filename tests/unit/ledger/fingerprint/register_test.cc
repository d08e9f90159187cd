// Who holds which fingerprint, and what is told of it to another.
#include "ledger/fingerprint/register.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "store/rocksdb/rocksdb_store.h"

namespace fairway::ledger {
namespace {

class RegisterTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = (std::filesystem::temp_directory_path() / "fairway-register-XXXXXX").string();
    ASSERT_NE(mkdtemp(path_.data()), nullptr);
    store_ = std::move(*store::open_rocksdb(path_ + "/store", Env::system()));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(path_);
  }
  FingerprintRegister book() { return {*store_, env_}; }

  std::string path_;
  std::unique_ptr<store::Store> store_;
  ManualEnv env_{1'000'000};
  const std::string one_ = std::string(64, 'a'), two_ = std::string(64, 'b');
};

TEST_F(RegisterTest, TheSecondIsToldOfTheFirstAndTheFirstOfTheSecond) {
  const auto first = book().add("pty_a", one_, "bill_of_lading", 0);
  ASSERT_TRUE(first.has_value());
  EXPECT_TRUE(first->fresh);
  EXPECT_EQ(first->others.count, 0u);
  const auto second = book().add("pty_b", one_, "", 0);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->others.count, 1u);
  EXPECT_EQ(second->others.first_us, first->registered_us);
  const auto list = book().list("pty_a", "", 10);
  ASSERT_TRUE(list.has_value() && list->items.size() == 1);
  EXPECT_EQ(list->items[0].kind, "bill_of_lading");
  EXPECT_EQ(list->items[0].others.count, 1u);
  EXPECT_FALSE(book().check("pty_c", one_)->own);
  EXPECT_EQ(book().check("pty_c", one_)->others.count, 2u);
  EXPECT_EQ(book().check("pty_c", two_)->others.count, 0u);
}

TEST_F(RegisterTest, RegisteringAgainChangesNothing) {
  ASSERT_TRUE(book().add("pty_a", one_, "x", 0).has_value());
  const auto again = book().add("pty_a", one_, "y", 0);
  ASSERT_TRUE(again.has_value());
  EXPECT_FALSE(again->fresh);
  EXPECT_EQ(again->kind, "x");
  EXPECT_EQ((*store_->snapshot())->last(), 1u);
}

TEST_F(RegisterTest, WhatIsWithdrawnOrOverIsToldNoMore) {
  ASSERT_TRUE(book().add("pty_a", one_, "x", 0).has_value());
  ASSERT_TRUE(book().add("pty_b", two_, "x", env_.now_us() + 10).has_value());
  EXPECT_EQ(book().check("pty_c", two_)->others.count, 1u);
  env_.advance_us(10);
  EXPECT_EQ(book().check("pty_c", two_)->others.count, 0u);
  ASSERT_TRUE(book().add("pty_b", two_, "y", 0)->fresh) << "it begins anew";
  ASSERT_TRUE(book().withdraw("pty_a", one_).has_value());
  EXPECT_EQ(book().check("pty_c", one_)->others.count, 0u);
  EXPECT_EQ(book().withdraw("pty_a", one_).error().code, Code::not_found);
  EXPECT_EQ(book().withdraw("pty_a", two_).error().code, Code::not_found) << "another's";
  EXPECT_TRUE(book().list("pty_a", "", 10)->items.empty());
}

TEST_F(RegisterTest, OfManyAtOnceAllButOneAreToldOfAnother) {
  constexpr int kParties = 8;
  std::vector<size_t> told(kParties);
  std::vector<std::thread> parties;
  for (int i = 0; i < kParties; ++i)
    parties.emplace_back([&, i] {
      const auto made = book().add("pty_" + std::to_string(i), one_, "x", 0);
      ASSERT_TRUE(made.has_value()) << made.error().text();
      told[static_cast<size_t>(i)] = made->others.count;
    });
  for (std::thread& party : parties) party.join();
  std::ranges::sort(told);
  for (size_t i = 0; i < told.size(); ++i) EXPECT_EQ(told[i], i);
}

TEST_F(RegisterTest, ListsInPages) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(book().add("pty_a", std::string(64, static_cast<char>('0' + i)), "x", 0).has_value());
  ASSERT_TRUE(book().add("pty_b", std::string(64, '0'), "x", 0).has_value());
  std::vector<std::string> seen;
  for (std::string after;;) {
    const auto page = book().list("pty_a", after, 2);
    ASSERT_TRUE(page.has_value());
    for (const Registration& item : page->items) seen.push_back(item.fingerprint);
    if (page->next.empty()) break;
    after = page->next;
  }
  ASSERT_EQ(seen.size(), 5u);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
}

}  // namespace
}  // namespace fairway::ledger
