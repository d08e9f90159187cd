// Manifest: what is in an evidence bundle, part by part with its digest, and the seal: a note by which the log says that it made just this
// bundle. One spelling: what writing would not give is refused. Pure; any thread. Code::invalid says what does not fit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/evidence/zip.h"
#include "ledger/note.h"
#include "ledger/policy.h"

namespace fairway::ledger::evidence {

inline constexpr std::string_view kManifestName = "manifest.json", kSealName = "seal";

struct ListedPart {
  std::string name;
  uint64_t bytes = 0;
  std::string sha256;  // hex
  friend bool operator==(const ListedPart&, const ListedPart&) = default;
};
struct Manifest {
  std::string origin;
  std::string made;   // RFC 3339, UTC, by the clock of the server that made it
  std::string about;  // "entry:4711", or a reference: "equipment:CSQU3054383"
  std::vector<ListedPart> parts;
};
[[nodiscard]] std::string to_json(const Manifest& manifest);
[[nodiscard]] Result<Manifest> manifest_from_json(std::string_view text);
[[nodiscard]] std::vector<ListedPart> list(std::span<const Part> parts);

// The text that the log signs.
[[nodiscard]] std::string seal_text(std::string_view origin, std::string_view manifest_json);
[[nodiscard]] Result<std::string> make_seal(const Signer& signer, std::string_view origin, std::string_view manifest_json);
// That a log of the policy sealed this manifest, and nobody else signed. Code::forbidden where none of them did.
[[nodiscard]] Status verify_seal(std::string_view seal, std::string_view origin, std::string_view manifest_json, const Policy& policy);

}  // namespace fairway::ledger::evidence
