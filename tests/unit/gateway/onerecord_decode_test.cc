// ONE Record in Fairway's words: references of objects, events of logistics events, and what is reported of them.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/onerecord/onerecord.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::gateway::onerecord {
namespace {

const std::string kPrefixes =
    R"("@context":{"cargo":"https://onerecord.iata.org/ns/cargo#","code":"https://onerecord.iata.org/ns/code-lists/"},)";

DecodedMessage decoded(const std::string& members) {
  std::vector<DecodedMessage> messages;
  const Status status =
      decode_onerecord("{" + kPrefixes + members + "}", [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(status) << status.error().text();
  EXPECT_EQ(messages.size(), 1u);
  return messages.empty() ? DecodedMessage() : std::move(messages.front());
}

std::string keys(const std::vector<Reference>& references) {
  std::string out;
  for (const Reference& reference : references) out += (out.empty() ? "" : " ") + reference.key();
  return out;
}

bool reports(const DecodedMessage& message, std::string_view code) {
  return std::ranges::find(message.diagnostics, code, &Diagnostic::code) != message.diagnostics.end();
}

const std::string kEvent =
    R"({"@type":"cargo:LogisticsEvent","cargo:eventCode":{"@id":"code:StatusCode#DEP"},"cargo:eventDate":"2026-11-20T08:00:00Z",
  "cargo:eventTimeType":{"@id":"cargo:ESTIMATED"},"cargo:eventName":"Departed","cargo:eventLocation":{"@type":"cargo:Location",
  "cargo:locationCodes":[{"cargo:code":"HKG"},{"cargo:code":"HKHKG"}],"cargo:locationName":"Hong Kong"},
  "cargo:recordingOrganization":{"@type":"cargo:Company","cargo:name":"Cathay","cargo:airlineCode":"CX"}})";

TEST(OneRecordDecode, AWaybillIsAnAirWaybillOrAHouse) {
  const std::string head = R"("@type":"cargo:Waybill","cargo:waybillNumber":"12345675")";
  EXPECT_EQ(keys(decoded(head + R"(,"cargo:waybillPrefix":"160")").references), "air_waybill:16012345675");
  EXPECT_EQ(keys(decoded(head + R"(,"cargo:waybillPrefix":"160","cargo:waybillType":{"@id":"cargo:HOUSE"})").references),
            "house_air_waybill:12345675");
  EXPECT_EQ(keys(decoded(R"("@type":"cargo:Waybill","cargo:waybillNumber":"160-12345675")").references), "air_waybill:16012345675");
  EXPECT_EQ(keys(decoded(R"("@type":"cargo:Waybill","cargo:waybillNumber":"HAWB1","@id":"http://h/1?at=20260101T000000Z")").references),
            "house_air_waybill:HAWB1 logistics_object:http://h/1");
}

TEST(OneRecordDecode, ALogisticsEventIsAnEvent) {
  const DecodedMessage message = decoded(R"("@id":"http://h/s","@type":"cargo:Shipment","cargo:waybill":{"@type":"cargo:Waybill",
    "cargo:waybillPrefix":"160","cargo:waybillNumber":"12345675"},"cargo:events":)" +
                                         kEvent);
  ASSERT_EQ(message.events.size(), 1u);
  const Event& event = message.events.front();
  EXPECT_EQ(event.milestone, Milestone::departed);
  EXPECT_EQ(event.classifier, Classifier::estimated);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-11-20T08:00:00Z");
  EXPECT_EQ(event.place.unlocode, "HKHKG");
  EXPECT_EQ(event.place.facility, "HKG");
  EXPECT_EQ(event.place.name, "Hong Kong");
  EXPECT_EQ(event.remark, "Departed");
  EXPECT_EQ(keys(event.references), "logistics_object:http://h/s air_waybill:16012345675");
  ASSERT_EQ(event.parties.size(), 1u);
  EXPECT_EQ(event.parties.front().identifier.key(), "IATA:CX");
  EXPECT_TRUE(message.ok);
}

TEST(OneRecordDecode, TheSameTellingIsTheSameEvent) {
  const auto id = [](const std::string& created) {
    std::string event = kEvent;
    event.insert(1, R"("cargo:creationDate":")" + created + R"(",)");
    return decoded(R"("@id":"http://h/s","@type":"cargo:Piece","cargo:events":)" + event).events.at(0).id;
  };
  EXPECT_EQ(id("2026-11-20T09:00:00Z"), id("2026-11-20T10:00:00Z"));
}

TEST(OneRecordDecode, WhatIsMissingOrUnknownIsReported) {
  const auto with = [](const std::string& event) { return decoded(R"("@id":"http://h/s","@type":"cargo:Piece","cargo:events":)" + event); };
  const DecodedMessage odd =
      with(R"({"@type":"cargo:LogisticsEvent","cargo:eventCode":{"@id":"code:StatusCode#XYZ"},"cargo:eventDate":"2026-11-20T08:00:00Z"})");
  EXPECT_TRUE(odd.ok && odd.events.empty() && reports(odd, "onerecord.event_code"));
  const DecodedMessage dateless = with(R"({"@type":"cargo:LogisticsEvent","cargo:eventCode":{"@id":"code:StatusCode#DEP"}})");
  EXPECT_TRUE(!dateless.ok && dateless.events.empty() && reports(dateless, "onerecord.event"));
  const DecodedMessage zoneless =
      with(R"({"@type":"cargo:LogisticsEvent","cargo:eventCode":"DEP","cargo:eventDate":"2026-11-20T08:00:00"})");
  ASSERT_EQ(zoneless.events.size(), 1u);
  EXPECT_TRUE(reports(zoneless, "onerecord.time_zone") && reports(zoneless, "onerecord.time_type"));
  EXPECT_TRUE(reports(decoded(R"("@type":"cargo:Piece")"), "onerecord.no_event"));
}

TEST(OneRecordDecode, ClassesOfLogisticsObjects) {
  EXPECT_TRUE(is_logistics_object(cargo("Piece")));
  EXPECT_TRUE(is_logistics_object(cargo("Waybill")));
  EXPECT_FALSE(is_logistics_object(cargo("Value")));
  EXPECT_FALSE(is_logistics_object(cargo("LogisticsEvent")));
  EXPECT_FALSE(is_logistics_object("Piece"));
}

TEST(OneRecordDecode, DetectionLooksForTheOntologies) {
  EXPECT_EQ(detect("{" + kPrefixes + R"("@type":"cargo:Piece"})"), Format::onerecord);
  EXPECT_EQ(detect(R"({"eventType":"EQUIPMENT"})"), Format::dcsa);
}

}  // namespace
}  // namespace fairway::gateway::onerecord
