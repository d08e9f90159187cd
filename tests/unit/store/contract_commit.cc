// What a commit does and what it refuses.
#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "base/limits.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {

TEST_P(StoreContract, PositionsStartAtOneAndHaveNoGap) {
  EXPECT_EQ(look()->last(), 0u);
  const Receipt first = commit(batch_of({entry("a"), entry("b")}));
  const Receipt second = commit(one(entry("c")));
  ASSERT_EQ(first.entries.size(), 2u);
  EXPECT_EQ(first.entries[0].position, 1u);
  EXPECT_EQ(first.entries[1].position, 2u);
  EXPECT_TRUE(first.entries[0].fresh);
  ASSERT_EQ(second.entries.size(), 1u);
  EXPECT_EQ(second.entries[0].position, 3u);
  EXPECT_EQ(look()->last(), 3u);
  EXPECT_EQ(text_of(look()->range(1, 10)), "1=a 2=b 3=c");
}

TEST_P(StoreContract, AnEntryComesBackAsItWasGiven) {
  NewEntry given = entry(std::string("\0\xFF {\"a\":1}\n", 12));
  given.kind = EntryKind::grant;
  given.party = "";
  given.received_us = -5;
  commit(one(given));
  const Result<std::vector<Entry>> read = look()->range(1, 1);
  ASSERT_TRUE(read.has_value() && read->size() == 1);
  EXPECT_EQ(read->front().kind, EntryKind::grant);
  EXPECT_EQ(read->front().party, "");
  EXPECT_EQ(read->front().received_us, -5);
  EXPECT_EQ(read->front().body, given.body);
}

TEST_P(StoreContract, ABatchWithNothingInItIsAccepted) {
  EXPECT_TRUE(commit({}).entries.empty());
  EXPECT_EQ(look()->last(), 0u);
}

TEST_P(StoreContract, AnIdentityIsStoredOnceWithinABatchAndAcrossBatches) {
  const Receipt first =
      commit(batch_of({entry("a", {{"t", "1"}}, "id", "digest a"), entry("b", {{"t", "2"}}, "id", "digest b"), entry("c")}));
  ASSERT_EQ(first.entries.size(), 3u);
  EXPECT_TRUE(first.entries[0].fresh);
  EXPECT_EQ(first.entries[0].digest, "digest a");
  EXPECT_FALSE(first.entries[1].fresh);
  EXPECT_EQ(first.entries[1].position, 1u);
  EXPECT_EQ(first.entries[1].digest, "digest a");  // of the entry that stands there, not of the one sent again
  EXPECT_EQ(first.entries[2].position, 2u);
  reopen();
  const Receipt again = commit(one(entry("d", {{"t", "3"}}, "id", "digest d")));
  EXPECT_FALSE(again.entries.at(0).fresh);
  EXPECT_EQ(again.entries.at(0).position, 1u);
  EXPECT_EQ(again.entries.at(0).digest, "digest a");
  EXPECT_EQ(text_of(look()->range(1, 10)), "1=a 2=c");
  EXPECT_EQ(text_of(look()->scan({.key = "t"})), "1=1");
}

TEST_P(StoreContract, AnIdentitySentByManyAtOnceIsStoredOnce) {
  constexpr int kSenders = 8, kRounds = 20;
  std::vector<std::thread> senders;
  std::atomic<int> fresh{0};
  for (int sender = 0; sender < kSenders; ++sender)
    senders.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        const auto receipt = store_->commit_and_wait(one(entry("x", {}, "id " + std::to_string(round), "d")));
        if (receipt.has_value() && receipt->entries.at(0).fresh) ++fresh;
      }
    });
  for (std::thread& sender : senders) sender.join();
  EXPECT_EQ(fresh, kRounds);
  EXPECT_EQ(look()->last(), static_cast<Position>(kRounds));
}

TEST_P(StoreContract, AStateCountsItsVersions) {
  commit(write_state("k", "one"));
  EXPECT_EQ(look()->state("k")->value().version, 1u);
  commit(write_state("k", "two", 1));
  const auto second = look()->state("k");
  EXPECT_EQ(second->value().version, 2u);
  EXPECT_EQ(second->value().value, "two");
  commit(write_state("k", std::nullopt, 2));
  EXPECT_FALSE(look()->state("k")->has_value());
  commit(write_state("k", std::nullopt));  // erasing what is absent changes nothing
  commit(write_state("k", std::string("\0\xFF", 2), 0));
  EXPECT_EQ(look()->state("k")->value().version, 1u);
  EXPECT_EQ(look()->state("k")->value().value, std::string("\0\xFF", 2));
}

TEST_P(StoreContract, StateWritesOfABatchFollowOneAnother) {
  commit(batch_of({}, {{"k", "one", 0}, {"k", "two", 1}, {"k", std::nullopt, 2}, {"k", "three", 0}}));
  EXPECT_EQ(look()->state("k")->value().value, "three");
  EXPECT_EQ(look()->state("k")->value().version, 1u);
  EXPECT_EQ(refused(batch_of({}, {{"k", "four", 1}, {"k", "five", 1}})).code, Code::conflict);
  EXPECT_EQ(look()->state("k")->value().value, "three");
}

TEST_P(StoreContract, AFailedExpectationRefusesTheWholeBatch) {
  commit(write_state("k", "one"));
  const std::vector<std::string> before = dump(*store_);
  const Error error = refused(batch_of({entry("a", {{"t", "v"}}, "id", "d")}, {{"other", "x", std::nullopt}, {"k", "two", 0}}));
  EXPECT_EQ(error.code, Code::conflict);
  EXPECT_EQ(dump(*store_), before);
  const Receipt later = commit(one(entry("b", {}, "id", "e")));
  EXPECT_TRUE(later.entries.at(0).fresh);
  EXPECT_EQ(later.entries.at(0).position, 1u);
}

TEST_P(StoreContract, BatchesQueuedTogetherSeeThoseBeforeThem) {
  constexpr uint64_t kBatches = 300;
  std::vector<std::promise<Result<Receipt>>> outcomes(2 * kBatches);
  for (uint64_t i = 0; i < kBatches; ++i) {
    Batch good = batch_of({entry(std::to_string(i), {}, "id " + std::to_string(i / 2), "d")}, {{"k", std::to_string(i), i}});
    Batch bad = batch_of({entry("bad", {{"bad", ""}}, "bad", "d")}, {{"k", "bad", i}});
    store_->commit(std::move(good), [&outcomes, i](Result<Receipt> r) { outcomes[2 * i].set_value(std::move(r)); });
    store_->commit(std::move(bad), [&outcomes, i](Result<Receipt> r) { outcomes[2 * i + 1].set_value(std::move(r)); });
  }
  for (uint64_t i = 0; i < kBatches; ++i) {
    const Result<Receipt> good = outcomes[2 * i].get_future().get();
    const Result<Receipt> bad = outcomes[2 * i + 1].get_future().get();
    ASSERT_TRUE(good.has_value()) << i << ": " << good.error().text();
    EXPECT_EQ(good->entries.at(0).position, i / 2 + 1);
    EXPECT_EQ(good->entries.at(0).fresh, i % 2 == 0);
    ASSERT_FALSE(bad.has_value()) << i;
    EXPECT_EQ(bad.error().code, Code::conflict);
  }
  EXPECT_EQ(look()->state("k")->value().version, kBatches);
  EXPECT_EQ(look()->last(), kBatches / 2);
  EXPECT_EQ(text_of(look()->scan({.key = "bad"})), "");
}

TEST_P(StoreContract, OfTwoTermsWithOneKeyTheLaterValueStands) {
  std::vector<Term> many;
  for (int i = 0; i < 40; ++i) many.push_back({"t" + std::to_string(i % 20), std::to_string(i)});
  commit(batch_of({entry("a", {{"x", "1"}, {"y", "2"}, {"x", "3"}}), entry("b", many)}));
  EXPECT_EQ(text_of(look()->scan({.key = "x"})), "1=3");
  EXPECT_EQ(text_of(look()->scan({.key = "y"})), "1=2");
  EXPECT_EQ(text_of(look()->scan({.key = "t7"})), "2=27");
}

TEST_P(StoreContract, WritersAtOnceGetPositionsWithoutGapsAndKeepTheirOrder) {
  constexpr int kWriters = 6, kBatches = 40;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer)
    writers.emplace_back([&, writer] {
      std::vector<std::future<Result<Receipt>>> outcomes;
      for (int i = 0; i < kBatches; ++i) {
        auto outcome = std::make_shared<std::promise<Result<Receipt>>>();
        outcomes.push_back(outcome->get_future());
        const std::string body = std::to_string(writer) + ":" + std::to_string(i);
        store_->commit(batch_of({entry(body + ":0"), entry(body + ":1")}),
                       [outcome](Result<Receipt> r) { outcome->set_value(std::move(r)); });
      }
      for (auto& outcome : outcomes) EXPECT_TRUE(outcome.get().has_value());
    });
  for (std::thread& writer : writers) writer.join();
  const auto all = look()->range(1, 10'000);
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), static_cast<size_t>(kWriters * kBatches * 2));
  std::vector<int> next(kWriters, 0);
  for (size_t i = 0; i < all->size(); ++i) {
    const Entry& each = (*all)[i];
    EXPECT_EQ(each.position, i + 1);
    const int writer = each.body[0] - '0';
    const int sent = next[writer]++;
    EXPECT_EQ(each.body, std::to_string(writer) + ":" + std::to_string(sent / 2) + ":" + std::to_string(sent % 2));
  }
}

TEST_P(StoreContract, FiguresCount) {
  commit(batch_of({entry("a", {}, "id"), entry("b", {}, "id")}));
  commit(one(entry("c")));
  const Store::Figures figures = store_->figures();
  EXPECT_FALSE(figures.engine.empty());
  EXPECT_EQ(figures.last, 2u);
  EXPECT_EQ(figures.batches, 2u);
  EXPECT_EQ(figures.commits, 2u);
  EXPECT_EQ(figures.entries, 2u);
  EXPECT_EQ(figures.repeats, 1u);
  EXPECT_EQ(figures.errors, 0u);
  EXPECT_EQ(figures.queued, 0u);
  EXPECT_TRUE(figures.sequencer);
  EXPECT_TRUE(store_->writable().has_value());
}

}  // namespace fairway::store::contract
