// Calls put together from what was told, and the filters that look into objects as they are written.
#include <gtest/gtest.h>

#include "exchange/dcsa/path_query.h"
#include "exchange/dcsa/schedule_query.h"
#include "exchange/dcsa/voyages.h"

namespace fairway::exchange::dcsa_schedule_test {
namespace {

using dcsa::CallEvent;
using dcsa::Looks;
using dcsa::PathFilter;

CallEvent told(Position position, std::string_view port, Milestone milestone, Classifier classifier, std::string_view at, int64_t told_us,
               std::string_view facility = "") {
  CallEvent call;
  call.position = position;
  call.told_us = told_us;
  call.event.milestone = milestone;
  call.event.classifier = classifier;
  call.event.occurred = *parse_rfc3339(at);
  call.event.place.unlocode = port;
  call.event.place.facility = facility;
  call.event.transport.vessel_imo = "9321483";
  call.event.transport.voyage = "001W";
  return call;
}

constexpr auto kArrived = Milestone::arrived, kDeparted = Milestone::departed;
constexpr auto kPlanned = Classifier::planned, kEstimated = Classifier::estimated;

TEST(DcsaRotationTest, TheLastWordCountsAndCallsAreInTheOrderOfTime) {
  const dcsa::Rotation rotation = dcsa::rotation_of({
      told(1, "SGSIN", kArrived, kPlanned, "2026-02-06T00:00:00Z", 10), told(2, "HKHKG", kDeparted, kPlanned, "2026-02-02T00:00:00Z", 10),
      told(3, "SGSIN", kArrived, kEstimated, "2026-02-07T00:00:00Z", 30),
      told(4, "SGSIN", kArrived, kEstimated, "2026-02-08T00:00:00Z", 20),  // came later, was told before
      told(5, "HKHKG", kArrived, kPlanned, "2026-03-20T00:00:00Z", 10),    // round again
  });
  ASSERT_EQ(rotation.calls.size(), 3u);
  EXPECT_EQ(rotation.calls[0].place.unlocode, "HKHKG");
  EXPECT_EQ(rotation.calls[1].place.unlocode, "SGSIN");
  EXPECT_EQ(rotation.calls[2].place.unlocode, "HKHKG");
  EXPECT_EQ(to_rfc3339(*dcsa::Call::best(rotation.calls[1].arrivals)), "2026-02-07T08:00:00+08:00") << "by the clock of the place";
  EXPECT_EQ(dcsa::Call::best(rotation.calls[1].departures), nullptr);
  EXPECT_TRUE(rotation.calls[1].within("2026-02-07", "2026-02-07"));
  EXPECT_FALSE(rotation.calls[1].within("2026-02-08", ""));
}

TEST(DcsaRotationTest, TwoTerminalsOfAPortAreTwoCalls) {
  const auto calls = dcsa::rotation_of({told(1, "HKHKG", kArrived, kPlanned, "2026-02-01T00:00:00Z", 10, "HIT"),
                                        told(2, "HKHKG", kArrived, kPlanned, "2026-02-02T00:00:00Z", 10, "MTL"),
                                        told(3, "HKHKG", kDeparted, kPlanned, "2026-02-01T12:00:00Z", 11, "HIT")})
                         .calls;
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].place.facility, "HIT");
  EXPECT_NE(dcsa::Call::best(calls[0].departures), nullptr);
}

constexpr std::array kFilters = {
    PathFilter{"names", Looks::list, {"items/name"}},
    PathFilter{"box", Looks::text, {"box"}, ReferenceKind::equipment},
    PathFilter{"from", Looks::date_from, {"day/value", "day"}},
    PathFilter{"until", Looks::time_to, {"at"}},
    PathFilter{"quiet", Looks::truth},
};

TEST(DcsaPathQueryTest, FiltersLookThroughListsAndAtAnyOfTheirPaths) {
  const json::object object =
      parse_json(R"({"items":[{"name":"a"},7,{"name":"b"}],"box":"MSCU 123456-6","day":"2026-01-02","at":"2026-01-02T08:00:00+08:00"})")
          ->get_object();
  const auto matches = [&](const http::Fields& query) {
    const auto parsed = dcsa::parse_path_query(query, kFilters);
    EXPECT_TRUE(parsed) << parsed.error().text();
    return parsed && parsed->matches(object);
  };
  EXPECT_TRUE(matches({}));
  EXPECT_TRUE(
      matches({{"names", "x,b"}, {"box", "mscu1234566"}, {"from", "2026-01-02"}, {"until", "2026-01-02T00:00:00Z"}, {"quiet", "true"}}));
  for (const auto& [name, value] :
       http::Fields{{"names", "x"}, {"box", "MSCU1234567"}, {"from", "2026-01-03"}, {"until", "2026-01-01T23:59:59Z"}})
    EXPECT_FALSE(matches({{name, value}})) << name;
  EXPECT_EQ(dcsa::parse_path_query({{"box", "MSCU1234566"}, {"names", "a"}}, kFilters)->index().size(), 1u);
  EXPECT_TRUE(dcsa::parse_path_query({{"quiet", "true"}}, kFilters)->says_true("quiet"));
}

TEST(DcsaPathQueryTest, WhatIsNotOfItsFormIsRefused) {
  for (const auto& [name, value] : http::Fields{{"other", "1"},
                                                {"from", "2026-02-30"},
                                                {"from", "soon"},
                                                {"until", "2026"},
                                                {"quiet", "yes"},
                                                {"limit", "0"},
                                                {"limit", "1x"},
                                                {"cursor", "zzz"},
                                                {"box", ""},
                                                {"names", std::string(300, ',')}})
    EXPECT_FALSE(dcsa::parse_path_query({{name, value}}, kFilters)) << name << "=" << value;
  EXPECT_FALSE(dcsa::parse_path_query({{"quiet", "true"}, {"quiet", "true"}}, kFilters));
}

TEST(DcsaScheduleQueryTest, ParametersHaveTheirForms) {
  using dcsa::ScheduleParameter;
  using Form = ScheduleParameter::Form;
  constexpr std::array kParameters = {ScheduleParameter{"port", Form::port, true}, ScheduleParameter{"day", Form::date},
                                      ScheduleParameter{"changes", Form::count}, ScheduleParameter{"name"}};
  const auto good = dcsa::parse_schedule_query({{"port", "HKHKG"}, {"name", " Star "}, {"limit", "5"}}, kParameters);
  ASSERT_TRUE(good);
  EXPECT_EQ((*good)["name"], "Star");
  EXPECT_EQ(good->page.limit, 5u);
  EXPECT_FALSE(dcsa::parse_schedule_query({}, kParameters)) << "the port is missing";
  for (const auto& [name, value] :
       http::Fields{{"day", "2026-13-01"}, {"changes", "10"}, {"name", ""}, {"name", std::string(51, 'x')}, {"colour", "x"}})
    EXPECT_FALSE(dcsa::parse_schedule_query({{"port", "HKHKG"}, {name, value}}, kParameters)) << name;
}

}  // namespace
}  // namespace fairway::exchange::dcsa_schedule_test
