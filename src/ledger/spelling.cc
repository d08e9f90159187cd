#include "ledger/spelling.h"

#include <charconv>

#include "base/bytes.h"

namespace fairway::ledger {

Result<uint64_t> exact_number(std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || (text.size() > 1 && text.front() == '0')) return fail(Code::invalid, "not a decimal number", legible(text));
  return number;
}

Result<std::string> exact_base64(std::string_view text) {
  std::string bytes = TRY(from_base64(text));
  // The last digit may carry bits that are no part of any byte.
  if (to_base64(bytes) != text) return fail(Code::invalid, "base64 with stray bits", legible(text));
  return bytes;
}

Result<Hash> exact_hash(std::string_view base64) { return hash_from(TRY(exact_base64(base64))); }

std::optional<std::string_view> take_line(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace fairway::ledger
