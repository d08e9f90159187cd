// Several servers on one PostgreSQL database: two stores of one process stand for two servers.
#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <thread>

#include "base/bytes.h"
#include "base/limits.h"
#include "store/postgres/codec.h"
#include "store/postgres/log_writer.h"
#include "store/postgres/statements.h"
#include "unit/store/postgres_home.h"

namespace fairway::store::contract {

using namespace std::chrono_literals;

class PostgresServers : public testing::Test {
 protected:
  void SetUp() override {
    auto home = PostgresHome::make();
    if (!home.has_value()) GTEST_SKIP() << home.error().text();
    home_ = std::move(*home);
  }

  std::unique_ptr<Store> start() {
    auto opened = home_->open();
    EXPECT_TRUE(opened.has_value()) << opened.error().text();
    return std::move(*opened);
  }
  // Starts a server and waits until it gives the positions.
  std::unique_ptr<Store> start_holder() {
    std::unique_ptr<Store> store = start();
    EXPECT_TRUE(wait_until([&] { return store->figures().sequencer; }));
    return store;
  }
  static bool wait_until(const std::function<bool()>& condition) {
    for (int i = 0; i < 1'000 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
  }
  static Position append(Store& store, std::string body, std::string identity = {}) {
    const Result<Receipt> receipt = store.commit_and_wait(one(entry(std::move(body), {}, std::move(identity), "digest")));
    EXPECT_TRUE(receipt.has_value()) << receipt.error().text();
    return receipt.has_value() ? receipt->entries.at(0).position : 0;
  }

  std::unique_ptr<PostgresHome> home_;
};

namespace {

// Puts numbered batches of two entries into the store and keeps where the first of each went.
std::vector<Position> write_pairs(Store& store, const std::string& writer, int pairs) {
  std::vector<Position> positions;
  for (int i = 0; i < pairs; ++i) {
    const std::string body = writer + "/" + std::to_string(i);
    const Result<Receipt> receipt =
        store.commit_and_wait(batch_of({entry(body + "/a", {{writer, ""}}), entry(body + "/b", {{writer, ""}})}));
    EXPECT_TRUE(receipt.has_value()) << receipt.error().text();
    positions.push_back(receipt.has_value() ? receipt->entries[0].position : 0);
  }
  return positions;
}

}  // namespace

TEST_F(PostgresServers, OneGivesThePositionsAndBothTakeBatches) {
  const auto first = start_holder();
  const auto second = start();
  EXPECT_EQ(append(*first, "a"), 1u);
  EXPECT_EQ(append(*second, "b"), 2u);
  EXPECT_EQ(append(*first, "c"), 3u);
  EXPECT_TRUE(first->figures().sequencer);
  EXPECT_FALSE(second->figures().sequencer);
  EXPECT_EQ(text_of((*second->snapshot())->range(1, 10)), "1=a 2=b 3=c");
}

TEST_F(PostgresServers, OneReaderTooManyIsToldToComeAgain) {
  const auto store = start();
  std::vector<std::unique_ptr<Snapshot>> readers;
  for (size_t i = 0; i < limits::kPostgresReadersMax; ++i) readers.push_back(std::move(store->snapshot().value()));
  const auto refused = store->snapshot();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::overloaded);
  readers.pop_back();
  EXPECT_TRUE(store->snapshot().has_value());
}

TEST_F(PostgresServers, AnIdentityIsTakenOnceWhicheverServerItComesTo) {
  const auto first = start_holder();
  const auto second = start();
  EXPECT_EQ(append(*second, "a", "id"), 1u);
  const auto repeat = first->commit_and_wait(one(entry("b", {}, "id", "other")));
  ASSERT_TRUE(repeat.has_value());
  EXPECT_FALSE(repeat->entries[0].fresh);
  EXPECT_EQ(repeat->entries[0].digest, "digest");
  EXPECT_EQ(first->figures().last, 1u);
}

TEST_F(PostgresServers, AConflictComesBackToTheServerThatAsked) {
  const auto first = start_holder();
  const auto second = start();
  ASSERT_TRUE(first->commit_and_wait(write_state("k", "1", 0)).has_value());
  const auto refused = second->commit_and_wait(write_state("k", "2", 0));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::conflict);
  ASSERT_TRUE(second->commit_and_wait(write_state("k", "2", 1)).has_value());
  EXPECT_EQ((*first->snapshot())->state("k")->value().version, 2u);
}

TEST_F(PostgresServers, WhatOneAppendsTheOtherSeesSoon) {
  const auto first = start_holder();
  const auto second = start();
  auto seen = std::async(std::launch::async, [&] { return second->wait_past(0, 5s); });
  const Position position = append(*first, "a");
  EXPECT_EQ(seen.get(), position);
  EXPECT_EQ(text_of((*second->snapshot())->range(1, 10)), "1=a");
  EXPECT_EQ(append(*second, "b"), 2u);
  EXPECT_EQ(first->wait_past(1, 5s), 2u);
}

TEST_F(PostgresServers, EveryWritersBatchesKeepTheirOrderAndNoneIsLostOrTwice) {
  constexpr int kPairs = 40;
  const auto first = start_holder();
  const auto second = start();
  std::vector<std::future<std::vector<Position>>> writers;
  for (int i = 0; i < 4; ++i)
    for (Store* store : {first.get(), second.get()}) {
      const std::string name = (store == first.get() ? "first" : "second") + std::to_string(i);
      writers.push_back(std::async(std::launch::async, [=] { return write_pairs(*store, name, kPairs); }));
    }
  for (auto& writer : writers) {
    const std::vector<Position> positions = writer.get();
    EXPECT_TRUE(std::ranges::is_sorted(positions));
  }
  const Position last = 8 * kPairs * 2;
  EXPECT_EQ(first->figures().last, last);
  EXPECT_EQ(second->wait_past(last - 1, 5s), last);
  const auto snapshot = second->snapshot();
  ASSERT_TRUE(snapshot.has_value());
  for (const char* name : {"first0", "second3"}) EXPECT_EQ((*snapshot)->scan({.key = name})->size(), static_cast<size_t>(kPairs) * 2);
}

TEST_F(PostgresServers, ThePositionsGoOnElsewhereWhenTheHolderCloses) {
  auto first = start_holder();
  const auto second = start();
  EXPECT_EQ(append(*first, "a"), 1u);
  first.reset();
  EXPECT_EQ(append(*second, "b"), 2u);
  EXPECT_TRUE(wait_until([&] { return second->figures().sequencer; }));
}

TEST_F(PostgresServers, AServerWhoseLeaseWasTakenSubmitsItsBatches) {
  const auto first = start_holder();
  EXPECT_EQ(append(*first, "a"), 1u);
  // As a server would that found the lease run out, and then keeps it.
  const auto connection = home_->connect();
  ASSERT_TRUE(connection->run_script(
      "UPDATE sequencer SET holder = 'other', epoch = epoch + 1, expires = clock_timestamp() + interval '1 second'"));
  EXPECT_EQ(append(*first, "b"), 2u);
  EXPECT_EQ(append(*first, "c"), 3u);
  EXPECT_EQ(text_of((*first->snapshot())->range(1, 10)), "1=a 2=b 3=c");
}

TEST_F(PostgresServers, ASessionThatIsCutOffLosesNothingAndDoublesNothing) {
  const auto first = start_holder();
  const auto second = start();
  std::atomic<bool> done = false;
  auto cutter = std::async(std::launch::async, [&] {
    const auto connection = home_->connect();
    for (; !done; std::this_thread::sleep_for(100ms))
      static_cast<void>(
          connection->run_script("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fairway sequencer'"));
  });
  const auto write = [](Store& store, const std::string& name) {
    std::vector<std::string> acknowledged;
    for (int i = 0; i < 60; ++i) {
      const std::string body = name + std::to_string(i);
      if (store.commit_and_wait(one(entry(body))).has_value()) acknowledged.push_back(body);
    }
    return acknowledged;
  };
  auto of_first = std::async(std::launch::async, [&] { return write(*first, "f"); });
  auto of_second = std::async(std::launch::async, [&] { return write(*second, "s"); });
  std::vector<std::string> acknowledged = of_first.get();
  std::ranges::move(of_second.get(), std::back_inserter(acknowledged));
  done = true;
  cutter.get();
  EXPECT_FALSE(acknowledged.empty());

  std::map<std::string, int> stored;
  const auto entries = (*first->snapshot())->range(1, 1'000);
  ASSERT_TRUE(entries.has_value());
  for (size_t i = 0; i < entries->size(); ++i) {
    EXPECT_EQ((*entries)[i].position, i + 1);
    EXPECT_EQ(++stored[(*entries)[i].body], 1) << (*entries)[i].body;
  }
  for (const std::string& body : acknowledged) EXPECT_EQ(stored[body], 1) << body;
}

TEST_F(PostgresServers, ASubmissionSentTwiceIsSequencedOnce) {
  const auto first = start_holder();
  const auto connection = home_->connect();
  const Batch batch = one(entry("a"));
  const std::vector<const Batch*> batches{&batch};
  const postgres::Submission submission{"an id", postgres::encode_batches(batches)};
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(postgres::submit(*connection, submission).has_value());
    ASSERT_TRUE(wait_until([&] { return postgres::outcome_of(*connection, "an id")->has_value(); }));
  }
  EXPECT_EQ(text_of((*first->snapshot())->range(1, 10)), "1=a");
}

TEST_F(PostgresServers, ADamagedSubmissionStopsNobody) {
  const auto first = start_holder();
  const auto connection = home_->connect();
  ASSERT_TRUE(postgres::submit(*connection, {"an id", "rubbish"}).has_value());
  EXPECT_EQ(append(*first, "a"), 1u);
  EXPECT_TRUE(wait_until([&] { return postgres::outcome_of(*connection, "an id")->has_value(); }));
}

TEST_F(PostgresServers, AHolderThatStandsStillInATransactionIsPutOut) {
  const auto connection = home_->connect();
  auto first = start_holder();
  first.reset();
  // A session that looks like a holder's: its lease has run out, its transaction keeps the row.
  const auto stuck = postgres::Connection::open(home_->url(), "fairway sequencer", {});
  ASSERT_TRUE(stuck.has_value());
  ASSERT_TRUE(postgres::acquire(**stuck, "stuck").has_value());
  ASSERT_TRUE(connection->run_script("UPDATE sequencer SET expires = clock_timestamp()"));
  (*stuck)->queue(postgres::kBegin);
  (*stuck)->queue({"hold", "SELECT 1 FROM sequencer FOR UPDATE"});
  ASSERT_TRUE((*stuck)->flush().has_value());
  const auto second = start();
  EXPECT_EQ(append(*second, "a"), 1u);
  EXPECT_FALSE((*stuck)->run(postgres::kLast).has_value());
}

TEST_F(PostgresServers, ServersThatStartAtOnceMakeTheTablesOnce) {
  std::vector<std::future<std::string>> servers;
  for (int i = 0; i < 6; ++i)
    servers.push_back(std::async(std::launch::async, [&] {
      const auto opened = home_->open();
      return opened.has_value() ? std::string() : opened.error().text();
    }));
  for (auto& server : servers) EXPECT_EQ(server.get(), "");
}

TEST_F(PostgresServers, AnImportTakesTheStoreFromAServerThatRuns) {
  auto source = start_holder();
  append(*source, "a");
  append(*source, "b");
  const std::vector<std::string> lines = dump(*source);
  auto home = PostgresHome::make();
  ASSERT_TRUE(home.has_value());
  auto running = (*home)->open();
  auto importing = (*home)->open();
  ASSERT_TRUE(running.has_value() && importing.has_value());
  ASSERT_TRUE(load(**importing, lines).has_value());
  EXPECT_EQ(append(**running, "c"), 3u);
  EXPECT_EQ(append(**importing, "d"), 4u);
}

}  // namespace fairway::store::contract
