#include "filing/form/identifiers.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"
#include "model/reference.h"

namespace fairway::filing {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool are_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

}  // namespace

bool is_container_number(std::string_view text) {
  if (text.size() != 11 || !is_digit(text[10])) return false;
  if (text[3] != 'U' && text[3] != 'J' && text[3] != 'Z') return false;
  return iso6346_check_digit(text.substr(0, 10)) == text[10] - '0';
}

bool is_unified_social_credit_code(std::string_view text) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr size_t kLength = 18;
  if (text.size() != kLength) return false;
  size_t sum = 0, weight = 1;
  for (size_t i = 0; i + 1 < kLength; ++i) {
    const size_t value = kAlphabet.find(text[i]);
    if (value == std::string_view::npos) return false;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return kAlphabet[(31 - sum % 31) % 31] == text.back();
}

bool is_air_waybill(std::string_view text) {
  if (text.size() == 12 && text[3] == '-') return is_air_waybill(std::string(text.substr(0, 3)) + std::string(text.substr(4)));
  if (text.size() != 11 || !are_digits(text)) return false;
  int serial = 0;
  for (const char c : text.substr(3, 7)) serial = serial * 10 + (c - '0');
  return serial % 7 == text.back() - '0';
}

bool is_imo_number(std::string_view text) {
  if (text.starts_with("IMO")) text = trim(text.substr(3));
  return text.size() == 7 && are_digits(text) && imo_check_digit(text.substr(0, 6)) == text.back() - '0';
}

bool is_post_box(std::string_view address) {
  constexpr std::array<std::string_view, 8> kWays = {" PO BOX", " P O BOX",         " GPO BOX",  " G P O BOX",
                                                     " POBOX",  " POST OFFICE BOX", " POST BOX", " GPOBOX"};
  if (address.find("信箱") != std::string_view::npos) return true;
  std::string plain = " ";
  for (const char c : to_upper(address)) {
    if (c == '.') continue;
    const bool counts = is_digit(c) || (c >= 'A' && c <= 'Z');
    if (counts || plain.back() != ' ') plain += counts ? c : ' ';
  }
  plain += ' ';
  return std::ranges::any_of(kWays, [&](std::string_view way) {
    for (size_t at = plain.find(way); at != std::string::npos; at = plain.find(way, at + 1)) {
      const char next = plain[at + way.size()];
      if (next == ' ' || is_digit(next)) return true;
    }
    return false;
  });
}

bool has_shape(std::string_view text, std::string_view pattern) {
  return std::ranges::equal(text, pattern, [](char c, char wanted) {
    const bool letter = c >= 'A' && c <= 'Z';
    switch (wanted) {
      case '9': return is_digit(c);
      case 'A': return letter;
      case 'X': return letter || is_digit(c);
      default: return c == wanted;
    }
  });
}

size_t counted_length(std::string_view text) {
  size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) length += 1;
    if (byte >= 0xC0) length += 2;  // the first byte of a longer character
  }
  return length;
}

}  // namespace fairway::filing
