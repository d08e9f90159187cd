// Bundle: an evidence bundle put together and taken apart (docs/reference/ledger.md, "The evidence bundle"). What is in it is verify.h's to
// judge; here it only has to be a bundle: one canonical zip, a manifest that lists every part in its order, a seal.
//
// Pure but for the signing; any thread. Errors: Code::invalid for what is no bundle, Code::too_large, the signer's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/commitment.h"
#include "ledger/evidence/manifest.h"
#include "ledger/evidence/zip.h"
#include "ledger/proof.h"

namespace fairway::ledger::evidence {

inline constexpr std::string_view kPolicyPart = "policy.txt";
inline constexpr std::string_view kAnchorPart = "anchor.json";
inline constexpr std::string_view kTimestampPart = "timestamp.tsr";
inline constexpr std::string_view kCertificatePart = "certificate.json";
inline constexpr std::string_view kStatementPage = "statement.html", kStatementPaper = "statement.pdf";
inline constexpr std::string_view kVerifierPart = "verifier.html";
[[nodiscard]] std::string opening_part(Position entry);  // "openings/4711.json"
[[nodiscard]] std::string proof_part(Position entry);    // "proofs/4711.tlog-proof"
// The entry of "openings/N.json" and the like: 0 where the name is no such.
[[nodiscard]] Position entry_of_part(std::string_view name, std::string_view folder, std::string_view ending);

struct Contents {
  std::string origin, made, about;  // as in the manifest
  std::string policy;               // text
  std::vector<Opening> openings;    // ascending by entry
  std::vector<Proof> proofs;        // one for each opening, in its order; all under one checkpoint
  std::vector<Part> others;         // signatures, anchor, time stamp, certificate, statement, verifier: as they are to stand
};
[[nodiscard]] Result<std::string> make(const Contents& contents, const Signer& log);

struct Bundle {
  Manifest manifest;
  std::string manifest_json, seal;
  std::vector<Part> parts;  // those that the manifest lists
  [[nodiscard]] const Part* find(std::string_view name) const;
};
[[nodiscard]] Result<Bundle> bundle_from(std::string_view bytes);

}  // namespace fairway::ledger::evidence
