// Two rivals in one port: what one says to its own is nowhere in the other's answers, not even by its absence.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/journey/port.h"

namespace fairway::journey::interference_test {
namespace {

using namespace testing;

struct Sent {
  Event event;
  PartyId sender;
};

constexpr std::array kOurs = {"equipment:MSCU1234566", "equipment:CSQU3054383", "booking:A1",           "transport_document:AD1",
                              "house_document:AH1",    "house_document:AH2",    "house_air_waybill:AX1"};
constexpr std::array kTheirs = {"equipment:CMAU1234567", "equipment:OOLU1234568", "booking:B1",           "transport_document:BD1",
                                "house_document:BH1",    "house_document:BH2",    "house_air_waybill:BX1"};

// `side` keeps amendments to one's own events: that a claim was withdrawn shows wherever it shows.
Say any_say(const std::string& side, int number) {
  Say say(side + std::to_string(number), static_cast<Milestone>(*rc::gen::inRange(0, static_cast<int>(kMilestones))),
          *rc::gen::inRange(0, 150));
  say.at(*rc::gen::element("HKHKG", "NLRTM"), *rc::gen::element("", "T1", "T2"));
  if (*rc::gen::inRange(0, 3) == 0) *rc::gen::arbitrary<bool>() ? say.empty() : say.laden();
  if (*rc::gen::inRange(0, 3) == 0) say.by("9321483", "1");  // they share a vessel
  if (*rc::gen::inRange(0, 8) == 0)
    say.amends(*rc::gen::arbitrary<bool>() ? Amendment::correction : Amendment::retraction,
               side + std::to_string(*rc::gen::inRange(0, 30)));
  return say;
}

template <size_t count>
void add_some(Say& say, const std::array<const char*, count>& references) {
  std::vector<std::string> chosen = {references.at(*rc::gen::inRange<size_t>(0, count))};
  if (*rc::gen::arbitrary<bool>()) chosen.emplace_back(references.at(*rc::gen::inRange<size_t>(0, count)));
  say.of(chosen);
}

// Ours and the terminal's of our boxes. `to_us`: said to us by name, as what is private is.
Sent our_own(int number, bool to_us) {
  Say say = any_say("e", number);
  add_some(say, kOurs);
  const PartyId sender = *rc::gen::element("line1", "shipper1", "terminal");
  if (to_us || *rc::gen::arbitrary<bool>()) say.names(sender == "line1" ? "SHIPPER1" : "LINE1");
  return {say, sender};
}

// What the rivals say to each other, of their boxes and, where they mean harm, of ours; the terminal's of their boxes. `joining`: of both
// at once, to have them taken for one consignment. (That tells us of theirs, if anything: they are in it and may pass it on.)
Sent rivals_own(int number, bool joining) {
  Say say = any_say("r", number);
  const PartyId sender = *rc::gen::element("line2", "shipper2", "terminal");
  const bool of_ours = sender != "terminal" && *rc::gen::arbitrary<bool>();
  if (!of_ours || joining) add_some(say, kTheirs);
  if (of_ours) add_some(say, kOurs);
  say.names(sender == "line2" ? "SHIPPER2" : "LINE2");
  return {say, sender};
}

// The same place in the log, taken by somebody else's business.
Sent anybody(int number) {
  return {Say("n" + std::to_string(number), Milestone::gate_in, 1).of({"equipment:TRIU1234565"}).at("SGSIN").names("OTHER"), "elsewhere"};
}

void call_them() {
  for (const auto& [id, code] : {std::pair("line1", "LINE1"), std::pair("shipper1", "SHIPPER1"), std::pair("line2", "LINE2"),
                                 std::pair("shipper2", "SHIPPER2"), std::pair("other", "OTHER")})
    book().calls(id, code);
  for (const char* id : {"shipper1", "shipper2", "other"}) book().party(id).vouches = false;
}

// All that a viewer can be answered: each reference, each entry as lists show it, and what a stream brought.
std::string all_answers(Port& port, const PartyId& viewer) {
  const Viewer sight(viewer);
  std::string out;
  for (const auto& references : {kOurs, kTheirs})
    for (const std::string_view key : references)
      for (const uint32_t trip : {0u, 1u, 2u}) {
        const Result<Journey> found = find(port, named(key), sight, {trip});
        out += found ? json_of(*found) : found.error().text();
        out += '\n';
      }
  for (const char* key : {"vessel:9321483", "voyage:9321483/1"}) {
    const Result<Journey> found = find(port, named(key), sight);
    out += (found ? json_of(*found) : found.error().text()) + "\n";
  }
  Terms terms(port);
  Audiences audiences(terms, book());
  Visibility visibility(audiences, sight);
  const std::vector<Entry> log = port.range(1, 1000).value();
  for (const Entry& entry : log) {
    const Event event = event_from_json(entry.body).value();
    if (visibility.look(event, entry.party, entry.position).value().sees_something()) out += std::to_string(entry.position) + " ";
  }
  return out;
}

RC_GTEST_PROP(JourneyInterference, WhatRivalsTellEachOtherIsNowhereInOurAnswers, ()) {
  call_them();
  const int count = *rc::gen::inRange(2, 26);
  Port with, without;
  for (int i = 0; i < count; ++i) {
    const bool ours = *rc::gen::arbitrary<bool>();
    const Sent sent = ours ? our_own(i, false) : rivals_own(i, false);
    const Sent instead = ours ? sent : anybody(i);
    with.add(sent.event, sent.sender);
    without.add(instead.event, instead.sender);
  }
  for (const char* viewer : {"line1", "shipper1"}) RC_ASSERT(all_answers(with, viewer) == all_answers(without, viewer));
}

RC_GTEST_PROP(JourneyInterference, NoEventOfTheRivalsOpensWhatIsOurs, ()) {
  call_them();
  const int count = *rc::gen::inRange(2, 26);
  Port with, without;
  for (int i = 0; i < count; ++i) {
    const bool ours = *rc::gen::arbitrary<bool>();
    const Sent sent = ours ? our_own(i, true) : rivals_own(i, true);
    const Sent instead = ours ? anybody(i) : sent;
    with.add(sent.event, sent.sender);
    without.add(instead.event, instead.sender);
  }
  for (const char* viewer : {"line2", "shipper2"}) RC_ASSERT(all_answers(with, viewer) == all_answers(without, viewer));
}

// The short way to "has it reached this party?" answers as the long one.
RC_GTEST_PROP(JourneyAudience, ReachesWhomTheAudienceHas, ()) {
  call_them();
  const int count = *rc::gen::inRange(2, 26);
  Port port;
  for (int i = 0; i < count; ++i) {
    const Sent sent = *rc::gen::arbitrary<bool>() ? our_own(i, false) : rivals_own(i, true);
    port.add(sent.event, sent.sender);
  }
  Terms terms(port);
  Audiences asked(terms, book()), whole(terms, book());
  const std::vector<Entry> log = port.range(1, 1000).value();
  for (const Entry& entry : log) {
    const LocatedPtr event = located(event_from_json(entry.body).value(), entry.party, entry.position);
    for (const char* party : {"line1", "shipper1", "line2", "shipper2", "terminal"})
      RC_ASSERT(asked.reaches(event, party).value() == whole.of(event).value()->has(party));
  }
}

}  // namespace
}  // namespace fairway::journey::interference_test
