#include "base/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fairway {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kFirst = -2'208'988'800 * kSecond;  // 1900-01-01
constexpr int64_t kLast = 7'289'654'400 * kSecond;    // 2201-01-01

int64_t micros_at(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  EXPECT_TRUE(instant) << text;
  return instant ? instant->micros : 0;
}

TEST(Instant, KeepsTheStatedOffset) {
  const auto instant = parse_rfc3339("2021-01-09T14:12:56+01:00");
  ASSERT_TRUE(instant);
  EXPECT_EQ(instant->micros, 1'610'197'976 * kSecond);
  EXPECT_EQ(instant->offset_minutes, 60);
  EXPECT_EQ(instant->zone, ZoneSource::stated);
  EXPECT_EQ(instant->text, "");
  EXPECT_EQ(to_rfc3339(*instant), "2021-01-09T14:12:56+01:00");
  EXPECT_EQ(to_rfc3339_utc(instant->micros), "2021-01-09T13:12:56Z");
}

TEST(Instant, ReadsEveryFormThatSendersWrite) {
  const int64_t expected = micros_at("2021-01-09T13:12:00Z");
  for (const std::string_view text :
       {"2021-01-09T13:12Z", "2021-01-09t13:12:00z", "2021-01-09 13:12:00Z", "2021-01-09T14:12:00+0100", "2021-01-09T14:12:00 01:00",
        "2021-01-09T13:12:00-00:00", "2021-01-09T13:12:00.000Z", "2021-01-08T13:13:00-23:59", "2021-01-10T13:11:00+23:59"})
    EXPECT_EQ(micros_at(text), expected) << text;
}

TEST(Instant, KeepsTheTextWhereItIsNotTheNormalForm) {
  EXPECT_EQ(parse_rfc3339("2021-01-09T13:12:00.000Z")->text, "2021-01-09T13:12:00.000Z");
  EXPECT_EQ(parse_rfc3339("2021-01-09T14:12:00 01:00")->text, "2021-01-09T14:12:00 01:00");
  EXPECT_EQ(parse_rfc3339("2021-01-09T13:12:00.25Z")->text, "2021-01-09T13:12:00.25Z");
  EXPECT_EQ(parse_rfc3339("2021-01-09T13:12:00.250Z")->text, "");
}

TEST(Instant, ReadsFractionsToTheMicrosecondAndCutsTheRest) {
  const int64_t whole = micros_at("2021-01-09T13:12:56Z");
  EXPECT_EQ(micros_at("2021-01-09T13:12:56.5Z"), whole + 500'000);
  EXPECT_EQ(micros_at("2021-01-09T13:12:56.000001Z"), whole + 1);
  EXPECT_EQ(micros_at("2021-01-09T13:12:56.123456789Z"), whole + 123'456);
}

TEST(Instant, SaysThatAZoneIsMissing) {
  const auto instant = parse_rfc3339("2021-01-09T14:12:56");
  ASSERT_TRUE(instant);
  EXPECT_EQ(instant->zone, ZoneSource::assumed);
  EXPECT_EQ(instant->offset_minutes, 0);
}

TEST(Instant, KnowsLeapDaysLeapSecondsAndMidnightAtTheEndOfTheDay) {
  EXPECT_TRUE(parse_rfc3339("2024-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2023-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2100-02-29T00:00:00Z"));
  EXPECT_EQ(micros_at("2016-12-31T23:59:60Z"), micros_at("2017-01-01T00:00:00Z"));
  EXPECT_EQ(micros_at("2016-12-31T24:00:00Z"), micros_at("2017-01-01T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2016-12-31T24:00:01Z"));
}

TEST(Instant, RefusesWhatIsNoDateTime) {
  for (const std::string_view text :
       {"", "2021", "2021-01-09", "2021-13-09T00:00:00Z", "2021-00-09T00:00:00Z", "2021-01-32T00:00:00Z", "2021-01-09T25:00:00Z",
        "2021-01-09T00:60:00Z", "2021-01-09T00:00:61Z", "2021-01-09T00:00:00.Z", "2021-01-09T00:00:00+24:00", "2021-01-09T00:00:00+00:60",
        "2021-01-09T00:00:00+1", "2021-01-09T00:00:00Zx", "1899-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "20210109T000000Z", "not a time"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  EXPECT_FALSE(parse_rfc3339("2021-01-09T00:00:00." + std::string(64, '1') + "Z"));
  const Error error = parse_rfc3339("\xFF\xFE").error();
  EXPECT_EQ(error.code, Code::invalid);
  EXPECT_NE(error.hint.find("RFC 3339"), std::string::npos);
}

TEST(Instant, WritesAFractionOnlyWhereThereIsOne) {
  EXPECT_EQ(to_rfc3339_utc(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339_utc(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(to_rfc3339_utc(5'000), "1970-01-01T00:00:00.005Z");
  EXPECT_EQ(to_rfc3339_utc(5'040), "1970-01-01T00:00:00.005040Z");
}

TEST(Instant, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check("parse(to_rfc3339(i)) is i", [] {
    Instant instant;
    instant.micros = *rc::gen::inRange(kFirst + 86'400 * kSecond, kLast - 86'400 * kSecond);
    instant.offset_minutes = static_cast<int16_t>(*rc::gen::inRange(-1439, 1440));
    const auto read = parse_rfc3339(to_rfc3339(instant));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->micros == instant.micros);
    RC_ASSERT(read->offset_minutes == instant.offset_minutes);
    RC_ASSERT(read->text.empty());
  }));
}

TEST(Instant, CivilTimeAndMicrosecondsAreInverse) {
  EXPECT_TRUE(rc::check("micros_of(civil_of(m)) is m", [] {
    const int64_t micros = *rc::gen::inRange(kFirst / kSecond + 86'400, kLast / kSecond - 86'400) * kSecond;
    const int offset = *rc::gen::inRange(-1439, 1440);
    RC_ASSERT(micros_of(civil_of(micros, offset), offset).value() == micros);
  }));
}

TEST(Instant, ComparesAsPointsInTime) {
  EXPECT_EQ(*parse_rfc3339("2021-01-09T14:12:56+01:00"), *parse_rfc3339("2021-01-09T13:12:56Z"));
  EXPECT_LT(*parse_rfc3339("2021-01-09T14:12:56+01:00"), *parse_rfc3339("2021-01-09T13:12:57Z"));
}

TEST(Instant, ZoneSourcesHaveNames) {
  for (const ZoneSource source : {ZoneSource::stated, ZoneSource::place, ZoneSource::assumed})
    EXPECT_EQ(zone_source_from(name(source)).value(), source);
  EXPECT_FALSE(zone_source_from("guessed"));
}

}  // namespace
}  // namespace fairway
