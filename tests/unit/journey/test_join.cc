// Joining: which events make one journey, and the guards against joining too much.
#include <gtest/gtest.h>

#include "unit/journey/port.h"

namespace fairway::journey::join_test {
namespace {

using namespace testing;
using enum Milestone;

std::set<std::string> journey_of(Port& port, std::string_view key, uint32_t trip = 0) {
  const Result<Journey> found = find(port, named(key), operator_sight(), {trip});
  return found ? ids(*found) : std::set<std::string>{found.error().message};
}

void export_import(Port& port) {
  port.add(Say("conf", document_confirmed, 0).of({"booking:B1"}), "line");
  port.add(Say("pick", gate_out, 1).of({"equipment:MSCU1234566", "booking:B1"}).at("HKHKG", "DEP").empty(), "depot");
  port.add(Say("in", gate_in, 2).of({"equipment:MSCU1234566"}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("load", loaded, 3).of({"equipment:MSCU1234566"}).at("HKHKG", "HIT").by("9321483", "001E").laden(), "hit");
  port.add(Say("issue", document_issued, 3.5).of({"transport_document:D1", "booking:B1", "house_document:H1"}), "line");
  port.add(
      Say("disc", discharged, 30).of({"equipment:MSCU1234566", "transport_document:D1"}).at("NLRTM", "ECT").by("9321483", "001E").laden(),
      "ect");
}

TEST(JourneyJoin, TheSameFromEveryReference) {
  Port port;
  export_import(port);
  const std::set<std::string> all = {"conf", "pick", "in", "load", "issue", "disc"};
  for (const std::string_view key : {"equipment:MSCU1234566", "booking:B1", "transport_document:D1", "house_document:H1"})
    EXPECT_EQ(journey_of(port, key), all) << key;
}

TEST(JourneyJoin, ReadsEachTermOnce) {
  Port port;
  export_import(port);
  port.forget_scans();
  ASSERT_TRUE(find(port, named("equipment:MSCU1234566"), operator_sight()));
  EXPECT_EQ(port.most_scans_of_a_term(), 1u);
  port.forget_scans();
  ASSERT_TRUE(find(port, named("booking:B1"), sight_of("shipper", "SH")).error().code == Code::not_found);
  EXPECT_EQ(port.most_scans_of_a_term(), 1u);
}

TEST(JourneyJoin, UnknownIsNotFound) {
  Port port;
  EXPECT_EQ(find(port, named("booking:NONE"), operator_sight()).error().code, Code::not_found);
  EXPECT_EQ(find(port, named("voyage:9321483/1"), operator_sight()).error().code, Code::not_found);
}

TEST(JourneyJoin, ACustomersOwnNumberJoinsNothing) {
  Port port;
  port.add(Say("a", gate_in, 1).of({"equipment:MSCU1234566", "purchase_order:PO1", "seal:S1"}).at("HKHKG"), "hit");
  port.add(Say("b", gate_in, 1).of({"equipment:CMAU1234567", "purchase_order:PO1", "seal:S1"}).at("HKHKG"), "hit");
  EXPECT_EQ(journey_of(port, "equipment:MSCU1234566"), std::set<std::string>{"a"});
  EXPECT_EQ(journey_of(port, "purchase_order:PO1"), (std::set<std::string>{"a", "b"}));
}

TEST(JourneyJoin, ABookingJoinsItsContainers) {
  Port port;
  port.add(Say("a", gate_in, 1).of({"equipment:MSCU1234566", "booking:B1"}).at("HKHKG"), "hit");
  port.add(Say("b", gate_in, 2).of({"equipment:CMAU1234567", "booking:B1"}).at("HKHKG"), "hit");
  EXPECT_EQ(journey_of(port, "equipment:CMAU1234567"), (std::set<std::string>{"a", "b"}));
}

// Two exports of one container, without and with the moves that part them.
TEST(JourneyJoin, AnotherBookingIsAnotherTrip) {
  Port port;
  port.add(Say("in1", gate_in, 1).of({"equipment:MSCU1234566", "booking:B1"}).at("HKHKG").laden(), "hit");
  port.add(Say("load1", loaded, 2).of({"equipment:MSCU1234566"}).at("HKHKG").laden(), "hit");
  port.add(Say("in2", gate_in, 31).of({"equipment:MSCU1234566", "booking:B2"}).at("HKHKG").laden(), "hit");
  port.add(Say("load2", loaded, 32).of({"equipment:MSCU1234566"}).at("HKHKG").laden(), "hit");
  EXPECT_EQ(journey_of(port, "equipment:MSCU1234566"), (std::set<std::string>{"in2", "load2"}));
  EXPECT_EQ(journey_of(port, "booking:B1"), (std::set<std::string>{"in1", "load1"}));
  EXPECT_EQ(journey_of(port, "equipment:MSCU1234566", 1), (std::set<std::string>{"in1", "load1"}));
  const Journey latest = find(port, named("equipment:MSCU1234566"), operator_sight()).value();
  ASSERT_EQ(latest.trips.size(), 2u);
  EXPECT_EQ(latest.trips[0].booking, "B1");
  EXPECT_FALSE(latest.trips[0].current);
  EXPECT_TRUE(latest.trips[1].current);
  EXPECT_EQ(latest.trips[1].from_us, kStartUs + 31 * kDayUs);
  EXPECT_EQ(find(port, named("equipment:MSCU1234566"), operator_sight(), {3}).error().code, Code::not_found);
}

TEST(JourneyJoin, EmptyReturnAndPickUpPartTrips) {
  Port port;
  port.add(Say("disc", discharged, 1).of({"equipment:MSCU1234566"}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("out", gate_out, 2).of({"equipment:MSCU1234566"}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("back", gate_in, 5).of({"equipment:MSCU1234566"}).at("HKHKG", "DEP").empty(), "depot");
  port.add(Say("drop", dropped_off, 5.1).of({"equipment:MSCU1234566"}).at("HKHKG", "DEP").empty(), "haulier");
  port.add(Say("survey", inspected, 6).of({"equipment:MSCU1234566"}).at("HKHKG", "DEP"), "depot");
  port.add(Say("pick", gate_out, 9).of({"equipment:MSCU1234566"}).at("HKHKG", "DEP").empty(), "depot");
  port.add(Say("taken", picked_up, 9.05).of({"equipment:MSCU1234566"}).at("HKHKG", "DEP").empty(), "haulier");
  port.add(Say("in", gate_in, 10).of({"equipment:MSCU1234566"}).at("HKHKG", "HIT").laden(), "hit");
  EXPECT_EQ(journey_of(port, "equipment:MSCU1234566", 1), (std::set<std::string>{"disc", "out", "back", "drop", "survey"}));
  EXPECT_EQ(journey_of(port, "equipment:MSCU1234566"), (std::set<std::string>{"pick", "taken", "in"}));
}

TEST(JourneyJoin, ALongSilencePartsTripsUnlessADocumentBridgesIt) {
  Port port;
  for (const auto& [box, last] : {std::pair("equipment:MSCU1234566", "booking:B2"), std::pair("equipment:CMAU1234567", "booking:B1")}) {
    const std::string id = box;
    port.add(Say(id + "1", loaded, 1).of({box, id == "equipment:CMAU1234567" ? "booking:B1" : "booking:B0"}).at("HKHKG"), "hit");
    port.add(Say(id + "2", discharged, 70).of({box, last}).at("NLRTM"), "ect");
  }
  EXPECT_EQ(find(port, named("equipment:MSCU1234566"), operator_sight())->trips.size(), 2u);
  EXPECT_EQ(find(port, named("equipment:CMAU1234567"), operator_sight())->trips.size(), 1u);
}

TEST(JourneyJoin, ABoxRolledToAnotherBookingGoesOn) {
  Port port;
  port.add(Say("in", gate_in, 1).of({"equipment:MSCU1234566", "booking:B1"}).at("HKHKG").laden(), "hit");
  port.add(Say("load", loaded, 8).of({"equipment:MSCU1234566", "booking:B2"}).at("HKHKG").laden(), "hit");
  EXPECT_EQ(journey_of(port, "booking:B1"), (std::set<std::string>{"in", "load"}));
}

TEST(JourneyJoin, PartLoadsUnderSeveralBillsAreOneTrip) {
  Port port;
  for (const char* bill : {"1", "2", "3"}) {
    const std::string key = std::string("transport_document:D") + bill;
    port.add(Say(std::string("load") + bill, loaded, 1).of({"equipment:MSCU1234566", key}).at("HKHKG").laden(), "hit");
    port.add(Say(std::string("disc") + bill, discharged, 20).of({"equipment:MSCU1234566", key}).at("NLRTM").laden(), "ect");
  }
  EXPECT_EQ(journey_of(port, "transport_document:D2").size(), 6u);
}

TEST(JourneyJoin, PapersOfTheNextTripDoNotJoinThePresentOne) {
  Port port;
  port.add(Say("load", loaded, 1).of({"equipment:MSCU1234566", "booking:B1"}).at("HKHKG").laden(), "hit");
  port.add(Say("disc", discharged, 20).of({"equipment:MSCU1234566", "booking:B1"}).at("NLRTM").laden(), "ect");
  port.add(Say("next", document_confirmed, 10).of({"equipment:MSCU1234566", "booking:B2"}), "line");
  EXPECT_EQ(journey_of(port, "booking:B1"), (std::set<std::string>{"load", "disc"}));
  EXPECT_EQ(journey_of(port, "booking:B2"), (std::set<std::string>{"next"}));
}

TEST(JourneyJoin, AnOverSharedBookingJoinsNothingAndIsFlagged) {
  Port port;
  for (size_t i = 0; i <= limits::kReferenceFanOutMax; ++i) {
    const std::string number = std::to_string(1000000 + i);
    port.add(Say("in" + number, gate_in, 1).of({"equipment:MSCU" + number, "booking:TBA"}).at("HKHKG"), "hit");
  }
  const Journey journey = find(port, named("equipment:MSCU1000007"), operator_sight()).value();
  EXPECT_EQ(ids(journey), std::set<std::string>{"in1000007"});
  ASSERT_EQ(journey.references.size(), 2u);
  EXPECT_FALSE(journey.references[0].over_shared);
  EXPECT_TRUE(journey.references[1].over_shared);
  const Journey booking = find(port, named("booking:TBA"), operator_sight()).value();
  EXPECT_TRUE(booking.reference.over_shared);
  EXPECT_EQ(booking.claims.size(), limits::kReferenceFanOutMax + 1);
}

TEST(JourneyJoin, AnOverSharedReferenceDoesNotHoldTripsTogether) {
  Port port;
  for (size_t i = 0; i <= limits::kReferenceFanOutMax; ++i)
    port.add(Say("x" + std::to_string(i), gate_in, 1).of({"equipment:MSCU" + std::to_string(2000000 + i), "booking:TBA"}).at("HKHKG"),
             "hit");
  port.add(Say("back", gate_in, 5).of({"equipment:MSCU1234566", "booking:TBA"}).at("HKHKG").empty(), "depot");
  port.add(Say("pick", gate_out, 9).of({"equipment:MSCU1234566", "booking:TBA"}).at("HKHKG").empty(), "depot");
  EXPECT_EQ(journey_of(port, "equipment:MSCU1234566"), std::set<std::string>{"pick"});
}

TEST(JourneyJoin, PastItsLimitsAJourneySaysThatItIsTruncated) {
  Port port;
  for (size_t i = 0; i < limits::kJourneyEventsMax + 10; ++i)
    port.add(
        Say("w" + std::to_string(i), weighed, 1 + static_cast<double>(i) / 100).of({"equipment:MSCU1234566", "booking:B1"}).at("HKHKG"),
        "hit");
  const Journey journey = find(port, named("booking:B1"), operator_sight()).value();
  EXPECT_TRUE(journey.truncated);
  EXPECT_EQ(journey.claims.size(), limits::kJourneyEventsMax);
}

TEST(JourneyJoin, ReferencesAreBounded) {
  Port port;
  for (size_t i = 0; i < limits::kJourneyReferencesMax + 50; ++i)
    port.add(Say("c" + std::to_string(i), document_issued, 1)
                 .of({"transport_document:D" + std::to_string(i), "house_document:H" + std::to_string(i / 2),
                      "consignment:U" + std::to_string((i + 1) / 2)}),
             "line");
  const Journey journey = find(port, named("consignment:U5"), operator_sight()).value();
  EXPECT_TRUE(journey.truncated);
  EXPECT_LE(journey.references.size(), limits::kJourneyReferencesMax);
}

TEST(JourneyJoin, AVesselsCallsBelongWhereTheBoxUsesThem) {
  Port port;
  export_import(port);
  port.add(Say("dep", departed, 3.4).at("HKHKG").by("9321483", "001E"), "line");
  port.add(Say("sin", arrived, 8).at("SGSIN").by("9321483", "001E"), "line");  // not on this box's way
  port.add(Say("arr", arrived, 29).at("NLRTM").by("9321483", "001E"), "line");
  port.add(Say("old", departed, -80).at("HKHKG").by("9321483", "001E"), "line");  // the same number, long before
  port.add(Say("other", departed, 3.4).at("HKHKG").by("9321483", "002W"), "line");
  const std::set<std::string> found = journey_of(port, "equipment:MSCU1234566");
  EXPECT_EQ(found, (std::set<std::string>{"conf", "pick", "in", "load", "issue", "disc", "dep", "arr"}));
  EXPECT_EQ(journey_of(port, "house_document:H1"), found);
}

TEST(JourneyJoin, AVoyageShowsItsCallsAndListsItsBoxes) {
  Port port;
  export_import(port);
  port.add(Say("load2", loaded, 3).of({"equipment:CMAU1234567", "booking:B9"}).at("HKHKG").by("9321483", "001E"), "hit");
  port.add(Say("dep", departed, 4).at("HKHKG").by("9321483", "001E"), "line");
  port.add(Say("sin", arrived, 8).at("SGSIN").by("9321483", "001E"), "line");
  const Journey voyage = find(port, named("voyage:9321483/001E"), operator_sight()).value();
  EXPECT_EQ(ids(voyage), (std::set<std::string>{"dep", "sin"}));
  std::set<std::string> listed;
  for (const JourneyReference& reference : voyage.references) listed.insert(reference.reference.key());
  EXPECT_TRUE(listed.contains("equipment:MSCU1234566"));
  EXPECT_TRUE(listed.contains("equipment:CMAU1234567"));
  EXPECT_TRUE(listed.contains("booking:B9"));
  ASSERT_EQ(voyage.legs.size(), 1u);
  EXPECT_EQ(voyage.legs[0].to.unlocode, "SGSIN");
  EXPECT_EQ(journey_of(port, "equipment:CMAU1234567"), (std::set<std::string>{"load2", "dep"}));
}

TEST(JourneyJoin, ACorrectionThatNamesAnotherContainerIsFoundFromTheWrongOne) {
  Port port;
  const Event wrong = Say("wrong", gate_in, 1).of({"equipment:MSCU1234566"}).at("HKHKG");
  port.add(wrong, "hit");
  port.add(Say("right", gate_in, 1).of({"equipment:CMAU1234567"}).at("HKHKG").amends(Amendment::correction, "wrong"), "hit", 0,
           wrong.references);
  const Journey journey = find(port, named("equipment:MSCU1234566"), operator_sight()).value();
  ASSERT_EQ(journey.claims.size(), 1u);
  EXPECT_EQ(journey.claims[0].status, ClaimStatus::corrected);
  EXPECT_TRUE(journey.milestones.empty());
}

}  // namespace
}  // namespace fairway::journey::join_test
