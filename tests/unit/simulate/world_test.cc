#include "simulate/world.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/bytes.h"
#include "base/json.h"
#include "gateway/decoded.h"
#include "simulate/dice.h"

namespace fairway::simulate::world_test {
namespace {

constexpr int64_t kStart = 1'795'276'800'000'000;  // 2026-11-21T16:00:00Z, midnight in Hong Kong
constexpr int64_t kDayMicros = 86'400'000'000;

Options options(uint64_t seed, int boxes, int days = 1) { return {seed, boxes, days, kStart}; }

std::vector<Dispatch> run(const Options& o) {
  World world(o);
  std::vector<Dispatch> all;
  for (Dispatch dispatch; world.next(dispatch);) all.push_back(dispatch);
  return all;
}

std::string digest(const std::vector<Dispatch>& all) {
  std::string text;
  for (const Dispatch& d : all) text += std::to_string(d.at_us) + d.party_slug + d.content_type + d.file_name + d.body;
  return to_hex(sha256(text));
}

std::vector<gateway::DecodedMessage> decode(const Dispatch& dispatch) {
  std::vector<gateway::DecodedMessage> messages;
  const Status status = gateway::decode(dispatch.body, gateway::detect(dispatch.body, dispatch.content_type), {},
                                        [&](gateway::DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(status.has_value()) << dispatch.file_name;
  return messages;
}

std::vector<json::object> truths(const World& world) {
  std::vector<json::object> all;
  world.truth([&](std::string_view line) {
    const auto value = parse_json(line);
    ASSERT_TRUE(value.has_value()) << line;
    all.push_back(value->as_object());
  });
  return all;
}

std::string text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

TEST(SimulateDice, FollowsFromItsKeyOnEveryMachine) {
  Dice dice(42);
  const std::vector<uint64_t> expected = {dice.next(), dice.next()};
  Dice again(42);
  EXPECT_EQ(again.next(), expected[0]);
  EXPECT_EQ(again.next(), expected[1]);
  EXPECT_EQ(mix(0), 0xE220A8397B1DCDAFu);  // the first output of SplitMix64 with seed 0
  for (int i = 0; i < 1000; ++i) {
    const int64_t value = dice.between(-5, 7);
    EXPECT_TRUE(value >= -5 && value <= 7);
  }
}

TEST(SimulateWorld, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const std::string first = digest(run(options(1, 120)));
  EXPECT_EQ(first, digest(run(options(1, 120))));
  EXPECT_NE(first, digest(run(options(2, 120))));
}

TEST(SimulateWorld, KeepsToTheOrderOfTimeAndToItsPeriod) {
  std::set<std::string> files, slugs;
  for (const SimulatedParty& party : parties()) EXPECT_TRUE(slugs.insert(party.slug).second) << party.slug;
  int64_t last = kStart;
  const std::vector<Dispatch> all = run(options(3, 600, 2));
  EXPECT_GT(all.size(), 1000u);
  for (const Dispatch& d : all) {
    EXPECT_GE(d.at_us, last) << d.file_name;
    EXPECT_LT(d.at_us, kStart + 2 * kDayMicros);
    EXPECT_TRUE(files.insert(d.file_name).second) << d.file_name;
    EXPECT_TRUE(slugs.contains(d.party_slug)) << d.party_slug;
    EXPECT_FALSE(d.body.empty()) << d.file_name;
    last = d.at_us;
  }
}

Options with_journeys(uint64_t seed, int journeys, int disturbed, int days = 1) {
  Options o = options(seed, 12, days);
  o.journeys = journeys;
  o.disturbed = disturbed;
  return o;
}

TEST(SimulateJourneys, AreTheSameForTheSameSeedAndLeaveThePortAsItWas) {
  const std::string first = digest(run(with_journeys(1, 60, 20)));
  EXPECT_EQ(first, digest(run(with_journeys(1, 60, 20))));
  EXPECT_NE(first, digest(run(with_journeys(2, 60, 20))));
  EXPECT_NE(first, digest(run(with_journeys(1, 60, 0))));
  std::multiset<std::string> with, without;
  for (const Dispatch& d : run(with_journeys(1, 60, 20))) with.insert(d.body);
  for (const Dispatch& d : run(options(1, 12))) without.insert(d.body);
  EXPECT_TRUE(std::ranges::includes(with, without));
}

TEST(SimulateJourneys, KeepToTheOrderOfTimeAndToThePeriod) {
  std::set<std::string> files, slugs, types;
  for (const SimulatedParty& party : parties()) slugs.insert(party.slug);
  int64_t last = kStart;
  for (const Dispatch& d : run(with_journeys(3, 80, 30, 90))) {
    EXPECT_GE(d.at_us, last) << d.file_name;
    EXPECT_LT(d.at_us, kStart + 90 * kDayMicros);
    EXPECT_TRUE(files.insert(d.file_name).second) << d.file_name;
    EXPECT_TRUE(slugs.contains(d.party_slug)) << d.party_slug;
    EXPECT_FALSE(d.body.empty()) << d.file_name;
    types.insert(d.content_type);
    last = d.at_us;
  }
  EXPECT_EQ(types, (std::set<std::string>{"application/edifact", "application/json", "application/ld+json", "application/vnd.nmea0183",
                                          "application/x-cargo-imp", "application/x-cargo-xml", "text/csv"}));
}

TEST(SimulateJourneys, TheTruthNamesEveryItineraryWithNumbersOfTheirOwn) {
  std::set<std::string> itineraries, references;
  World(with_journeys(5, 400, 0)).journey_truth([&](std::string_view line) {
    const json::object journey = parse_json(line).value().as_object();
    itineraries.insert(text(journey, "journey"));
    for (const json::value& reference : journey.at("references").as_array()) {
      const std::string key(reference.as_string());
      EXPECT_TRUE(references.insert(key).second) << key;
      EXPECT_NE(Reference::from_key(key).value().check(), ReferenceCheck::wrong_check_digit) << key;
    }
    int number = 0;
    for (const json::value& leg : journey.at("legs").as_array()) {
      EXPECT_EQ(leg.as_object().at("number").to_number<int>(), ++number);
      EXPECT_LT(text(leg.as_object(), "departed"), text(leg.as_object(), "arrived")) << line;
    }
    for (const json::value& milestone : journey.at("milestones").as_array())
      EXPECT_LE(milestone.as_object().at("leg").to_number<int>(), number) << line;
  });
  EXPECT_EQ(itineraries.size(), 8u);
}

TEST(SimulateWorld, EverythingButThePlantedFaultsDecodesWithoutAWarning) {
  const World world(options(4, 1500));
  std::map<std::string, int> planted;
  std::set<std::string> odd;  // containers whose messages may be wrong
  for (const json::object& box : truths(world)) {
    const std::string fault = text(box, "fault");
    ++planted[fault];
    if (!fault.empty()) odd.insert(text(box, "booking"));
  }
  size_t events = 0, not_ok = 0;
  for (const Dispatch& dispatch : run(options(4, 1500))) {
    const bool may_be_odd =
        std::ranges::any_of(odd, [&](const std::string& booking) { return dispatch.body.find(booking) != std::string::npos; });
    for (const gateway::DecodedMessage& message : decode(dispatch)) {
      events += message.events.size();
      not_ok += message.ok ? 0 : 1;
      if (may_be_odd && dispatch.file_name.find("codeco") != std::string::npos) continue;
      EXPECT_TRUE(message.ok) << dispatch.file_name;
      EXPECT_FALSE(message.events.empty()) << dispatch.file_name << "\n" << dispatch.body;
      for (const gateway::Diagnostic& d : message.diagnostics)
        EXPECT_EQ(d.severity, gateway::Severity::info) << dispatch.file_name << " " << d.code << " " << d.position << " " << d.message;
    }
  }
  EXPECT_GT(events, 8000u);
  EXPECT_GT(not_ok, 0u);
  EXPECT_LE(not_ok, static_cast<size_t>(planted["broken segment"]));
}

TEST(SimulateWorld, EveryKindOfFaultIsThereToBeFound) {
  const Options o = options(5, 3000);
  std::set<std::string> codes;
  std::set<Amendment> amendments;
  std::map<std::string, int> bodies;
  for (const Dispatch& dispatch : run(o)) {
    ++bodies[dispatch.body];
    for (const gateway::DecodedMessage& message : decode(dispatch)) {
      for (const gateway::Diagnostic& d : message.diagnostics) codes.insert(d.code);
      for (const Event& event : message.events) amendments.insert(event.amendment);
    }
  }
  for (const std::string code :
       {"edifact.wrong_check_digit", "edifact.report_by_content", "edifact.segment_unterminated", "edifact.charset_mismatch"})
    EXPECT_TRUE(codes.contains(code)) << code;
  EXPECT_TRUE(amendments.contains(Amendment::correction));
  EXPECT_TRUE(amendments.contains(Amendment::retraction));
  EXPECT_TRUE(std::ranges::any_of(bodies, [](const auto& body) { return body.second == 2; }));  // the duplicate
  std::set<std::string> faults, trades;
  bool rolled = false;
  for (const json::object& box : truths(World(o))) {
    faults.insert(text(box, "fault"));
    trades.insert(text(box, "trade"));
    rolled |= box.contains("rolled");
  }
  EXPECT_EQ(faults.size(), 10u);  // nine kinds and none
  EXPECT_EQ(trades.size(), 6u);
  EXPECT_TRUE(rolled);
}

// The container, its booking and its bill of lading are named together somewhere, so that a journey joins them.
TEST(SimulateWorld, TheReferencesOfABoxJoin) {
  const Options o = options(6, 900, 2);
  std::map<std::string, std::set<std::string>> together;    // by container
  std::map<std::string, std::set<std::string>> parties_of;  // by booking
  for (const Dispatch& dispatch : run(o))
    for (const gateway::DecodedMessage& message : decode(dispatch))
      for (const Event& event : message.events) {
        const Reference* box = event.reference(ReferenceKind::equipment);
        const Reference* booking = event.reference(ReferenceKind::booking);
        if (box != nullptr)
          for (const Reference& reference : event.references) together[box->value()].insert(reference.value());
        if (booking != nullptr)
          for (const NamedParty& party : event.parties) parties_of[booking->value()].insert(party.role);
      }
  size_t with_booking = 0, with_bill = 0, boxes = 0;
  for (const json::object& box : truths(World(o))) {
    if (text(box, "trade") == "empties") continue;
    const std::string container = text(box, "container"), booking = text(box, "booking");
    ++boxes;
    with_booking += together[container].contains(booking);
    with_bill += together[container].contains(text(box, "billOfLading"));
    for (const std::string role : {"CA", "CZ", "CN", "FW"}) EXPECT_TRUE(parties_of[booking].contains(role)) << booking << " " << role;
  }
  EXPECT_GT(with_booking, boxes * 6 / 10);  // the others have only begun: booked, and no box yet
  EXPECT_GT(with_bill, boxes * 4 / 10);
}

TEST(SimulateWorld, StatesWhatIsTrue) {
  const Options o = options(7, 900);
  std::map<std::string, json::object> by_container;
  for (json::object& box : truths(World(o))) by_container.emplace(text(box, "container"), std::move(box));
  size_t compared = 0;
  for (const Dispatch& dispatch : run(o)) {
    if (dispatch.file_name.find("coarri") == std::string::npos) continue;
    for (const gateway::DecodedMessage& message : decode(dispatch))
      for (const Event& event : message.events) {
        const Reference* box = event.reference(ReferenceKind::equipment);
        const Reference* vessel = event.reference(ReferenceKind::vessel);
        if (box == nullptr || vessel == nullptr) continue;
        const json::object& truth = by_container.at(box->value());
        const json::object& times = truth.at("times").as_object();
        const std::string stated = to_rfc3339_utc(event.occurred.micros);
        const std::string real = text(times, event.milestone == Milestone::loaded ? "loaded" : "discharged");
        EXPECT_EQ(stated.substr(0, 16), real.substr(0, 16)) << dispatch.file_name;  // messages have no seconds
        ++compared;
      }
  }
  EXPECT_GT(compared, 100u);
}

TEST(SimulateWorld, NumbersAreWellFormedAndUnique) {
  std::set<std::string> containers;
  const std::vector<json::object> boxes = truths(World(options(8, 5000)));
  ASSERT_EQ(boxes.size(), 5000u);
  for (const json::object& box : boxes) {
    EXPECT_TRUE(containers.insert(text(box, "container")).second);
    EXPECT_EQ(Reference::make(ReferenceKind::equipment, text(box, "container")).value().check(), ReferenceCheck::passed);
    const std::string imo = text(box.at("call").as_object(), "imo");
    EXPECT_EQ(Reference::make(ReferenceKind::vessel, imo).value().check(), ReferenceCheck::passed) << imo;
  }
  for (const SimulatedParty& party : parties())
    for (const PartyIdentifier& id : party.identifiers) {
      if (id.scheme != "GLN") continue;
      int sum = 0;
      for (size_t i = 0; i < 12; ++i) sum += (id.value[i] - '0') * (i % 2 == 0 ? 1 : 3);
      EXPECT_EQ((10 - sum % 10) % 10, id.value[12] - '0') << id.value;
    }
}

TEST(SimulateWorld, OneBoxIsAWorldToo) {
  World world(options(9, 1, 30));
  Dispatch dispatch;
  size_t count = 0;
  while (world.next(dispatch)) ++count;
  EXPECT_GT(count, 2u);
}

}  // namespace
}  // namespace fairway::simulate::world_test
