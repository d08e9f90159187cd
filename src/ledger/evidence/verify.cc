#include "ledger/evidence/verify.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "ledger/evidence/checks.h"

namespace fairway::ledger::evidence {
namespace {

constexpr std::array<std::string_view, 3> kVerdicts = {"holds", "fails", "note"};
constexpr std::array kChecks = {check_seal,      check_checkpoint,  check_entries, check_anchor,
                                check_timestamp, check_certificate, check_others};

Report broken(std::string_view kind, const Error& error) {
  Report report;
  report.kind = kind;
  report.findings.push_back({Verdict::fails, "", error.text()});
  return report;
}

// Whom the answer hangs on: said before anything else.
void tell_policy(Inspection& inspection, const Policy& own, const Policy* given) {
  if (given == nullptr) {
    std::string where;
    for (const PolicyLog& log : own.logs)
      if (!log.url.empty()) where = log.url + "/policy";
    inspection.notes(
        kPolicyPart,
        "the keys of the log and its witnesses are taken from this file itself: whoever made the file chose whom you trust. Get the "
        "policy that the log has published" +
            (where.empty() ? std::string() : " (" + where + ")") + " by a way of your own, and verify again with --policy FILE");
    return;
  }
  inspection.holds("", "the keys of the log and its witnesses are those of the policy that you gave");
}

Result<Policy> own_policy(const Bundle& bundle) {
  const Part* part = bundle.find(kPolicyPart);
  if (part == nullptr) return fail(Code::invalid, "the bundle has no policy", std::string(kPolicyPart));
  return policy_from(part->bytes);
}

void write_checkpoint(JsonWriter& writer, const Report& report) {
  writer.key("checkpoint").begin_object().member("size", report.checkpoint.size).member("root", to_base64(view(report.checkpoint.root)));
  if (report.witnessed_s != 0) writer.member("witnessed", to_rfc3339_utc(static_cast<int64_t>(report.witnessed_s) * 1'000'000));
  writer.key("witnesses").begin_array();
  for (const std::string& witness : report.witnesses) writer.value(witness);
  writer.end_array().end_object();
}

}  // namespace

std::string_view name(Verdict verdict) { return kVerdicts.at(static_cast<size_t>(verdict)); }

bool Report::holds() const {
  return !findings.empty() && std::ranges::none_of(findings, [](const Finding& finding) { return finding.verdict == Verdict::fails; });
}

Report verify_bundle(std::string_view bytes, const Policy* policy) {
  const auto bundle = bundle_from(bytes);
  if (!bundle) return broken("bundle", bundle.error());
  const auto own = own_policy(*bundle);
  if (!own) return broken("bundle", own.error());
  Report report;
  report.kind = "bundle";
  report.own_policy = policy == nullptr;
  report.origin = bundle->manifest.origin;
  report.about = bundle->manifest.about;
  report.made = bundle->manifest.made;
  Inspection inspection{*bundle, policy != nullptr ? *policy : *own, report, ""};
  tell_policy(inspection, *own, policy);
  inspection.holds("", "the file is a bundle, spelt as bundles are, and its parts are those of its manifest");
  for (const auto check : kChecks) check(inspection);
  return report;
}

Report verify_proof(std::string_view text, const Policy& policy) {
  const auto proof = proof_from(text);
  if (!proof) return broken("proof", proof.error());
  if (to_text(*proof) != text) return broken("proof", {Code::invalid, "the proof is not spelt as a proof is", "", "it was changed"});
  const auto witnessed = verify(*proof, proof->extra, policy);
  if (!witnessed) return broken("proof", witnessed.error());
  Report report;
  report.kind = "proof";
  report.origin = witnessed->checkpoint.origin;
  report.about = "entry:" + std::to_string(proof->index + 1);
  report.checkpoint = witnessed->checkpoint;
  report.witnessed_s = witnessed->median_time_s();
  for (const size_t witness : witnessed->witnesses) report.witnesses.push_back(policy.witnesses.at(witness).name);
  report.entries.push_back({proof->index + 1, {}, 0});
  report.findings.push_back(
      {Verdict::holds, "", "the entry is in the log, under a checkpoint with the witnesses that the policy asks for"});
  report.findings.push_back(
      {Verdict::note, "", "a bare proof says that something was committed to, not what: an evidence bundle shows what"});
  return report;
}

std::string to_json(const Report& report) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("verdict", report.holds() ? "holds" : "fails").member("kind", report.kind);
  writer.member("policy", report.own_policy ? "own" : "given").member("origin", report.origin).member("about", report.about);
  writer.optional_member("made", report.made);
  write_checkpoint(writer, report);
  writer.key("entries").begin_array();
  for (const ProvenEntry& entry : report.entries) {
    writer.begin_object().member("entry", entry.entry).key("fields").begin_array();
    for (const Field& field : entry.shown) writer.begin_object().member("path", field.path).member("value", field.value).end_object();
    writer.end_array().member("hidden", entry.hidden).end_object();
  }
  writer.end_array().key("findings").begin_array();
  for (const Finding& finding : report.findings)
    writer.begin_object()
        .member("verdict", name(finding.verdict))
        .optional_member("part", finding.part)
        .member("text", legible(finding.text, 4096))
        .end_object();
  writer.end_array().end_object();
  return out;
}

}  // namespace fairway::ledger::evidence
