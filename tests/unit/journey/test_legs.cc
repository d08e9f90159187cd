// Legs over sea, land, rails and air; parts of a shipment; what happens on the way.
#include <gtest/gtest.h>

#include "unit/journey/port.h"

namespace fairway::journey::legs_test {
namespace {

using namespace testing;
using enum Milestone;

const std::string kBox = "equipment:MSCU1234566";
const std::string kWaybill = "air_waybill:16012345675";

Journey journey(Port& port, std::string_view key) { return find(port, named(key), operator_sight()).value(); }

// "truck HKHKG/CFS1>HKHKG vehicle", one a leg.
std::vector<std::string> ways(const Journey& journey) {
  std::vector<std::string> out;
  for (const Leg& leg : journey.legs) {
    std::string way = std::string(name(leg.mode)) + " " + leg.from.key() + ">" + leg.to.key();
    if (!leg.transport.vehicle.empty()) way += " " + leg.transport.vehicle;
    out.push_back(std::move(way));
  }
  return out;
}
using Ways = std::vector<std::string>;

// The legs on which the milestone happened, in order of time.
std::vector<int> legs_of(const Journey& journey, Milestone milestone) {
  std::vector<int> out;
  for (const MilestoneGroup& group : journey.milestones)
    if (group.milestone == milestone) out.push_back(group.leg);
  return out;
}
using Legs = std::vector<int>;

void import_by_sea(Port& port) {
  port.add(Say("load", loaded, 1).of({kBox, "booking:B1"}).at("NLRTM", "ECT").by("9321483", "12E"), "ect");
  port.add(Say("disc", discharged, 25).of({kBox, "booking:B1"}).at("HKHKG", "HIT").by("9321483", "12E"), "hit");
}

TEST(JourneyLegs, OceanThenTruckOverTheBoundary) {
  Port port;
  import_by_sea(port);
  port.add(Say("ccrn", document_submitted, 25.5).of({kBox, "road_cargo_reference:HK123"}), "haulier");
  port.add(Say("bundle", bundled, 26).of({"road_cargo_reference:HK123"}).drives("AB1234"), "haulier");
  port.add(Say("arm", lock_armed, 26.05).of({kBox}).at("HKHKG", "HIT").drives("AB1234"), "haulier");
  port.add(Say("out", gate_out, 26.1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("halt", arrived, 26.15).of({"road_cargo_reference:HK123"}).at("HK9LM").drives("AB1234"), "haulier");
  port.add(Say("cross", crossed, 26.2).of({"road_cargo_reference:HK123"}).at("HK9LM").drives("AB1234"), "haulier");
  port.add(Say("here", located, 26.25).of({kBox}).at("CNSZX").drives("AB1234"), "haulier");
  port.add(Say("done", delivered, 26.5).of({kBox}).at("CNDGG").drives("AB1234"), "haulier");
  port.add(Say("in", gate_in, 26.6).of({kBox}).at("CNDGG", "FACTORY").laden(), "factory");
  const Journey j = journey(port, kBox);
  EXPECT_EQ(ways(j), (Ways{"vessel NLRTM/ECT>HKHKG/HIT", "truck HKHKG/HIT>CNDGG AB1234"}));
  for (const Milestone on_the_way : {bundled, lock_armed, crossed, located, delivered, gate_in})
    EXPECT_EQ(legs_of(j, on_the_way), Legs{2}) << name(on_the_way);
  EXPECT_EQ(j.legs[1].state, LegState::done);
  EXPECT_EQ(j.legs[1].carries, std::vector<std::string>{"MSCU1234566"});
  // The crossing names no container, and is the container's all the same.
  const auto crossing = std::ranges::find(j.milestones, crossed, &MilestoneGroup::milestone);
  EXPECT_EQ(crossing->equipment, "MSCU1234566");
}

TEST(JourneyLegs, OceanThenTruckThenTwoFlights) {
  Port port;
  import_by_sea(port);
  port.add(Say("out", gate_out, 26).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("in", gate_in, 26.2).of({kBox}).at("HKHKG", "CFS1").laden(), "cfs");
  port.add(Say("strip", stripped, 27).of({kBox, kWaybill}).at("HKHKG", "CFS1"), "cfs");
  port.add(Say("job", picked_up, 27.1).of({kWaybill}).at("HKHKG", "CFS1").drives("CD5678"), "haulier");
  port.add(Say("rcs", accepted, 27.3).of({kWaybill}).at("HKHKG"), "airline");
  port.add(Say("man", loaded, 27.6).of({kWaybill}).at("HKHKG").flies("CX261/2026-01-28"), "airline");
  port.add(Say("dep", departed, 27.7).of({kWaybill}).at("HKHKG").flies("CX261/2026-01-28"), "airline");
  port.add(Say("arr", arrived, 28.2).of({kWaybill}).at("FRPAR").flies("CX261"), "airline");
  port.add(Say("rcf", discharged, 28.4).of({kWaybill}).at("FRPAR").flies("CX261"), "airline");
  port.add(Say("dep2", departed, 29).of({kWaybill}).at("FRPAR").flies("AF1018/2026-01-30"), "airline");
  port.add(Say("rcf2", discharged, 29.2).of({kWaybill}).at("DEFRA").flies("AF1018/2026-01-30"), "airline");
  port.add(Say("dlv", delivered, 29.5).of({kWaybill}).at("DEFRA"), "airline");
  const Journey j = journey(port, kWaybill);
  EXPECT_EQ(ways(j), (Ways{"vessel NLRTM/ECT>HKHKG/HIT", "truck HKHKG/HIT>HKHKG/CFS1", "truck HKHKG/CFS1>HKHKG CD5678",
                           "air HKHKG>FRPAR CX261", "air FRPAR>DEFRA AF1018"}));
  EXPECT_EQ(legs_of(j, accepted), Legs{3});
  EXPECT_EQ(legs_of(j, arrived), Legs{4});
  EXPECT_EQ(legs_of(j, departed), (Legs{4, 5}));
  EXPECT_EQ(legs_of(j, delivered), Legs{0});  // at the airport: nothing moved
  EXPECT_EQ(j.legs[3].departed.actual->micros, kStartUs + static_cast<int64_t>(27.7 * 24) * kHourUs + 48 * 60'000'000LL);
  EXPECT_EQ(j.legs[3].state, LegState::done);
}

TEST(JourneyLegs, PartsFlyOnTwoDaysAndAreDeliveredByTwoTrucks) {
  Port port;
  for (const auto& [part, date, day] : {std::tuple("a", "2026-01-05", 4.5), std::tuple("b", "2026-01-06", 5.5)}) {
    const std::string flight = "CX289/" + std::string(date), id = part;
    const uint32_t pieces = id == "a" ? 60 : 40;
    port.add(Say("man" + id, loaded, day).of({kWaybill}).at("HKHKG").flies(flight).pieces(pieces), "airline");
    port.add(Say("dep" + id, departed, day + 0.1).of({kWaybill}).at("HKHKG").flies(flight).pieces(pieces), "airline");
    port.add(Say("rcf" + id, discharged, day + 0.7).of({kWaybill}).at("DEFRA").flies("CX289").pieces(pieces), "airline");
    port.add(Say("pick" + id, picked_up, 7).of({kWaybill, "transport_order:T" + id}).at("DEFRA").drives("F-" + id), "haulier");
    port.add(Say("done" + id, delivered, 7.2).of({kWaybill, "transport_order:T" + id}).at("DESTR").drives("F-" + id), "haulier");
  }
  const Journey j = journey(port, kWaybill);
  EXPECT_EQ(ways(j), (Ways{"air HKHKG>DEFRA CX289", "air HKHKG>DEFRA CX289", "truck DEFRA>DESTR F-a", "truck DEFRA>DESTR F-b"}));
  EXPECT_EQ(legs_of(j, loaded), (Legs{1, 2}));
  EXPECT_EQ(legs_of(j, departed), (Legs{1, 2}));
  EXPECT_EQ(legs_of(j, discharged), (Legs{1, 2}));
  EXPECT_EQ(legs_of(j, picked_up), (Legs{3, 4}));
  EXPECT_EQ(legs_of(j, delivered), (Legs{3, 4}));
  EXPECT_TRUE(j.conflicts.empty());
}

TEST(JourneyLegs, TwoTrucksAtATimeAreTwoLegs) {
  Port port;
  port.add(Say("p1", picked_up, 7).of({kWaybill, "transport_order:T1"}).at("DEFRA").drives("F-1"), "haulier");
  port.add(Say("p2", picked_up, 7.1).of({kWaybill, "transport_order:T2"}).at("DEFRA").drives("F-2"), "haulier");
  port.add(Say("d2", delivered, 7.2).of({kWaybill, "transport_order:T2"}).at("DESTR").drives("F-2"), "haulier");
  EXPECT_EQ(ways(journey(port, kWaybill)), (Ways{"truck DEFRA> F-1", "truck DEFRA>DESTR F-2"}));
  port.add(Say("d1", delivered, 8).of({kWaybill, "transport_order:T1"}).at("DESTR").drives("F-1"), "haulier");
  const Journey j = journey(port, kWaybill);
  EXPECT_EQ(ways(j), (Ways{"truck DEFRA>DESTR F-1", "truck DEFRA>DESTR F-2"}));
  EXPECT_EQ(j.legs[0].state, LegState::done);
}

TEST(JourneyLegs, ContainersOnSeveralTrucksShareALegUntilAllHaveCome) {
  Port port;
  const std::string other = "equipment:CMAU1234567", paper = "booking:B1";
  port.add(Say("o1", gate_out, 1).of({kBox, paper}).at("HKHKG", "HIT").laden().drives("A-1"), "hit");
  port.add(Say("o2", gate_out, 1.1).of({other, paper}).at("HKHKG", "HIT").laden().drives("A-2"), "hit");
  port.add(Say("d1", delivered, 1.3).of({kBox, paper}).at("CNDGG").drives("A-1"), "haulier");
  EXPECT_EQ(ways(journey(port, paper)), (Ways{"truck HKHKG/HIT>CNDGG A-1", "truck HKHKG/HIT> A-2"}));
  port.add(Say("d2", delivered, 1.5).of({other, paper}).at("CNDGG").drives("A-2"), "haulier");
  const Journey j = journey(port, paper);
  EXPECT_EQ(ways(j), (Ways{"truck HKHKG/HIT>CNDGG"}));  // none of them is named
  EXPECT_EQ(j.legs[0].carries.size(), 2u);
  EXPECT_EQ(j.legs[0].state, LegState::done);
}

TEST(JourneyLegs, BargeRailAndTruckInland) {
  Port port;
  const std::string paper = "booking:B1";
  port.add(Say("bl", loaded, 1).of({kBox, paper}).at("CNNSA").by("9074729", "R1"), "river");
  port.add(Say("bd", discharged, 1.5).of({kBox, paper}).at("HKHKG", "HIT").by("9074729", "R1"), "hit");
  port.add(Say("ol", loaded, 3).of({kBox, paper}).at("HKHKG", "HIT").by("9321483", "1W"), "hit");
  port.add(Say("od", discharged, 30).of({kBox, paper}).at("DEHAM", "CTA").by("9321483", "1W"), "cta");
  port.add(Say("rl", loaded, 31).of({kBox}).at("DEHAM", "CTA").rides("41305"), "rail");
  port.add(Say("rdep", departed, 31.1).of({kBox}).at("DEHAM", "CTA").rides("41305"), "rail");
  port.add(Say("rarr", arrived, 31.6).of({kBox}).at("DEDUI").rides("41305"), "rail");
  port.add(Say("rd", discharged, 31.8).of({kBox}).at("DEDUI").rides("41305"), "rail");
  port.add(Say("out", gate_out, 32).of({kBox}).at("DEDUI").laden(), "depot");
  port.add(Say("done", delivered, 32.2).of({kBox}).at("DEDUS").drives("D-1"), "haulier");
  const Journey j = journey(port, kBox);
  EXPECT_EQ(ways(j), (Ways{"vessel CNNSA>HKHKG/HIT", "vessel HKHKG/HIT>DEHAM/CTA", "rail DEHAM/CTA>DEDUI 41305", "truck DEDUI>DEDUS D-1"}));
  EXPECT_EQ(legs_of(j, departed), Legs{3});
  EXPECT_EQ(legs_of(j, arrived), Legs{3});
}

TEST(JourneyLegs, ADeliveryAndAGateInAreOneArrival) {
  Port port;
  port.add(Say("out", gate_out, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("drop", dropped_off, 1.2).of({kBox}).at("HKHKG", "DEP").laden(), "haulier");
  port.add(Say("in", gate_in, 1.21).of({kBox}).at("HKHKG", "DEP").laden(), "depot");
  const Journey j = journey(port, kBox);
  EXPECT_EQ(ways(j), (Ways{"truck HKHKG/HIT>HKHKG/DEP"}));
  EXPECT_EQ(legs_of(j, gate_in), Legs{1});
  EXPECT_EQ(j.legs[0].state, LegState::done);
}

// Three owners' goods in one container under one master.
void consolidation(Port& port) {
  for (const char* house : {"H1", "H2", "H3"}) {
    const std::string h = house, paper = "house_document:" + h;
    port.add(Say("book" + h, document_confirmed, 0).of({paper, "transport_document:M1"}).names("OWNER-" + h), "forwarder");
    port.add(Say("stuff" + h, stuffed, 1).of({kBox, paper}).at("NLRTM", "CFS"), "forwarder");
    port.add(Say("fetch" + h, picked_up, 28).of({paper}).at("HKHKG", "CFS1").drives("T-" + h), "forwarder");
    port.add(Say("done" + h, delivered, 28.2).of({paper}).at("HKHKG", "DOOR" + h).drives("T-" + h), "forwarder");
  }
  port.add(Say("load", loaded, 2).of({kBox, "transport_document:M1"}).at("NLRTM", "ECT").by("9321483", "1E").names("FORWARDER"), "line");
  port.add(Say("disc", discharged, 25).of({kBox, "transport_document:M1"}).at("HKHKG", "HIT").by("9321483", "1E"), "line");
}

std::set<std::string> events_of(const Result<Journey>& journey) { return journey ? ids(*journey) : std::set<std::string>(); }

TEST(JourneyHouses, AHouseIsItsOwnWayAndThatOfWhatCarriesIt) {
  Port port;
  consolidation(port);
  EXPECT_EQ(events_of(find(port, named("house_document:H2"), operator_sight())),
            (std::set<std::string>{"bookH2", "stuffH2", "load", "disc", "fetchH2", "doneH2"}));
  EXPECT_EQ(events_of(find(port, named("transport_document:M1"), operator_sight())).size(), 14u);
  EXPECT_EQ(events_of(find(port, named(kBox), operator_sight())).size(), 14u);
  const Journey j = journey(port, "house_document:H2");
  EXPECT_EQ(ways(j), (Ways{"vessel NLRTM/ECT>HKHKG/HIT", "truck HKHKG/CFS1>HKHKG/DOORH2 T-H2"}));
}

TEST(JourneyHouses, OwnersInOneContainerDoNotSeeEachOther) {
  for (const char* house : {"H1", "H2", "H3"}) book().calls("owner" + std::string(house), "OWNER-" + std::string(house));
  book().calls("forwarder", "FORWARDER");
  Port port;
  consolidation(port);
  for (const char* house : {"H1", "H2", "H3"}) {
    const std::string h = house;
    const Viewer owner("owner" + h);
    const std::set<std::string> own = {"book" + h, "stuff" + h, "load", "disc", "fetch" + h, "done" + h};
    for (const std::string& key : {"house_document:" + h, std::string("transport_document:M1"), kBox})
      EXPECT_EQ(events_of(find(port, named(key), owner)), own) << key;
    const std::string other = h == "H1" ? "house_document:H2" : "house_document:H1";
    EXPECT_EQ(find(port, named(other), owner).error().code, Code::not_found);
    // Event by event, in whatever order they are asked for.
    for (const bool backwards : {false, true}) {
      Terms terms(port);
      Audiences audiences(terms, book());
      Visibility visibility(audiences, owner);
      std::vector<Entry> log = port.range(1, 100).value();
      if (backwards) std::ranges::reverse(log);
      for (const Entry& entry : log) {
        const Event event = event_from_json(entry.body).value();
        EXPECT_EQ(visibility.look(event, entry.party, entry.position).value().sees_something(), own.contains(event.id)) << event.id;
      }
    }
  }
  EXPECT_EQ(events_of(find(port, named(kBox), Viewer("forwarder"))).size(), 14u);
}

TEST(JourneyHouses, AHouseBillThatBecameAHouseAirWaybillGoesOn) {
  Port port;
  consolidation(port);
  port.add(Say("air", document_issued, 27).of({"house_document:H1", "house_air_waybill:X1", kWaybill}), "forwarder");
  port.add(Say("air2", document_issued, 27).of({"house_air_waybill:X9", kWaybill}), "forwarder");
  port.add(Say("fly", departed, 29).of({kWaybill}).at("HKHKG").flies("CX289/2026-01-30"), "airline");
  port.add(Say("dlv", delivered, 31).of({"house_air_waybill:X1"}).at("DEFRA"), "airline");
  const std::set<std::string> way = {"bookH1", "stuffH1", "load", "disc", "fetchH1", "doneH1", "air", "fly", "dlv"};
  EXPECT_EQ(events_of(find(port, named("house_document:H1"), operator_sight())), way);
  EXPECT_EQ(events_of(find(port, named("house_air_waybill:X1"), operator_sight())), way);
}

}  // namespace
}  // namespace fairway::journey::legs_test
