// What ships say of their way: destinations, times of arrival, tracks and ports.
#include <gtest/gtest.h>

#include <map>

#include "base/instant.h"
#include "gateway/ais/destination.h"
#include "gateway/ais/track.h"
#include "model/place.h"

namespace fairway::gateway::ais::track_test {
namespace {

int64_t us(std::string_view text) { return parse_rfc3339(text)->micros; }

TEST(AisDestination, FormsOfAUnlocode) {
  const std::map<std::string, std::string> cases = {
      {"HK HKG", "HKHKG"},
      {"HKHKG", "HKHKG"},
      {">HKHKG", "HKHKG"},
      {"CNSHA>HKHKG", "HKHKG"},
      {"CN SHA > HK HKG", "HKHKG"},
      {"CNSHA>>HKHKG", "HKHKG"},
      {"CNSHA=>HKHKG", "HKHKG"},
      {"HKHKG VIA SGSIN", "HKHKG"},
      {"NL RTM/MAASVLAKTE", "NLRTM"},
      {"HKHKG>??", ""},
      {"SINGAPORE>CNNSA", "CNNSA"},
      {"HONG KONG", ""},
      {"DOVER", ""},
      {">DOVER", "DOVER"},
      {"TOKYO", ""},
      {"", ""},
      {">", ""},
      {"CN SHANGHAI", ""},
      {"XX ABC", ""},
      {"US LAX", "USLAX"},
      {"FOR ORDERS", ""},
      {"SANYA", ""},
      {"AT SEA", ""},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(unlocode_in(text), expected) << text;
}

TEST(AisDestination, ArrivalHasTheNearestYear) {
  ShipReport report;
  report.eta_month = 1, report.eta_day = 5, report.eta_hour = 14, report.eta_minute = 30;
  EXPECT_EQ(arrival_of(report, us("2026-12-28T00:00:00Z")), us("2027-01-05T14:30:00Z"));
  EXPECT_EQ(arrival_of(report, us("2026-01-10T00:00:00Z")), us("2026-01-05T14:30:00Z"));
  report.eta_month = 12, report.eta_day = 30;
  EXPECT_EQ(arrival_of(report, us("2027-01-02T00:00:00Z")), us("2026-12-30T14:30:00Z"));
  report.eta_month = 2, report.eta_day = 29;
  EXPECT_EQ(arrival_of(report, us("2028-02-20T00:00:00Z")), us("2028-02-29T14:30:00Z"));
  EXPECT_FALSE(arrival_of(report, us("2026-02-20T00:00:00Z")).has_value());
}

TEST(AisDestination, ArrivalThatIsNotSaidIsNone) {
  const int64_t now = us("2026-06-01T00:00:00Z");
  ShipReport report;
  EXPECT_FALSE(arrival_of(report, now).has_value());
  report.eta_month = 6, report.eta_day = 3;
  EXPECT_FALSE(arrival_of(report, now).has_value()) << "hour 24, minute 60";
  report.eta_hour = 1, report.eta_minute = 60;
  EXPECT_FALSE(arrival_of(report, now).has_value());
  report.eta_minute = 0, report.eta_month = 0;
  EXPECT_FALSE(arrival_of(report, now).has_value());
  report.eta_month = 15;
  EXPECT_FALSE(arrival_of(report, now).has_value());
}

TEST(AisPorts, DistancesAreThoseOfTheGlobe) {
  EXPECT_NEAR(distance_nm(0, 0, 1, 0), 60, 0.001);
  EXPECT_NEAR(distance_nm(60, 0, 60, 1), 30, 0.01);
  EXPECT_NEAR(distance_nm(0, 179.5, 0, -179.5), 60, 0.001);
  EXPECT_NEAR(distance_nm(22.3, 114.2, 1.26, 103.8), 1'400, 15);
}

TEST(AisPorts, EachIsFoundInItsMiddle) {
  for (const PortArea& area : port_areas()) {
    const PortArea* found = port_area_at(area.latitude, area.longitude);
    ASSERT_NE(found, nullptr) << area.name;
    EXPECT_EQ(found->unlocode, area.unlocode) << area.name << " is within " << found->name;
    EXPECT_TRUE(is_unlocode_form(area.unlocode));
  }
  EXPECT_EQ(port_area_at(20.0, 115.0), nullptr);
  EXPECT_EQ(port_area_at(1.15, 103.85), nullptr) << "the strait before Singapore";
}

PositionReport at(double latitude, double longitude, uint32_t mmsi = 477'123'456) {
  PositionReport report;
  report.type = 1;
  report.mmsi = mmsi;
  report.latitude = static_cast<int32_t>(latitude * kPerDegree);
  report.longitude = static_cast<int32_t>(longitude * kPerDegree);
  return report;
}

TEST(AisTracks, AMovingShipIsKeptEverySoOften) {
  Tracks tracks;
  int kept = 0;
  // 12 knots to the north-east in the open, heard every ten seconds for six hours.
  for (int64_t s = 0; s < 6 * 3600; s += 10) kept += tracks.add(at(10 + static_cast<double>(s) / 3600 * 0.14, 130), 1'700'000'000 + s).keep;
  EXPECT_EQ(kept, 24);
  Tracks still;
  kept = 0;
  for (int64_t s = 0; s < 12 * 3600; s += 180) kept += still.add(at(10, 130), 1'700'000'000 + s).keep;
  EXPECT_EQ(kept, 2);
}

TEST(AisTracks, CrossingThePortsEdgeIsTold) {
  Tracks tracks;
  int entered = 0, left = 0;
  int64_t now = 1'700'000'000;
  const auto sail = [&](double from, double to) {
    for (int i = 0; i <= 200; ++i) {
      const Step step = tracks.add(at(from + (to - from) * i / 200, 114.125), now += 60);
      EXPECT_EQ(step.doubt, Doubt::none);
      if (step.entered != nullptr) {
        ++entered;
        EXPECT_EQ(step.entered->unlocode, "HKHKG");
        EXPECT_TRUE(step.keep);
      }
      if (step.left != nullptr) {
        ++left;
        EXPECT_EQ(step.left->unlocode, "HKHKG");
        EXPECT_TRUE(step.keep);
      }
    }
  };
  sail(22.0, 22.33);
  EXPECT_EQ(entered, 1);
  EXPECT_EQ(left, 0);
  sail(22.33, 22.0);
  EXPECT_EQ(entered, 1);
  EXPECT_EQ(left, 1);
}

TEST(AisTracks, AShipAtTheEdgeDoesNotComeAndGo) {
  Tracks tracks;
  int64_t now = 1'700'000'000;
  (void)tracks.add(at(22.20, 114.125), now);
  int crossings = 0;
  for (int i = 0; i < 100; ++i) {
    const Step step = tracks.add(at(22.335 - 4.0 / 60 + (i % 2 == 0 ? 0.002 : -0.002), 114.125), now += 600);
    crossings += (step.entered != nullptr) + (step.left != nullptr);
  }
  EXPECT_EQ(crossings, 1);
}

TEST(AisTracks, AShipThatIsThereWhenFirstHeardDidNotArriveThen) {
  Tracks tracks;
  const Step step = tracks.add(at(22.335, 114.125), 1'700'000'000);
  EXPECT_TRUE(step.keep);
  EXPECT_EQ(step.entered, nullptr);
}

TEST(AisTracks, JumpsAreDoubtedUntilConfirmed) {
  Tracks tracks;
  int64_t now = 1'700'000'000;
  (void)tracks.add(at(22.0, 114.0), now);
  const Step jump = tracks.add(at(30.0, 122.0), now += 60);
  EXPECT_EQ(jump.doubt, Doubt::jump);
  EXPECT_GT(jump.knots, 10'000);
  EXPECT_FALSE(jump.keep);
  EXPECT_EQ(tracks.add(at(22.001, 114.0), now += 60).doubt, Doubt::none) << "one wrong position changes nothing";
  EXPECT_EQ(tracks.add(at(30.0, 122.0), now += 60).doubt, Doubt::jump);
  EXPECT_EQ(tracks.add(at(30.001, 122.0), now += 60).doubt, Doubt::none) << "two that agree do";
  EXPECT_EQ(tracks.add(at(30.0, 122.0), now - 600).doubt, Doubt::backward);
}

TEST(AisTracks, NumbersAndPlacesThatCannotBe) {
  Tracks tracks;
  for (const uint32_t mmsi : {0u, 1u, 123'456'789u, 111'111'111u, 999'999'999u, 1'073'741'823u, 2'275'200u, 992'509'976u}) {
    EXPECT_EQ(tracks.add(at(22, 114, mmsi), 1'700'000'000).doubt, Doubt::number) << mmsi;
  }
  for (const uint32_t mmsi : {477'123'456u, 111'232'511u, 982'110'001u}) EXPECT_TRUE(is_plausible_mmsi(mmsi)) << mmsi;
  EXPECT_EQ(tracks.add(at(91, 181), 1'700'000'000).doubt, Doubt::nowhere);
  EXPECT_EQ(tracks.add(at(95, 10), 1'700'000'000).doubt, Doubt::nowhere);
  EXPECT_EQ(tracks.size(), 0u);
}

TEST(AisTracks, RoomIsBounded) {
  Recent<int> recent(100);
  for (uint32_t i = 0; i < 10'000; ++i) {
    recent.at(i) = static_cast<int>(i);
    recent.at(1) = 1;
    ASSERT_LE(recent.size(), 102u);
  }
  EXPECT_EQ(*recent.find(9'999), 9'999);
  EXPECT_EQ(*recent.find(1), 1) << "whoever speaks is kept";
  EXPECT_EQ(recent.find(5), nullptr);
}

}  // namespace
}  // namespace fairway::gateway::ais::track_test
