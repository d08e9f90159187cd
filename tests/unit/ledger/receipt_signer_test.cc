// The signer over a real store: many who wait share a signature, and each has a receipt of what the store holds.
#include "ledger/receipt_signer.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <latch>

#include "unit/ledger/support.h"

namespace fairway::ledger::receipt_signer_test {
namespace {

constexpr int64_t kPromiseSeconds = 60;

class ReceiptSignerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/fairway-receipts-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    folder_ = pattern;
    store_ = store::open("rocksdb:" + folder_ + "/store", env_).value();
    store::Batch batch;
    for (int i = 1; i <= 200; ++i)
      batch.entries.push_back({EntryKind::event, "pty_haulier", env_.now_us(), R"({"id":"e)" + std::to_string(i) + R"("})", {}, "", ""});
    ASSERT_TRUE(store_->commit_and_wait(std::move(batch)));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  static Promise promise_of(Position entry) { return {"pty_haulier", leaf_hash("sent"), {{entry, "e" + std::to_string(entry), {}}}}; }

  ManualEnv env_{1'700'000'000'500'000, 7};
  std::string folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Signer> log_ = test_signer("example.com/log", SignatureKind::ed25519, 'l');
};

TEST_F(ReceiptSignerTest, ThoseThatWaitTogetherAreSignedTogether) {
  constexpr size_t kCount = 200;
  std::vector<Result<SignedReceipt>> answers(kCount, SignedReceipt{});
  std::latch answered(kCount);
  ReceiptSigner signer(*store_, env_, *log_, kPromiseSeconds);
  for (size_t i = 0; i < kCount; ++i)
    signer.sign(promise_of(i + 1), [&answers, &answered, i](Result<SignedReceipt> answer) {
      answers[i] = std::move(answer);
      answered.count_down();
    });
  answered.wait();
  const auto snapshot = store_->snapshot().value();
  for (size_t i = 0; i < kCount; ++i) {
    ASSERT_TRUE(answers[i]) << answers[i].error().text();
    EXPECT_EQ(answers[i]->by_s, 1'700'000'061u) << "half a second is rounded up";
    const Receipt receipt = receipt_from_json(answers[i]->json).value();
    EXPECT_EQ(verify_receipt(receipt, log_->key()).value().by_s, answers[i]->by_s);
    const Position position = i + 1;
    const Entry entry = snapshot->entries({&position, 1}).value().front();
    EXPECT_EQ(receipt.promise.entries.front().digest, entry_digest(entry));
    EXPECT_EQ(receipt.promise.entries.front().event, "e" + std::to_string(position));
  }
  signer.stop();
  EXPECT_EQ(signer.figures().receipts, kCount);
  EXPECT_LT(signer.figures().signatures, kCount / 2);
}

TEST_F(ReceiptSignerTest, WhatCannotBePromisedIsRefused) {
  ReceiptSigner signer(*store_, env_, *log_, kPromiseSeconds);
  const auto code_of = [&](Promise promise) {
    std::latch answered(1);
    Code code = Code::internal;
    signer.sign(std::move(promise), [&](const Result<SignedReceipt>& answer) {
      code = answer ? Code::internal : answer.error().code;
      answered.count_down();
    });
    answered.wait();
    return code;
  };
  EXPECT_EQ(code_of({"p", {}, {}}), Code::too_large) << "a promise of nothing";
  EXPECT_EQ(code_of({"p", {}, std::vector<PromisedEntry>(kPromisedEntriesMax + 1)}), Code::too_large);
  EXPECT_EQ(code_of(promise_of(201)), Code::not_found) << "the store has no such entry";
  signer.stop();
  EXPECT_EQ(code_of(promise_of(1)), Code::unavailable);
}

}  // namespace
}  // namespace fairway::ledger::receipt_signer_test
