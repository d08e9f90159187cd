// What snapshots see, and following the log.
#include <atomic>
#include <thread>

#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

using std::chrono::milliseconds;

std::string states_text(const Result<std::vector<std::pair<std::string, StateValue>>>& states) {
  if (!states.has_value()) return states.error().text();
  std::string text;
  for (const auto& [key, value] : *states) text += (text.empty() ? "" : " ") + key + "=" + value.value;
  return text;
}

}  // namespace

TEST_P(StoreContract, EntriesComeInTheOrderAskedFor) {
  commit(batch_of({entry("a"), entry("b"), entry("c")}));
  const auto snapshot = look();
  const std::vector<Position> wanted = {3, 1, 3};
  EXPECT_EQ(text_of(snapshot->entries(wanted)), "3=c 1=a 3=c");
  EXPECT_EQ(text_of(snapshot->entries({})), "");
  const std::vector<Position> beyond = {1, 4};
  const auto missing = snapshot->entries(beyond);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, Code::not_found);
  const std::vector<Position> zero = {0};
  EXPECT_EQ(snapshot->entries(zero).error().code, Code::not_found);
}

TEST_P(StoreContract, ARangeStartsWhereAskedAndEndsAtItsLimit) {
  commit(batch_of({entry("a"), entry("b"), entry("c")}));
  const auto snapshot = look();
  EXPECT_EQ(text_of(snapshot->range(0, 10)), "1=a 2=b 3=c");
  EXPECT_EQ(text_of(snapshot->range(2, 1)), "2=b");
  EXPECT_EQ(text_of(snapshot->range(3, 10)), "3=c");
  EXPECT_EQ(text_of(snapshot->range(4, 10)), "");
  EXPECT_EQ(text_of(snapshot->range(1, 0)), "");
  EXPECT_EQ(text_of(snapshot->range(UINT64_MAX, 10)), "");
}

TEST_P(StoreContract, AScanGoesBothWaysFromACursor) {
  for (int i = 1; i <= 5; ++i) commit(one(entry("x", {{"even", "n"}, {i % 2 != 0 ? "odd" : "even", std::to_string(i)}})));
  const auto snapshot = look();
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd"})), "1=1 3=3 5=5");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .newest_first = true})), "5=5 3=3 1=1");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .limit = 2})), "1=1 3=3");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .after = 3})), "5=5");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .after = 2})), "3=3 5=5");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .newest_first = true, .after = 5, .limit = 1})), "3=3");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .newest_first = true, .after = 1})), "");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .after = UINT64_MAX})), "");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .newest_first = true, .after = UINT64_MAX})), "5=5 3=3 1=1");
  EXPECT_EQ(text_of(snapshot->scan({.key = "odd", .limit = 0})), "");
  EXPECT_EQ(text_of(snapshot->scan({.key = "even"})), "1=n 2=2 3=n 4=4 5=n");
  EXPECT_EQ(text_of(snapshot->scan({.key = "absent"})), "");
}

TEST_P(StoreContract, AKeyOfManyEntriesIsPagedBothWays) {
  std::vector<store::NewEntry> entries;
  for (int i = 0; i < 300; ++i) entries.push_back(entry("x", {{i % 2 == 0 ? "even" : "odd", std::to_string(i + 1)}}));
  commit(batch_of(std::move(entries)));
  const auto snapshot = look();
  for (const size_t limit : {1u, 7u, 64u, 65u, 150u, 1000u}) {
    std::vector<Position> down, up;
    for (Position after = 0;;) {
      const auto hits = snapshot->scan({.key = "odd", .newest_first = true, .after = after, .limit = limit});
      ASSERT_TRUE(hits.has_value());
      for (const auto& hit : *hits) {
        down.push_back(hit.position);
        EXPECT_EQ(hit.value, std::to_string(hit.position));
      }
      if (hits->size() < limit) break;
      after = hits->back().position;
    }
    for (Position after = 0;;) {
      const auto hits = snapshot->scan({.key = "odd", .after = after, .limit = limit});
      ASSERT_TRUE(hits.has_value());
      for (const auto& hit : *hits) up.push_back(hit.position);
      if (hits->size() < limit) break;
      after = hits->back().position;
    }
    ASSERT_EQ(down.size(), 150u) << limit;
    EXPECT_EQ(down.front(), 300u);
    EXPECT_EQ(down.back(), 2u);
    EXPECT_TRUE(std::ranges::is_sorted(up));
    std::ranges::reverse(down);
    EXPECT_EQ(down, up);
  }
}

TEST_P(StoreContract, KeysOfTermsAreAnyBytesAndNeverMix) {
  const std::vector<std::string> keys = {"a",
                                         std::string("a\0", 2),
                                         std::string("a\0\x01", 3),
                                         std::string("a\0\xFF", 3),
                                         "a\xFF",
                                         "aa",
                                         std::string(1, '\0'),
                                         std::string(9, '\0'),
                                         "\xFF",
                                         "\xFF\xFF",
                                         "箱"};
  for (const std::string& key : keys) commit(one(entry("x", {{key, std::string("v\0", 2) + key}})));
  const auto snapshot = look();
  for (size_t i = 0; i < keys.size(); ++i) {
    for (const bool newest_first : {false, true}) {
      const auto hits = snapshot->scan({.key = keys[i], .newest_first = newest_first});
      ASSERT_TRUE(hits.has_value() && hits->size() == 1) << i;
      EXPECT_EQ(hits->front().position, i + 1);
      EXPECT_EQ(hits->front().value, std::string("v\0", 2) + keys[i]);
    }
  }
}

TEST_P(StoreContract, AnEntryIsFoundByItsIdentity) {
  commit(one(entry("a")));
  commit(one(entry("b", {}, "e/1")));
  const auto snapshot = look();
  commit(one(entry("c", {}, "e/2")));
  EXPECT_EQ(snapshot->find("e/1").value(), 2u);
  EXPECT_EQ(snapshot->find("e/2").value(), std::nullopt) << "it came later";
  EXPECT_EQ(snapshot->find("").value(), std::nullopt);
  EXPECT_EQ(look()->find("e/2").value(), 3u);
}

TEST_P(StoreContract, StatesAreScannedByPrefixInTheOrderOfTheirBytes) {
  for (const char* key : {"p", "p/b", "p/a", "p\xFF", "q", "o", "\xFF\xFF", "\xFF"}) commit(write_state(key, "v"));
  commit(write_state("p/c", "v"));
  commit(write_state("p/c", std::nullopt));
  const auto snapshot = look();
  EXPECT_EQ(states_text(snapshot->state_scan("p", "", 10)), "p=v p/a=v p/b=v p\xFF=v");
  EXPECT_EQ(states_text(snapshot->state_scan("p", "p", 10)), "p/a=v p/b=v p\xFF=v");
  EXPECT_EQ(states_text(snapshot->state_scan("p", "p/a", 1)), "p/b=v");
  EXPECT_EQ(states_text(snapshot->state_scan("p/", "o", 10)), "p/a=v p/b=v");
  EXPECT_EQ(states_text(snapshot->state_scan("p", "q", 10)), "");
  EXPECT_EQ(states_text(snapshot->state_scan("\xFF", "", 10)), "\xFF=v \xFF\xFF=v");
  EXPECT_EQ(states_text(snapshot->state_scan("", "p\xFF", 2)), "q=v \xFF=v");
  EXPECT_EQ(states_text(snapshot->state_scan("none", "", 10)), "");
  EXPECT_EQ(states_text(snapshot->state_scan("", "", 0)), "");
  EXPECT_FALSE(snapshot->state("p/c")->has_value());
}

TEST_P(StoreContract, ASnapshotDoesNotSeeWhatComesLater) {
  commit(batch_of({entry("a", {{"t", "1"}})}, {{"k", "one", std::nullopt}}));
  const auto snapshot = look();
  commit(batch_of({entry("b", {{"t", "2"}})}, {{"k", "two", std::nullopt}, {"l", "new", std::nullopt}}));
  commit(write_state("k", std::nullopt));
  EXPECT_EQ(snapshot->last(), 1u);
  EXPECT_EQ(text_of(snapshot->range(1, 10)), "1=a");
  EXPECT_EQ(text_of(snapshot->scan({.key = "t"})), "1=1");
  EXPECT_EQ(text_of(snapshot->scan({.key = "t", .newest_first = true})), "1=1");
  EXPECT_EQ(snapshot->state("k")->value().value, "one");
  EXPECT_EQ(states_text(snapshot->state_scan("", "", 10)), "k=one");
  const std::vector<Position> later = {2};
  EXPECT_EQ(snapshot->entries(later).error().code, Code::not_found);
  EXPECT_EQ(look()->last(), 2u);
}

TEST_P(StoreContract, ReadsOfASnapshotAgreeWhileOthersWrite) {
  std::atomic<bool> over{false};
  std::thread writer([&] {
    for (int i = 0; i < 300; ++i)
      commit(batch_of({entry("x", {{"t", ""}}), entry("y", {{"t", ""}})}, {{"count", std::to_string(2 * (i + 1)), std::nullopt}}));
    over = true;
  });
  size_t looks = 0;
  while (!over) {
    const auto snapshot = look();
    const auto count = snapshot->state("count");
    const size_t written = count->has_value() ? std::stoul(count->value().value) : 0;
    EXPECT_EQ(snapshot->scan({.key = "t", .limit = 10'000})->size(), written);
    EXPECT_EQ(snapshot->last(), written);
    EXPECT_EQ(snapshot->range(1, 10'000)->size(), written);
    ++looks;
  }
  writer.join();
  EXPECT_GT(looks, 0u);
}

TEST_P(StoreContract, WaitingForTheLogEndsWithItsGrowthOrItsTime) {
  EXPECT_EQ(store_->wait_past(0, milliseconds(20)), 0u);
  commit(one(entry("a")));
  EXPECT_EQ(store_->wait_past(0, milliseconds(0)), 1u);
  std::thread writer([&] { commit(one(entry("b"))); });
  EXPECT_EQ(store_->wait_past(1, std::chrono::seconds(20)), 2u);
  writer.join();
  reopen();
  EXPECT_EQ(store_->wait_past(1, milliseconds(0)), 2u);
}

TEST_P(StoreContract, FollowersSeeEveryEntryOnceAndInOrder) {
  constexpr Position kEntries = 600;
  const auto follow = [&](std::vector<Position>& seen) {
    Position at = 0;
    while (at < kEntries) {
      const Position last = store_->wait_past(at, std::chrono::seconds(20));
      if (last == at) return;  // nothing came in all that time: the comparison below fails
      const auto entries = look()->range(at + 1, 50);
      ASSERT_TRUE(entries.has_value());
      ASSERT_FALSE(entries->empty()) << "the log was said to reach " << last << ", nothing after " << at;
      for (const Entry& each : *entries) seen.push_back(each.position);
      at = seen.back();
    }
  };
  std::vector<std::vector<Position>> seen(4);
  std::vector<std::thread> threads;
  for (auto& one_follower : seen) threads.emplace_back([&] { follow(one_follower); });
  for (int writer = 0; writer < 3; ++writer)
    threads.emplace_back([&] {
      for (Position i = 0; i < kEntries / 6; ++i) commit(batch_of({entry("x"), entry("y")}));
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& one_follower : seen) {
    ASSERT_EQ(one_follower.size(), kEntries);
    for (Position i = 0; i < kEntries; ++i) ASSERT_EQ(one_follower[i], i + 1);
  }
}

}  // namespace fairway::store::contract
