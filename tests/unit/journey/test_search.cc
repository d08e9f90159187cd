// Search texts and the JSON of a journey.
#include <gtest/gtest.h>

#include "base/json.h"
#include "journey/search.h"
#include "unit/journey/port.h"

namespace fairway::journey::search_test {
namespace {

using namespace testing;
using enum Milestone;

TEST(JourneySearch, TheFormDecidesFirst) {
  EXPECT_EQ(candidates(" mscu 123456-6 ").front().key(), "equipment:MSCU1234566");
  EXPECT_EQ(candidates("160-12345675").front().key(), "air_waybill:16012345675");
  EXPECT_EQ(candidates("IMO 9321483").front().key(), "vessel:9321483");
  EXPECT_EQ(candidates("COSU6123456780").front().kind(), ReferenceKind::transport_document);
  EXPECT_EQ(candidates("COSU6123456780")[1].kind(), ReferenceKind::booking);
}

TEST(JourneySearch, KindAndValueMeanJustThat) {
  ASSERT_EQ(candidates("Booking:abc").size(), 1u);
  EXPECT_EQ(candidates("Booking:abc")[0].key(), "booking:ABC");
  EXPECT_TRUE(candidates("booking:").empty());
  EXPECT_GT(candidates("A:1").size(), 1u);
  EXPECT_TRUE(candidates("  ").empty());
  EXPECT_TRUE(candidates(std::string(limits::kIdentifierBytesMax + 1, 'X')).empty());
}

TEST(JourneySearch, FindsTheFirstThatIsVisible) {
  Port port;
  port.add(Say("a", gate_in, 1).of({"equipment:MSCU1234566", "booking:X1"}).at("HKHKG"), "hit");
  EXPECT_EQ(find(port, "x1", operator_sight())->reference.reference.key(), "booking:X1");
  EXPECT_EQ(find(port, "nothing", operator_sight()).error().code, Code::not_found);
  EXPECT_EQ(find(port, "", operator_sight()).error().code, Code::invalid);
}

TEST(JourneyJson, HasEveryMember) {
  Port port;
  port.add(Say("in", gate_in, 1).of({"equipment:MSCU1234560", "booking:B1"}).at("HKHKG", "HIT").laden(), "hit", kStartUs);
  port.add(Say("haul", gate_in, 1.2).of({"equipment:MSCU1234560"}).at("HKHKG", "HIT").laden(), "haulier", kStartUs);
  port.add(Say("load", loaded, 2).of({"equipment:MSCU1234560", "booking:B1"}).at("HKHKG", "HIT").by("9321483", "1").estimated(), "hit",
           kStartUs);
  const json::value value = parse_json(json_of(find(port, named("equipment:MSCU1234560"), operator_sight()).value())).value();
  EXPECT_EQ(value.at("reference").at("flag").as_string(), "wrong_check_digit");
  EXPECT_EQ(value.at("asOf").as_string(), "2026-01-01T00:00:00Z");
  EXPECT_EQ(value.at("position").to_number<int>(), 3);
  EXPECT_EQ(value.at("trips").as_array().size(), 1u);
  EXPECT_EQ(value.at("trips").as_array()[0].at("booking").as_string(), "B1");
  EXPECT_EQ(value.at("status").at("milestone").as_string(), "gate_in");
  EXPECT_EQ(value.at("status").at("place").at("facilityCode").as_string(), "HIT");
  EXPECT_EQ(value.at("legs").as_array()[1].at("vesselIMONumber").as_string(), "9321483");
  EXPECT_EQ(value.at("legs").as_array()[1].at("state").as_string(), "planned");
  const json::object& group = value.at("milestones").as_array()[0].as_object();
  EXPECT_EQ(group.at("actual").as_array().size(), 2u);
  EXPECT_TRUE(group.at("conflict").as_bool());
  const json::object& event = value.at("events").as_array()[0].as_object();
  EXPECT_EQ(event.at("eventID").as_string(), "in");
  EXPECT_EQ(event.at("entry").to_number<int>(), 1);
  EXPECT_EQ(event.at("party").at("name").as_string(), "Name of hit");
  EXPECT_EQ(event.at("status").as_string(), "current");
  EXPECT_TRUE(event.at("conflict").as_bool());
  EXPECT_EQ(value.at("conflicts").as_array()[0].at("kind").as_string(), "time");
  EXPECT_EQ(value.at("expected").as_array()[0].at("classifier").as_string(), "estimated");
  EXPECT_FALSE(value.at("truncated").as_bool());
}

}  // namespace
}  // namespace fairway::journey::search_test
