#include "filing/clock/day.h"

#include <fmt/format.h>

#include <charconv>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/zone.h"

namespace fairway::filing {
namespace {

using std::chrono::year_month_day;

std::unexpected<Error> no_day(std::string_view text) {
  return fail(Code::invalid, "not a date", legible(text), "year, month and day as in 2026-11-24, between 1900 and 2200");
}

bool digits(std::string_view text, int& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && text.front() != '-';
}

}  // namespace

Result<Day> parse_day(std::string_view text) {
  int year = 0, month = 0, day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return no_day(text);
  if (!digits(text.substr(0, 4), year) || !digits(text.substr(5, 2), month) || !digits(text.substr(8, 2), day)) return no_day(text);
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || year < 1900 || year > 2200) return no_day(text);
  return Day(date);
}

std::string text(Day day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Day plus_months(Day day, int months) {
  const year_month_day date = year_month_day(day) + std::chrono::months(months);
  return date.ok() ? Day(date) : Day(date.year() / date.month() / std::chrono::last);
}

Result<Day> day_at(int64_t micros, std::string_view zone) {
  const int offset = TRY(offset_minutes_at(micros, zone));
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(micros) + std::chrono::minutes(offset)));
}

bool is_sunday(Day day) { return std::chrono::weekday(day) == std::chrono::Sunday; }

}  // namespace fairway::filing
