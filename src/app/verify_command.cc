// `fairway verify`: checks an evidence bundle, a proof or a receipt offline, and says in plain lines what holds, what does not, and whom it
// hangs on.
#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "app/evidence_commands.h"
#include "app/report.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/limits.h"
#include "ledger/anchor/online.h"
#include "ledger/evidence/verify.h"
#include "ledger/evidence/verify_receipt.h"

namespace fairway::app {
namespace {

using ledger::evidence::Finding;
using ledger::evidence::Report;
using ledger::evidence::Verdict;

constexpr size_t kValueShownBytes = 200;

std::string_view mark(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return "  ok    ";
    case Verdict::fails: return "  FAILS ";
    case Verdict::note: return "  note  ";
  }
  return "";
}

// null where none was given.
Result<std::optional<ledger::Policy>> given_policy(const VerifyOptions& options) {
  std::string text, from = options.policy;
  if (options.from_server) {
    Connection connection = TRY(Connection::open(options.server));
    text = TRY(connection.send({http::Method::get, "/ledger/policy", {}, {}})).body;
    from = options.server.url;
  } else if (!options.policy.empty()) {
    text = TRY(read_input(options.policy, limits::kPolicyBytesMax));
  } else {
    return std::nullopt;
  }
  auto policy = ledger::policy_from(text);
  if (!policy) return fail(policy.error().code, "the policy cannot be read", from + ": " + policy.error().text());
  return std::move(*policy);
}

Result<ledger::anchor::AnchorRecord> anchor_in(std::string_view bytes) {
  const ledger::evidence::Bundle bundle = TRY(ledger::evidence::bundle_from(bytes));
  const ledger::evidence::Part* part = bundle.find(ledger::evidence::kAnchorPart);
  if (part == nullptr) return fail(Code::not_found, "there is no anchor to ask nodes about");
  const json::value parsed = TRY(parse_json(part->bytes));
  const json::object* object = parsed.if_object();
  const json::object* record = object == nullptr ? nullptr : object_of(*object, "record");
  if (record == nullptr) return fail(Code::invalid, "the anchor has no record");
  return ledger::anchor::anchor_record_from_json(json::serialize(*record));
}

// What the nodes say of the anchor. One that cannot be asked proves nothing either way; one alone is hardly better than none.
Status ask_nodes(const std::vector<std::string>& nodes, std::string_view bytes, Report& report) {
  const ledger::anchor::AnchorRecord record = TRY(anchor_in(bytes));
  const std::vector<ledger::anchor::NodeVerdict> verdicts = TRY(ledger::anchor::confirm_online(record, nodes));
  const std::string part(ledger::evidence::kAnchorPart);
  for (const ledger::anchor::NodeVerdict& verdict : verdicts) {
    if (verdict.confirms)
      report.findings.push_back({Verdict::holds, part, verdict.node + " confirms that the chain has this anchor"});
    else
      report.findings.push_back({verdict.confirms.error().code == Code::unavailable ? Verdict::note : Verdict::fails, part,
                                 verdict.node + ": " + verdict.confirms.error().text()});
  }
  if (verdicts.size() < 2) report.findings.push_back({Verdict::note, part, "one node alone was asked: it may be wrong, or lie"});
  return {};
}

void print_entries(const Report& report) {
  for (const ledger::evidence::ProvenEntry& entry : report.entries) {
    std::cout << "entry " << entry.entry;
    if (report.witnessed_s != 0) std::cout << ", in the log by " << to_rfc3339_utc(static_cast<int64_t>(report.witnessed_s) * 1'000'000);
    if (entry.hidden != 0) std::cout << ", " << entry.hidden << " fields hidden";
    std::cout << "\n";
    for (const ledger::Field& field : entry.shown)
      std::cout << fmt::format("  {:<28} {}\n", legible(field.path, kValueShownBytes), legible(field.value, kValueShownBytes));
  }
}

void print(const Report& report) {
  const bool holds = report.holds();
  std::cout << (holds ? "HOLDS" : "DOES NOT HOLD");
  if (holds && report.kind != "receipt")
    std::cout << fmt::format(": {} of {} about {}",
                             report.entries.size() == 1 ? "1 entry" : fmt::format("{} entries", report.entries.size()),
                             legible(report.origin), legible(report.about));
  std::cout << "\n";
  for (const Finding& finding : report.findings) {
    if (!holds && finding.verdict == Verdict::holds) continue;  // what failed is not to be lost among what did not
    std::cout << mark(finding.verdict) << (finding.part.empty() ? "" : legible(finding.part) + ": ") << legible(finding.text, 4096) << "\n";
  }
  if (!holds || report.kind == "receipt") return;
  print_entries(report);
  std::cout << "Proven is that this was said, by whom the log names, and by when; not that it is true.\n";
}

int tell(const Report& report, bool json) {
  if (json)
    std::cout << to_json(report) << "\n";
  else
    print(report);
  return report.holds() ? kOk : kFailed;
}

int tell_bundle(const VerifyOptions& options, std::string_view bytes, const ledger::Policy* policy) {
  Report report = ledger::evidence::verify_bundle(bytes, policy);
  if (!options.nodes.empty() && report.holds())
    if (const Status asked = ask_nodes(options.nodes, bytes, report); !asked) return complain(asked.error(), kCannotRun);
  return tell(report, options.json);
}

int tell_receipt(const VerifyOptions& options, std::string_view text, const ledger::Policy& policy) {
  ledger::evidence::ReceiptEvidence evidence;
  if (!options.checkpoint.empty()) {
    auto note = read_input(options.checkpoint, limits::kNoteBytesMax);
    if (!note) return complain(note.error(), kCannotRun);
    evidence.checkpoint = std::move(*note);
  }
  if (!options.proof.empty()) {
    auto shown = read_input(options.proof, limits::kBundleBytesMax);
    if (!shown) return complain(shown.error(), kCannotRun);
    (ledger::evidence::is_zip(*shown) ? evidence.bundle : evidence.proof) = std::move(*shown);
  }
  return tell(ledger::evidence::verify_receipt(text, policy, evidence), options.json);
}

}  // namespace

int verify(const VerifyOptions& options) {
  const auto file = read_input(options.file, limits::kBundleBytesMax);
  if (!file) return complain(file.error(), kCannotRun);
  const auto policy = given_policy(options);
  if (!policy) return complain(policy.error(), kCannotRun);
  const ledger::Policy* given = policy->has_value() ? &**policy : nullptr;
  if (ledger::evidence::is_zip(*file)) return tell_bundle(options, *file, given);
  const bool is_receipt = file->starts_with("{");
  if (!is_receipt && !file->starts_with("c2sp.org/tlog-proof@"))
    return complain({Code::unsupported, "no evidence bundle, proof or receipt", options.file, "docs/reference/ledger.md has their forms"},
                    kCannotRun);
  if (given == nullptr)
    return complain({Code::invalid, "a bare proof or receipt does not say whom to believe", options.file,
                     "give the log's policy with --policy FILE; the log shows it at /ledger/policy"},
                    kCannotRun);
  if (is_receipt) return tell_receipt(options, *file, *given);
  return tell(ledger::evidence::verify_proof(*file, *given), options.json);
}

}  // namespace fairway::app
