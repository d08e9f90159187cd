#include "exchange/land/excursions.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "exchange/land/thresholds.h"

namespace fairway::exchange::excursions_test {
namespace {

constexpr int64_t kMinute = 60'000'000;

Limit cold() {
  Limit limit;
  limit.kind = "temperature";
  limit.unit = "CEL";
  limit.low = -22;
  limit.high = -15;
  limit.minutes = 30;
  limit.hysteresis = 1;
  return limit;
}

bool judged(const Limit& limit, exchange::Run& run, double value, int64_t minute) {
  return judge(limit, run, value, minute * kMinute, "e" + std::to_string(minute));
}

TEST(Excursions, ARunHasToLastAndIsToldOnce) {
  exchange::Run run;
  EXPECT_FALSE(judged(cold(), run, -18, 0));
  EXPECT_FALSE(judged(cold(), run, -15, 5)) << "at the limit is within it";
  EXPECT_FALSE(judged(cold(), run, -14, 10));
  EXPECT_FALSE(judged(cold(), run, -10, 39));
  EXPECT_TRUE(judged(cold(), run, -10, 40));
  EXPECT_FALSE(judged(cold(), run, -10, 90));
  EXPECT_EQ(run.values, (std::vector<double>{-14, -10, -10, -10}));
  EXPECT_EQ(run.events.front(), "e10");
}

TEST(Excursions, OnlyAReadingWellWithinEndsARun) {
  exchange::Run run;
  EXPECT_FALSE(judged(cold(), run, -14, 0));
  EXPECT_FALSE(judged(cold(), run, -15.5, 20)) << "within, but not by the hysteresis";
  EXPECT_FALSE(judged(cold(), run, -15.5, 40)) << "it is not beyond now";
  EXPECT_TRUE(judged(cold(), run, -14, 41));
  EXPECT_FALSE(judged(cold(), run, -16, 50));
  EXPECT_FALSE(run.beyond);
  EXPECT_FALSE(judged(cold(), run, -30, 60));
  EXPECT_TRUE(judged(cold(), run, -30, 90)) << "too cold is beyond, too";
}

TEST(Excursions, WithoutPatienceTheFirstReadingMakesOne) {
  Limit limit = cold();
  limit.minutes = 0;
  exchange::Run run;
  EXPECT_TRUE(judged(limit, run, 0, 5));
  EXPECT_FALSE(judged(limit, run, 0, 5));
  EXPECT_FALSE(judged(limit, run, 0, 4)) << "too late for the run";
}

TEST(Excursions, ARunIsKeptAsItIs) {
  rc::check("a run reads back", [] {
    Limit limit = cold();
    limit.minutes = *rc::gen::inRange<int64_t>(0, 20);
    exchange::Run run;
    const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-40, 10));
    int64_t minute = 0;
    size_t told = 0;
    for (const int value : values) {
      told += judged(limit, run, value / 2.0, ++minute) ? 1 : 0;
      RC_ASSERT(run.values.size() <= exchange::Run::kEvidenceMax);
      RC_ASSERT(run.values.size() == run.events.size());
      if (run.beyond) RC_ASSERT(run_from_json(to_json(run)) == run);
    }
    RC_ASSERT(told <= values.size() / 2 + 1);
  });
  EXPECT_FALSE(run_from_json("no JSON").beyond);
}

TEST(Excursions, TheEventNamesItsEvidenceAndItsLimit) {
  Event measured;
  measured.id = "m1";
  measured.occurred = *parse_rfc3339("2026-11-22T08:30:00Z");
  measured.references = {*Reference::make(ReferenceKind::equipment, "CSQU3054383"), *Reference::make(ReferenceKind::sensor, "S1")};
  exchange::Run run;
  EXPECT_FALSE(judged(cold(), run, -10, 0));
  EXPECT_TRUE(judged(cold(), run, -9, 31));
  const Event event = excursion_of(measured, cold(), run, "pty_a", measured.references[0]);
  EXPECT_TRUE(validate(event).has_value());
  EXPECT_EQ(event.milestone, Milestone::excursion);
  EXPECT_EQ(event.remark, "temperature above -15 CEL for 31 minutes");
  ASSERT_EQ(event.readings.size(), 2u);
  EXPECT_EQ(event.readings[1], (Reading{"temperature", -9, "CEL", -22, -15}));
  EXPECT_EQ(event.original, R"({"reference":"equipment:CSQU3054383","since":"1970-01-01T00:00:00Z","evidence":["e0","e31"]})");
  EXPECT_EQ(event.id, excursion_of(measured, cold(), run, "pty_a", measured.references[0]).id);
  EXPECT_NE(event.id, excursion_of(measured, cold(), run, "pty_b", measured.references[0]).id);
}

TEST(Thresholds, AreTurnedIntoTheUnitsOfReadings) {
  const auto read = thresholds_from_json(
      R"({"limits":[{"kind":"Temp","unit":"F","low":14,"high":23,"minutes":5,"hysteresis":1.8},{"kind":"humidity","high":80}]})");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->limits[0].unit, "CEL");
  EXPECT_NEAR(*read->limits[0].low, -10, 1e-9);
  EXPECT_NEAR(*read->limits[0].high, -5, 1e-9);
  EXPECT_NEAR(read->limits[0].hysteresis, 1, 1e-9);
  EXPECT_EQ(read->limits[1].unit, "P1");
  EXPECT_FALSE(read->limits[1].low.has_value());
  const auto again = thresholds_from_json(to_json(*read));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->limits[1], read->limits[1]);
}

TEST(Thresholds, WrongOnesAreRefused) {
  for (const char* text :
       {"[]", "{}", R"({"limits":[]})", R"({"limits":[7]})", R"({"limits":[{"kind":"temperature"}]})",
        R"({"limits":[{"kind":"mood","low":1}]})", R"({"limits":[{"kind":"temperature","unit":"%","low":1}]})",
        R"({"limits":[{"kind":"temperature","low":2,"high":1}]})", R"({"limits":[{"kind":"temperature","low":1,"high":2,"hysteresis":1}]})",
        R"({"limits":[{"kind":"light","high":1,"minutes":-1}]})", R"({"limits":[{"kind":"light","high":1,"hysteresis":-1}]})",
        R"({"limits":[{"kind":"light","high":1},{"kind":"lux","high":2}]})"})
    EXPECT_FALSE(thresholds_from_json(text).has_value()) << text;
}

}  // namespace
}  // namespace fairway::exchange::excursions_test
