// Every limit of base/limits.h that is the store's, reached and passed.
#include <condition_variable>
#include <mutex>

#include "base/limits.h"
#include "unit/store/contract.h"

namespace fairway::store::contract {
namespace {

struct LimitRow {
  const char* what;
  Batch (*make)(size_t size);
  size_t most;
};

Batch with_entries(size_t count) { return batch_of(std::vector<NewEntry>(count, entry("x"))); }
Batch with_state_writes(size_t count) { return batch_of({}, std::vector<StateWrite>(count, {"k", "v", std::nullopt})); }
Batch with_body(size_t bytes) { return one(entry(std::string(bytes, 'b'))); }
Batch with_identity(size_t bytes) { return one(entry("x", {}, std::string(bytes, 'i'))); }
Batch with_digest(size_t bytes) { return one(entry("x", {}, "id", std::string(bytes, 'd'))); }
Batch with_term_key(size_t bytes) { return one(entry("x", {{std::string(bytes, '\0'), "v"}})); }
Batch with_term_value(size_t bytes) { return one(entry("x", {{"t", std::string(bytes, 'v')}})); }
Batch with_state_key(size_t bytes) { return write_state(std::string(bytes, '\xFF'), "v"); }
Batch with_state_value(size_t bytes) { return write_state("k", std::string(bytes, 'v')); }
Batch with_party(size_t bytes) {
  NewEntry made = entry("x");
  made.party.assign(bytes, 'p');
  return one(std::move(made));
}
Batch with_terms(size_t count) {
  NewEntry made = entry("x");
  for (size_t i = 0; i < count; ++i) made.terms.push_back({"t" + std::to_string(i), ""});
  return one(std::move(made));
}

constexpr LimitRow kLimits[] = {
    {"entries of a batch", with_entries, limits::kEntriesPerBatchMax},
    {"state writes of a batch", with_state_writes, limits::kStateWritesPerBatchMax},
    {"body", with_body, limits::kEntryBodyBytesMax},
    {"party", with_party, limits::kIdentifierBytesMax},
    {"identity", with_identity, limits::kIdentityBytesMax},
    {"digest", with_digest, limits::kIdentityDigestBytesMax},
    {"terms of an entry", with_terms, limits::kTermsPerEntryMax},
    {"key of a term", with_term_key, limits::kTermKeyBytesMax},
    {"value of a term", with_term_value, limits::kTermValueBytesMax},
    {"key of a state", with_state_key, limits::kStateKeyBytesMax},
    {"value of a state", with_state_value, limits::kStateValueBytesMax},
};

}  // namespace

TEST_P(StoreContract, WhatReachesALimitIsAcceptedAndWhatPassesItIsTooLarge) {
  for (const LimitRow& row : kLimits) {
    SCOPED_TRACE(row.what);
    commit(row.make(row.most));
    const Position last = look()->last();
    const Error error = refused(row.make(row.most + 1));
    EXPECT_EQ(error.code, Code::too_large);
    EXPECT_NE(error.detail.find(std::to_string(row.most)), std::string::npos) << error.text();
    EXPECT_EQ(look()->last(), last);
  }
}

TEST_P(StoreContract, ABatchIsBoundedAsAWhole) {
  const size_t bodies = limits::kBatchBytesMax / limits::kEntryBodyBytesMax;
  commit(batch_of(std::vector<NewEntry>(bodies - 1, entry(std::string(limits::kEntryBodyBytesMax, 'b')))));
  EXPECT_EQ(refused(batch_of(std::vector<NewEntry>(bodies, entry(std::string(limits::kEntryBodyBytesMax, 'b'))))).code, Code::too_large);
}

TEST_P(StoreContract, KeysMustNotBeEmpty) {
  EXPECT_EQ(refused(one(entry("x", {{"", "v"}}))).code, Code::invalid);
  EXPECT_EQ(refused(write_state("", "v")).code, Code::invalid);
  EXPECT_EQ(look()->last(), 0u);
}

TEST_P(StoreContract, AFullQueueIsOverloadedAndLosesNothing) {
  struct Outcomes {
    std::mutex mutex;
    std::condition_variable changed;
    bool held = true;  // completions wait, so that the queue behind them fills
    size_t sent = 0, accepted = 0, overloaded = 0, other = 0;
  } outcomes;
  const auto sent_all = [&] { return outcomes.accepted + outcomes.overloaded + outcomes.other == outcomes.sent; };
  constexpr size_t kBatchesMost = 40 * limits::kStoreQueueBatchesMax;
  for (size_t i = 0; i < kBatchesMost; ++i) {
    {
      const std::lock_guard lock(outcomes.mutex);
      if (outcomes.overloaded >= 10) break;
      ++outcomes.sent;
    }
    const auto sender = std::this_thread::get_id();
    store_->commit(one(entry("x")), [&, sender](Result<Receipt> result) {
      std::unique_lock lock(outcomes.mutex);
      const bool at_once = std::this_thread::get_id() == sender;
      if (!at_once) outcomes.changed.wait(lock, [&] { return !outcomes.held; });
      ++(result.has_value() ? outcomes.accepted : result.error().code == Code::overloaded ? outcomes.overloaded : outcomes.other);
      outcomes.changed.notify_all();
    });
  }
  EXPECT_LE(store_->figures().queued, limits::kStoreQueueBatchesMax);
  std::unique_lock lock(outcomes.mutex);
  outcomes.held = false;
  outcomes.changed.notify_all();
  outcomes.changed.wait(lock, sent_all);
  EXPECT_EQ(outcomes.overloaded, 10u);
  EXPECT_EQ(outcomes.other, 0u);
  EXPECT_GE(outcomes.accepted, limits::kStoreQueueBatchesMax);
  EXPECT_EQ(look()->last(), outcomes.accepted);
}

TEST_P(StoreContract, TheQueueIsBoundedInBytesToo) {
  constexpr size_t kBatches = 3 * limits::kStoreQueueBytesMax / limits::kEntryBodyBytesMax;
  std::mutex mutex;
  std::condition_variable changed;
  bool held = true;
  size_t done = 0, accepted = 0, overloaded = 0;
  for (size_t i = 0; i < kBatches; ++i) {
    const auto sender = std::this_thread::get_id();
    store_->commit(with_body(limits::kEntryBodyBytesMax), [&, sender](Result<Receipt> result) {
      std::unique_lock lock(mutex);
      if (std::this_thread::get_id() != sender) changed.wait(lock, [&] { return !held; });
      ++done;
      if (result.has_value()) ++accepted;
      if (!result.has_value() && result.error().code == Code::overloaded) ++overloaded;
      changed.notify_all();
    });
  }
  std::unique_lock lock(mutex);
  held = false;
  changed.notify_all();
  changed.wait(lock, [&] { return done == kBatches; });
  EXPECT_GT(overloaded, 0u);
  EXPECT_EQ(accepted + overloaded, kBatches);
  EXPECT_EQ(look()->last(), accepted);
}

}  // namespace fairway::store::contract
