// The same events give the same journey in whatever order they arrive, however often.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "unit/journey/port.h"

namespace fairway::journey::shuffle_test {
namespace {

using namespace testing;

struct Sent {
  Event event;
  PartyId sender;
  int64_t received_us = 0;
};

// A port's worth of claims about few references, so that they collide: late, early, repeated, corrected, retracted.
rc::Gen<Sent> any_sent(int number, bool with_vessels) {
  return rc::gen::exec([number, with_vessels] {
    const auto pick = [](auto... options) { return *rc::gen::element(options...); };
    const int day = *rc::gen::inRange(0, 150);
    Say say("e" + std::to_string(number), static_cast<Milestone>(*rc::gen::inRange(0, static_cast<int>(kMilestones))),
            day + *rc::gen::inRange(0, 3) / 10.0);
    if (*rc::gen::inRange(0, 4) > 0) say.of({std::string("equipment:") + pick("MSCU1234566", "CMAU1234567")});
    if (*rc::gen::inRange(0, 2) > 0) say.of({std::string("booking:") + pick("B1", "B2", "B3")});
    if (*rc::gen::inRange(0, 4) == 0) say.of({std::string("transport_document:") + pick("D1", "D2")});
    if (with_vessels && *rc::gen::inRange(0, 3) == 0) say.by(pick("9321483", "9074729"), pick("1", "2", ""));
    if (say.event().references.empty()) say.of({"booking:B1"});
    say.at(pick("HKHKG", "NLRTM", "SGSIN"), pick("", "T1", "T2"));
    if (*rc::gen::inRange(0, 3) == 0) *rc::gen::arbitrary<bool>() ? say.empty() : say.laden();
    if (*rc::gen::inRange(0, 3) == 0) *rc::gen::arbitrary<bool>() ? say.planned() : say.estimated();
    if (*rc::gen::inRange(0, 2) == 0) say.written(*rc::gen::inRange(0, 150));
    if (*rc::gen::inRange(0, 3) == 0) say.in_document(pick("M1", "M2"));
    if (*rc::gen::inRange(0, 5) == 0)
      say.amends(*rc::gen::arbitrary<bool>() ? Amendment::correction : Amendment::retraction,
                 *rc::gen::arbitrary<bool>() ? "M1" : "e" + std::to_string(*rc::gen::inRange(0, 25)));
    if (*rc::gen::inRange(0, 5) == 0) say.names(pick("SHIPPER", "RIVAL"));
    return Sent{say, pick("hit", "line", "shp"), kStartUs + *rc::gen::inRange(0, 100) * kHourUs};
  });
}

rc::Gen<std::vector<Sent>> any_port(bool with_vessels = true) {
  return rc::gen::exec([with_vessels] {
    const int count = *rc::gen::inRange(1, 25);
    std::vector<Sent> out;
    for (int i = 0; i < count; ++i) out.push_back(*any_sent(i, with_vessels));
    return out;
  });
}

// Everything but where entries stand in the log.
void forget_positions(json::value& value) {
  if (json::array* array = value.if_array()) {
    for (json::value& item : *array) forget_positions(item);
  } else if (json::object* object = value.if_object()) {
    for (const char* member : {"entry", "position"}) object->erase(member);
    for (auto& [key, item] : *object) forget_positions(item);
  }
}

// Entry numbers stand for events: each is replaced by the event's id, lists sorted as the journey sorts them.
std::string seen_from(Port& port, std::string_view key, const Sight& sight) {
  const Result<Journey> found = find(port, named(key), sight);
  if (!found) return std::string(name(found.error().code));
  json::value value = parse_json(json_of(*found)).value();
  std::map<int64_t, json::string> id_of;
  for (const json::value& event : value.at("events").as_array())
    id_of[event.at("entry").to_number<int64_t>()] = event.at("eventID").as_string();
  const auto rename = [&](json::value& list) {
    for (json::value& item : list.as_array()) item = id_of.at(item.to_number<int64_t>());
  };
  for (json::value& group : value.at("milestones").as_array()) {
    for (const char* member : {"planned", "estimated", "actual"}) rename(group.at(member));
    if (json::value* latest = group.as_object().if_contains("latestEstimate")) *latest = id_of.at(latest->to_number<int64_t>());
  }
  for (json::value& conflict : value.at("conflicts").as_array()) rename(conflict.at("entries"));
  forget_positions(value);
  return json::serialize(value);
}

constexpr std::array kKeys = {"equipment:MSCU1234566", "equipment:CMAU1234567", "booking:B1",      "booking:B2", "booking:B3",
                              "transport_document:D1", "vessel:9321483",        "voyage:9321483/1"};

RC_GTEST_PROP(JourneyShuffle, ArrivalOrderAndRepetitionDoNotShow, ()) {
  const std::vector<Sent> sent = *any_port();
  std::vector<size_t> order(sent.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = *rc::gen::inRange<size_t>(0, i + 1);
  Port straight, shuffled;
  for (const Sent& s : sent) straight.add(s.event, s.sender, s.received_us);
  std::vector<const Sent*> arriving;
  for (size_t i = 0; i < sent.size(); ++i) arriving.insert(arriving.begin() + static_cast<ptrdiff_t>(order[i]), &sent[i]);
  for (const Sent* s : arriving) {
    shuffled.add(s->event, s->sender, s->received_us);
    shuffled.add(arriving.front()->event, arriving.front()->sender, s->received_us);  // sent again: the first stands
  }
  for (const std::string_view key : kKeys) {
    RC_ASSERT(seen_from(straight, key, operator_sight()) == seen_from(shuffled, key, operator_sight()));
    RC_ASSERT(seen_from(straight, key, sight_of("shp", "SHIPPER")) == seen_from(shuffled, key, sight_of("shp", "SHIPPER")));
  }
}

RC_GTEST_PROP(JourneyShuffle, TheJourneyIsTheSameFromEachOfItsReferences, ()) {
  Port port;
  for (const Sent& s : *any_port()) port.add(s.event, s.sender, s.received_us);
  for (const std::string_view key : {"booking:B1", "booking:B2", "transport_document:D1"}) {
    const Result<Journey> from = find(port, named(key), operator_sight());
    if (!from) continue;
    for (const JourneyReference& other : from->references) {
      if (!joins(other.reference.kind()) || other.reference.kind() == ReferenceKind::equipment) continue;
      const Journey again = find(port, other.reference, operator_sight()).value();
      // Papers may be named by a vessel's event only, which is attached and joins nothing.
      if (ids(again).contains(from->claims.front().event.id)) RC_ASSERT(ids(again) == ids(*from));
    }
  }
}

// A viewer's answer is that of a port in which only what it may see was ever said. (A vessel's call is left out: it may be visible for one
// journey and hidden in another.)
RC_GTEST_PROP(JourneyShuffle, TheHiddenHasNoInfluence, ()) {
  const std::vector<Sent> sent = *any_port(false);
  Port whole, visible_only;
  for (const Sent& s : sent) whole.add(s.event, s.sender, s.received_us);
  const Viewer shipper = sight_of("shp", "SHIPPER");
  Terms terms(whole);
  Audiences audiences(terms, book());
  Visibility visibility(audiences, shipper);
  const std::vector<Entry> log = whole.range(1, 100).value();
  for (const Entry& entry : log) {
    const Event event = event_from_json(entry.body).value();
    const bool visible = visibility.look(event, entry.party, entry.position).value().sees_something();
    if (entry.party == "shp") RC_ASSERT(visible);
    if (visible) visible_only.add(event, entry.party, entry.received_us);
  }
  for (const std::string_view key : kKeys) RC_ASSERT(seen_from(whole, key, shipper) == seen_from(visible_only, key, operator_sight()));
}

}  // namespace
}  // namespace fairway::journey::shuffle_test
