// Track & Trace 3.0: what is read goes to its field, what is written reads back, and the samples of the standard come out as they went in.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "gateway/dcsa/tnt3.h"
#include "gateway/decoded.h"

namespace fairway::gateway::dcsa3_test {
namespace {

const dcsa::Tnt3Party kOrigin = {"OOL", "SMDG", "LCL"};

std::vector<DecodedMessage> decode_all(std::string_view bytes) {
  std::vector<DecodedMessage> messages;
  const Status status = dcsa::decode_tnt3(bytes, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(status) << status.error().text();
  return messages;
}

DecodedMessage decode_one(std::string_view event) {
  std::vector<DecodedMessage> messages = decode_all("{\"events\":[" + std::string(event) + "]}");
  EXPECT_EQ(messages.size(), 1u);
  return messages.empty() ? DecodedMessage() : std::move(messages.front());
}

std::string written(const Event& event) {
  std::string out;
  dcsa::append_tnt3(out, event, 1'700'000'000'000'000, kOrigin);
  return out;
}

std::string said(const DecodedMessage& message) {
  std::string lines;
  for (const Diagnostic& d : message.diagnostics)
    lines.append(name(d.severity)).append(" ").append(d.code).append(" ").append(d.position).append("\n");
  return lines;
}

// An event in the classification and with the members given.
std::string event_of(std::string_view classification,
                     std::string_view more = R"("equipmentDetails":{"equipmentReference":"MSCU1234566"})") {
  return R"({"eventRouting":{"originatingParty":{"partyCode":"OOL","codeListProvider":"SMDG","codeListName":"LCL"}},"eventID":"e1",)"
         R"("eventDateTime":"2026-01-02T03:04:05Z","eventUpdatedDateTime":"2026-01-02T03:05:00Z","eventClassification":{"eventClassifierCode":"ACT",)" +
         std::string(classification) + "}," + std::string(more) + "}";
}

TEST(Dcsa3Test, TheSamplesOfTheStandardComeOutAsTheyWentIn) {
  const std::filesystem::path folder = std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/dcsa";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no ../shared/corpora beside the project";
  for (const char* kind : {"shipment", "transport", "equipment", "iot", "reefer"}) {
    std::ifstream file(folder / ("tnt-300-request-" + std::string(kind) + ".json"));
    std::stringstream text;
    text << file.rdbuf();
    const std::vector<DecodedMessage> messages = decode_all(text.str());
    ASSERT_EQ(messages.size(), 1u) << kind;
    ASSERT_EQ(messages[0].events.size(), 1u) << kind << said(messages[0]);
    const auto sent = parse_json(text.str());
    const auto again = parse_json(written(messages[0].events[0]));
    ASSERT_TRUE(sent && again) << kind;
    EXPECT_EQ(*again, sent->at("events").at(0)) << kind << "\n" << json::serialize(*again);
    EXPECT_EQ(messages[0].diagnostics.size(), 0u) << said(messages[0]);
    const auto stored = event_from_json(to_json(messages[0].events[0]));
    ASSERT_TRUE(stored);
    EXPECT_EQ(written(*stored), written(messages[0].events[0])) << kind;
  }
}

TEST(Dcsa3Test, EveryCodeIsReadAndWrittenAgain) {
  const std::vector<std::pair<const char*, std::vector<const char*>>> codes = {
      {"SHIPMENT", {"AMCF", "AMCN", "AMDC", "AMPR", "AMRE", "APPR", "CACF", "CADC", "CANC", "CARE", "CMPL", "CONF",
                    "DECL", "DRFT", "HOLD", "ISSU", "PENA", "PENM", "PENU", "PSAM", "PSDL", "RECE", "REJE", "RELS",
                    "REQS", "SUAM", "SUBM", "SUDL", "SURR", "UPCF", "UPCN", "UPDC", "UPDT", "UPRE", "VOID"}},
      {"TRANSPORT", {"ARRI", "DEPA"}},
      {"EQUIPMENT",
       {"AVDO", "AVPU", "CROS", "CUSI", "CUSR", "CUSS", "DISC", "DROP", "GTIN", "GTOT", "INSP", "LOAD", "PICK", "RMVD", "RSEA", "STRP",
        "STUF"}},
      {"REEFER", {"MEAS", "ADJU"}},
  };
  for (const auto& [type, of_type] : codes) {
    std::string member = std::string(type) + "EventTypeCode";
    std::ranges::transform(member.begin(), member.begin() + static_cast<ptrdiff_t>(strlen(type)), member.begin(),
                           [](char c) { return static_cast<char>(c | 0x20); });
    for (const char* code : of_type) {
      const std::string event = event_of("\"eventTypeCode\":\"" + std::string(type) + "\",\"" + member + "\":\"" + code + "\"",
                                         R"("shipmentDetails":{"documentReference":{"typeCode":"BKG","reference":"B1"}},)"
                                         R"("equipmentDetails":{"equipmentReference":"MSCU1234566"})");
      const DecodedMessage message = decode_one(event);
      ASSERT_EQ(message.events.size(), 1u) << type << code << said(message);
      EXPECT_EQ(*parse_json(written(message.events[0])), *parse_json(event)) << written(message.events[0]);
    }
  }
  for (const char* code : {"DRC", "DRO", "LOC"}) {
    const DecodedMessage message = decode_one(event_of(
        R"("eventTypeCode":"IOT","iotEventTypeCode":"DETC")",
        std::string(R"("iotDetails":{"iotEventCode":")") + code + R"("},"equipmentDetails":{"equipmentReference":"MSCU1234566"})"));
    ASSERT_EQ(message.events.size(), 1u) << code << said(message);
    EXPECT_EQ(dcsa::tnt3_type(message.events[0]), "IOT");
    EXPECT_NE(written(message.events[0]).find(code), std::string::npos);
  }
}

TEST(Dcsa3Test, AReefersNumbersAreReadings) {
  const DecodedMessage message =
      decode_one(event_of(R"("eventTypeCode":"REEFER","reeferEventTypeCode":"MEAS")",
                          R"("equipmentDetails":{"equipmentReference":"MSCU1234566"},"reeferDetails":{"temperatureUnit":"CEL",)"
                          R"("internalSetpointTemperature":-18,"temperatureProbeMeasurements":[{"measuredTemperatureValue":-17.5}],)"
                          R"("measuredParameters":{"humidityPercentage":70,"isDrainholesOpen":true}})"));
  ASSERT_EQ(message.events.size(), 1u) << said(message);
  const std::vector<Reading> wanted = {
      {"set_point", -18, "CEL", {}, {}}, {"humidity", 70, "P1", {}, {}}, {"temperature", -17.5, "CEL", {}, {}}};
  EXPECT_EQ(message.events[0].readings, wanted);
  EXPECT_NE(written(message.events[0]).find("isDrainholesOpen"), std::string::npos);
}

TEST(Dcsa3Test, ReadingsOfOthersAreWrittenAsTheStandardHasThem) {
  DecodedMessage message = decode_one(event_of(R"("eventTypeCode":"REEFER","reeferEventTypeCode":"MEAS")"));
  Event event = message.events.at(0);
  event.readings = {{"temperature", 4.5, "CEL", {}, {}}, {"shock", 2, "G", {}, {}}};
  const auto again = parse_json(written(event));
  EXPECT_EQ(again->at("reeferDetails").at("temperatureProbeMeasurements").at(0).at("measuredTemperatureValue"), 4.5);
  EXPECT_EQ(again->at("fairway").at("readings").at(0).at("kind"), "shock");
}

TEST(Dcsa3Test, AClaimIsItsPartysAndItsTellingIsItsOwn) {
  const std::string gate = R"("eventTypeCode":"EQUIPMENT","equipmentEventTypeCode":"GTIN")";
  const DecodedMessage first = decode_one(event_of(gate));
  std::string later = event_of(gate), other = later, again = later;
  later.replace(later.find("03:05:00"), 8, "04:00:00");
  other.replace(other.find("LCL"), 3, "XYZ");
  const DecodedMessage second = decode_one(later), others = decode_one(other);
  EXPECT_EQ(first.claim.identity, "OOL\nSMDG\nLCL\ne1");
  EXPECT_EQ(first.claim.identity, second.claim.identity);
  EXPECT_NE(first.claim.identity, others.claim.identity);
  EXPECT_LT(first.claim.written_us, second.claim.written_us);
  EXPECT_NE(first.events.at(0).id, second.events.at(0).id);
  EXPECT_EQ(first.events.at(0).id, decode_one(again).events.at(0).id);
}

TEST(Dcsa3Test, WhatIsRetractedNeedsNothingButItsName) {
  const DecodedMessage message = decode_one(R"({"eventID":"e1","isRetracted":true})");
  EXPECT_TRUE(message.ok && message.claim.withdrawn && message.events.empty()) << said(message);
  EXPECT_EQ(message.claim.identity, "\n\n\ne1");
  EXPECT_FALSE(decode_one(R"({"isRetracted":true})").ok);
}

TEST(Dcsa3Test, EachDeviationHasItsPlace) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {event_of(R"("eventTypeCode":"FLIGHT")"), "error dcsa.event_type /events/0/eventClassification/eventTypeCode\n"},
      {event_of(R"("eventTypeCode":"EQUIPMENT","equipmentEventTypeCode":"FLY")"),
       "error dcsa.event_type_code /events/0/eventClassification/equipmentEventTypeCode\n"},
      {event_of(R"("eventTypeCode":"EQUIPMENT","equipmentEventTypeCode":"GTIN")", R"("equipmentDetails":{"emptyIndicatorCode":"FULL"})"),
       "warning dcsa.value /events/0/equipmentDetails/emptyIndicatorCode\nerror dcsa.event /events/0\n"},
      {"7", "error dcsa.type /events/0\n"},
  };
  for (const auto& [event, wanted] : cases) EXPECT_EQ(said(decode_one(event)), wanted) << event;
}

TEST(Dcsa3Test, TheTwoVersionsAreToldApart) {
  EXPECT_TRUE(dcsa::is_tnt3(R"({"events":[]})"));
  EXPECT_TRUE(dcsa::is_tnt3(" [" + event_of("") + "]"));
  EXPECT_TRUE(dcsa::is_tnt3(event_of("")));
  for (const char* other : {"[]", "{}", "", "[1]", R"([{"eventType":"EQUIPMENT"}])", R"({"eventType":"EQUIPMENT","events":[]})", "[{"})
    EXPECT_FALSE(dcsa::is_tnt3(other)) << other;
}

TEST(Dcsa3Test, ABodyThatIsNoListIsRefusedWhole) {
  const auto refused = [](std::string_view body) { return !dcsa::decode_tnt3(body, [](const DecodedMessage&) {}); };
  EXPECT_TRUE(refused(R"({"events":7})"));
  EXPECT_TRUE(refused(R"({"events":[)"));
}

TEST(Dcsa3Test, WhatHasNoCodeIsWrittenAsTheNearestAndReadsBack) {
  DecodedMessage message = decode_one(event_of(R"("eventTypeCode":"EQUIPMENT","equipmentEventTypeCode":"LOAD")"));
  Event event = message.events.at(0);
  event.milestone = Milestone::stowed;
  event.references.push_back(*Reference::make(ReferenceKind::house_document, "HBL1"));
  event.place.facility = "LONGFACILITYCODE";
  const DecodedMessage again = decode_one(written(event));
  ASSERT_EQ(again.events.size(), 1u) << said(again);
  EXPECT_EQ(again.events[0].milestone, Milestone::stowed);
  EXPECT_EQ(again.events[0].references, event.references);
  EXPECT_EQ(again.events[0].place.facility, event.place.facility);
}

}  // namespace
}  // namespace fairway::gateway::dcsa3_test
