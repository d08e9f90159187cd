#include "ledger/anchor/rlp.h"

#include "base/bytes.h"

namespace fairway::ledger::anchor {
namespace {

constexpr size_t kShortMax = 55;  // longer ones carry the length of their length

std::string_view without_zeros(std::string_view big_endian) {
  const size_t first = big_endian.find_first_not_of('\0');
  return first == std::string_view::npos ? std::string_view() : big_endian.substr(first);
}

// `base`: 0x80 of strings, 0xC0 of lists.
std::string with_length(uint8_t base, std::string_view content) {
  std::string out;
  if (content.size() <= kShortMax) {
    out += static_cast<char>(base + content.size());
  } else {
    std::string length;
    append_u64(length, content.size());
    const std::string_view shortest = without_zeros(length);
    out += static_cast<char>(base + kShortMax + shortest.size());
    out += shortest;
  }
  out += content;
  return out;
}

}  // namespace

std::string rlp_bytes(std::string_view bytes) {
  if (bytes.size() == 1 && static_cast<uint8_t>(bytes[0]) < 0x80) return std::string(bytes);
  return with_length(0x80, bytes);
}

std::string rlp_number(uint64_t number) {
  std::string big_endian;
  append_u64(big_endian, number);
  return rlp_number(std::string_view(big_endian));
}

std::string rlp_number(std::string_view big_endian) { return rlp_bytes(without_zeros(big_endian)); }

std::string rlp_list(std::span<const std::string> items) {
  std::string content;
  for (const std::string& item : items) content += item;
  return with_length(0xC0, content);
}

}  // namespace fairway::ledger::anchor
