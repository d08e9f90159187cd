// Quantity: numbers and bytes as Ethereum's JSON-RPC writes them: "0x41" without leading zeros, and "0x" with two digits a byte.
// Pure; any thread. Code::invalid for any other spelling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

[[nodiscard]] std::string to_quantity(uint64_t number);
[[nodiscard]] Result<uint64_t> number_from_quantity(std::string_view text);  // and where it is past 64 bits
[[nodiscard]] std::string to_data(std::string_view bytes);
[[nodiscard]] Result<std::string> bytes_from_data(std::string_view text);
[[nodiscard]] Result<Hash> hash_from_data(std::string_view text);

}  // namespace fairway::ledger::anchor
