// Sight: nobody sees what is not theirs, and what is not visible leaves no trace in the answer.
#include <gtest/gtest.h>

#include "unit/journey/port.h"

namespace fairway::journey::sight_test {
namespace {

using namespace testing;
using enum Milestone;

const std::string kBox = "equipment:MSCU1234566";

std::set<std::string> seen(Port& port, std::string_view key, const Sight& sight, uint32_t trip = 0) {
  const Result<Journey> found = find(port, named(key), sight, {trip});
  return found ? ids(*found) : std::set<std::string>{std::string(name(found.error().code))};
}
const std::set<std::string> kNothing = {"not_found"};

void shipment(Port& port) {
  port.add(Say("in", gate_in, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  port.add(Say("load", loaded, 2).of({kBox, "booking:B1"}).at("HKHKG", "HIT").by("9321483", "001E").laden(), "hit");
  port.add(Say("bill", document_issued, 3).of({"booking:B1", "transport_document:D1"}).names("SHIPPER"), "line");
  port.add(Say("dep", departed, 2.5).at("HKHKG").by("9321483", "001E"), "line");
}

TEST(JourneySight, APartyNamedOnADocumentSeesTheWholeJourney) {
  Port port;
  shipment(port);
  const std::set<std::string> all = {"in", "load", "bill", "dep"};
  for (const std::string& key : {kBox, std::string("booking:B1"), std::string("transport_document:D1")}) {
    EXPECT_EQ(seen(port, key, sight_of("shp", "SHIPPER")), all) << key;
    EXPECT_EQ(seen(port, key, operator_sight()), all) << key;
  }
}

TEST(JourneySight, ASenderSeesWhatItSent) {
  Port port;
  shipment(port);
  EXPECT_EQ(seen(port, kBox, sight_of("hit", "TERMINAL")), (std::set<std::string>{"in", "load"}));
  EXPECT_EQ(seen(port, "booking:B1", sight_of("line", "LINE")), std::set<std::string>{"bill"});
  EXPECT_EQ(seen(port, kBox, sight_of("line", "LINE")), kNothing);
}

TEST(JourneySight, HiddenAndUnknownAnswerAlike) {
  Port port;
  shipment(port);
  const Error hidden = find(port, named("booking:B1"), sight_of("rival", "RIVAL")).error();
  const Error unknown = find(port, named("booking:B2"), sight_of("rival", "RIVAL")).error();
  EXPECT_EQ(hidden.code, unknown.code);
  EXPECT_EQ(hidden.message, unknown.message);
  EXPECT_EQ(hidden.hint, unknown.hint);
}

TEST(JourneySight, NothingHiddenShowsInTheAnswer) {
  Port whole, own;
  shipment(whole);
  whole.add(Say("in-late", gate_in, 1.2).of({kBox}).at("HKHKG", "MTL").laden(), "line");  // would be a conflict
  own.add(Say("in", gate_in, 1).of({kBox}).at("HKHKG", "HIT").laden(), "hit");
  own.add(Say("load", loaded, 2).of({kBox, "booking:B1"}).at("HKHKG", "HIT").by("9321483", "001E").laden(), "hit");
  Journey with = find(whole, named(kBox), sight_of("hit", "TERMINAL")).value();
  Journey without = find(own, named(kBox), sight_of("hit", "TERMINAL")).value();
  with.position = without.position = 0;
  EXPECT_EQ(json_of(with), json_of(without));
  EXPECT_TRUE(with.conflicts.empty());
}

TEST(JourneySight, NamingItselfOpensNothing) {
  Port port;
  shipment(port);
  port.add(Say("mine", weighed, 1).of({kBox}).at("HKHKG").names("RIVAL"), "rival");
  EXPECT_EQ(seen(port, kBox, sight_of("rival", "RIVAL")), std::set<std::string>{"mine"});
}

// A party to one journey cannot pull another into it by an event of its own that names both.
TEST(JourneySight, OnesOwnEventsDoNotJoinJourneysIntoSight) {
  Port port;
  shipment(port);
  port.add(Say("other", gate_in, 1).of({"equipment:CMAU1234567", "booking:B7"}).at("HKHKG").names("RIVAL"), "hit");
  port.add(Say("bridge", weighed, 1.5).of({"booking:B7", "booking:B1"}).at("HKHKG"), "rival");
  EXPECT_EQ(seen(port, "booking:B7", sight_of("rival", "RIVAL")), (std::set<std::string>{"other", "bridge"}));
  EXPECT_EQ(seen(port, "booking:B1", sight_of("rival", "RIVAL")), (std::set<std::string>{"other", "bridge"}));
  EXPECT_EQ(seen(port, kBox, sight_of("rival", "RIVAL")), kNothing);
}

TEST(JourneySight, ThePartyToOneTripDoesNotSeeTheNext) {
  Port port;
  port.add(Say("in1", gate_in, 1).of({kBox, "booking:B1"}).at("HKHKG").laden().names("SHIPPER"), "hit");
  port.add(Say("back", gate_in, 20).of({kBox}).at("HKHKG", "DEP").empty(), "depot");
  port.add(Say("pick", gate_out, 25).of({kBox, "booking:B2"}).at("HKHKG", "DEP").empty(), "depot");
  port.add(Say("in2", gate_in, 26).of({kBox}).at("HKHKG").laden(), "hit");
  const Viewer shipper = sight_of("shp", "SHIPPER");
  EXPECT_EQ(seen(port, kBox, shipper), (std::set<std::string>{"in1", "back"}));
  EXPECT_EQ(find(port, named(kBox), shipper)->trips.size(), 1u);
  EXPECT_EQ(seen(port, "booking:B2", shipper), kNothing);
  EXPECT_EQ(seen(port, kBox, shipper, 2), kNothing);
}

TEST(JourneySight, AVoyageShowsAViewerItsOwnBoxesOnly) {
  Port port;
  shipment(port);
  port.add(Say("foreign", loaded, 2).of({"equipment:CMAU1234567", "booking:B9"}).at("HKHKG").by("9321483", "001E"), "hit");
  port.add(Say("sin", arrived, 8).at("SGSIN").by("9321483", "001E"), "line");
  const Journey voyage = find(port, named("voyage:9321483/001E"), sight_of("shp", "SHIPPER")).value();
  EXPECT_EQ(ids(voyage), std::set<std::string>{"dep"});
  for (const JourneyReference& reference : voyage.references) EXPECT_NE(reference.reference.key(), "equipment:CMAU1234567");
  EXPECT_EQ(seen(port, "voyage:9321483/001E", sight_of("rival", "RIVAL")), kNothing);
  EXPECT_EQ(seen(port, "vessel:9321483", sight_of("line", "LINE")), (std::set<std::string>{"dep", "sin"}));
}

// Lists and streams answer event by event as the journeys do as a whole.
TEST(JourneySight, EventByEventIsAsAWhole) {
  Port port;
  shipment(port);
  port.add(Say("foreign", loaded, 2).of({"equipment:CMAU1234567", "booking:B9"}).at("HKHKG").by("9321483", "001E"), "hit");
  for (const auto& [viewer, code] :
       {std::pair("shp", "SHIPPER"), std::pair("hit", "TERMINAL"), std::pair("line", "LINE"), std::pair("x", "X")}) {
    const Viewer sight = sight_of(viewer, code);
    std::set<std::string> whole;
    for (const std::string_view key : {"equipment:MSCU1234566", "booking:B1", "voyage:9321483/001E", "booking:B9"})
      if (const Result<Journey> found = find(port, named(key), sight)) whole.merge(ids(*found));
    Terms terms(port);
    Audiences audiences(terms, book());
    Visibility visibility(audiences, sight);
    std::set<std::string> single;
    const std::vector<Entry> log = port.range(1, 100).value();
    for (const Entry& entry : log) {
      const Event event = event_from_json(entry.body).value();
      if (visibility.look(event, entry.party, entry.position).value().sees_something()) single.insert(event.id);
    }
    EXPECT_EQ(single, whole) << viewer;
  }
}

TEST(JourneySight, AStreamFollowsTheLogWithoutReadingItAgain) {
  Port port;
  LiveSight live;
  const Viewer shipper = sight_of("shp", "SHIPPER");
  std::vector<std::string> seen_live;
  const auto say = [&](const Event& event, const PartyId& sender) {
    const Position position = port.add(event, sender);
    live.advance(port, event, sender, position);
    if (!live.look(shipper).value().sees.nothing()) seen_live.push_back(event.id);
  };
  say(Say("in", gate_in, 1).of({kBox}).at("HKHKG").laden(), "hit");
  say(Say("bill", document_issued, 2).of({kBox, "booking:B1"}).names("SHIPPER"), "line");
  say(Say("load", loaded, 3).of({kBox, "booking:B1"}).at("HKHKG").laden(), "hit");
  const size_t scans = live.scans();
  for (int i = 0; i < 50; ++i) say(Say("w" + std::to_string(i), weighed, 3.1).of({kBox}).at("HKHKG"), "hit");
  EXPECT_EQ(live.scans(), scans);
  say(Say("back", gate_in, 9).of({kBox}).at("HKHKG").empty(), "depot");
  say(Say("pick", gate_out, 10).of({kBox}).at("HKHKG").empty(), "depot");
  EXPECT_EQ(seen_live.size(), 53u);
  EXPECT_EQ(seen_live.front(), "bill");
  EXPECT_EQ(seen_live.back(), "back");
}

TEST(JourneySight, AStreamKeepsToItsMemory) {
  Port port;
  LiveSight live(4);
  const Viewer shipper = sight_of("shp", "SHIPPER");
  for (int round = 0; round < 3; ++round) {
    for (int box = 0; box < 20; ++box) {
      const std::string id = std::to_string(round) + "-" + std::to_string(box);
      Say say("e" + id, weighed, round + 1);
      say.of({"equipment:MSCU" + std::to_string(1000000 + box)}).at("HKHKG");
      if (round == 1) say.names("SHIPPER");
      const Position position = port.add(say, "hit");
      live.advance(port, say, "hit", position);
      EXPECT_EQ(!live.look(shipper).value().sees.nothing(), round >= 1) << id;
    }
  }
}

}  // namespace
}  // namespace fairway::journey::sight_test
