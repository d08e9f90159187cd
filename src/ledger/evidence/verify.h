// What an evidence bundle proves, checked from its bytes and a policy alone. The answer is a list of findings for people, each about one
// part, and the entries that are proven with what is shown of them.
//
// Pure; any thread. Nothing fails but in a finding: what is no bundle at all is one finding that says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/commitment.h"
#include "ledger/evidence/bundle.h"
#include "ledger/policy.h"

namespace fairway::ledger::evidence {

enum class Verdict : uint8_t { holds, fails, note };  // note: what is not proven, or whom it hangs on
[[nodiscard]] std::string_view name(Verdict verdict);

struct Finding {
  Verdict verdict = Verdict::note;
  std::string part;  // of the bundle, "" for the whole
  std::string text;
};

struct ProvenEntry {
  Position entry = 0;
  std::vector<Field> shown;
  size_t hidden = 0;  // fields
};

struct Report {
  std::string kind;         // "bundle", "proof"
  bool own_policy = false;  // the keys are those that the bundle itself brings along
  std::string origin, about, made;
  Checkpoint checkpoint;
  uint64_t witnessed_s = 0;            // the median of what the witnesses' clocks said; 0 without witnesses
  std::vector<std::string> witnesses;  // by their names in the policy
  std::vector<ProvenEntry> entries;
  std::vector<Finding> findings;
  [[nodiscard]] bool holds() const;
};

// `policy` null: the bundle's own.
[[nodiscard]] Report verify_bundle(std::string_view bytes, const Policy* policy);
// A tlog-proof whose `extra` is the entry.
[[nodiscard]] Report verify_proof(std::string_view text, const Policy& policy);

// {"verdict","kind","policy","origin","about","made","checkpoint":{…},"entries":[…],"findings":[…]}: docs/reference/ledger.md.
[[nodiscard]] std::string to_json(const Report& report);

// What the checks of single parts (checks.h) work on.
struct Inspection {
  const Bundle& bundle;
  const Policy& policy;
  Report& report;
  std::string note;  // the checkpoint's, verbatim; "" where no proof was found
  void holds(std::string_view part, std::string text) { report.findings.push_back({Verdict::holds, std::string(part), std::move(text)}); }
  void fails(std::string_view part, std::string text) { report.findings.push_back({Verdict::fails, std::string(part), std::move(text)}); }
  void notes(std::string_view part, std::string text) { report.findings.push_back({Verdict::note, std::string(part), std::move(text)}); }
};

}  // namespace fairway::ledger::evidence
