// COARRI, CODECO and IFTSTA from events: conformant, and the same claims when read again.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/limits.h"
#include "edifact_read_support.h"
#include "gateway/edifact/decode.h"
#include "gateway/edifact/write/event_messages.h"

namespace edifact_event_messages {

using namespace fairway;
using namespace fairway::gateway;
using namespace fairway::gateway::edifact;

OutgoingInterchange outgoing() { return {{"FAIRWAY", "ZZZ", "", ""}, {"OOL", "", "", ""}, "OUT1", {2026, 11, 24, 9, 30, 0}, false}; }

std::vector<Event> read_again(std::string_view text) {
  std::vector<Event> events;
  const auto status = decode_edifact(text, [&](DecodedMessage message) {
    EXPECT_TRUE(message.ok);
    for (const Diagnostic& found : message.diagnostics)
      EXPECT_TRUE(found.code == "edifact.zone_assumed" || found.code == "edifact.no_place") << found.code << " " << found.message;
    for (Event& event : message.events) events.push_back(std::move(event));
  });
  EXPECT_TRUE(status.has_value()) << text;
  return events;
}

// What an event claims, without what its envelope adds and below a second of time.
std::string claim_of(const Event& event) {
  std::string claim = std::string(name(event.milestone)) + " " + std::string(name(event.classifier));
  claim += " " + to_rfc3339_utc(event.occurred.micros / 1'000'000 * 1'000'000);
  claim += " @" + event.place.unlocode + "/" + event.place.facility + "/" + event.place.facility_provider + "/" + event.place.name;
  std::set<std::string> references, parties;
  for (const Reference& reference : event.references) references.insert(reference.key());
  for (const NamedParty& party : event.parties)
    if (party.role != "MS" && party.role != "MR")
      parties.insert(party.role + "=" + party.identifier.scheme + ":" + party.identifier.value + ":" + party.name);
  for (const std::string& part : references) claim += " " + part;
  for (const std::string& part : parties) claim += " " + part;
  const Transport& t = event.transport;
  claim += " by " + std::string(name(t.mode)) + "," + t.vessel_imo + "," + t.call_sign + "," + t.vessel_name + "," + t.voyage + "," +
           t.carrier + "," + t.vehicle;
  const EquipmentFacts& facts = event.equipment;
  claim += " " + facts.iso_code + " " + std::string(name(facts.load)) + " " + facts.stowage;
  for (const Seal& seal : facts.seals) claim += " " + seal.number + "/" + seal.source;
  for (const auto& mass : {facts.gross_kg, facts.tare_kg, facts.vgm_kg}) claim += " " + (mass ? std::to_string(*mass) : std::string("-"));
  claim += " '" + event.remark + "' " + event.reason + " " + std::string(name(event.amendment)) + " " + event.amends;
  return claim;
}

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}

  Event event(std::string_view type) {
    Event event;
    event.id = "id-" + std::to_string(++made_);
    event.milestone = milestone_for(type);
    event.classifier = Classifier::actual;
    event.occurred.micros = 1'790'000'000'000'000 + static_cast<int64_t>(up_to(40'000'000)) * 1'000'000;
    event.place = place(type);
    const bool quay = type == "COARRI";
    event.transport = transport(quay || up_to(1) == 0);
    add(event, ReferenceKind::equipment, pick({"CSQU3054383", "MSCU1234566"}));
    if (up_to(1)) add(event, ReferenceKind::booking, "26000" + std::to_string(up_to(99999)));
    if (up_to(1)) add(event, ReferenceKind::transport_document, "OOLU26000" + std::to_string(up_to(99999)));
    if (up_to(3) == 0) add(event, ReferenceKind::house_document, "HOUSE" + std::to_string(up_to(999)));
    add(event, ReferenceKind::vessel, event.transport.vessel_imo);
    if (!event.transport.voyage.empty() && !event.transport.vessel_imo.empty())
      add(event, ReferenceKind::voyage, event.transport.vessel_imo + "/" + event.transport.voyage);
    if (type == "CODECO") add(event, ReferenceKind::vehicle, event.transport.vehicle);
    facts(event.equipment, type);
    for (size_t i = up_to(2); i > 0; --i) event.parties.push_back(party());
    if (up_to(1))
      event.remark = pick({"Damaged at the door: dent, 10 cm?", "it's +5 or 'so'", "Kühlgut",
                           "one two three four five six seven eight "
                           "nine ten eleven twelve thirteen fourteen fifteen sixteen"});
    if (up_to(4) == 0) {
      event.amendment = up_to(1) ? Amendment::correction : Amendment::retraction;
      event.amends = "OLD" + std::to_string(up_to(9));
    }
    return event;
  }

  size_t up_to(size_t most) { return std::uniform_int_distribution<size_t>(0, most)(random_); }

 private:
  std::string pick(std::initializer_list<std::string_view> some) { return std::string(some.begin()[up_to(some.size() - 1)]); }
  static void add(Event& event, ReferenceKind kind, std::string_view value) {
    if (!value.empty()) event.references.push_back(Reference::make(kind, value).value());
  }
  Milestone milestone_for(std::string_view type) {
    if (type == "COARRI") return up_to(1) ? Milestone::loaded : Milestone::discharged;
    if (type == "CODECO") return up_to(1) ? Milestone::gate_in : Milestone::gate_out;
    constexpr Milestone kStatus[] = {Milestone::loaded,   Milestone::discharged,      Milestone::gate_in,   Milestone::gate_out,
                                     Milestone::stuffed,  Milestone::stripped,        Milestone::picked_up, Milestone::arrived,
                                     Milestone::departed, Milestone::customs_released};
    return kStatus[up_to(std::size(kStatus) - 1)];
  }
  Place place(std::string_view type) {
    Place place;
    place.unlocode = pick({"HKHKG", "CNSHA", "NLRTM", "USNYC", "ZZZZZ"});
    if (up_to(1)) {
      place.facility = "HIT";
      place.facility_provider = pick({"SMDG", "BIC", "ZZZ"});
    }
    (void)type;
    return place;
  }
  Transport transport(bool vessel) {
    Transport transport;
    if (vessel) {
      transport.mode = TransportMode::vessel;
      if (up_to(3))
        transport.vessel_imo = pick({"9776171", "9321483"});
      else
        transport.call_sign = "3ERX3";
      transport.vessel_name = pick({"", "OOCL HONG KONG"});
      transport.voyage = pick({"047W", "021E"});
      transport.carrier = pick({"", "OOL", "MSCU"});
    } else {
      transport.mode = TransportMode::truck;
      transport.vehicle = "AB" + std::to_string(1000 + up_to(99));
    }
    return transport;
  }
  void facts(EquipmentFacts& facts, std::string_view type) {
    facts.iso_code = pick({"", "22G1", "45G1"});
    facts.load = up_to(2) == 0 ? Load::empty : up_to(1) ? Load::laden : Load::unknown;
    if (up_to(1)) facts.gross_kg = static_cast<double>(up_to(30'000'000)) / 1000.0;
    if (up_to(3) == 0) facts.tare_kg = static_cast<double>(up_to(5'000));
    if (up_to(3) == 0) facts.vgm_kg = static_cast<double>(up_to(30'000));
    if (up_to(1)) facts.seals.push_back({"HK" + std::to_string(up_to(99999)), pick({"", "CAR", "SHI", "CUS", "PHY"})});
    if (type != "IFTSTA" && up_to(3) == 0) facts.stowage = "0410282";
  }
  NamedParty party() {
    NamedParty party;
    party.role = pick({"CA", "CF", "CN", "HI"});
    if (up_to(3))
      party.identifier = up_to(1) ? PartyIdentifier{"SMDG", "OOL"} : PartyIdentifier{pick({"GLN", "CARRIER", "ZZZ"}), "4012345"};
    if (party.identifier.value.empty() || up_to(1)) party.name = pick({"Harbour Trading Ltd", "KOWLOON TOYS"});
    return party;
  }
  std::mt19937_64 random_;
  size_t made_ = 0;
};

// The vessel's call sign alone gives a voyage reference when it is read: the claim has it then, too.
void complete(Event& event) {
  const Transport& t = event.transport;
  const std::string owner = !t.vessel_imo.empty() ? t.vessel_imo : t.call_sign;
  if (t.voyage.empty() || owner.empty()) return;
  const Reference voyage = Reference::make(ReferenceKind::voyage, owner + "/" + t.voyage).value();
  if (std::ranges::find(event.references, voyage) == event.references.end()) event.references.push_back(voyage);
}

TEST(EdifactEventMessages, WhatIsWrittenReadsBackAsTheSameClaims) {
  size_t claims = 0;
  for (const Profile& profile : profiles()) {
    for (const std::string_view type : {"COARRI", "CODECO", "IFTSTA"}) {
      for (uint64_t seed = 1; seed <= 60; ++seed) {
        Maker maker(seed);
        std::vector<Event> events;
        for (size_t i = 1 + maker.up_to(5); i > 0; --i) events.push_back(maker.event(type));
        for (Event& event : events) complete(event);
        const auto written = write_events(events, type, profile, outgoing());
        ASSERT_TRUE(written) << written.error().text();
        for (const LeftOut& left : written->left_out) ADD_FAILURE() << left.event << " " << left.what;
        EXPECT_EQ(edifact_read::read(written->text).codes(), "") << written->text;
        std::multiset<std::string> expected, found;
        for (const Event& event : events) expected.insert(claim_of(event));
        for (const Event& event : read_again(written->text)) found.insert(claim_of(event));
        // A message states an event once, however often it was given.
        const std::set<std::string> once(expected.begin(), expected.end()), again(found.begin(), found.end());
        ASSERT_EQ(once, again) << type << " " << profile.name << " seed " << seed << "\n" << written->text;
        claims += once.size();
      }
    }
  }
  EXPECT_GT(claims, 1000u);
}

Event gate_in() {
  Event event;
  event.id = "e1";
  event.milestone = Milestone::gate_in;
  event.occurred.micros = micros_of({2026, 11, 22, 6, 15, 0}, 0).value();
  event.place = {"HKHKG", "HIT", "SMDG", "", ""};
  event.references.push_back(Reference::make(ReferenceKind::equipment, "CSQU3054383").value());
  event.references.push_back(Reference::make(ReferenceKind::booking, "2600001111").value());
  event.transport.mode = TransportMode::truck;
  event.transport.vehicle = "AB1234";
  event.parties.push_back({"CF", {"SMDG", "OOL"}, ""});
  return event;
}

TEST(EdifactEventMessages, ACodecoAsTheGuidesWantIt) {
  const std::vector<Event> events = {gate_in()};
  const auto written = write_events(events, "CODECO", *find_profile("d95b"), outgoing());
  ASSERT_TRUE(written);
  EXPECT_EQ(
      written->text,
      "UNB+UNOA:3+FAIRWAY:ZZZ+OOL+261124:0930+OUT1'UNH+1+CODECO:D:95B:UN:ITG14'BGM+34+OUT1-1+9'NAD+CF+OOL::306'EQD+CN+CSQU3054383'"
      "RFF+BN:2600001111'DTM+7:202611221415:203'LOC+165+HKHKG:139:6+HIT:TER:306'TDT+1++3+++++AB1234::ZZZ'CNT+16:1'UNT+10+1'UNZ+1+OUT1'");
  EXPECT_EQ(written->messages, 1u);
  EXPECT_EQ(written->events, std::vector<std::string>{"e1"});
}

TEST(EdifactEventMessages, EventsOfOneHeaderShareAMessage) {
  std::vector<Event> events = {gate_in(), gate_in(), gate_in()};
  events[1].id = "e2";
  events[1].references[0] = Reference::make(ReferenceKind::equipment, "MSCU1234566").value();
  events[2].id = "e3";
  events[2].milestone = Milestone::gate_out;
  const auto written = write_events(events, "CODECO", *find_profile("d00b"), outgoing());
  ASSERT_TRUE(written);
  EXPECT_EQ(written->messages, 2u);
  EXPECT_NE(written->text.find("CNT+16:2'"), std::string::npos);
  EXPECT_NE(written->text.find("BGM+111+OUT1-2+9'"), std::string::npos);
}

TEST(EdifactEventMessages, WhatHasNoPlaceIsNamed) {
  Event event = gate_in();
  event.equipment.seals = {{"TOO-LONG-FOR-D95B", ""}};
  event.references.push_back(Reference::make(ReferenceKind::electronic_lock, "L1").value());
  Event planned = gate_in();
  planned.id = "e2";
  planned.classifier = Classifier::planned;
  const std::vector<Event> events = {event, planned};
  const auto written = write_events(events, "CODECO", *find_profile("d95b"), outgoing());
  ASSERT_TRUE(written);
  std::vector<std::string> named;
  for (const LeftOut& left : written->left_out) named.push_back(left.event + " " + left.what);
  EXPECT_EQ(named, (std::vector<std::string>{"e2 ", "e1 reference electronic_lock:L1", "e1 seal TOO-LONG-FOR-D95B"}));
  EXPECT_EQ(write_events(events, "CODECO", *find_profile("d00b"), outgoing())->left_out.size(), 2u);
}

// An event whose container cannot be written must not lend its seals to the container before it.
TEST(EdifactEventMessages, AnEventThatDoesNotFitIsNotWrittenInParts) {
  std::vector<Event> events = {gate_in(), gate_in()};
  events[1].id = "e2";
  events[1].references[0] = Reference::make(ReferenceKind::equipment, "A-NUMBER-THAT-IS-TOO-LONG").value();
  events[1].equipment.seals = {{"S1", ""}};
  events[0].parties = {{"CF", {"ZZZ", std::string(60, 'X')}, ""}};
  events[1].parties = events[0].parties;
  const auto written = write_events(events, "CODECO", *find_profile("d95b"), outgoing());
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_EQ(written->events, std::vector<std::string>{"e1"});
  EXPECT_EQ(written->text.find("SEL"), std::string::npos);
  EXPECT_NE(written->text.find("NAD+MS+FAIRWAY::ZZZ'"), std::string::npos);
  Event coarri = gate_in();
  coarri.milestone = Milestone::loaded;
  coarri.transport = {};
  coarri.transport.mode = TransportMode::vessel;
  coarri.transport.vessel_name = std::string(50, 'N');
  coarri.transport.vessel_imo = "9776171";
  const std::vector<Event> loaded = {coarri};
  const auto long_name = write_events(loaded, "COARRI", *find_profile("d95b"), outgoing());
  ASSERT_TRUE(long_name) << long_name.error().text();
  EXPECT_EQ(long_name->left_out.size(), 1u);
  EXPECT_NE(long_name->text.find("9776171:146"), std::string::npos);
}

TEST(EdifactEventMessages, NothingToSayIsNoInterchange) {
  std::vector<Event> events = {gate_in()};
  const auto written = write_events(events, "COARRI", *find_profile("d95b"), outgoing());
  ASSERT_TRUE(written);
  EXPECT_EQ(written->text, "");
  EXPECT_FALSE(write_events(events, "BAPLIE", *find_profile("d95b"), outgoing()));
  events.resize(limits::kEdifactEventsWrittenMax + 1, gate_in());
  EXPECT_EQ(write_events(events, "CODECO", *find_profile("d95b"), outgoing()).error().code, Code::too_large);
}

// The hour that a clock change repeats is told in UTC.
TEST(EdifactEventMessages, AnAmbiguousTimeIsToldInUtc) {
  Event event = gate_in();
  event.place = {"NLRTM", "", "", "", ""};
  event.occurred.micros = micros_of({2026, 10, 25, 1, 30, 0}, 0).value();  // 02:30 for the second time
  const std::vector<Event> events = {event};
  const auto written = write_events(events, "CODECO", *find_profile("d95b"), outgoing());
  ASSERT_TRUE(written);
  EXPECT_NE(written->text.find("DTM+7:202610250130UTC:303'"), std::string::npos) << written->text;
  EXPECT_EQ(read_again(written->text).at(0).occurred.micros, event.occurred.micros);
}

}  // namespace edifact_event_messages
