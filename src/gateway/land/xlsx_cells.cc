#include "gateway/land/xlsx_cells.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "base/instant.h"

namespace fairway::gateway::land {
namespace {

constexpr double kExactMax = 1e15;
constexpr double kSerialMax = 110'000;  // the year 2201
constexpr double kUnixEpoch = 25'569;   // 1970-01-01 as a serial day from 1900
constexpr double kDaysFrom1904 = 1'462;
constexpr double kSecondsOfDay = 86'400;

// A format code without what is shown as it stands: "…" in quotes, [colours and locales], \x.
std::string pattern_of(std::string_view code) {
  std::string out;
  char until = '\0';
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (until != '\0')
      until = c == until ? '\0' : until;
    else if (c == '"')
      until = '"';
    else if (c == '[')
      until = ']';
    else if (c == '\\' || c == '_' || c == '*')
      ++i;
    else
      out += c;
  }
  return to_lower(out);
}

std::string date_text(double serial, NumberStyle style, bool epoch_1904) {
  const double days = serial + (epoch_1904 ? kDaysFrom1904 : 0) - kUnixEpoch;
  const auto seconds = static_cast<int64_t>(std::llround(days * kSecondsOfDay));
  const CivilTime at = civil_of(seconds * 1'000'000, 0);
  if (style == NumberStyle::date) return fmt::format("{:04}-{:02}-{:02}", at.year, at.month, at.day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", at.year, at.month, at.day, at.hour, at.minute, at.second);
}

}  // namespace

NumberStyle style_of(std::string_view format_code) {
  const std::string pattern = pattern_of(format_code);
  if (pattern == "general" || pattern.find_first_of("yd") == std::string::npos) return NumberStyle::number;
  return pattern.find('h') == std::string::npos ? NumberStyle::date : NumberStyle::date_time;
}

NumberStyle built_in_style(size_t id) {
  if (id == 22) return NumberStyle::date_time;
  const bool is_date = (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58;
  return is_date ? NumberStyle::date : NumberStyle::number;
}

Result<std::string> cell_text(std::string_view number, NumberStyle style, bool epoch_1904) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(value))
    return fail(Code::invalid, "the cell holds no number", legible(number, 32));
  if (style != NumberStyle::number && value >= 1 && value < kSerialMax)
    return date_text(value, value == std::floor(value) ? style : NumberStyle::date_time, epoch_1904);
  if (value == std::floor(value)) {
    if (std::abs(value) >= kExactMax)
      return fail(Code::invalid, "the cell holds a number of more than 15 digits, the last of which the spreadsheet has lost", "",
                  "format the column as text and enter it again");
    return std::to_string(static_cast<int64_t>(value));
  }
  return fmt::format("{}", value);
}

size_t column_of(std::string_view cell, size_t otherwise) {
  size_t column = 0, letters = 0;
  while (letters < cell.size() && letters < 3 && cell[letters] >= 'A' && cell[letters] <= 'Z')
    column = column * 26 + static_cast<size_t>(cell[letters++] - 'A') + 1;
  return letters == 0 ? otherwise : column - 1;
}

}  // namespace fairway::gateway::land
