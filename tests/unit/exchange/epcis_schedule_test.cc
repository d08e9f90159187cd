// Schedules of standing queries: what is read, what is refused, and when they come.
#include "exchange/epcis/schedule.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "base/instant.h"

namespace fairway::exchange::epcis::schedule_test {
namespace {

Result<Schedule> read(std::string_view text) { return Schedule::read(parse_json(text)->as_object()); }

std::string next(std::string_view schedule, std::string_view after) {
  const auto read_one = read(schedule);
  EXPECT_TRUE(read_one) << schedule << ": " << read_one.error().text();
  return read_one ? to_rfc3339_utc(read_one->next_us(parse_rfc3339(after)->micros)) : "";
}

TEST(EpcisSchedule, ComesAtTheNextFittingMoment) {
  struct {
    const char *schedule, *after, *next;
  } const rows[] = {
      {R"({"hour":"1","minute":"5"})", "2026-11-23T00:00:00Z", "2026-11-23T01:05:00Z"},
      {R"({"hour":"1","minute":"5"})", "2026-11-23T01:04:59.999999Z", "2026-11-23T01:05:00Z"},
      {R"({"hour":"1","minute":"5"})", "2026-11-23T01:05:00Z", "2026-11-24T01:05:00Z"},
      {R"({"hour":1,"minute":5})", "2026-11-23T01:05:00.5Z", "2026-11-24T01:05:00Z"},
      {R"({"second":"*"})", "2026-11-23T01:05:00Z", "2026-11-23T01:05:01Z"},
      {R"({"second":"[0-59]"})", "2026-12-31T23:59:59.2Z", "2027-01-01T00:00:00Z"},
      {R"({"second":"0/30"})", "2026-11-23T01:05:10Z", "2026-11-23T01:05:30Z"},
      {R"({"second":"10,20","minute":"[5-6],59"})", "2026-11-23T01:05:20Z", "2026-11-23T01:06:10Z"},
      {R"({"second":"10,20","minute":"[5-6],59"})", "2026-11-23T01:06:20Z", "2026-11-23T01:59:10Z"},
      {R"({"second":"10","hour":"3"})", "2026-11-23T03:59:10Z", "2026-11-24T03:00:10Z"},
      {R"({"minute":"*/20"})", "2026-11-23T01:45:00Z", "2026-11-23T02:00:00Z"},
      {R"({"minute":"0-30/15"})", "2026-11-23T01:16:00Z", "2026-11-23T01:30:00Z"},
      {R"({"hour":"23"})", "2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z"},
      // Month ends and leap days.
      {R"({"dayOfMonth":"31"})", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z"},
      {R"({"dayOfMonth":"30","hour":"12"})", "2026-01-30T12:00:00Z", "2026-03-30T12:00:00Z"},
      {R"({"dayOfMonth":"[28-31]","hour":"0"})", "2026-02-28T00:00:00Z", "2026-03-28T00:00:00Z"},
      {R"({"dayOfMonth":"[28-31]"})", "2028-02-28T00:00:00Z", "2028-02-29T00:00:00Z"},
      {R"({"dayOfMonth":"29","month":"2"})", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"},
      {R"({"dayOfMonth":"29","month":"2"})", "2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z"},
      {R"({"dayOfMonth":"29","month":"2","dayOfWeek":"7"})", "2026-01-01T00:00:00Z", "2032-02-29T00:00:00Z"},
      {R"({"dayOfMonth":"29","month":"2","dayOfWeek":"1"})", "2072-02-29T00:00:01Z", "2112-02-29T00:00:00Z"},
      {R"({"month":"1"})", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"},
      {R"({"month":"[11-12]","dayOfMonth":"1"})", "2026-11-02T00:00:00Z", "2026-12-01T00:00:00Z"},
      // 2026-11-23 is a Monday.
      {R"({"dayOfWeek":"1"})", "2026-11-22T12:00:00Z", "2026-11-23T00:00:00Z"},
      {R"({"dayOfWeek":"1"})", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
      {R"({"dayOfWeek":"[6-7]","hour":"8"})", "2026-11-23T00:00:00Z", "2026-11-28T08:00:00Z"},
      {R"({"dayOfWeek":"5","dayOfMonth":"13"})", "2026-11-23T00:00:00Z", "2027-08-13T00:00:00Z"},
      {R"({"dayOfWeek":"7","second":"30"})", "2026-11-29T23:59:30Z", "2026-12-06T00:00:30Z"},
  };
  for (const auto& row : rows) EXPECT_EQ(next(row.schedule, row.after), row.next) << row.schedule << " after " << row.after;
}

TEST(EpcisSchedule, RefusesWhatIsNone) {
  for (const char* text : {"{}",
                           R"({"seconds":"1"})",
                           R"({"second":""})",
                           R"({"second":"60"})",
                           R"({"minute":"-1"})",
                           R"({"minute":-1})",
                           R"({"hour":"24"})",
                           R"({"dayOfMonth":"0"})",
                           R"({"dayOfMonth":"32"})",
                           R"({"month":"13"})",
                           R"({"dayOfWeek":"0"})",
                           R"({"dayOfWeek":"8"})",
                           R"({"second":"1,"})",
                           R"({"second":",1"})",
                           R"({"second":"[5-1]"})",
                           R"({"second":"[1]"})",
                           R"({"second":"[1-"})",
                           R"({"second":"[*]"})",
                           R"({"second":"1 "})",
                           R"({"second":"a"})",
                           R"({"second":"0/0"})",
                           R"({"second":"0/60"})",
                           R"({"second":"1-2-3"})",
                           R"({"second":true})",
                           R"({"second":1.5})",
                           R"({"second":[1]})",
                           R"({"second":"99999999999999999999"})",
                           R"({"dayOfMonth":"30","month":"2"})",
                           R"({"dayOfMonth":"31","month":"4,6,9,11"})"}) {
    const auto schedule = read(text);
    ASSERT_FALSE(schedule) << text;
    EXPECT_EQ(schedule.error().code, Code::invalid);
  }
  EXPECT_FALSE(read(R"({"second":")" + std::string(500, '1') + R"("})"));
}

// Against a calendar that tries second by second.
TEST(EpcisSchedule, AgreesWithTryingEachSecond) {
  std::mt19937 dice(7);
  const auto number = [&](int low, int high) {
    return std::to_string(low + static_cast<int>(dice() % static_cast<unsigned>(high - low + 1)));
  };
  for (int i = 0; i < 200; ++i) {
    const std::string second = number(0, 59), minute = number(0, 59), hour = number(0, 23), weekday = number(1, 7);
    const bool hours = dice() % 2 == 0, weekdays = dice() % 2 == 0;
    std::string text = R"({"second":")" + second + R"(","minute":")" + minute + '"';
    if (hours) text += R"(,"hour":")" + hour + '"';
    if (weekdays) text += R"(,"dayOfWeek":")" + weekday + '"';
    const auto schedule = read(text + "}");
    ASSERT_TRUE(schedule) << text;
    const int64_t after = 1'795'422'000 + static_cast<int64_t>(dice() % 1'000'000);
    int64_t at = after + 1;
    const auto fits = [&] {
      const CivilTime civil = civil_of(at * 1'000'000, 0);
      const auto day = (at / 86'400 + 3) % 7 + 1;  // 1970-01-01 was a Thursday
      return civil.second == std::stoi(second) && civil.minute == std::stoi(minute) && (!hours || civil.hour == std::stoi(hour)) &&
             (!weekdays || day == std::stoi(weekday));
    };
    while (!fits()) ++at;
    EXPECT_EQ(schedule->next_us(after * 1'000'000), at * 1'000'000) << text << " after " << after;
  }
}

}  // namespace
}  // namespace fairway::exchange::epcis::schedule_test
