#include "model/entry.h"

#include <array>

#include "base/bytes.h"

namespace fairway {
namespace {

constexpr std::array<std::string_view, 17> kNames = {"event",       "message", "party",    "key",    "document",   "grant",
                                                     "read",        "person",  "callback", "alert",  "alert_rule", "erasure",
                                                     "fingerprint", "erased",  "filing",   "bundle", "hold"};

}  // namespace

std::string_view name(EntryKind kind) { return kNames.at(static_cast<size_t>(kind) - 1); }

Result<EntryKind> entry_kind_from(std::string_view text) {
  for (size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == text) return static_cast<EntryKind>(i + 1);
  return fail(Code::invalid, "not a kind of entry", legible(text));
}

}  // namespace fairway
