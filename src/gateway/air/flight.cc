#include "gateway/air/flight.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"

namespace fairway::gateway::air {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::optional<Flight> read_flight(std::string_view text) {
  std::string plain;
  for (const char c : to_upper(trim(text)))
    if (c != ' ' && c != '-') plain += c;
  constexpr size_t kDesignator = 2, kNumberMax = 4;
  if (plain.size() < kDesignator + 1) return std::nullopt;
  const bool designator = (is_upper(plain[0]) || is_digit(plain[0])) && (is_upper(plain[1]) || is_digit(plain[1])) &&
                          (is_upper(plain[0]) || is_upper(plain[1]));
  if (!designator) return std::nullopt;
  std::string_view number = std::string_view(plain).substr(kDesignator);
  std::string_view digits = number.substr(0, is_upper(number.back()) ? number.size() - 1 : number.size());
  if (digits.empty() || digits.size() > kNumberMax || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  while (number.size() > 1 && number.front() == '0' && is_digit(number[1])) number.remove_prefix(1);
  return Flight{plain.substr(0, kDesignator), std::string(number)};
}

std::string flight_reference(const Flight& flight, const CivilTime& departure) {
  return fmt::format("{}/{:04}-{:02}-{:02}", flight.designation(), departure.year, departure.month, departure.day);
}

}  // namespace fairway::gateway::air
