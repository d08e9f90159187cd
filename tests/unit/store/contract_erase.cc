// What erasing an entry takes out of the store, and what it leaves.
#include <algorithm>
#include <thread>

#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

NewEntry tombstone() {
  return {.kind = EntryKind::erasure, .party = "operator", .received_us = 1, .body = "tombstone", .terms = {{"erasures", ""}}};
}

// The batch that erases these entries, with a tombstone.
Batch erasing(Store& store, std::vector<Position> positions) {
  Batch batch = one(tombstone());
  Result<std::vector<Erasure>> traces = store.traces(positions);
  EXPECT_TRUE(traces.has_value()) << traces.error().text();
  batch.erasures = std::move(traces).value_or(std::vector<Erasure>());
  for (Erasure& erasure : batch.erasures) erasure.left.body = "gone";
  return batch;
}

Status purge(Store& store, const Batch& batch) {
  std::vector<std::string> states;
  for (const StateWrite& write : batch.state) states.push_back(write.key);
  return store.purge(batch.erasures, states);
}

bool mentions(Store& store, std::string_view text) {
  return std::ranges::any_of(dump(store), [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

}  // namespace

TEST_P(StoreContract, AnErasedEntryLeavesItsPositionAlone) {
  commit(batch_of({entry("a", {{"t", "1"}}, "id a", "da"), entry("MSCU6639870", {{"t", "2"}, {"u", "MSCU6639870"}}, "id MSCU6639870", "dm"),
                   entry("c", {{"t", "3"}}, "id c", "dc")}));
  const Receipt receipt = commit(erasing(*store_, {2}));
  ASSERT_EQ(receipt.entries.size(), 1u);
  EXPECT_EQ(receipt.entries[0].position, 4u);
  for (int round = 0; round < 2; ++round, reopen()) {
    EXPECT_EQ(text_of(look()->range(1, 10)), "1=a 2=gone 3=c 4=tombstone");
    EXPECT_EQ(text_of(look()->scan({.key = "t"})), "1=1 3=3");
    EXPECT_EQ(text_of(look()->scan({.key = "t", .newest_first = true})), "3=3 1=1");
    EXPECT_EQ(text_of(look()->scan({.key = "u"})), "");
    EXPECT_FALSE(mentions(*store_, "MSCU6639870"));
    const auto left = look()->entries({{Position{2}}});
    ASSERT_TRUE(left.has_value());
    EXPECT_EQ(left->front().kind, EntryKind::erased);
    EXPECT_EQ(left->front().party, "");
    EXPECT_EQ(left->front().received_us, 1'700'000'000'000'000);
    const auto found = look()->find("id MSCU6639870");
    ASSERT_TRUE(found.has_value());
    EXPECT_FALSE(found->has_value());
    const auto other = look()->find("id c");
    ASSERT_TRUE(other.has_value());
    EXPECT_EQ(*other, Position{3});
  }
}

TEST_P(StoreContract, TracesAreEverythingThatBelongsToAnEntry) {
  commit(batch_of(
      {entry("a", {{"t", "1"}}, "id a", "da"), entry("b", {{std::string("u\0v", 3), "2"}, {"t", "2"}}, "id b", "db"), entry("c")}));
  Result<std::vector<Erasure>> traces = store_->traces({{Position{3}, Position{2}}});
  ASSERT_TRUE(traces.has_value()) << traces.error().text();
  ASSERT_EQ(traces->size(), 2u);
  EXPECT_EQ((*traces)[0].left.position, 3u);
  EXPECT_TRUE((*traces)[0].terms.empty());
  EXPECT_TRUE((*traces)[0].identities.empty());
  EXPECT_EQ((*traces)[1].left.position, 2u);
  std::ranges::sort((*traces)[1].terms);
  EXPECT_EQ((*traces)[1].terms, (std::vector<std::string>{"t", std::string("u\0v", 3)}));
  EXPECT_EQ((*traces)[1].identities, std::vector<std::string>{"id b"});
  const auto nothing = store_->traces({{Position{4}}});
  ASSERT_FALSE(nothing.has_value());
  EXPECT_EQ(nothing.error().code, Code::not_found);
}

TEST_P(StoreContract, ErasingComesWithStatesOrNotAtAll) {
  commit(batch_of({entry("a", {{"t", "1"}}, "id a", "da")}, {{"salts", "old", {}}}));
  Batch batch = erasing(*store_, {1});
  batch.state.push_back({"salts", "new", 7});
  EXPECT_EQ(refused(batch).code, Code::conflict);
  EXPECT_EQ(text_of(look()->range(1, 10)), "1=a");
  EXPECT_EQ(text_of(look()->scan({.key = "t"})), "1=1");
  batch.state.back().expect = 1;
  commit(batch);
  EXPECT_EQ(text_of(look()->range(1, 10)), "1=gone 2=tombstone");
  const auto salts = look()->state("salts");
  ASSERT_TRUE(salts.has_value() && salts->has_value());
  EXPECT_EQ((*salts)->value, "new");
}

TEST_P(StoreContract, WhatIsNotThereIsNotErased) {
  commit(one(entry("a")));
  for (const Position position : {Position{0}, Position{2}, Position{3}}) {
    Batch batch = one(tombstone());
    batch.erasures.push_back({.left = {.position = position, .kind = EntryKind::erased, .party = {}, .received_us = 0, .body = "gone"},
                              .terms = {},
                              .identities = {}});
    EXPECT_EQ(refused(std::move(batch)).code, Code::not_found) << position;
  }
  EXPECT_EQ(text_of(look()->range(1, 10)), "1=a");
}

TEST_P(StoreContract, AnErasedIdentityMayComeAgainAndErasingTwiceTakesNothingOfIt) {
  commit(one(entry("a", {{"t", "1"}}, "id", "d")));
  const Batch first = erasing(*store_, {1});
  commit(first);
  const Receipt again = commit(one(entry("b", {{"t", "2"}}, "id", "d")));
  EXPECT_TRUE(again.entries.at(0).fresh);
  EXPECT_EQ(again.entries.at(0).position, 3u);
  commit(first);  // the traces of the first one name the identity, which is another entry's by now
  const auto found = look()->find("id");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, Position{3});
  EXPECT_EQ(text_of(look()->scan({.key = "t"})), "3=2");
}

TEST_P(StoreContract, ASnapshotFromBeforeSeesWhatWasThere) {
  commit(one(entry("a", {{"t", "1"}}, "id", "d")));
  const auto before = look();
  EXPECT_EQ(before->last(), 1u);
  commit(erasing(*store_, {1}));
  EXPECT_EQ(text_of(before->range(1, 10)), "1=a");
  EXPECT_EQ(text_of(before->scan({.key = "t"})), "1=1");
}

TEST_P(StoreContract, ErasedEntriesMoveToAnotherStore) {
  commit(batch_of({entry("a", {{"t", "1"}}, "id a", "da"), entry("b", {{"t", "2"}}, "id b", "db")}));
  commit(erasing(*store_, {1}));
  const std::vector<std::string> lines = dump(*store_);
  auto other = GetParam().make_home();
  ASSERT_TRUE(other.has_value());
  auto copy = (*other)->open();
  ASSERT_TRUE(copy.has_value());
  ASSERT_TRUE(load(**copy, lines).has_value());
  EXPECT_EQ(dump(**copy), lines);
  copy->reset();
}

TEST_P(StoreContract, PurgingGoesOnBesideReadersAndWriters) {
  for (int i = 0; i < 50; ++i) commit(one(entry("body " + std::to_string(i), {{"t", "v"}}, "id " + std::to_string(i), "d")));
  std::atomic<bool> done = false;
  std::atomic<int> written = 0;
  std::thread writer([&] {
    for (int i = 50; !done; ++i)
      if (store_->commit_and_wait(one(entry("body " + std::to_string(i)))).has_value()) ++written;
  });
  std::thread reader([&] {
    while (!done) EXPECT_GE(look()->range(1, 10)->size(), 10u);
  });
  const Batch batch = erasing(*store_, {7});
  commit(batch);
  const Status purged = purge(*store_, batch);
  EXPECT_TRUE(purged.has_value()) << purged.error().text();
  const Status all = store_->purge({}, {});
  EXPECT_TRUE(all.has_value()) << all.error().text();
  done = true;
  writer.join();
  reader.join();
  EXPECT_GT(written, 0);
  EXPECT_EQ(store_->figures().errors, 0u);
  EXPECT_EQ(look()->entries({{Position{7}}})->front().body, "gone");
  EXPECT_EQ(look()->last(), 51u + static_cast<Position>(written));
}

}  // namespace fairway::store::contract
