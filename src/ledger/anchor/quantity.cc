#include "ledger/anchor/quantity.h"

#include <charconv>

#include "base/bytes.h"

namespace fairway::ledger::anchor {

std::string to_quantity(uint64_t number) {
  char digits[16];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number, 16);
  return "0x" + std::string(digits, end);
}

Result<uint64_t> number_from_quantity(std::string_view text) {
  uint64_t number = 0;
  const std::string_view digits = text.starts_with("0x") ? text.substr(2) : std::string_view();
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (digits.empty() || digits.front() == '-' || error != std::errc() || end != digits.data() + digits.size() ||
      (digits.size() > 1 && digits.front() == '0'))
    return fail(Code::invalid, "this is no number of JSON-RPC", legible(text));
  return number;
}

std::string to_data(std::string_view bytes) { return "0x" + to_hex(bytes); }

Result<std::string> bytes_from_data(std::string_view text) {
  if (!text.starts_with("0x")) return fail(Code::invalid, "bytes of JSON-RPC begin with 0x", legible(text));
  Result<std::string> bytes = from_hex(to_lower(text.substr(2)));
  if (!bytes) return fail(Code::invalid, "bytes of JSON-RPC are hex digits", legible(text));
  return bytes;
}

Result<Hash> hash_from_data(std::string_view text) {
  const std::string bytes = TRY(bytes_from_data(text));
  return hash_from(bytes);
}

}  // namespace fairway::ledger::anchor
