#include "ledger/evidence/verify_receipt.h"

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/instant.h"
#include "ledger/receipt.h"

namespace fairway::ledger::evidence {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr uint64_t kInstantMax = 7'258'118'400;  // the year 2200: RFC 3339 as base/instant.h writes it goes no further
constexpr size_t kEntriesNamedMax = 20;

void add(Report& report, Verdict verdict, std::string text) { report.findings.push_back({verdict, "", std::move(text)}); }

// The log of the policy that has signed it.
Result<ReceiptTerms> terms_of(const Receipt& receipt, const Policy& policy) {
  Result<ReceiptTerms> last = fail(Code::forbidden, "the policy names no log");
  for (const PolicyLog& log : policy.logs) {
    last = ledger::verify_receipt(receipt, log.key);
    if (last) break;
  }
  return last;
}

std::string promised(const Receipt& receipt, const ReceiptTerms& terms) {
  std::string text = "the log promised to have ";
  const auto& entries = receipt.promise.entries;
  text += entries.size() == 1 ? "entry" : std::to_string(entries.size()) + " entries:";
  for (size_t i = 0; i < std::min(entries.size(), kEntriesNamedMax); ++i) text += " " + std::to_string(entries[i].entry);
  if (entries.size() > kEntriesNamedMax) text += " …";
  text += " in its tree by ";
  return text + (terms.by_s < kInstantMax ? to_rfc3339_utc(static_cast<int64_t>(terms.by_s) * kSecondUs) : std::to_string(terms.by_s));
}

// What the evidence shows of the tree.
struct Seen {
  Witnessed witnessed;
  std::vector<ledger::ProvenEntry> entries;
};

Result<Seen> seen_in_bundle(const std::string& bundle, const Policy& policy) {
  const Report report = verify_bundle(bundle, &policy);
  if (!report.holds()) {
    const auto failed = std::ranges::find(report.findings, Verdict::fails, &Finding::verdict);
    return fail(Code::forbidden, "the bundle does not hold", failed == report.findings.end() ? "" : failed->part + ": " + failed->text);
  }
  Seen seen;
  seen.witnessed.checkpoint = report.checkpoint;
  if (report.witnessed_s != 0) seen.witnessed.times_s = {report.witnessed_s};
  for (const ProvenEntry& entry : report.entries) {
    std::optional<Hash> digest;
    if (entry.hidden == 0) digest = entry_digest(entry.shown);
    seen.entries.push_back({entry.entry, digest});
  }
  return seen;
}

Result<Seen> seen_in_proof(const std::string& text, const Policy& policy) {
  const Proof proof = TRY(proof_from(text));
  return Seen{TRY(ledger::verify(proof, proof.extra, policy)), {{proof.index + 1, std::nullopt}}};
}

Result<Seen> seen_in(const ReceiptEvidence& evidence, const Policy& policy) {
  if (!evidence.bundle.empty()) return seen_in_bundle(evidence.bundle, policy);
  if (!evidence.proof.empty()) return seen_in_proof(evidence.proof, policy);
  return Seen{TRY(verify_checkpoint(policy, evidence.checkpoint)), {}};
}

void judge(const Receipt& receipt, const ReceiptTerms& terms, const Seen& seen, Report& report) {
  report.checkpoint = seen.witnessed.checkpoint;
  report.witnessed_s = seen.witnessed.median_time_s();
  const Judgement judgement = judge_omission(receipt, terms, seen.witnessed, seen.entries);
  const bool kept = judgement.honour == Honour::honoured || judgement.honour == Honour::not_yet_due;
  std::string text = judgement.honour == Honour::broken ? "the log broke its promise" : std::string(name(judgement.honour));
  if (judgement.entry != 0) text += ", entry " + std::to_string(judgement.entry);
  add(report, kept ? Verdict::holds : Verdict::fails, text + ": " + judgement.why);
}

}  // namespace

Report verify_receipt(std::string_view text, const Policy& policy, const ReceiptEvidence& evidence) {
  Report report;
  report.kind = "receipt";
  const auto receipt = receipt_from_json(trim(text));
  if (!receipt) {
    add(report, Verdict::fails, receipt.error().text());
    return report;
  }
  const auto terms = terms_of(*receipt, policy);
  if (!terms) {
    add(report, Verdict::fails, "no log of the policy has signed it: " + terms.error().text());
    return report;
  }
  report.origin = terms->origin;
  add(report, Verdict::holds, promised(*receipt, *terms));
  if (evidence.bundle.empty() && evidence.proof.empty() && evidence.checkpoint.empty()) {
    add(report, Verdict::note,
        "whether that was kept is seen from a checkpoint that witnesses cosigned later, or from a bundle with the entries: --checkpoint, "
        "--proof");
    return report;
  }
  const auto seen = seen_in(evidence, policy);
  if (!seen) {
    add(report, Verdict::fails, "the evidence against it cannot be believed: " + seen.error().text());
    return report;
  }
  judge(*receipt, *terms, *seen, report);
  return report;
}

}  // namespace fairway::ledger::evidence
