// The parts of the PostgreSQL engine that need no database: the codec of submissions, the plan of a group, arrays on the wire.
#include <rapidcheck.h>

#include "store/postgres/codec.h"
#include "store/postgres/group.h"
#include "store/postgres/wire.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

namespace pg = postgres;

Batch full_batch() {
  Batch batch = batch_of({entry("body", {{"k1", "v1"}, {std::string("k\0", 2), ""}}, "id", "digest"), entry("")},
                         {{"s1", "value", 3}, {"s2", std::nullopt, std::nullopt}, {"s3", "", 0}});
  batch.entries[1].kind = EntryKind::grant;
  batch.entries[1].received_us = -1;
  return batch;
}

std::string encoded(const Batch& batch) {
  const std::vector<const Batch*> batches{&batch};
  return pg::encode_batches(batches);
}

pg::GroupPlan plan_of(const std::vector<Batch>& batches, pg::Known known = {}) {
  std::vector<const Batch*> pointers;
  for (const Batch& batch : batches) pointers.push_back(&batch);
  return pg::plan_group(pointers, 10, std::move(known));
}

}  // namespace

TEST(PostgresCodec, BatchesComeBackAsTheyWere) {
  const Batch batch = full_batch();
  const auto back = pg::decode_batches(encoded(batch));
  ASSERT_TRUE(back.has_value());
  ASSERT_EQ(back->size(), 1u);
  const Batch& read = back->front();
  ASSERT_EQ(read.entries.size(), 2u);
  EXPECT_EQ(read.entries[0].terms[1].key, std::string("k\0", 2));
  EXPECT_EQ(read.entries[1].kind, EntryKind::grant);
  EXPECT_EQ(read.entries[1].received_us, -1);
  EXPECT_EQ(read.state[0].expect, 3u);
  EXPECT_EQ(read.state[1].value, std::nullopt);
  EXPECT_EQ(read.state[1].expect, std::nullopt);
  EXPECT_EQ(read.state[2].value, "");
  EXPECT_EQ(encoded(read), encoded(batch));
}

TEST(PostgresCodec, ReceiptsComeBackAsTheyWere) {
  const std::vector<Result<Receipt>> receipts{Receipt{{{1, true, "d"}, {9, false, ""}}}, fail(Code::conflict, "m", "d", "h"), Receipt()};
  const auto back = pg::decode_receipts(pg::encode_receipts(receipts));
  ASSERT_TRUE(back.has_value());
  ASSERT_EQ(back->size(), 3u);
  EXPECT_EQ((*back)[0]->entries[1].position, 9u);
  EXPECT_FALSE((*back)[0]->entries[1].fresh);
  EXPECT_EQ((*back)[1].error().code, Code::conflict);
  EXPECT_EQ((*back)[1].error().hint, "h");
}

TEST(PostgresCodec, DamagedBytesAreAnErrorAndNeverMore) {
  const std::string whole = encoded(full_batch());
  for (size_t length = 0; length < whole.size(); ++length) EXPECT_FALSE(pg::decode_batches(whole.substr(0, length)).has_value());
  EXPECT_FALSE(pg::decode_batches(whole + "x").has_value());
  rc::check("any bytes", [&](size_t at, char byte) {
    std::string damaged = whole;
    damaged[at % damaged.size()] = byte;
    static_cast<void>(pg::decode_batches(damaged));
    static_cast<void>(pg::decode_receipts(damaged));
  });
}

TEST(PostgresGroup, PositionsGoOnFromTheNextAndRepeatsTakeNone) {
  pg::Known known;
  known.identities.emplace("old", pg::Standing{3, "old digest"});
  const std::vector<Batch> batches{batch_of({entry("a"), entry("b", {}, "old"), entry("c", {}, "new", "n")}), one(entry("d", {}, "new"))};
  const auto plan = plan_of(batches, std::move(known));
  EXPECT_EQ(plan.first, 10u);
  EXPECT_EQ(plan.next, 12u);
  EXPECT_EQ(plan.receipts[0]->entries[1].position, 3u);
  EXPECT_EQ(plan.receipts[0]->entries[1].digest, "old digest");
  EXPECT_EQ(plan.receipts[1]->entries[0].position, 11u);
  EXPECT_FALSE(plan.receipts[1]->entries[0].fresh);
  EXPECT_EQ(plan.entries.size(), 2u);
  EXPECT_EQ(plan.identities.size(), 1u);
}

TEST(PostgresGroup, ARefusedBatchLeavesNothingBehind) {
  pg::Known known;
  known.versions.emplace("k", 4);
  const std::vector<Batch> batches{batch_of({entry("a", {{"t", ""}}, "id")}, {{"k", "1", 4}, {"k", "2", 4}}),
                                   batch_of({entry("b", {}, "id")}, {{"k", "3", 4}, {"k", std::nullopt, 5}, {"k", "4", 0}})};
  const auto plan = plan_of(batches, std::move(known));
  EXPECT_EQ(plan.receipts[0].error().code, Code::conflict);
  ASSERT_TRUE(plan.receipts[1].has_value());
  EXPECT_TRUE(plan.receipts[1]->entries[0].fresh);
  EXPECT_TRUE(plan.terms.empty());
  ASSERT_EQ(plan.states.size(), 1u);
  EXPECT_EQ(plan.states[0].version, 1u);
  EXPECT_EQ(*plan.states[0].value, "4");
}

TEST(PostgresGroup, TermsAreSortedByKeyThenPosition) {
  const std::vector<Batch> batches{batch_of({entry("a", {{"z", ""}, {"m", ""}}), entry("b", {{"m", ""}})})};
  const auto plan = plan_of(batches);
  ASSERT_EQ(plan.terms.size(), 3u);
  EXPECT_EQ(plan.terms[0].term->key, "m");
  EXPECT_EQ(plan.terms[0].position, 10u);
  EXPECT_EQ(plan.terms[1].position, 11u);
  EXPECT_EQ(plan.terms[2].term->key, "z");
}

TEST(PostgresWire, AnArrayIsWrittenAsTheServerReadsIt) {
  pg::Array array(pg::Oid::int8);
  array.add_int8(-2);
  const std::string expected("\0\0\0\1\0\0\0\0\0\0\0\x14\0\0\0\1\0\0\0\1\0\0\0\x08\xff\xff\xff\xff\xff\xff\xff\xfe", 32);
  EXPECT_EQ(std::move(array).take(), expected);
}

}  // namespace fairway::store::contract
