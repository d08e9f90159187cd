// The signer over a real store: many who wait share a signature, and each has a receipt of what the store holds.
#include "ledger/receipt_signer.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <latch>

#include "ledger/proof.h"
#include "unit/ledger/kept_ledger.h"
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

// A ledger of its own with a witness that saw it at a time of the test's choosing.
struct WitnessedLedger {
  explicit WitnessedLedger(size_t entries) {
    kept::append(*store, entries);
    EXPECT_TRUE(server.settle());
  }
  std::string seen_at(uint64_t time_s) {
    Note note = note_from(server.checkpoints.pending()->note).value();
    note.signatures.push_back(witness->sign(note.text, time_s).value());
    return to_text(note);
  }
  // Entry, proof and opening, checked as an auditor would.
  ProvenEntry prove(Position position, const std::string& note) {
    const auto snapshot = store->snapshot().value();
    TreeStore tree(*snapshot);
    const Entry entry = snapshot->entries({&position, 1}).value().front();
    const Opening opening = open(entry, *tree.salt(position).value(), std::vector<bool>(fields_of(entry).size(), true));
    const Checkpoint checkpoint = verify_checkpoint(policy, note).value().checkpoint;
    const Proof proof{log_entry(opening), position - 1, inclusion_proof(position - 1, checkpoint.size, tree.nodes()).value(), note};
    EXPECT_TRUE(verify(proof, log_entry(opening), policy));
    return {position, entry_digest(opening)};
  }

  kept::StoreFolder folder;
  ManualEnv env{1'700'000'000'000'000, 7};
  std::unique_ptr<store::Store> store = store::open(folder.url(), env).value();
  kept::WatchedSigner signer{std::string(32, 'l')};
  kept::Server server{*store, env, signer};
  std::unique_ptr<Signer> witness = test_signer("W", SignatureKind::cosignature, 'w');
  Policy policy = kept::policy_of(signer, "witness W " + to_text(witness->key()) + "\nquorum W\n");
};

TEST(Omission, ALogThatLostAnEntryIsConvictedByItsReceipt) {
  WitnessedLedger honest(3), restored(2), rewritten(3);  // one key, three stores: as after a backup was put back
  const auto plain_signer = make_signer(kept::kOrigin, SignatureKind::ed25519, std::string(32, 'l')).value();
  ReceiptSigner receipts(*honest.store, honest.env, *plain_signer, kPromiseSeconds);
  std::latch answered(1);
  Result<SignedReceipt> signed_receipt = SignedReceipt{};
  receipts.sign({"pty_1", leaf_hash("sent"), {{3, "", {}}}}, [&](Result<SignedReceipt> answer) {
    signed_receipt = std::move(answer);
    answered.count_down();
  });
  answered.wait();
  const Receipt receipt = receipt_from_json(signed_receipt.value().json).value();
  const ReceiptTerms terms = verify_receipt(receipt, plain_signer->key()).value();
  const auto judged = [&](WitnessedLedger& log, uint64_t time_s, bool with_proof) {
    const std::string note = log.seen_at(time_s);
    std::vector<ProvenEntry> proven;
    if (with_proof) proven.push_back(log.prove(3, note));
    return judge_omission(receipt, terms, verify_checkpoint(log.policy, note, true).value(), proven).honour;
  };
  EXPECT_EQ(judged(honest, terms.by_s + 10, true), Honour::honoured);
  EXPECT_EQ(judged(honest, terms.by_s + 10, false), Honour::undecidable);
  EXPECT_EQ(judged(restored, terms.by_s, false), Honour::not_yet_due);
  EXPECT_EQ(judged(restored, terms.by_s + 10, false), Honour::broken);
  EXPECT_EQ(judged(rewritten, terms.by_s - 10, true), Honour::broken);
}

}  // namespace
}  // namespace fairway::ledger::receipt_signer_test
