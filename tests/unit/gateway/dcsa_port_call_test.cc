// Port Call 2.0: the services of a port call become events of the vessel and come out as they went in.
#include <gtest/gtest.h>

#include "base/json.h"
#include "gateway/dcsa/port_call.h"
#include "gateway/dcsa/tnt2.h"
#include "gateway/dcsa/tnt3.h"

namespace fairway::gateway::dcsa_port_call_test {
namespace {

constexpr std::string_view kEvent =
    R"({"eventID":"3910eb91-8791-4699-8029-8bba8cedb6f5","replyToEventID":"3910eb91-8791-4699-8029-8bba8cedb6f6",)"
    R"("eventUpdatedDateTime":"2026-01-23T01:23:45Z","isFYI":false,)"
    R"("portCall":{"portCallID":"11111111-8791-4699-8029-8bba8cedb6f5","portVisitReference":"NLAMS1234589","UNLocationCode":"NLAMS","isOmitted":false},)"
    R"("terminalCall":{"terminalCallID":"22222222-8791-4699-8029-8bba8cedb6f5","terminalCallReference":"15063401","sequenceNumber":2,)"
    R"("carrierServiceName":"Great Lion Service","serviceCodeOrReference":{"carrierServiceCode":"FE1","universalServiceReference":"SR12345A"},)"
    R"("exportVoyageNumberOrReference":{"carrierVoyageNumber":"2103S","universalVoyageReference":"2301W"},)"
    R"("importVoyageNumberOrReference":{"carrierVoyageNumber":"2103N"}},)"
    R"("portCallService":{"portCallServiceID":"33333333-8791-4699-8029-8bba8cedb6f5","portCallServiceTypeCode":"BERTH",)"
    R"("portCallServiceEventTypeCode":"ARRI","portCallPhaseTypeCode":"INBD","facilityTypeCode":"BRTH",)"
    R"("serviceLocation":{"locationName":"Amsterdam","UNLocationCode":"NLAMS","facility":{"facilityCode":"ADT","facilityCodeListProvider":"SMDG"},)"
    R"("geoCoordinate":{"latitude":"52.4","longitude":"4.9"}}},)"
    R"("vessel":{"vesselIMONumber":"9321483","vesselMMSINumber":"278111222","vesselName":"King of the Seas","vesselCallSign":"NCVV","draft":12.5},)"
    R"("timestamp":{"classifierCode":"REQ","serviceDateTime":"2026-01-24T08:00:00+01:00","delayReasonCodes":["STR"],"remark":"Port closed"},)"
    R"("movesForecasts":[{"carrierCode":"MAEU","carrierCodeListProvider":"NMFTA","restowUnits":{"totalUnits":3}}]})";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kEvent);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::vector<DecodedMessage> decode_all(const std::string& body) {
  std::vector<DecodedMessage> messages;
  const Status status = dcsa::decode_dcsa(body, [&](DecodedMessage m) { messages.push_back(std::move(m)); });
  EXPECT_TRUE(status) << status.error().text();
  return messages;
}

DecodedMessage decode_one(const std::string& event, std::string_view before = "") {
  return decode_all("{" + std::string(before) + "\"events\":[" + event + "]}").at(0);
}

std::string first_said(const DecodedMessage& message) {
  return message.diagnostics.empty() ? "" : message.diagnostics.front().code + " " + message.diagnostics.front().position;
}

TEST(DcsaPortCallTest, AnEventComesOutAsItWentIn) {
  const DecodedMessage message = decode_one(std::string(kEvent));
  ASSERT_TRUE(message.ok) << first_said(message);
  EXPECT_TRUE(message.diagnostics.empty()) << first_said(message);
  EXPECT_EQ(message.type, "PORTCALL 2.0 BERTH ARRI REQ INBD");
  EXPECT_EQ(message.claim.identity, "PORTCALL\n3910eb91-8791-4699-8029-8bba8cedb6f5");
  EXPECT_EQ(message.claim.written_us, parse_rfc3339("2026-01-23T01:23:45Z")->micros);
  const Event& event = message.events.at(0);
  EXPECT_EQ(event.milestone, Milestone::arrived);
  EXPECT_EQ(event.classifier, Classifier::planned);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-01-24T08:00:00+01:00");
  EXPECT_EQ(event.place.key(), "NLAMS/ADT");
  EXPECT_EQ(event.transport.mode, TransportMode::vessel);
  EXPECT_EQ(event.transport.voyage, "2103S");
  EXPECT_EQ(event.transport.import_voyage, "2103N");
  EXPECT_EQ(event.reason, "STR");
  EXPECT_EQ(event.reference(ReferenceKind::vessel)->value(), "9321483");
  EXPECT_EQ(event.reference(ReferenceKind::voyage)->value(), "9321483/2103S");
  EXPECT_EQ(event.reference(ReferenceKind::vessel_mmsi)->value(), "278111222");
  EXPECT_EQ(event.parties.at(0).identifier.key(), "SCAC:MAEU");
  EXPECT_TRUE(dcsa::is_port_call_event(event));
  EXPECT_EQ(json::value(dcsa::port_call_object(event, 0)), *parse_json(kEvent)) << json::serialize(dcsa::port_call_object(event, 0));
}

TEST(DcsaPortCallTest, TheOlderFormOfVoyageAndServiceIsReadAsTheNewer) {
  const std::string older = with(R"("serviceCodeOrReference":{"carrierServiceCode":"FE1","universalServiceReference":"SR12345A"},)"
                                 R"("exportVoyageNumberOrReference":{"carrierVoyageNumber":"2103S","universalVoyageReference":"2301W"},)"
                                 R"("importVoyageNumberOrReference":{"carrierVoyageNumber":"2103N"})",
                                 R"("carrierServiceCode":"FE1","universalServiceReference":"SR12345A","carrierExportVoyageNumber":"2103S",)"
                                 R"("universalExportVoyageReference":"2301W","carrierImportVoyageNumber":"2103N")");
  const DecodedMessage message = decode_one(older);
  ASSERT_TRUE(message.ok);
  EXPECT_EQ(json::value(dcsa::port_call_object(message.events.at(0), 0)), *parse_json(kEvent));
}

TEST(DcsaPortCallTest, WhatTheModelHasNoMilestoneForIsObserved) {
  struct Case {
    std::string_view service, event, classifier;
    Milestone milestone;
    Classifier classified;
  };
  for (const Case& c : {Case{"BERTH", "DEPA", "ACT", Milestone::departed, Classifier::actual},
                        Case{"BERTH", "ARRI", "EST", Milestone::arrived, Classifier::estimated},
                        Case{"PILOT_BOARDING_PLACE", "ARRI", "EST", Milestone::observed, Classifier::estimated},
                        Case{"CARGO_OPERATIONS", "CMPL", "PLN", Milestone::observed, Classifier::planned},
                        Case{"ALL_FAST", "ARRI", "ACT", Milestone::observed, Classifier::actual}}) {
    std::string text = with("\"BERTH\"", "\"" + std::string(c.service) + "\"");
    text.replace(text.find("\"ARRI\""), 6, "\"" + std::string(c.event) + "\"");
    text.replace(text.find("\"REQ\""), 5, "\"" + std::string(c.classifier) + "\"");
    const DecodedMessage message = decode_one(text);
    ASSERT_TRUE(message.ok) << c.service << first_said(message);
    EXPECT_TRUE(message.diagnostics.empty()) << c.service << first_said(message);
    EXPECT_EQ(message.events.at(0).milestone, c.milestone) << c.service;
    EXPECT_EQ(message.events.at(0).classifier, c.classified) << c.service;
    EXPECT_EQ(json::value(dcsa::port_call_object(message.events.at(0), 0)), *parse_json(text)) << c.service;
  }
}

TEST(DcsaPortCallTest, ACallThatDoesNotTakePlaceIsNoArrivalAndStaysSoWhereTheRestIsHidden) {
  DecodedMessage message =
      decode_one(with(R"("UNLocationCode":"NLAMS","isOmitted":false)", R"("UNLocationCode":"NLAMS","isOmitted":true)"));
  ASSERT_TRUE(message.ok);
  Event& event = message.events.at(0);
  EXPECT_EQ(event.milestone, Milestone::observed);
  EXPECT_EQ(event.source.type, "PORTCALL 2.0 BERTH ARRI REQ INBD OMITTED");
  event.original.clear();
  const json::object written = dcsa::port_call_object(event, 0);
  EXPECT_TRUE(written.at("portCall").at("isOmitted").as_bool());
  EXPECT_EQ(written.at("portCallService").at("portCallServiceTypeCode").as_string(), "BERTH");
  EXPECT_EQ(written.at("timestamp").at("classifierCode").as_string(), "REQ");
  EXPECT_EQ(written.at("timestamp").at("serviceDateTime").as_string(), "2026-01-24T08:00:00+01:00");
}

TEST(DcsaPortCallTest, MovesHaveNoTimeOfTheirOwn) {
  const DecodedMessage message = decode_one(
      R"({"eventID":"3910eb91-8791-4699-8029-8bba8cedb6f5","eventUpdatedDateTime":"2026-01-23T01:23:45Z",)"
      R"("terminalCall":{"terminalCallReference":"1"},"portCallService":{"portCallServiceTypeCode":"MOVES","portCallServiceEventTypeCode":"ARRI"},)"
      R"("movesForecasts":[{"carrierCode":"OOL","carrierCodeListProvider":"SMDG"}]})");
  ASSERT_TRUE(message.ok);
  EXPECT_TRUE(message.diagnostics.empty()) << first_said(message);
  EXPECT_EQ(to_rfc3339(message.events.at(0).occurred), "2026-01-23T01:23:45Z");
  EXPECT_FALSE(dcsa::port_call_object(message.events.at(0), 0).contains("timestamp"));
}

TEST(DcsaPortCallTest, ABodySaysToWhomItIsAddressed) {
  const DecodedMessage message = decode_one(std::string(kEvent), R"("fairway":{"receivingParty":"SMDG:HIT"},)");
  ASSERT_TRUE(message.ok);
  EXPECT_EQ(message.events.at(0).parties.at(0).role, "MR");
  EXPECT_EQ(message.events.at(0).parties.at(0).identifier.key(), "SMDG:HIT");
  EXPECT_EQ(decode_one(std::string(kEvent), R"("fairway":{"receivingParty":7},)").events.at(0).parties.size(), 1u);
}

TEST(DcsaPortCallTest, WhatDeviatesIsSaidAtItsPlace) {
  EXPECT_EQ(first_said(decode_one(with("\"BERTH\"", "\"DOCK\""))), "dcsa.value /events/0/portCallService/portCallServiceTypeCode");
  EXPECT_EQ(first_said(decode_one(with("\"ARRI\"", "\"STRT\""))), "dcsa.value /events/0/portCallService/portCallServiceEventTypeCode");
  EXPECT_EQ(first_said(decode_one(with("\"REQ\"", "\"WISH\""))), "dcsa.value /events/0/timestamp/classifierCode");
  EXPECT_EQ(first_said(decode_one(with("2026-01-24T08:00:00+01:00", "noon"))), "dcsa.time /events/0/timestamp/serviceDateTime");
  EXPECT_EQ(first_said(decode_one(with("52.4", "152.4"))), "dcsa.value /events/0/portCallService/serviceLocation/geoCoordinate");
  EXPECT_EQ(first_said(decode_one(with("\"eventID\":\"3910eb91-8791-4699-8029-8bba8cedb6f5\"", "\"eventID\":\"7\""))),
            "dcsa.event_id /events/0/eventID");
  EXPECT_FALSE(decode_one(with("2026-01-24T08:00:00+01:00", "noon")).ok);
  const DecodedMessage unknown = decode_one(with("\"BERTH\"", "\"DOCK\""));
  EXPECT_EQ(json::value(dcsa::port_call_object(unknown.events.at(0), 0)), *parse_json(with("\"BERTH\"", "\"DOCK\"")));
  const DecodedMessage berth_strt = decode_one(with("\"ARRI\"", "\"STRT\""));
  EXPECT_TRUE(berth_strt.ok);
  EXPECT_EQ(berth_strt.events.at(0).milestone, Milestone::observed);
  EXPECT_FALSE(decode_one(R"({"portCall":{"portVisitReference":"x"}})").ok) << "no time at all";
  EXPECT_FALSE(decode_one(R"({"eventUpdatedDateTime":"2026-01-23T01:23:45Z","vessel":{"vesselName":"Nobody"}})").ok) << "no reference";
}

TEST(DcsaPortCallTest, OtherBodiesAreNotTakenForIt) {
  EXPECT_TRUE(dcsa::is_port_call("{\"events\":[7," + std::string(kEvent) + "]}"));
  for (const std::string_view other :
       {R"({"events":[]})", R"({"events":[7]})", R"({"events":{}})", "[]", "", R"({"events":[{"eventClassification":{},"vessel":{}}]})",
        R"({"events":[{"eventID":"x"}]})", R"({"events":[{"isRetracted":true,"eventID":"x"}]})"})
    EXPECT_FALSE(dcsa::is_port_call(other)) << other;
}

TEST(DcsaPortCallTest, ACallOfAnotherFormatIsOneAtTheBerth) {
  Event event;
  event.id = "call-1";
  event.milestone = Milestone::departed;
  event.occurred = *parse_rfc3339("2026-01-02T03:04:05+08:00");
  event.transport.vessel_imo = "9321483";
  event.references.push_back(*Reference::make(ReferenceKind::vessel, "9321483"));
  EXPECT_FALSE(dcsa::is_port_call_event(event)) << "at no terminal";
  event.place = {"HKHKG", "HIT", "SMDG"};
  ASSERT_TRUE(dcsa::is_port_call_event(event));
  const DecodedMessage again = decode_one(json::serialize(dcsa::port_call_object(event, 1'767'000'000'000'000)));
  ASSERT_TRUE(again.ok);
  EXPECT_EQ(again.type, "PORTCALL 2.0 BERTH DEPA ACT -");
  EXPECT_EQ(again.events.at(0).milestone, Milestone::departed);
  EXPECT_EQ(again.events.at(0).occurred, event.occurred);
  event.references.push_back(*Reference::make(ReferenceKind::equipment, "MSCU1234566"));
  EXPECT_FALSE(dcsa::is_port_call_event(event)) << "of a box";
}

}  // namespace
}  // namespace fairway::gateway::dcsa_port_call_test
