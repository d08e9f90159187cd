// RLP, the encoding of Ethereum's transactions (Yellow Paper, appendix B): byte strings and lists of items. Only writing: what nodes answer
// is JSON. Pure; any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace fairway::ledger::anchor {

[[nodiscard]] std::string rlp_bytes(std::string_view bytes);
[[nodiscard]] std::string rlp_number(uint64_t number);  // big-endian without leading zeros; 0 is no byte
// The same of a number of up to 32 big-endian bytes: r and s of a signature.
[[nodiscard]] std::string rlp_number(std::string_view big_endian);
// `items` are encoded already.
[[nodiscard]] std::string rlp_list(std::span<const std::string> items);
[[nodiscard]] inline std::string rlp_list(std::initializer_list<std::string> items) {
  return rlp_list(std::span<const std::string>(items.begin(), items.size()));
}

}  // namespace fairway::ledger::anchor
