// V06 and V11: the clocks of Hong Kong.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "filing/clock/clock.h"
#include "filing/clock/day.h"
#include "filing/clock/span.h"
#include "unit/filing/hk_support.h"

namespace fairway::filing::hk_tests {
namespace {

std::string latest(std::string_view id, std::string_view from, const Calendar* calendar = nullptr) {
  const auto answer = deadline(hk(), id, at(from), calendar);
  return answer ? to_rfc3339(answer->latest) : answer.error().text();
}

TEST(HkClock, FourteenDaysFromTheDayAfter) {
  EXPECT_EQ(latest("import-declaration", "2026-01-01T10:00:00+08:00"), "2026-01-15T23:59:59+08:00");
  EXPECT_EQ(latest("export-declaration", "2026-01-01T00:00:00+08:00"), "2026-01-15T23:59:59+08:00");
  EXPECT_EQ(latest("cargo-manifest", "2026-01-01T23:59:59+08:00"), "2026-01-15T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-01-02T00:00:00+08:00"), "2026-01-16T23:59:59+08:00");
  // The day is that of Hong Kong: 16:00 in London is midnight.
  EXPECT_EQ(latest("import-declaration", "2026-01-01T15:59:59Z"), "2026-01-15T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-01-01T16:00:00Z"), "2026-01-16T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-01-01T08:00:00-08:00"), "2026-01-16T23:59:59+08:00");
}

TEST(HkClock, MovesOnFromHolidays) {
  // A Saturday is a day like others, holidays on the way count.
  EXPECT_EQ(latest("import-declaration", "2026-01-03T12:00:00+08:00"), "2026-01-17T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-02-10T12:00:00+08:00"), "2026-02-24T23:59:59+08:00");
  // Day 14 a Sunday; Lunar New Year, three days; Good Friday, the day after, a Sunday, two holidays that stand in.
  EXPECT_EQ(latest("import-declaration", "2026-01-04T12:00:00+08:00"), "2026-01-19T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-02-03T12:00:00+08:00"), "2026-02-20T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-03-20T12:00:00+08:00"), "2026-04-08T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2025-12-11T12:00:00+08:00"), "2025-12-27T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2027-01-23T12:00:00+08:00"), "2027-02-10T23:59:59+08:00");  // 6 to 9 February 2027
}

TEST(HkClock, MovesOnFromGalesAndBlackRain) {
  const auto calendar = Calendar::parse("date,kind\n2026-01-19,gale\n2026-01-20,black-rain\n2026-01-20,gale\n", "weather.csv");
  ASSERT_TRUE(calendar);
  EXPECT_EQ(latest("import-declaration", "2026-01-04T12:00:00+08:00", &*calendar), "2026-01-21T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-01-05T12:00:00+08:00", &*calendar), "2026-01-21T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-01-03T12:00:00+08:00", &*calendar), "2026-01-17T23:59:59+08:00");
  // It takes the place of the built-in calendar: no Lunar New Year, but Sundays all the same.
  EXPECT_EQ(latest("import-declaration", "2026-02-03T12:00:00+08:00", &*calendar), "2026-02-17T23:59:59+08:00");
  EXPECT_EQ(latest("import-declaration", "2026-02-01T12:00:00+08:00", &*calendar), "2026-02-16T23:59:59+08:00");
}

TEST(HkClock, RemindsOnDays7And10And12And13) {
  const auto answer = deadline(hk(), "import-declaration", at("2026-01-01T10:00:00+08:00"));
  ASSERT_TRUE(answer);
  std::string days;
  for (const Instant& reminder : answer->reminders) days += to_rfc3339(reminder) + " ";
  EXPECT_EQ(days, "2026-01-08T09:00:00+08:00 2026-01-11T09:00:00+08:00 2026-01-13T09:00:00+08:00 2026-01-14T09:00:00+08:00 ");
  EXPECT_EQ(answer->id, "import-declaration");
  EXPECT_FALSE(answer->earliest);
  EXPECT_NE(answer->source.find("Cap. 60E"), std::string::npos);
}

TEST(HkClock, SaysEachStep) {
  const auto answer = deadline(hk(), "import-declaration", at("2026-01-04T12:00:00+08:00"));
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->working.size(), 4u);
  EXPECT_EQ(answer->working[2], "day 14 is 2026-01-18");
  EXPECT_EQ(answer->working[3], "2026-01-18 is no day to count to (Sunday): on to 2026-01-19");
  EXPECT_EQ(answer->caution, "");
  EXPECT_EQ(deadline(hk(), "import-declaration", at("2040-01-04T12:00:00+08:00"))->caution,
            "the calendar has no days of 2040: its holidays are not counted in");
}

TEST(HkClock, RoadCargoHasAWindow) {
  const auto answer = deadline(hk(), "road-cargo", at("2026-11-24T06:00:00Z"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(to_rfc3339(answer->latest), "2026-11-24T13:30:00+08:00");
  ASSERT_TRUE(answer->earliest);
  EXPECT_EQ(to_rfc3339(*answer->earliest), "2026-11-10T14:00:00+08:00");
  EXPECT_EQ(latest("road-bundle", "2026-11-24T14:00:00+08:00"), "2026-11-24T13:30:00+08:00");
}

TEST(HkClock, CountsDaysLateInHongKong) {
  const auto answer = deadline(hk(), "import-declaration", at("2026-01-01T10:00:00+08:00"));
  ASSERT_TRUE(answer);
  const auto late = [&](std::string_view now) { return days_late(hk(), *answer, at(now).micros); };
  EXPECT_EQ(late("2026-01-02T00:00:00+08:00"), 0);
  EXPECT_EQ(late("2026-01-15T23:59:59+08:00"), 0);
  EXPECT_EQ(late("2026-01-16T00:00:00+08:00"), 1);
  EXPECT_EQ(late("2026-01-15T16:00:00Z"), 1);
  EXPECT_EQ(late("2026-01-31T12:00:00+08:00"), 16);
}

TEST(HkClock, RefusesWhatItCannotAnswer) {
  EXPECT_EQ(deadline(hk(), "no-such", at("2026-01-01T10:00:00+08:00")).error().code, Code::not_found);
  for (const std::string_view text : {"day,kind\n2026-01-01,holiday\n", "date,kind\n2026-01-32,holiday\n", "date,kind\n2026-01-01,sunny\n",
                                      "date,kind\n,holiday\n", "date,kind\n2026-01-01,\n", ""}) {
    EXPECT_FALSE(Calendar::parse(text, "calendar.csv")) << text;
  }
  const auto bad = Calendar::parse("date,kind\n2026-01-01,holiday\n2026-02-30,gale\n", "calendar.csv");
  EXPECT_NE(bad.error().text().find("calendar.csv"), std::string::npos);
  EXPECT_NE(bad.error().text().find("2026-02-30"), std::string::npos);
  // A calendar that leaves no day is a mistake and no endless search.
  Calendar all;
  for (Day day = *parse_day("2026-01-01"); day < *parse_day("2028-01-01"); day += std::chrono::days(1)) all.add(text(day), "gale");
  EXPECT_EQ(deadline(hk(), "import-declaration", at("2026-01-01T10:00:00+08:00"), &all).error().code, Code::invalid);
}

TEST(HkClock, CalendarOfTheRegime) {
  const auto calendar = Calendar::of(hk());
  ASSERT_TRUE(calendar);
  EXPECT_EQ(calendar->kinds("2026-02-17"), std::vector<std::string>{"holiday"});
  EXPECT_EQ(calendar->kinds("2026-02-22"), std::vector<std::string>{"holiday"});
  EXPECT_TRUE(calendar->kinds("2026-02-20").empty());
  EXPECT_TRUE(calendar->kinds("nonsense").empty());
  for (const std::string year : {"2024", "2025", "2026", "2027"}) {
    int holidays = 0;
    for (Day day = *parse_day(year + "-01-01"); day <= *parse_day(year + "-12-31"); day += std::chrono::days(1)) {
      if (!is_sunday(day) && !calendar->kinds(text(day)).empty()) ++holidays;
    }
    EXPECT_EQ(holidays, 17) << year;
  }
}

// at least 14 days on, on no holiday, and no such day passed over.
RC_GTEST_PROP(HkClock, TheLastDayIsAlwaysADayToLodgeOn, ()) {
  const Day start = *parse_day("2024-01-01") + std::chrono::days(*rc::gen::inRange(0, 365 * 3));
  const auto answer = deadline(hk(), "import-declaration", at(text(start) + "T12:00:00+08:00"));
  RC_ASSERT(answer.has_value());
  const Day last = *day_at(answer->latest.micros, "Asia/Hong_Kong");
  const Calendar calendar = *Calendar::of(hk());
  RC_ASSERT(last >= start + std::chrono::days(14));
  RC_ASSERT(calendar.kinds(text(last)).empty());
  for (Day day = start + std::chrono::days(14); day < last; day += std::chrono::days(1)) RC_ASSERT(!calendar.kinds(text(day)).empty());
}

TEST(Span, ReadsDurations) {
  EXPECT_EQ(parse_span("P14D")->days, 14);
  EXPECT_EQ(parse_span("-PT30M")->seconds, -1800);
  EXPECT_EQ(parse_span("PT24H")->seconds, 86'400);
  EXPECT_EQ(parse_span("P7DT9H30M15S")->seconds, 34'215);
  EXPECT_EQ(parse_span("PT0S")->micros(), 0);
  EXPECT_EQ(parse_span("-P1DT1H")->micros(), -90'000'000'000);
  for (const std::string_view bad : {"",    "P",   "PT",   "14D",  "P14",   "P14H",      "P1DT",  "PT1D",   "P1D2H", "PT1M1H",
                                     "P1Y", "P1W", "+P1D", "P-1D", "P1.5D", "P1000000D", "--P1D", "PT1H1H", "PDT1H", " P1D"}) {
    EXPECT_FALSE(parse_span(bad)) << bad;
  }
}

}  // namespace
}  // namespace fairway::filing::hk_tests
