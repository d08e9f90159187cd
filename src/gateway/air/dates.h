// Dates as air messages state them: day and month, or the day alone, without a year.
//
// The year follows from the day on which the message was received: of the candidates, the date that lies from 300 days before to 65 days
// after it. Messages tell of what has happened and of flights a few weeks ahead, so the window leans back; it is a year long, so that there
// is one such date, and the nearer where there are two. What is said to have happened lies at most two days ahead (clocks and the date line
// differ) and up to 363 days back. 29 February is the nearest one within the window and otherwise no date. Pure; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace fairway::gateway::air {

inline constexpr int kDaysBackMax = 300;
inline constexpr int kDaysAheadMax = 65;
inline constexpr int kHappenedDaysBackMax = 363;
inline constexpr int kHappenedDaysAheadMax = 2;

// "JAN" … "DEC" as 1 … 12; 0 otherwise.
[[nodiscard]] int month_number(std::string_view name);
[[nodiscard]] std::string_view month_name(int month);

// The date of a day and month nearest the day received (in UTC); nothing where there is none.
[[nodiscard]] std::optional<CivilTime> place_date(int day, int month, int64_t received_us, bool happened = false);
// The same for a day of the month alone ("FLT/SU1244/01"): the nearest such day, from 10 days before to 25 days after.
[[nodiscard]] std::optional<CivilTime> place_day(int day, int64_t received_us);

// "23NOV": day and month. "23": the day alone, month 0. Nothing where it is neither.
struct DayMonth {
  int day = 0, month = 0;
};
[[nodiscard]] std::optional<DayMonth> read_day_month(std::string_view text);

// Days of a day change indicator: "P" previous −1, "N" next 1, "S" second 2, "T" third 3, "" none 0; nothing for another.
[[nodiscard]] std::optional<int> days_of_change(std::string_view indicator);

// The date `days` later, time of day kept.
[[nodiscard]] CivilTime add_days(const CivilTime& date, int days);

// The instant of an airport's local time: in its zone where the airport is known, else in UTC with ZoneSource::assumed. `text` is kept.
[[nodiscard]] Result<Instant> instant_at_airport(const CivilTime& local, std::string_view iata, std::string text);

}  // namespace fairway::gateway::air
