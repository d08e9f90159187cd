#include "filing/lodge/mainland_values.h"

#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "filing/record/record.h"

namespace fairway::filing {

std::string mainland_moment(int64_t micros) {
  const CivilTime civil = civil_of(micros, kMainlandOffsetMinutes);
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second);
}

std::string mainland_value(std::string_view value, gateway::customs::Holds holds) {
  using gateway::customs::Holds;
  if (holds == Holds::date || holds == Holds::moment) {
    if (const auto instant = parse_rfc3339(value)) {
      std::string moment = mainland_moment(instant->micros);
      return holds == Holds::date ? moment.substr(0, 8) : moment;
    }
    if (value.size() == 10 && value[4] == '-' && value[7] == '-')
      return std::string(value.substr(0, 4)) + std::string(value.substr(5, 2)) + std::string(value.substr(8, 2));
  }
  std::string line(trim(value));
  for (char& c : line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return line;
}

RowName row_name_in(std::string_view name) {
  const size_t open = name.find('['), close = name.find("].");
  size_t row = 0;
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {{}, 0, name};
  const auto [end, error] = std::from_chars(name.data() + open + 1, name.data() + close, row);
  if (error != std::errc() || end != name.data() + close || row == 0 || row > kRecordRowsMax) return {{}, 0, name};
  return {name.substr(0, open), row - 1, name.substr(close + 2)};
}

}  // namespace fairway::filing
