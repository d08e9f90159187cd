#include "base/zone.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace fairway {
namespace {

std::string placed(const CivilTime& local, std::string_view zone) {
  const auto instant = instant_in_zone(local, zone);
  return instant ? to_rfc3339(*instant) : instant.error().text();
}

TEST(Zone, PlacesALocalTime) {
  const auto instant = instant_in_zone({2026, 11, 22, 8, 30, 0}, "Asia/Hong_Kong");
  ASSERT_TRUE(instant);
  EXPECT_EQ(to_rfc3339(*instant), "2026-11-22T08:30:00+08:00");
  EXPECT_EQ(instant->zone, ZoneSource::place);
}

TEST(Zone, FollowsSummerTime) {
  EXPECT_EQ(placed({2026, 1, 15, 12, 0, 0}, "Europe/Berlin"), "2026-01-15T12:00:00+01:00");
  EXPECT_EQ(placed({2026, 7, 15, 12, 0, 0}, "Europe/Berlin"), "2026-07-15T12:00:00+02:00");
  EXPECT_EQ(placed({2026, 1, 15, 12, 0, 0}, "Australia/Sydney"), "2026-01-15T12:00:00+11:00");
}

TEST(Zone, ATimeThatIsSkippedTakesTheEarlierOffset) {
  // 2026-03-29 02:00 CET is 03:00 CEST: 02:30 does not exist.
  EXPECT_EQ(placed({2026, 3, 29, 2, 30, 0}, "Europe/Berlin"), "2026-03-29T02:30:00+01:00");
}

TEST(Zone, ATimeThatIsRepeatedTakesTheEarlierOffset) {
  // 2026-10-25 03:00 CEST is 02:00 CET: 02:30 is there twice.
  EXPECT_EQ(placed({2026, 10, 25, 2, 30, 0}, "Europe/Berlin"), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(placed({2026, 11, 1, 1, 30, 0}, "America/New_York"), "2026-11-01T01:30:00-04:00");
}

TEST(Zone, GivesTheOffsetOfAMoment) {
  const int64_t winter = parse_rfc3339("2026-01-15T12:00:00Z")->micros;
  EXPECT_EQ(offset_minutes_at(winter, "America/New_York").value(), -300);
  EXPECT_EQ(offset_minutes_at(winter, "Asia/Kolkata").value(), 330);
  EXPECT_EQ(offset_minutes_at(0, "Asia/Hong_Kong").value(), 480);
}

TEST(Zone, RefusesUnknownZonesAndImpossibleTimes) {
  EXPECT_EQ(instant_in_zone({2026, 1, 1, 0, 0, 0}, "Mars/Olympus").error().code, Code::invalid);
  EXPECT_FALSE(instant_in_zone({2026, 2, 30, 0, 0, 0}, "Asia/Hong_Kong"));
  EXPECT_FALSE(offset_minutes_at(0, ""));
  EXPECT_FALSE(offset_minutes_at(0, "Mars/Olympus"));  // asked again: an unknown zone is not remembered as known
}

TEST(Zone, AnswersManyThreads) {
  std::vector<std::thread> threads;
  std::array<int, 4> offsets{};
  for (size_t i = 0; i < offsets.size(); ++i)
    threads.emplace_back([&offsets, i] { offsets[i] = offset_minutes_at(0, "Asia/Tokyo").value_or(0); });
  for (std::thread& thread : threads) thread.join();
  for (const int offset : offsets) EXPECT_EQ(offset, 540);
}

}  // namespace
}  // namespace fairway
