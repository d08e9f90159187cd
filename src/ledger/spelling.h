// Spelling: how the ledger's texts write numbers and bytes. Each value has exactly one spelling, so that no byte of a proof can be changed
// without changing what it says. Pure; any thread. Errors: Code::invalid.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "ledger/merkle.h"

namespace fairway::ledger {

// Decimal digits without leading zeros, up to 2^64 - 1.
[[nodiscard]] Result<uint64_t> exact_number(std::string_view text);
// RFC 4648 section 4, padded, the unused bits zero.
[[nodiscard]] Result<std::string> exact_base64(std::string_view text);
[[nodiscard]] Result<Hash> exact_hash(std::string_view base64);

// Takes the first line off `text`, and gives it without its line feed; nothing where there is no line feed.
[[nodiscard]] std::optional<std::string_view> take_line(std::string_view& text);

}  // namespace fairway::ledger
