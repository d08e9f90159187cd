// Day: a civil date, written YYYY-MM-DD as tables and forms write it, to count with. Pure; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::filing {

using Day = std::chrono::sys_days;

// Years 1900–2200. Code::invalid otherwise.
[[nodiscard]] Result<Day> parse_day(std::string_view text);
[[nodiscard]] std::string text(Day day);
// The same day so many months later; the month's last where it has no such day: 31 January and one month is 28 or 29 February.
[[nodiscard]] Day plus_months(Day day, int months);
// The date of that moment in a zone ("Asia/Hong_Kong").
[[nodiscard]] Result<Day> day_at(int64_t micros, std::string_view zone);
[[nodiscard]] bool is_sunday(Day day);

}  // namespace fairway::filing
