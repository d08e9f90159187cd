#include "ledger/fingerprint/document.h"

#include <algorithm>

#include "base/bytes.h"

namespace fairway::ledger {
namespace {

constexpr size_t kFingerprintBytes = 32;
constexpr size_t kNumberBytesMax = 64;

Result<std::string> folded(std::string_view text, std::string_view what) {
  std::string kept = to_upper(text);
  std::erase_if(kept, [](char c) { return c == ' ' || c == '-'; });
  const auto plain = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.'; };
  if (kept.empty() || kept.size() > kNumberBytesMax || !std::ranges::all_of(kept, plain))
    return fail(Code::invalid, "not " + std::string(what), legible(text), "letters, digits, / and .");
  return kept;
}

}  // namespace

std::string document_input(std::string_view file) { return "fairway-document/v1\nfile\n" + to_hex(sha256(file)) + "\n"; }

Result<std::string> document_input(std::string_view scac, std::string_view number) {
  const std::string carrier = TRY(folded(scac, "a carrier's SCAC")), document = TRY(folded(number, "the number of a document"));
  return "fairway-document/v1\nnumber\n" + carrier + "\n" + document + "\n";
}

std::string fingerprint_of(std::string_view output) { return to_hex(output.substr(0, kFingerprintBytes)); }

bool is_fingerprint(std::string_view text) {
  return text.size() == 2 * kFingerprintBytes &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace fairway::ledger
