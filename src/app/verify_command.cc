// `fairway verify`: checks an evidence bundle or a proof offline, and says in plain lines what holds, what does not, and whom it hangs on.
#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "app/evidence_commands.h"
#include "app/report.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"
#include "ledger/evidence/verify.h"

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
  if (holds)
    std::cout << fmt::format(": {} of {} about {}",
                             report.entries.size() == 1 ? "1 entry" : fmt::format("{} entries", report.entries.size()),
                             legible(report.origin), legible(report.about));
  std::cout << "\n";
  for (const Finding& finding : report.findings) {
    if (!holds && finding.verdict == Verdict::holds) continue;  // what failed is not to be lost among what did not
    std::cout << mark(finding.verdict) << (finding.part.empty() ? "" : legible(finding.part) + ": ") << legible(finding.text, 4096) << "\n";
  }
  if (!holds) return;
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

}  // namespace

int verify(const VerifyOptions& options) {
  const auto file = read_input(options.file, limits::kBundleBytesMax);
  if (!file) return complain(file.error(), kCannotRun);
  const auto policy = given_policy(options);
  if (!policy) return complain(policy.error(), kCannotRun);
  const ledger::Policy* given = policy->has_value() ? &**policy : nullptr;
  if (ledger::evidence::is_zip(*file)) return tell(ledger::evidence::verify_bundle(*file, given), options.json);
  if (!file->starts_with("c2sp.org/tlog-proof@"))
    return complain(
        {Code::unsupported, "neither an evidence bundle nor a proof", options.file, "fairway verify FILE.zip or FILE.tlog-proof"},
        kCannotRun);
  if (given == nullptr)
    return complain({Code::invalid, "a bare proof does not say whom to believe", options.file,
                     "give the log's policy with --policy FILE; the log shows it at /ledger/policy"},
                    kCannotRun);
  return tell(ledger::evidence::verify_proof(*file, *given), options.json);
}

}  // namespace fairway::app
