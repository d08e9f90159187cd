#include <algorithm>

#include "base/limits.h"
#include "unit/gateway/land_support.h"

namespace fairway::gateway::land_test {
namespace {

using land::decode_land;

Event event_of(std::string_view text) {
  DecodedMessage message = decode_one(text);
  EXPECT_TRUE(message.ok) << text << "\n" << said(message);
  EXPECT_EQ(message.events.size(), 1u) << text;
  return message.events.empty() ? Event() : std::move(message.events.front());
}

TEST(LandJson, ATruckIsAssigned) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"J-1","type":"truck-job","event":"assigned","at":"2026-11-22T08:30:00+08:00","sentAt":"2026-11-22T08:31:00+08:00",
          "transportOrder":"TO-77","equipment":"CSQU3054383","booking":"BKG9","vehicle":"AB 1234","haulier":"BR:12345678","haulierName":"Swift Haulage",
          "unlocode":"HKHKG","facility":"HIT","facilityProvider":"SMDG","remark":"tail lift"})");
  EXPECT_EQ(said(message), "");
  EXPECT_EQ(message.format, "LAND");
  EXPECT_EQ(message.type, "land 1.0 truck-job");
  ASSERT_EQ(message.events.size(), 1u);
  const Event& event = message.events[0];
  EXPECT_EQ(event.id, "J-1");
  EXPECT_EQ(event.milestone, Milestone::assigned);
  EXPECT_EQ(event.classifier, Classifier::actual);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-11-22T08:30:00+08:00");
  EXPECT_EQ(to_rfc3339(*event.created), "2026-11-22T08:31:00+08:00");
  EXPECT_EQ(keys_of(event), "transport_order:TO-77 equipment:CSQU3054383 booking:BKG9 vehicle:AB1234");
  EXPECT_EQ(event.transport.mode, TransportMode::truck);
  EXPECT_EQ(event.transport.vehicle, "AB1234");
  EXPECT_EQ(event.place.facility, "HIT");
  ASSERT_EQ(event.parties.size(), 1u);
  EXPECT_EQ(event.parties[0].role, "HA");
  EXPECT_EQ(event.parties[0].identifier.key(), "BR:12345678");
  EXPECT_EQ(event.remark, "tail lift");
  EXPECT_EQ(event.source.document, "J-1");
}

TEST(LandJson, EveryTypeGivesItsMilestone) {
  struct Case {
    std::string members;
    Milestone milestone;
    Classifier classifier;
    TransportMode mode;
  };
  using enum Classifier;
  using T = TransportMode;
  const std::vector<Case> cases = {
      {R"("type":"gate-appointment","event":"gate-in","equipment":"CSQU3054383","windowEnd":"2026-11-22T09:30:00+08:00")",
       Milestone::gate_in, planned, T::truck},
      {R"("type":"gate-appointment","event":"gate-out","booking":"B1")", Milestone::gate_out, planned, T::truck},
      {R"("type":"truck-job","event":"delivered","equipment":"CSQU3054383")", Milestone::delivered, actual, T::truck},
      {R"("type":"road-cargo","roadCargoReference":"RC123456789","goods":"toys")", Milestone::document_submitted, actual, T::truck},
      {R"("type":"bundling","roadCargoReference":"RC123456789","vehicle":"AB1234","direction":"outbound")", Milestone::bundled, actual,
       T::truck},
      {R"("type":"crossing","vehicle":"AB1234","controlPoint":"Shenzhen Bay")", Milestone::crossed, actual, T::truck},
      {R"("type":"crossing","event":"selected-for-inspection","vehicle":"AB1234","controlPoint":"hzmb")",
       Milestone::customs_selected_for_inspection, actual, T::truck},
      {R"("type":"e-lock","event":"arm","electronicLock":"L1","declaration":"D1")", Milestone::lock_armed, actual, T::truck},
      {R"("type":"e-lock","event":"tamper","electronicLock":"L1")", Milestone::lock_tampered, actual, T::truck},
      {R"("type":"e-lock","event":"hand-over","electronicLock":"L1")", Milestone::lock_handed_over, actual, T::truck},
      {R"("type":"e-lock","event":"disarm","electronicLock":"L1")", Milestone::lock_disarmed, actual, T::truck},
      {R"("type":"e-lock","event":"position","electronicLock":"L1","latitude":22.5,"longitude":114.1)", Milestone::located, actual,
       T::truck},
      {R"("type":"position","vehicle":"AB1234","latitude":"22.5","longitude":114.1)", Milestone::located, actual, T::truck},
      {R"("type":"position","wagon":"3185123","latitude":22.5,"longitude":114.1)", Milestone::located, actual, T::rail},
      {R"("type":"rail","event":"load","wagon":"3185123","train":"X8401","equipment":"CSQU3054383")", Milestone::loaded, actual, T::rail},
      {R"("type":"rail","event":"depart","wagon":"3185123","train":"X8401","classifier":"estimated")", Milestone::departed, estimated,
       T::rail},
      {R"("type":"barge","event":"discharge","barge":"SUI GANG 3","voyage":"112","equipment":"CSQU3054383")", Milestone::discharged, actual,
       T::barge},
      {R"("type":"barge","event":"arrive","barge":"SUI GANG 3","vesselMMSI":"413000001")", Milestone::arrived, actual, T::barge},
      {R"("type":"sensor","device":"S1","kind":"temperature","value":-18.5,"unit":"C")", Milestone::measured, actual, T::unknown},
      {R"("type":"gate-appointment","event":"requested","booking":"B1")", Milestone::appointment_requested, actual, T::truck},
      {R"("type":"gate-appointment","event":"offered","booking":"B1")", Milestone::appointment_offered, actual, T::truck},
      {R"("type":"gate-appointment","event":"confirmed","booking":"B1")", Milestone::appointment_confirmed, actual, T::truck},
      {R"("type":"gate-appointment","event":"cancelled","booking":"B1")", Milestone::appointment_cancelled, actual, T::truck},
      {R"("type":"availability","event":"available","equipment":"CSQU3054383")", Milestone::available_for_pick_up, actual, T::unknown},
      {R"("type":"availability","event":"pick-up-refused","equipment":"CSQU3054383")", Milestone::pick_up_refused, actual, T::unknown},
      {R"("type":"availability","event":"held","equipment":"CSQU3054383","reason":"freight")", Milestone::hold_placed, actual, T::unknown},
      {R"("type":"availability","event":"released","equipment":"CSQU3054383")", Milestone::hold_released, actual, T::unknown},
      {R"("type":"availability","event":"last-free-day","equipment":"CSQU3054383")", Milestone::last_free_day, actual, T::unknown},
      {R"("type":"empty-return","event":"instructed","equipment":"CSQU3054383")", Milestone::return_instructed, actual, T::truck},
      {R"("type":"empty-return","event":"refused","equipment":"CSQU3054383")", Milestone::return_refused, actual, T::truck},
      {R"("type":"outage","event":"ended","unlocode":"HKHKG")", Milestone::outage_ended, actual, T::unknown},
  };
  for (const Case& one : cases) {
    const Event event = event_of(R"({"fairwayLand":"1.0","messageID":"m","at":"2026-11-22T08:30:00+08:00",)" + one.members + "}");
    EXPECT_EQ(event.milestone, one.milestone) << one.members;
    EXPECT_EQ(event.classifier, one.classifier) << one.members;
    EXPECT_EQ(event.transport.mode, one.mode) << one.members;
    EXPECT_TRUE(validate(event).has_value()) << one.members;
  }
}

TEST(LandJson, ARefusedSlotSaysWhichAndWhy) {
  const Event event = event_of(
      R"({"fairwayLand":"1.0","messageID":"m","type":"gate-appointment","event":"refused","at":"2026-11-22T08:30:00+08:00","equipment":"CSQU3054383",
          "unlocode":"HKHKG","facility":"HIT","windowBegin":"2026-11-23 09:00","windowEnd":"2026-11-23 10:00","reason":"no slots left"})");
  EXPECT_EQ(event.milestone, Milestone::appointment_refused);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-11-22T08:30:00+08:00");
  ASSERT_TRUE(event.window.begins && event.window.ends);
  EXPECT_EQ(to_rfc3339(*event.window.begins), "2026-11-23T09:00:00+08:00");
  EXPECT_EQ(to_rfc3339(*event.window.ends), "2026-11-23T10:00:00+08:00");
  EXPECT_EQ(event.reason, "no slots left");
  EXPECT_EQ(event.original, "");
  EXPECT_EQ(
      said(decode_one(
          R"({"fairwayLand":"1.0","messageID":"m","type":"gate-appointment","event":"offered","at":"2026-11-22T08:30:00Z","booking":"B1",
                    "windowBegin":"2026-11-23T10:00:00Z","windowEnd":"2026-11-23T09:00:00Z"})")),
      "error land.value /windowEnd");
}

TEST(LandJson, AnOutageIsOfThePlaceAndNamesNoCargo) {
  const Event event = event_of(
      R"({"fairwayLand":"1.0","messageID":"m","type":"outage","event":"began","at":"2026-11-22T08:30:00+08:00","unlocode":"HKHKG","facility":"HIT",
          "windowEnd":"2026-11-22T12:00:00+08:00","reason":"appointment system"})");
  EXPECT_EQ(event.milestone, Milestone::outage_began);
  EXPECT_EQ(keys_of(event), "facility:HKHKG/HIT");
  ASSERT_TRUE(event.window.ends);
  EXPECT_EQ(to_rfc3339(*event.window.ends), "2026-11-22T12:00:00+08:00");
  EXPECT_EQ(
      said(decode_one(
               R"({"fairwayLand":"1.0","messageID":"m","type":"outage","event":"began","at":"2026-11-22T08:30:00Z","facility":"HIT"})"))
          .find("error land.missing"),
      0u);
}

TEST(LandJson, RailAndBargeNameTheirTransport) {
  const Event rail = event_of(
      R"({"fairwayLand":"1.0","messageID":"m","at":"2026-11-22T08:30:00Z","type":"rail","event":"load","wagon":"3185123","train":"X8401","equipment":"CSQU3054383","load":"laden"})");
  EXPECT_EQ(rail.transport.vehicle, "X8401");
  EXPECT_EQ(rail.equipment.load, Load::laden);
  EXPECT_EQ(keys_of(rail), "wagon:3185123 equipment:CSQU3054383");
  const Event barge = event_of(
      R"({"fairwayLand":"1.0","messageID":"m","at":"2026-11-22T08:30:00Z","type":"barge","event":"load","barge":"SUI GANG 3","voyage":"112","vesselIMONumber":"9321483","equipment":"CSQU3054383"})");
  EXPECT_EQ(barge.transport.vessel_name, "SUI GANG 3");
  EXPECT_EQ(barge.transport.voyage, "112");
  EXPECT_EQ(keys_of(barge), "vessel:9321483 equipment:CSQU3054383 voyage:9321483/112");
}

TEST(LandJson, WhatTheModelHasNoFieldForIsKept) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"m","type":"gate-appointment","event":"gate-in","at":"2026-11-22T08:30:00+08:00","windowEnd":"2026-11-22T09:30:00+08:00",
          "equipment":"CSQU3054383","slot":{"lane":4}})");
  EXPECT_EQ(said(message), "info land.unknown_member /slot");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].original, R"({"windowEnd":"2026-11-22T09:30:00+08:00","slot":{"lane":4}})");
}

TEST(LandJson, NothingAboutPersonsIsKept) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"m","type":"bundling","roadCargoReference":["RC1","RC2"],"vehicle":"AB1234","direction":"outbound","at":"2026-11-22T08:30:00Z",
          "driverName":"Chan Tai Man","crew":[{"mobilePhone":"9123"}],"lane":3})");
  EXPECT_EQ(said(message), "warning land.personal_data /driverName; warning land.personal_data /crew; info land.unknown_member /lane");
  ASSERT_TRUE(message.ok);
  for (const Event& event : message.events) EXPECT_EQ(event.original, R"({"direction":"outbound","lane":3})");
}

TEST(LandJson, SeveralConsignmentsDoNotBecomeOne) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"m","type":"bundling","roadCargoReference":["RC1","RC2"],"vehicle":"AB1234","direction":"outbound","at":"2026-11-22T08:30:00Z"})");
  EXPECT_EQ(said(message), "");
  ASSERT_EQ(message.events.size(), 2u);
  EXPECT_EQ(keys_of(message.events[0]), "road_cargo_reference:RC1 vehicle:AB1234");
  EXPECT_EQ(keys_of(message.events[1]), "road_cargo_reference:RC2 vehicle:AB1234");
  EXPECT_EQ(message.events[0].id, "m/1");
  EXPECT_EQ(message.events[1].id, "m/2");
}

TEST(LandJson, RoadCargoWithItsPartiesGoodsAndExpectedCrossing) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"m","type":"road-cargo","roadCargoReference":"RC1","at":"2026-11-22T08:30:00+08:00","expectedAt":"2026-11-23T10:00",
          "controlPoint":"香園圍","direction":"outbound","shipper":"BR:1","shipperName":"Maker Ltd","shipperAddress":"1 Road","consigneeName":"買方",
          "goodsItems":[{"goods":"toys","packages":10,"packageType":"carton","grossKg":120.5},{"goods":"books","packages":2,"grossKg":30}],"declaration":"D1"})");
  EXPECT_EQ(said(message), "info land.time_zone /expectedAt");
  ASSERT_EQ(message.events.size(), 2u);
  const Event& filed = message.events[0];
  EXPECT_EQ(filed.milestone, Milestone::document_submitted);
  EXPECT_EQ(filed.remark, "toys; books");
  EXPECT_EQ(filed.cargo.pieces, 12u);
  EXPECT_EQ(filed.cargo.gross_kg, 150.5);
  EXPECT_EQ(filed.parties.size(), 2u);
  EXPECT_EQ(filed.place.name, "Heung Yuen Wai");
  const Event& crossing = message.events[1];
  EXPECT_EQ(crossing.milestone, Milestone::crossed);
  EXPECT_EQ(crossing.classifier, Classifier::planned);
  EXPECT_EQ(to_rfc3339(crossing.occurred), "2026-11-23T10:00:00+08:00");
  EXPECT_EQ(crossing.occurred.zone, ZoneSource::place);
}

TEST(LandJson, PositionsComeInBatches) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"m","type":"position","vehicle":"AB1234","transportOrder":"TO1","positions":[
          {"at":"2026-11-22T08:30:00Z","latitude":22.5,"longitude":114.1,"speedKmh":40},{"at":"2026-11-22T08:31:00Z","latitude":22.51,"longitude":114.11}]})");
  EXPECT_EQ(said(message), "info land.unknown_member /positions/0/speedKmh");
  ASSERT_EQ(message.events.size(), 2u);
  EXPECT_EQ(message.events[0].place.latitude, 22.5);
  EXPECT_EQ(message.events[1].place.longitude, 114.11);
  EXPECT_EQ(message.events[0].original, R"({"position":{"speedKmh":40}})");
  EXPECT_EQ(message.events[1].original, "");
  EXPECT_EQ(message.events[1].id, "m/2");
}

TEST(LandJson, ReadingsOfOneMomentAreOneEvent) {
  const DecodedMessage message = decode_one(
      R"({"fairwayLand":"1.0","messageID":"m","type":"sensor","device":"S1","equipment":"CSQU3054383","at":"2026-11-22T08:30:00Z","readings":[
          {"kind":"temperature","value":14,"unit":"F"},{"kind":"Humidity","value":60,"unit":"%"},{"kind":"door","value":"open"},
          {"at":"2026-11-22T08:35:00Z","kind":"shock","value":9.80665,"unit":"m/s2"},{"kind":"light","value":3}]})");
  EXPECT_EQ(said(message), "warning land.unit /readings/4");
  ASSERT_EQ(message.events.size(), 3u);
  const Event& first = message.events[0];
  ASSERT_EQ(first.readings.size(), 3u);
  EXPECT_EQ(first.readings[0].kind, "temperature");
  EXPECT_NEAR(first.readings[0].value, -10, 1e-9);
  EXPECT_EQ(first.readings[0].unit, "CEL");
  EXPECT_EQ(first.readings[1].unit, "P1");
  EXPECT_EQ(first.readings[2].unit, "LUX");
  EXPECT_EQ(message.events[1].milestone, Milestone::door_opened);
  EXPECT_EQ(message.events[2].readings[0].unit, "K40");
  EXPECT_NEAR(message.events[2].readings[0].value, 1, 1e-9);
}

TEST(LandJson, WhatIsMissingOrWrongIsNamedAtItsPlace) {
  struct Case {
    std::string text, expected;
  };
  const std::string start = R"({"fairwayLand":"1.0","messageID":"m",)";
  const std::vector<Case> cases = {
      {start + R"("type":"lorry"})", "error land.type /type"},
      {start + R"("at":"2026-11-22T08:30:00Z"})", "error land.type "},
      {start + R"("type":"e-lock","electronicLock":"L1","at":"2026-11-22T08:30:00Z"})", "error land.event "},
      {start + R"("type":"e-lock","event":"open","electronicLock":"L1","at":"2026-11-22T08:30:00Z"})", "error land.event /event"},
      {start + R"("type":"bundling","roadCargoReference":"RC1","at":"2026-11-22T08:30:00Z"})", "error land.missing ; error land.missing "},
      {start + R"("type":"bundling","roadCargoReference":"RC1","vehicle":"A1","direction":"up","at":"2026-11-22T08:30:00Z"})",
       "error land.value /direction"},
      {start + R"("type":"position","vehicle":"A1","at":"yesterday","latitude":1,"longitude":2})", "error land.time /at"},
      {start + R"("type":"position","vehicle":"A1","latitude":1,"longitude":2})", "error land.missing "},
      {start + R"("type":"position","vehicle":"A1","at":"2026-11-22T08:30:00Z","latitude":91,"longitude":2})",
       "error land.position /latitude; error land.missing /latitude"},
      {start + R"("type":"position","vehicle":"A1","at":"2026-11-22T08:30:00Z","latitude":1})",
       "error land.position /latitude; error land.missing /latitude"},
      {start + R"("type":"position","vehicle":"A1","at":"2026-11-22T08:30:00Z","latitude":"1,5","longitude":2})",
       "error land.number /latitude; error land.missing /latitude"},
      {start + R"("type":"crossing","vehicle":"A1","at":"2026-11-22T08:30:00Z","controlPoint":"Mordor"})",
       "warning land.control_point /controlPoint"},
      {start + R"("type":"rail","event":"load","equipment":"CSQU3054384","at":"2026-11-22T08:30:00Z"})",
       "warning land.check_digit /equipment"},
      {start + R"("type":"rail","event":"load","equipment":{"no":1},"at":"2026-11-22T08:30:00Z"})",
       "warning land.json_type /equipment; error land.missing "},
      {start +
           R"("type":"rail","event":"load","equipment":["CSQU3054383",7,null],"at":"2026-11-22T08:30:00Z","corrects":"a","retracts":"b"})",
       "error land.amendment /retracts"},
  };
  for (const Case& one : cases) {
    const DecodedMessage message = decode_one(one.text);
    EXPECT_EQ(said(message), one.expected) << one.text;
    EXPECT_EQ(message.ok, one.expected.find("error") == std::string::npos) << one.text;
    EXPECT_EQ(message.events.empty(), !message.ok) << one.text;
  }
}

TEST(LandJson, ACorrectionNamesTheMessageItCorrects) {
  const Event event = event_of(
      R"({"fairwayLand":"1.0","messageID":"m2","corrects":"m1","type":"crossing","vehicle":"A1","at":"2026-11-22T08:30:00Z","controlPoint":"hzmb"})");
  EXPECT_EQ(event.amendment, Amendment::correction);
  EXPECT_EQ(event.amends, "m1");
}

TEST(LandJson, WithoutANumberOfItsOwnTheSameMessageHasTheSameId) {
  const std::string text = R"({"fairwayLand":"1.0","type":"crossing","vehicle":"A1","at":"2026-11-22T08:30:00Z","controlPoint":"hzmb"})";
  EXPECT_EQ(event_of(text).id, event_of("  " + text).id);
  EXPECT_NE(event_of(text).id,
            event_of(R"({"fairwayLand":"1.0","type":"crossing","vehicle":"A2","at":"2026-11-22T08:30:00Z","controlPoint":"hzmb"})").id);
}

TEST(LandJson, OneBrokenMessageDoesNotHoldUpTheOthers) {
  const std::vector<DecodedMessage> messages = decode_all(
      R"([{"fairwayLand":"1.0","type":"crossing","vehicle":"A1","at":"2026-11-22T08:30:00Z","controlPoint":"hzmb"},7,{"fairwayLand":"1.0","type":"?"},
          {"fairwayLand":"1.0","type":"position","vehicle":"A1","at":"2026-11-22T08:30:00Z","latitude":1,"longitude":2}])");
  ASSERT_EQ(messages.size(), 4u);
  EXPECT_TRUE(messages[0].ok);
  EXPECT_EQ(said(messages[1]), "error land.json_type /1");
  EXPECT_EQ(said(messages[2]), "error land.type /2/type");
  EXPECT_TRUE(messages[3].ok);
}

TEST(LandJson, LimitsAnswerClearly) {
  std::string many = R"({"fairwayLand":"1.0","messageID":"m","type":"position","vehicle":"A1","positions":[)";
  for (size_t i = 0; i <= limits::kLandEventsPerMessageMax; ++i)
    many += std::string(i == 0 ? "" : ",") + R"({"at":"2026-11-22T08:30:00Z","latitude":1,"longitude":2})";
  EXPECT_EQ(said(decode_one(many + "]}")), "error land.too_many /type");
  std::string batches = "[";
  for (size_t i = 0; i < 12; ++i) {
    batches += std::string(i == 0 ? "" : ",") + R"({"fairwayLand":"1.0","messageID":"m)" + std::to_string(i) +
               R"(","type":"position","vehicle":"A1","positions":[)";
    for (size_t k = 0; k < limits::kLandEventsPerMessageMax; ++k)
      batches += std::string(k == 0 ? "" : ",") + R"({"at":"2026-11-22T08:30:00Z","latitude":1,"longitude":2})";
    batches += "]}";
  }
  const std::vector<DecodedMessage> messages = decode_all(batches + "]");
  ASSERT_EQ(messages.size(), 11u);
  EXPECT_EQ(said(messages.back()), "error land.too_many /10");
  std::string lists =
      R"({"fairwayLand":"1.0","messageID":"m","type":"crossing","at":"2026-11-22T08:30:00Z","controlPoint":"hzmb","vehicle":[0)";
  for (size_t i = 0; i < 10'000; ++i) lists += "," + std::to_string(i);
  EXPECT_EQ(said(decode_one(lists + "]}")), "error land.too_many /vehicle/508");
  EXPECT_EQ(refusal_of("[1", decode_land).code, Code::invalid);
  EXPECT_EQ(refusal_of("7", decode_land).code, Code::invalid);
  EXPECT_EQ(refusal_of(std::string(100, '['), decode_land).code, Code::invalid);
}

TEST(LandJson, RawShowsTheMembersAsTheyWereRead) {
  std::vector<std::string> lines;
  const Status status = land::raw_land(
      R"([{"fairwayLand":"1.0","type":"rail","event":"load","equipment":["A","B"],"at":"now","slot":1},{"type":"sensor","readings":[{"kind":"door"}]}])",
      [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(lines, (std::vector<std::string>{R"({"type":"rail","event":"load","at":"now","equipment":["A","B"],"kept":{"slot":1}})",
                                             R"({"type":"sensor","readings":[{"kind":"door"}]})"}));
}

TEST(LandJson, ItIsToldFromOtherJson) {
  EXPECT_TRUE(land::begins_land(R"([{"messageID":"1","fairwayLand":"1.0"}])"));
  EXPECT_FALSE(land::begins_land(R"([{"eventID":"1"}])"));
  EXPECT_FALSE(land::begins_land("UNB+"));
}

}  // namespace
}  // namespace fairway::gateway::land_test
