// Milestones, legs, conflicts, amendments and what is expected next.
#include <gtest/gtest.h>

#include "unit/journey/port.h"

namespace fairway::journey::derive_test {
namespace {

using namespace testing;
using enum Milestone;

const std::string kBox = "equipment:MSCU1234566";

Journey journey(Port& port, std::string_view key = kBox) { return find(port, named(key), operator_sight()).value(); }

const Claim& claim(const Journey& journey, std::string_view id) {
  return *std::ranges::find_if(journey.claims, [&](const Claim& c) { return c.event.id == id; });
}
std::vector<std::string> ids_of(const Journey& journey, const std::vector<size_t>& claims) {
  std::vector<std::string> out;
  for (const size_t index : claims) out.push_back(journey.claims[index].event.id);
  return out;
}
using Ids = std::vector<std::string>;

std::set<ConflictKind> kinds(const Journey& journey) {
  std::set<ConflictKind> out;
  for (const Conflict& conflict : journey.conflicts) out.insert(conflict.kind);
  return out;
}

TEST(JourneyMilestones, PlannedEstimatedAndActualStandSideBySide) {
  Port port;
  port.add(Say("plan", loaded, 5).of({kBox}).at("HKHKG").planned().written(0), "line");
  port.add(Say("est1", loaded, 6).of({kBox}).at("HKHKG").estimated().written(2), "line");
  port.add(Say("est2", loaded, 5.5).of({kBox}).at("HKHKG").estimated().written(3), "line");
  port.add(Say("est3", loaded, 7).of({kBox}).at("HKHKG").estimated().written(1), "hit");
  port.add(Say("act", loaded, 6.5).of({kBox}).at("HKHKG"), "hit");
  const Journey j = journey(port);
  ASSERT_EQ(j.milestones.size(), 1u);
  const MilestoneGroup& group = j.milestones[0];
  EXPECT_EQ(ids_of(j, group.planned), Ids{"plan"});
  EXPECT_EQ(ids_of(j, group.estimated), (Ids{"est2", "est1", "est3"}));
  EXPECT_EQ(ids_of(j, group.actual), Ids{"act"});
  EXPECT_EQ(j.claims[*group.latest_estimate].event.id, "est2");
  EXPECT_EQ(claim(j, "est1").status, ClaimStatus::superseded);
  EXPECT_EQ(claim(j, "est3").status, ClaimStatus::current);
  EXPECT_FALSE(group.conflict);
}

TEST(JourneyMilestones, ASecondGateInAfterAGateOutIsAnother) {
  Port port;
  port.add(Say("in1", gate_in, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("out1", gate_out, 2).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("in2", gate_in, 2.1).of({kBox}).at("HKHKG", "MTL").laden(), "mtl");
  const Journey j = journey(port);
  EXPECT_EQ(j.milestones.size(), 3u);
  EXPECT_TRUE(j.conflicts.empty());
}

TEST(JourneyConflicts, PartiesThatDifferInTimePlaceAndLoad) {
  Port port;
  port.add(Say("hit", gate_in, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("haul", gate_in, 1.1).of({kBox}).at("HKHKG", "MTL").empty(), "haulier");
  const Journey j = journey(port);
  EXPECT_EQ(kinds(j), (std::set{ConflictKind::time, ConflictKind::place, ConflictKind::load}));
  EXPECT_TRUE(claim(j, "hit").conflict);
  EXPECT_TRUE(j.milestones[0].conflict);
  EXPECT_EQ(ids_of(j, j.conflicts[0].claims), (Ids{"hit", "haul"}));
}

TEST(JourneyConflicts, WithinTheToleranceNothingIsMarked) {
  Port port;
  port.add(Say("hit", gate_in, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("haul", gate_in, 1.02).of({kBox}).at("HKHKG").laden(), "haulier");
  port.add(Say("again", gate_in, 1.4).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  Port wide;
  wide.add(Say("a", loaded, 1).of({kBox}).at("HKHKG"), "hit");
  wide.add(Say("b", loaded, 1.08).of({kBox}).at("HKHKG"), "line");
  EXPECT_TRUE(journey(wide).conflicts.empty());
  wide.add(Say("c", loaded, 1.1).of({kBox}).at("HKHKG"), "haulier");
  EXPECT_EQ(kinds(journey(wide)), std::set{ConflictKind::time});
  Port one_party;
  one_party.add(Say("a", gate_in, 1).of({kBox}).at("HKHKG", "HIT"), "hit");
  one_party.add(Say("b", gate_in, 1.3).of({kBox}).at("HKHKG", "HIT"), "hit");
  EXPECT_TRUE(journey(one_party).conflicts.empty());
}

TEST(JourneyConflicts, AtTwoPortsAtOnce) {
  Port port;
  port.add(Say("a", discharged, 1).of({kBox}).at("HKHKG"), "hit");
  port.add(Say("b", discharged, 1.1).of({kBox}).at("CNSZX"), "line");
  EXPECT_EQ(kinds(journey(port)), std::set{ConflictKind::place});
}

TEST(JourneyConflicts, ImpossibleOrders) {
  Port gate;
  gate.add(Say("load", loaded, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  gate.add(Say("in", gate_in, 2).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  ASSERT_EQ(kinds(journey(gate)), std::set{ConflictKind::order});
  EXPECT_EQ(ids_of(journey(gate), journey(gate).conflicts[0].claims), (Ids{"load", "in"}));
  Port sea;
  sea.add(Say("disc", discharged, 1).of({kBox}).at("NLRTM").by("9321483", "1"), "ect");
  sea.add(Say("load", loaded, 9).of({kBox}).at("HKHKG").by("9321483", "1"), "hit");
  EXPECT_EQ(kinds(journey(sea)), std::set{ConflictKind::order});
  Port sailed;
  sailed.add(Say("load", loaded, 5).of({kBox}).at("HKHKG").by("9321483", "1"), "hit");
  sailed.add(Say("dep", departed, 4).at("HKHKG").by("9321483", "1"), "line");
  EXPECT_EQ(kinds(journey(sailed)), std::set{ConflictKind::order});
}

TEST(JourneyConflicts, TwoVesselsAtOnce) {
  Port port;
  port.add(Say("a", loaded, 1).of({kBox}).at("HKHKG", "HIT").by("9321483", "1"), "hit");
  port.add(Say("b", loaded, 1.01).of({kBox}).at("HKHKG", "HIT").by("9074729", "2"), "line");
  EXPECT_EQ(kinds(journey(port)), std::set{ConflictKind::transport});
  Port transhipped;
  transhipped.add(Say("a", loaded, 1).of({kBox}).at("HKHKG").by("9321483", "1"), "hit");
  transhipped.add(Say("c", loaded, 9).of({kBox}).at("SGSIN").by("9074729", "2"), "psa");
  EXPECT_TRUE(journey(transhipped).conflicts.empty());
  transhipped.add(Say("late", discharged, 12).of({kBox}).at("NLRTM").by("9321483", "1"), "ect");
  EXPECT_EQ(kinds(journey(transhipped)), std::set{ConflictKind::transport});
}

TEST(JourneyAmendments, TheAmendedStayVisibleOutOfTheState) {
  Port port;
  port.add(Say("a", gate_in, 1).of({kBox}).at("HKHKG").laden(), "hit");
  port.add(Say("b", gate_in, 1.5).of({kBox}).at("HKHKG").laden().amends(Amendment::correction, "a"), "hit");
  port.add(Say("c", loaded, 3).of({kBox}).at("HKHKG"), "hit");
  port.add(Say("d", loaded, 3).of({kBox}).at("HKHKG").amends(Amendment::retraction, "c"), "hit");
  const Journey j = journey(port);
  EXPECT_EQ(claim(j, "a").status, ClaimStatus::corrected);
  EXPECT_EQ(claim(j, "b").status, ClaimStatus::current);
  EXPECT_EQ(claim(j, "c").status, ClaimStatus::retracted);
  EXPECT_EQ(claim(j, "d").status, ClaimStatus::retracted);
  ASSERT_EQ(j.milestones.size(), 1u);
  EXPECT_EQ(ids_of(j, j.milestones[0].actual), Ids{"b"});
  EXPECT_EQ(j.claims[*j.status].event.id, "b");
}

TEST(JourneyAmendments, OnlyTheSenderAmends) {
  Port port;
  port.add(Say("a", gate_in, 1).of({kBox}).at("HKHKG").laden(), "hit");
  port.add(Say("b", gate_in, 1).of({kBox}).at("HKHKG").laden().amends(Amendment::retraction, "a"), "rival");
  EXPECT_EQ(claim(journey(port), "a").status, ClaimStatus::current);
}

TEST(JourneyAmendments, ADocumentIsReplacedBoxByBoxAndMilestoneByMilestone) {
  Port port;
  port.add(Say("a", gate_in, 1).of({kBox, "booking:B1"}).at("HKHKG").in_document("M1"), "hit");
  port.add(Say("o", gate_out, 0.5).of({kBox, "booking:B1"}).at("HKHKG").empty().in_document("M1"), "hit");
  port.add(Say("x", gate_in, 1).of({"equipment:CMAU1234567", "booking:B1"}).at("HKHKG").in_document("M1"), "hit");
  port.add(Say("b", gate_in, 1.1).of({kBox}).at("HKHKG").in_document("M1").written(2).amends(Amendment::correction, "M1"), "hit");
  port.add(Say("c", gate_in, 1.2).of({kBox}).at("HKHKG").in_document("M1").written(3).amends(Amendment::correction, "M1"), "hit");
  const Journey j = journey(port, "booking:B1");
  EXPECT_EQ(claim(j, "a").status, ClaimStatus::corrected);
  EXPECT_EQ(claim(j, "b").status, ClaimStatus::corrected);
  EXPECT_EQ(claim(j, "c").status, ClaimStatus::current);
  EXPECT_EQ(claim(j, "o").status, ClaimStatus::current);
  EXPECT_EQ(claim(j, "x").status, ClaimStatus::current);
}

TEST(JourneyAmendments, ARetractionThatIsItselfRetractedHasNoEffect) {
  Port port;
  port.add(Say("a", gate_in, 1).of({kBox}).at("HKHKG"), "hit");
  port.add(Say("r", gate_in, 1).of({kBox}).at("HKHKG").amends(Amendment::retraction, "a"), "hit");
  port.add(Say("rr", gate_in, 1).of({kBox}).at("HKHKG").amends(Amendment::retraction, "r"), "hit");
  EXPECT_EQ(claim(journey(port), "a").status, ClaimStatus::current);
}

TEST(JourneyAmendments, ARetractedReturnEndsNoTrip) {
  Port port;
  port.add(Say("in", gate_in, 1).of({kBox}).at("HKHKG", "HIT").empty(), "hit");
  port.add(Say("load", loaded, 2).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  EXPECT_EQ(journey(port).trips.size(), 2u);
  port.add(Say("undo", gate_in, 1).of({kBox}).at("HKHKG", "HIT").empty().amends(Amendment::retraction, "in"), "hit");
  EXPECT_EQ(journey(port).trips.size(), 1u);
}

void transhipment(Port& port) {
  port.add(Say("pick", gate_out, 1).of({kBox, "booking:B1"}).at("HKHKG", "DEP").empty(), "depot");
  port.add(Say("in", gate_in, 2).of({kBox, "booking:B1"}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("load1", loaded, 3).of({kBox, "booking:B1"}).at("HKHKG", "HIT").by("9321483", "001E"), "hit");
  port.add(Say("dep1", departed, 3.5).at("HKHKG").by("9321483", "001E"), "line");
  port.add(Say("arr1", arrived, 7).at("SGSIN").by("9321483", "001E"), "line");
  port.add(Say("disc1", discharged, 7.5).of({kBox, "booking:B1"}).at("SGSIN", "PSA").by("9321483", "001E"), "psa");
  port.add(Say("load2", loaded, 10).of({kBox, "booking:B1"}).at("SGSIN", "PSA").by("9074729", "14W"), "psa");
  port.add(Say("disc2", discharged, 30).of({kBox, "booking:B1"}).at("NLRTM", "ECT").by("9074729", "14W").planned(), "line");
  port.add(Say("eta", arrived, 29).at("NLRTM").by("9074729", "14W").estimated(), "line");
}

TEST(JourneyLegs, PreCarriageTwoSeaLegsAndOnCarriage) {
  Port port;
  transhipment(port);
  Journey j = journey(port);
  ASSERT_EQ(j.legs.size(), 3u);
  EXPECT_EQ(j.legs[0].mode, TransportMode::truck);
  EXPECT_EQ(j.legs[0].from.facility, "DEP");
  EXPECT_EQ(j.legs[0].to.facility, "HIT");
  EXPECT_EQ(j.legs[0].state, LegState::done);
  EXPECT_EQ(j.legs[0].departed.actual->micros, kStartUs + kDayUs);
  EXPECT_EQ(j.legs[1].mode, TransportMode::vessel);
  EXPECT_EQ(j.legs[1].transport.vessel_imo, "9321483");
  EXPECT_EQ(j.legs[1].to.unlocode, "SGSIN");
  EXPECT_EQ(j.legs[1].departed.actual->micros, claim(j, "dep1").event.occurred.micros);
  EXPECT_EQ(j.legs[1].arrived.actual->micros, kStartUs + 7 * kDayUs);
  EXPECT_EQ(j.legs[1].state, LegState::done);
  EXPECT_EQ(j.legs[2].transport.voyage, "14W");
  EXPECT_EQ(j.legs[2].state, LegState::under_way);
  EXPECT_EQ(j.legs[2].arrived.estimated->micros, kStartUs + 29 * kDayUs);
  for (const MilestoneGroup& group : j.milestones) EXPECT_NE(group.leg, 0) << name(group.milestone);
  port.add(Say("disc", discharged, 31).of({kBox}).at("NLRTM", "ECT").by("9074729", "14W"), "ect");
  port.add(Say("out", gate_out, 33).of({kBox}).at("NLRTM", "ECT").laden(), "ect");
  port.add(Say("back", gate_in, 36).of({kBox}).at("NLRTM", "DEPOT").empty(), "depot2");
  j = journey(port);
  ASSERT_EQ(j.legs.size(), 4u);
  EXPECT_EQ(j.legs[3].from.facility, "ECT");
  EXPECT_EQ(j.legs[3].to.facility, "DEPOT");
  EXPECT_EQ(j.legs[2].state, LegState::done);
}

TEST(JourneyLegs, ContainersOfOneBookingShareTheirLegs) {
  Port port;
  for (const std::string& box : {kBox, std::string("equipment:CMAU1234567")}) {
    port.add(Say("in" + box, gate_in, 1).of({box, "booking:B1"}).at("HKHKG", "HIT").laden(), "hit");
    port.add(Say("load" + box, loaded, 2).of({box, "booking:B1"}).at("HKHKG", "HIT").by("9321483", "1"), "hit");
  }
  port.add(Say("disc", discharged, 20).of({kBox, "booking:B1"}).at("NLRTM").by("9321483", "1"), "ect");
  const Journey j = journey(port, "booking:B1");
  ASSERT_EQ(j.legs.size(), 2u);
  EXPECT_EQ(j.legs[1].to.unlocode, "NLRTM");
}

TEST(JourneyExpected, WhatIsPlannedAndWhatUsuallyFollows) {
  Port port;
  transhipment(port);
  const Journey j = journey(port);
  ASSERT_EQ(j.expected.size(), 2u);
  EXPECT_EQ(j.expected[0].milestone, arrived);
  EXPECT_EQ(j.expected[0].classifier, Classifier::estimated);
  EXPECT_EQ(j.expected[1].milestone, discharged);
  EXPECT_EQ(j.expected[1].equipment, "MSCU1234566");
  Port early;
  early.add(Say("plan", gate_in, 0).of({kBox}).at("HKHKG", "HIT").laden().planned(), "line");
  early.add(Say("in", gate_in, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  const Journey loaded_next = journey(early);
  ASSERT_EQ(loaded_next.expected.size(), 1u);
  EXPECT_EQ(loaded_next.expected[0].milestone, loaded);
  EXPECT_FALSE(loaded_next.expected[0].classifier);
  EXPECT_EQ(loaded_next.expected[0].place.facility, "HIT");
}

TEST(JourneyStatus, TheLatestActualMoveElseWhatIsAhead) {
  Port port;
  port.add(Say("plan", gate_in, 5).of({kBox}).at("HKHKG").planned(), "line");
  EXPECT_EQ(journey(port).claims[*journey(port).status].event.id, "plan");
  port.add(Say("paper", document_confirmed, 1).of({kBox}), "line");
  EXPECT_EQ(journey(port).claims[*journey(port).status].event.id, "paper");
  port.add(Say("pick", picked_up, 0.5).of({kBox}).at("HKHKG").empty(), "haulier");
  EXPECT_EQ(journey(port).claims[*journey(port).status].event.id, "pick");
}

}  // namespace
}  // namespace fairway::journey::derive_test
