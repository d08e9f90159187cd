// What `fairway verify` says of a receipt: what was promised, and whether checkpoints, proofs and bundles show that it was kept.
#include "ledger/evidence/verify_receipt.h"

#include <gtest/gtest.h>

#include "ledger/receipt.h"
#include "unit/ledger/evidence_support.h"

namespace fairway::ledger::evidence_test {
namespace {

using evidence::ReceiptEvidence;
using evidence::Report;
using evidence::Verdict;

constexpr Position kPromised = 7;
constexpr uint64_t kSeenBySecondS = kSeenS + 60;  // the median of three witnesses
constexpr uint64_t kBeforeS = kSeenBySecondS - 1, kAfterS = kSeenBySecondS + 1;

std::string receipt_of(const SmallLog& log, uint64_t by_s, Position entry = kPromised) {
  const Hash digest = *entry_digest(log.opening(entry));
  return to_json(
      sign_receipts({{"pty_7k2m9q4xwa", leaf_hash("sent"), {{entry, "e" + std::to_string(entry), digest}}}}, by_s, log.signer())->front());
}

std::string told(const Report& report) {
  std::string text;
  for (const evidence::Finding& finding : report.findings) text += finding.text + "\n";
  return text;
}

struct Case {
  const char* what;
  uint64_t by_s;
  ReceiptEvidence evidence;
  bool holds;
  const char* says;
};

TEST(VerifyReceipt, SaysWhetherThePromiseWasKept) {
  const SmallLog log(11);
  const std::string all = log.note(11), before = log.note(5), alone = log.note(5, 1);
  const std::string bundle = *evidence::make(log.contents({kPromised}), log.signer());
  const std::string others = *evidence::make(log.contents({3, 4}), log.signer());
  const std::string partly = *evidence::make(log.contents({kPromised}, {"body/remark"}), log.signer());
  std::string broken_bundle = bundle;
  broken_bundle[broken_bundle.size() / 2] ^= 1;
  const Case cases[] = {
      {"alone", kAfterS, {}, true, "promised to have entry 7 in its tree by 2026-11-2"},
      {"alone, what next", kAfterS, {}, true, "--checkpoint"},
      {"a bundle with the entry", kBeforeS, {bundle, {}, {}}, true, "honoured"},
      {"a tree that is large enough, without the entry", kBeforeS, {{}, {}, all}, false, "undecidable, entry 7"},
      {"a proof shows a place, not what stands there", kBeforeS, {{}, to_text(log.proof(kPromised, all, 11)), {}}, false, "undecidable"},
      {"too small a tree, after the time", kBeforeS, {{}, {}, before}, false, "broke its promise, entry 7"},
      {"too small a tree, before the time", kAfterS, {{}, {}, before}, true, "not yet due"},
      {"too few witnesses", kBeforeS, {{}, {}, alone}, false, "cannot be believed"},
      {"a bundle of others", kBeforeS, {others, {}, {}}, false, "undecidable, entry 7"},
      {"a bundle that hides a field", kBeforeS, {partly, {}, {}}, false, "undecidable, entry 7"},
      {"a changed bundle", kBeforeS, {broken_bundle, {}, {}}, false, "cannot be believed"},
      {"no bundle at all", kBeforeS, {"PK\3\4", {}, {}}, false, "cannot be believed"},
  };
  for (const Case& c : cases) {
    const Report report = evidence::verify_receipt(receipt_of(log, c.by_s), log.policy(), c.evidence);
    EXPECT_EQ(report.holds(), c.holds) << c.what << "\n" << told(report);
    EXPECT_NE(told(report).find(c.says), std::string::npos) << c.what << "\n" << told(report);
    EXPECT_EQ(report.kind, "receipt");
    EXPECT_EQ(report.origin, "port.example/ledger") << c.what;
  }
}

TEST(VerifyReceipt, AnotherEntryInThePlaceConvictsTheLog) {
  const SmallLog log(11);
  const Hash other = *entry_digest(log.opening(8));
  const std::string receipt =
      to_json(sign_receipts({{"pty_7k2m9q4xwa", leaf_hash("sent"), {{kPromised, "e7", other}}}}, kAfterS, log.signer())->front());
  const std::string bundle = *evidence::make(log.contents({kPromised}), log.signer());
  const Report report = evidence::verify_receipt(receipt, log.policy(), {bundle, {}, {}});
  EXPECT_FALSE(report.holds());
  EXPECT_NE(told(report).find("broke its promise, entry 7"), std::string::npos) << told(report);
}

TEST(VerifyReceipt, IsRefusedWithAnyByteChangedAndFromAnotherLog) {
  const SmallLog log(11), other(11, "other.example/ledger");
  const std::string good = receipt_of(log, kAfterS);
  EXPECT_TRUE(evidence::verify_receipt(good + "\n", log.policy(), {}).holds());
  for (size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(evidence::verify_receipt(bad, log.policy(), {}).holds()) << at;
  }
  EXPECT_FALSE(evidence::verify_receipt(good, other.policy(), {}).holds());
  EXPECT_FALSE(evidence::verify_receipt("", log.policy(), {}).holds());
  EXPECT_FALSE(evidence::verify_receipt("{}", log.policy(), {}).holds());
}

}  // namespace
}  // namespace fairway::ledger::evidence_test
