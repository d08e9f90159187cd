#include "filing/clock/clock.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/zone.h"
#include "filing/clock/day.h"
#include "filing/clock/span.h"

namespace fairway::filing {
namespace {

constexpr int kShiftDaysMax = 366;  // a calendar without one day to lodge on in a year is a mistake

struct Place {
  const Regime& regime;
  const Calendar* calendar;  // null: the regime's own
  const std::string& zone;
};

// The kinds of that day that the clock moves on from.
std::vector<std::string> kinds_of(const Place& place, Day day) {
  const std::string date = text(day);
  std::vector<std::string> kinds;
  if (place.calendar != nullptr) {
    kinds = place.calendar->kinds(date);
  } else {
    const Table& table = place.regime.table("calendar");
    for (size_t row = 0; row < table.rows(); ++row) {
      if (table.cell(row, "date") == date) kinds.push_back(table.cell(row, "kind"));
    }
  }
  const bool sunday = is_sunday(day) && place.regime.setting("calendar_sundays") == "yes";
  if (sunday && std::ranges::find(kinds, "holiday") == kinds.end()) kinds.emplace_back("holiday");
  return kinds;
}

// "holiday|gale|black-rain" and the kinds of a day: the first that is in both, "" for none.
std::string first_shared(std::string_view shift, const std::vector<std::string>& kinds) {
  for (size_t at = 0; at < shift.size();) {
    const size_t end = std::min(shift.find('|', at), shift.size());
    const std::string_view kind = shift.substr(at, end - at);
    if (std::ranges::find(kinds, kind) != kinds.end()) return std::string(kind);
    at = end + 1;
  }
  return {};
}

// Whether the regime's calendar says anything of that year.
bool calendar_has_year(const Table& calendar, std::string_view year) {
  for (size_t row = 0; row < calendar.rows(); ++row) {
    if (calendar.cell(row, "date").starts_with(year)) return true;
  }
  return false;
}

Result<Instant> placed(Day day, int64_t seconds, const std::string& zone) {
  const std::chrono::year_month_day date(day);
  const int64_t of_day = seconds % 86'400;
  return instant_in_zone({static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                          static_cast<int>(static_cast<unsigned>(date.day())), static_cast<int>(of_day / 3600),
                          static_cast<int>(of_day / 60 % 60), static_cast<int>(of_day % 60)},
                         zone);
}

// A moment so long after another, in local time.
Result<Instant> moved(const Instant& from, Span span, const std::string& zone) {
  Instant moment;
  moment.micros = from.micros + span.micros();
  moment.offset_minutes = static_cast<int16_t>(TRY(offset_minutes_at(moment.micros, zone)));
  moment.zone = ZoneSource::place;
  return moment;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = trim(text)).empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// Days count from the day after; the limit is the end of the last day, moved on from days of the kinds that `shift` names.
Status count_days(Deadline& deadline, const Place& place, const Table& table, size_t row, const Instant& from) {
  const Span latest = TRY(parse_span(table.cell(row, "latest")));
  const std::string& shift = table.cell(row, "shift");
  const Day start = TRY(day_at(from.micros, place.zone));
  deadline.working.push_back(fmt::format("{} is {} in {}", to_rfc3339(from), text(start), place.zone));
  deadline.working.push_back(fmt::format("day 1 is the day after: {}", text(start + std::chrono::days(1))));
  Day last = start + std::chrono::days(latest.days);
  deadline.working.push_back(fmt::format("day {} is {}", latest.days, text(last)));
  for (int moves = 0;; ++moves) {
    const std::string kind = first_shared(shift, kinds_of(place, last));
    if (kind.empty()) break;
    if (moves == kShiftDaysMax) return fail(Code::invalid, "a calendar has no day to lodge on", "from " + text(last));
    const Day next = last + std::chrono::days(1);
    deadline.working.push_back(
        fmt::format("{} is no day to count to ({}): on to {}", text(last), is_sunday(last) ? "Sunday" : kind, text(next)));
    last = next;
  }
  const std::string year = text(last).substr(0, 4);
  if (place.calendar == nullptr && shift.contains("holiday") && !calendar_has_year(place.regime.table("calendar"), year)) {
    deadline.caution = fmt::format("the calendar has no days of {}: its holidays are not counted in", year);
  }
  deadline.latest = TRY(placed(last, 86'399, place.zone));
  if (const std::string& earliest = table.cell(row, "earliest"); !earliest.empty()) {
    deadline.earliest = TRY(placed(start + std::chrono::days(TRY(parse_span(earliest)).days), 0, place.zone));
  }
  for (const std::string_view word : words(table.cell(row, "reminders"))) {
    const Span span = TRY(parse_span(word));
    deadline.reminders.push_back(TRY(placed(start + std::chrono::days(span.days), span.seconds, place.zone)));
  }
  return {};
}

// Moments that lie so long before or after.
Status count_time(Deadline& deadline, const Place& place, const Table& table, size_t row, const Instant& from) {
  const std::string& latest = table.cell(row, "latest");
  deadline.latest = TRY(moved(from, TRY(parse_span(latest)), place.zone));
  deadline.working.push_back(fmt::format("{} and {}: {}", to_rfc3339(from), latest, to_rfc3339(deadline.latest)));
  if (const std::string& earliest = table.cell(row, "earliest"); !earliest.empty()) {
    deadline.earliest = TRY(moved(from, TRY(parse_span(earliest)), place.zone));
    deadline.working.push_back(fmt::format("not before {}: {}", earliest, to_rfc3339(*deadline.earliest)));
  }
  for (const std::string_view word : words(table.cell(row, "reminders"))) {
    deadline.reminders.push_back(TRY(moved(from, TRY(parse_span(word)), place.zone)));
  }
  return {};
}

}  // namespace

Result<Deadline> deadline(const Regime& regime, std::string_view id, const Instant& from, const Calendar* calendar) {
  const Place place{regime, calendar, regime.setting("zone")};
  const Table& table = regime.table("deadlines");
  const std::string day = text(TRY(day_at(from.micros, place.zone)));
  for (size_t row = 0; row < table.rows(); ++row) {
    if (table.cell(row, "deadline") != id || !table.counts_on(row, day)) continue;
    Deadline deadline;
    deadline.id = id;
    deadline.source = table.cell(row, "source");
    const bool days = table.cell(row, "day_clock") == "yes";
    const Status counted = days ? count_days(deadline, place, table, row, from) : count_time(deadline, place, table, row, from);
    if (!counted) {
      Error error = counted.error();
      error.detail = table.place(row) + ": " + error.detail;
      return std::unexpected(std::move(error));
    }
    return deadline;
  }
  return fail(Code::not_found, "no such deadline", legible(id) + " on " + day);
}

int days_late(const Regime& regime, const Deadline& deadline, int64_t now_us) {
  const auto today = day_at(now_us, regime.setting("zone"));
  const auto last = day_at(deadline.latest.micros, regime.setting("zone"));
  if (!today || !last || *today <= *last) return 0;
  return static_cast<int>((*today - *last).count());
}

}  // namespace fairway::filing
