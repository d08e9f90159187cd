// Receipts: many are signed at once, none can be changed, and a log that broke its promise is convicted.
#include "ledger/receipt.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/bytes.h"
#include "ledger/sha256.h"
#include "unit/ledger/support.h"

namespace fairway::ledger::receipt_test {
namespace {

constexpr uint64_t kBy = 1'800'000'000;

Entry stored(Position position) {
  return {position, EntryKind::event, "pty_haulier", 1'799'999'000'000'000,
          R"({"id":"gate-)" + std::to_string(position) + R"(","milestone":"gate out"})"};
}
Promise promise_of(Position first, size_t count = 1) {
  Promise promise{"pty_haulier", sha256_of({"what was sent"}), {}};
  for (Position entry = first; entry < first + count; ++entry)
    promise.entries.push_back({entry, entry == first ? "" : "gate-" + std::to_string(entry), entry_digest(stored(entry))});
  return promise;
}
std::unique_ptr<Signer> the_log() { return test_signer("example.com/log", SignatureKind::ed25519, 'l'); }

TEST(Receipt, ThoseSignedTogetherHoldOneByOne) {
  const auto log = the_log();
  for (size_t count = 1; count <= 20; ++count) {
    std::vector<Promise> promises;
    for (size_t i = 0; i < count; ++i) promises.push_back(promise_of(10 * i + 1, 1 + i % 3));
    const auto receipts = sign_receipts(promises, kBy, *log).value();
    ASSERT_EQ(receipts.size(), count);
    for (size_t i = 0; i < count; ++i) {
      const std::string text = to_json(receipts[i]);
      const Receipt read = receipt_from_json(text).value();
      EXPECT_EQ(to_json(read), text);
      EXPECT_EQ(read.promise, promises[i]);
      const ReceiptTerms terms = verify_receipt(read, log->key()).value();
      EXPECT_EQ(terms.by_s, kBy);
      EXPECT_EQ(terms.origin, "example.com/log");
      EXPECT_FALSE(verify_receipt(read, test_signer("example.com/log", SignatureKind::ed25519, 'x')->key()));
    }
  }
}

TEST(Receipt, NoByteOfOneCanBeChanged) {
  const auto log = the_log();
  const auto receipts = sign_receipts({promise_of(1), promise_of(2, 2), promise_of(4)}, kBy, *log).value();
  const std::string good = to_json(receipts[1]);
  size_t read = 0;
  const auto is_refused = [&](const std::string& bad) {
    const auto receipt = receipt_from_json(bad);
    read += receipt ? 1 : 0;
    return !receipt || !verify_receipt(*receipt, log->key());
  };
  ASSERT_FALSE(is_refused(good));
  for (size_t at = 0; at < good.size(); ++at) {
    for (const int change : {0x01, 0x02, 0x04, 0x10, 0x20, 0x80}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ change);
      EXPECT_TRUE(is_refused(bad)) << "byte " << at << ": " << bad;
    }
    EXPECT_TRUE(is_refused(std::string(good).erase(at, 1))) << "without byte " << at;
    for (const char c : {' ', '0', '"', ','}) EXPECT_TRUE(is_refused(std::string(good).insert(at, 1, c))) << "one more at " << at;
  }
  EXPECT_GT(read, 500u) << "many read well, and it is the check that refuses them";
}

TEST(Receipt, AnythingElseIsNone) {
  for (const std::string_view text :
       {"", "{}", "[]", "1", R"({"version":2})", R"({"version":1,"promise":{},"index":0,"path":[],"note":""})",
        R"({"version":1,"promise":{"party":"p","sent":"","entries":[]},"index":0,"path":[],"note":""})",
        R"({"version":1,"promise":[],"index":-1,"path":[1],"note":1})"})
    EXPECT_FALSE(receipt_from_json(text)) << text;
  const auto log = the_log();
  Receipt receipt = sign_receipts({promise_of(1)}, kBy, *log).value().front();
  receipt.note = to_text(Note{"something else\n", {log->sign("something else\n", 0).value()}});
  EXPECT_EQ(verify_receipt(receipt, log->key()).error().code, Code::invalid) << "another text that the log has signed";
}

// The bytes that are hashed, as docs/reference/ledger.md writes them down.
TEST(Receipt, TheDigestOfAnEntryIsThatOfItsFields) {
  const std::vector<Field> fields = {{"kind", "\"event\""}, {"body/a", "1"}};
  const std::string text = std::string("\x12\x00\x04kind\x00\x00\x00\x07\"event\"", 18) + std::string(
                                                                                              "\x00\x06"
                                                                                              "body/a\x00\x00\x00\x01"
                                                                                              "1",
                                                                                              13);
  EXPECT_EQ(view(entry_digest(fields)), sha256(text));
  const Entry entry = stored(7);
  EXPECT_EQ(entry_digest(entry), entry_digest(fields_of(entry)));
  const std::string salt(32, 's');
  std::vector<bool> shown(fields_of(entry).size(), true);
  EXPECT_EQ(entry_digest(open(entry, salt, shown)), entry_digest(entry));
  shown[1] = false;
  EXPECT_EQ(entry_digest(open(entry, salt, shown)), std::nullopt);
  Entry other = entry;
  other.received_us += 1;
  EXPECT_NE(entry_digest(other), entry_digest(entry));
}

// A checkpoint that witnesses say they saw at these times.
Witnessed seen(uint64_t size, std::vector<uint64_t> times_s) {
  Witnessed witnessed;
  witnessed.checkpoint.origin = "example.com/log";
  witnessed.checkpoint.size = size;
  witnessed.times_s = std::move(times_s);
  return witnessed;
}

struct JudgedCase {
  const char* what;
  Witnessed witnessed;
  std::vector<ProvenEntry> proven;
  Honour honour;
  Position entry;
};

TEST(Receipt, WhetherThePromiseWasKept) {
  const auto log = the_log();
  const Receipt receipt = sign_receipts({promise_of(7, 2)}, kBy, *log).value().front();
  const ReceiptTerms terms = verify_receipt(receipt, log->key()).value();
  const ProvenEntry first{7, entry_digest(stored(7))}, second{8, entry_digest(stored(8))}, false_second{8, entry_digest(stored(9))},
      hidden_second{8, std::nullopt};
  const JudgedCase cases[] = {
      {"both are there", seen(8, {kBy + 9}), {first, second}, Honour::honoured, 0},
      {"later than promised, and nobody can say so any more", seen(800, {kBy + 999}), {second, first}, Honour::honoured, 0},
      {"another is in the place", seen(8, {kBy - 9}), {first, false_second}, Honour::broken, 8},
      {"the tree is smaller after the time", seen(7, {kBy + 1}), {first}, Honour::broken, 8},
      {"nothing at all after the time", seen(0, {kBy + 1}), {}, Honour::broken, 7},
      {"one witness's clock is ahead", seen(6, {kBy, kBy - 1, kBy + 999}), {}, Honour::not_yet_due, 7},
      {"two of three are past it", seen(6, {kBy + 1, kBy - 1, kBy + 2}), {}, Honour::broken, 7},
      {"to the second", seen(6, {kBy}), {}, Honour::not_yet_due, 7},
      {"no witness", seen(6, {}), {}, Honour::undecidable, 7},
      {"the tree reaches it, without a proof", seen(8, {kBy + 1}), {first}, Honour::undecidable, 8},
      {"the opening hides a field", seen(8, {kBy + 1}), {first, hidden_second}, Honour::undecidable, 8},
      {"broken weighs more than undecidable", seen(8, {kBy + 1}), {{7, std::nullopt}, false_second}, Honour::broken, 8},
  };
  for (const JudgedCase& c : cases) {
    const Judgement judgement = judge_omission(receipt, terms, c.witnessed, c.proven);
    EXPECT_EQ(judgement.honour, c.honour) << c.what << ": " << judgement.why;
    EXPECT_EQ(judgement.entry, c.entry) << c.what;
    EXPECT_FALSE(judgement.why.empty());
  }
  Witnessed other = seen(0, {kBy + 1});
  other.checkpoint.origin = "example.com/other";
  EXPECT_EQ(judge_omission(receipt, terms, other, {}).honour, Honour::undecidable) << "another log's tree proves nothing";
}

}  // namespace
}  // namespace fairway::ledger::receipt_test
