#include <algorithm>

#include "base/bytes.h"
#include "filing/clock/clock.h"
#include "filing/clock/day.h"

namespace fairway::filing {
namespace {

constexpr std::string_view kKinds[] = {"holiday", "gale", "black-rain"};

Result<Calendar> from_table(const Table& table) {
  Calendar calendar;
  for (size_t row = 0; row < table.rows(); ++row) {
    const std::string& date = table.cell(row, "date");
    const std::string& kind = table.cell(row, "kind");
    if (!parse_day(date)) {
      return fail(Code::invalid, "a day of a calendar is not a date", table.place(row) + ": " + legible(date), "YYYY-MM-DD");
    }
    if (std::ranges::find(kKinds, kind) == std::end(kKinds)) {
      return fail(Code::invalid, "a calendar has no such kind of day", table.place(row) + ": " + legible(kind),
                  "holiday, gale or black-rain");
    }
    calendar.add(date, kind);
  }
  return calendar;
}

}  // namespace

Result<Calendar> Calendar::parse(std::string_view csv, std::string_view file) {
  const Table table = TRY(Table::parse(csv, file));
  for (const std::string_view column : {"date", "kind"}) {
    if (!table.has(column)) {
      return fail(Code::invalid, "a calendar lacks a column", std::string(file) + ": " + std::string(column), "first line: date,kind");
    }
  }
  return from_table(table);
}

Result<Calendar> Calendar::of(const Regime& regime) {
  Calendar calendar = TRY(from_table(regime.table("calendar")));
  calendar.set_sundays(regime.setting("calendar_sundays") == "yes");
  return calendar;
}

void Calendar::add(std::string date, std::string kind) {
  std::vector<std::string>& kinds = days_[std::move(date)];
  if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(std::move(kind));
}

std::vector<std::string> Calendar::kinds(std::string_view date) const {
  std::vector<std::string> kinds;
  if (const auto found = days_.find(date); found != days_.end()) kinds = found->second;
  if (sundays_ && std::ranges::find(kinds, "holiday") == kinds.end()) {
    const auto day = parse_day(date);
    if (day && is_sunday(*day)) kinds.emplace_back("holiday");
  }
  return kinds;
}

}  // namespace fairway::filing
