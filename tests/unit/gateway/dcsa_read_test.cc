#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/bytes.h"
#include "base/limits.h"
#include "unit/gateway/dcsa_support.h"

namespace fairway::gateway::dcsa_test {
namespace {

std::string keys_of(const Event& event) {
  std::string keys;
  for (const Reference& reference : event.references) keys.append(keys.empty() ? "" : " ").append(reference.key());
  return keys;
}

// The event of a text that must be taken, whatever its warnings.
Event event_of(std::string_view text) {
  DecodedMessage message = decode_one(text);
  EXPECT_TRUE(message.ok) << text << "\n" << said(message);
  EXPECT_EQ(message.events.size(), 1u) << text;
  return message.events.empty() ? Event() : std::move(message.events.front());
}

Error error_of(std::string_view bytes) {
  const Status status = dcsa::decode_dcsa(bytes, [](DecodedMessage) { ADD_FAILURE() << "a message came out"; });
  return status ? Error{Code::internal, "it was taken", "", ""} : status.error();
}

TEST(DcsaRead, APlainEquipmentEvent) {
  const DecodedMessage message = decode_one(kGateIn);
  EXPECT_EQ(said(message), "");
  EXPECT_EQ(message.format, "DCSA");
  EXPECT_EQ(message.type, "TNT 2.2 EQUIPMENT");
  EXPECT_EQ(message.text, kGateIn);
  EXPECT_EQ(message.hash, to_hex(sha256(kGateIn)));
  EXPECT_EQ(message.length, kGateIn.size());
  ASSERT_EQ(message.events.size(), 1u);
  const Event& event = message.events[0];
  EXPECT_EQ(event.id, "3cecb101-7a1a-43a4-9d62-e88a131651e2");
  EXPECT_EQ(event.milestone, Milestone::gate_in);
  EXPECT_EQ(event.classifier, Classifier::actual);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-11-22T08:30:00+08:00");
  EXPECT_EQ(to_rfc3339(*event.created), "2026-11-22T08:31:00+08:00");
  EXPECT_EQ(event.place, (Place{"HKHKG", "HIT", "SMDG"}));
  EXPECT_EQ(keys_of(event), "equipment:CSQU3054383");
  EXPECT_EQ(event.equipment.load, Load::laden);
  EXPECT_EQ(event.original, "");
  EXPECT_EQ(event.source.hash, message.hash);
  EXPECT_EQ(message.references, event.references);
}

TEST(DcsaRead, ATransportEventWithAllOfItsCall) {
  const Event event = event_of(R"({"eventID":"3cecb101-7a1a-43a4-9d62-e88a131651e2","eventType":"TRANSPORT","eventClassifierCode":"EST",
    "eventDateTime":"2026-11-23T06:00:00+08:00","eventCreatedDateTime":"2026-11-22T08:31:00Z","transportEventTypeCode":"ARRI",
    "delayReasonCode":"WEA","changeRemark":"typhoon","transportCall":{"transportCallID":"call-1","carrierServiceCode":"FE1",
    "exportVoyageNumber":"2103S","importVoyageNumber":"2103N","UNLocationCode":"HKHKG","facilityCode":"MTL",
    "facilityCodeListProvider":"SMDG","facilityTypeCode":"POTE","otherFacility":"Terminal 9","modeOfTransport":"VESSEL",
    "vessel":{"vesselIMONumber":"IMO 9321483","vesselName":"King of the Seas","vesselCallSignNumber":"NCVV",
    "vesselOperatorCarrierCode":"MAEU"}},"documentReferences":[{"documentReferenceType":"BKG","documentReferenceValue":"ABC123"}]})");
  EXPECT_EQ(event.milestone, Milestone::arrived);
  EXPECT_EQ(event.classifier, Classifier::estimated);
  EXPECT_EQ(event.place, (Place{"HKHKG", "MTL", "SMDG", "POTE", "Terminal 9"}));
  EXPECT_EQ(event.transport,
            (Transport{TransportMode::vessel, "9321483", "King of the Seas", "NCVV", "2103S", "2103N", "FE1", "MAEU", "", "call-1"}));
  EXPECT_EQ(event.reason, "WEA");
  EXPECT_EQ(event.remark, "typhoon");
  EXPECT_EQ(keys_of(event), "booking:ABC123 vessel:9321483 voyage:9321483/2103S transport_call:CALL-1");
  EXPECT_EQ(event.original, "");
}

TEST(DcsaRead, AShipmentEventNamesItsPaper) {
  const auto shipment = [](std::string_view type, std::string_view id) {
    return R"({"eventID":"3cecb101-7a1a-43a4-9d62-e88a131651e2","eventType":"SHIPMENT","eventClassifierCode":"ACT",)"
           R"("eventDateTime":"2026-11-22T08:30:00Z","eventCreatedDateTime":"2026-11-22T08:30:00Z","shipmentEventTypeCode":"ISSU",)"
           R"("documentTypeCode":")" +
           std::string(type) + R"(","documentID":")" + std::string(id) +
           R"(","reason":"all good","references":[{"referenceType":"EQ","referenceValue":"CSQU3054383"}]})";
  };
  const Event event = event_of(shipment("TRD", "HLCU1"));
  EXPECT_EQ(event.milestone, Milestone::document_issued);
  EXPECT_EQ(event.document_type, "TRD");
  EXPECT_EQ(event.reason, "all good");
  EXPECT_EQ(keys_of(event), "transport_document:HLCU1 equipment:CSQU3054383");
  EXPECT_EQ(keys_of(event_of(shipment("BKG", "B1"))), "booking:B1 equipment:CSQU3054383");
  EXPECT_EQ(keys_of(event_of(shipment("CBR", "B1"))), "booking:B1 equipment:CSQU3054383");
  EXPECT_EQ(keys_of(event_of(shipment("SHI", "S1"))), "shipping_instruction:S1 equipment:CSQU3054383");
  EXPECT_EQ(keys_of(event_of(shipment("CUS", "D1"))), "declaration:D1 equipment:CSQU3054383");
  const Event weighed = event_of(shipment("VGM", "V1"));  // a paper that is no kind of reference
  EXPECT_EQ(keys_of(weighed), "equipment:CSQU3054383");
  EXPECT_EQ(weighed.original, R"({"documentID":"V1"})");
}

TEST(DcsaRead, EveryTypeOfReference) {
  const Event event = event_of(gate_in_with(
      R"("references":[{"referenceType":"FF","referenceValue":"F1"},{"referenceType":"PO","referenceValue":"P1"},)"
      R"({"referenceType":"CR","referenceValue":"C1"},{"referenceType":"SI","referenceValue":"S1"},)"
      R"({"referenceType":"AAO","referenceValue":"A1"},{"referenceType":"EQ","referenceValue":"APZU4812090"}],)"
      R"("documentReferences":[{"documentReferenceType":"CBR","documentReferenceValue":"B1"},{"documentReferenceType":"TRD","documentReferenceValue":"T1"}])"));
  EXPECT_EQ(keys_of(event),
            "equipment:CSQU3054383 booking:B1 transport_document:T1 forwarder_reference:F1 purchase_order:P1 "
            "customer_reference:C1 customer_reference:S1 customer_reference:A1 equipment:APZU4812090");
}

TEST(DcsaRead, AnUnknownReferenceTypeIsKeptAndReported) {
  const DecodedMessage message = decode_one(gate_in_with(R"("references":[{"referenceType":"ZZZ","referenceValue":"1"}])"));
  EXPECT_EQ(said(message), "warning dcsa.reference_type /references/0");
  ASSERT_TRUE(message.ok);
  EXPECT_EQ(message.events[0].original, R"({"references":[{"referenceType":"ZZZ","referenceValue":"1"}]})");
}

TEST(DcsaRead, FairwaysOwnMembers) {
  const Event event = event_of(gate_in_with(
      R"("correctsEventID":"e-1","parties":[{"role":"CN","scheme":"smdg","code":"cos","name":"Cosco"},{"role":"shipper","name":"Ah Kee"}])"));
  EXPECT_EQ(event.amendment, Amendment::correction);
  EXPECT_EQ(event.amends, "e-1");
  ASSERT_EQ(event.parties.size(), 2u);
  EXPECT_EQ(event.parties[0], (NamedParty{"CN", {"SMDG", "COS"}, "Cosco"}));
  EXPECT_EQ(event.parties[1], (NamedParty{"shipper", {}, "Ah Kee"}));
  EXPECT_EQ(event_of(gate_in_with(R"("retractsEventID":"e-1")")).amendment, Amendment::retraction);
  EXPECT_EQ(said(decode_one(gate_in_with(R"("retractsEventID":"1","correctsEventID":"2")"))), "error dcsa.amendment /retractsEventID");
}

TEST(DcsaRead, SealsAndWhatTheModelHasNoFieldFor) {
  const Event event = event_of(
      gate_in_with(R"("seals":[{"sealNumber":"S1","sealSource":"CUS","sealType":"WIR"}],"temperature": {"set": -18.50 , "unit":"CEL"})"));
  EXPECT_EQ(event.equipment.seals, (std::vector<Seal>{{"S1", "CUS"}}));
  EXPECT_EQ(event.original,
            R"({"temperature":{"set":-18.50,"unit":"CEL"},"seals":[{"sealNumber":"S1","sealSource":"CUS","sealType":"WIR"}]})");
}

TEST(DcsaRead, TheNameOfAPlaceIsTheBestThereIs) {
  const auto name_at = [](std::string_view location) { return event_of(gate_in(R"("UNLocationCode":"HKHKG")", location)).place.name; };
  EXPECT_EQ(name_at(R"("locationName":"Tuen Mun")"), "Tuen Mun");
  EXPECT_EQ(name_at(R"("address":{"street":"Ho Tin Street","streetNumber":"3","city":"Tuen Mun"})"), "Ho Tin Street, 3, Tuen Mun");
}

TEST(DcsaRead, ATransportCallStandsInForAMissingLocation) {
  std::string text = gate_in_with(
      R"("transportCall":{"transportCallID":"1","modeOfTransport":"TRUCK","UNLocationCode":"CNSZX","otherFacility":"Gate 2"})");
  EXPECT_EQ(event_of(text).place, (Place{"HKHKG", "HIT", "SMDG", "", "Gate 2"}));  // the location's codes, and a name it has not
  const size_t location = text.find("\"eventLocation\"");
  text.erase(location, text.find("},", location) + 2 - location);
  EXPECT_EQ(event_of(text).place, (Place{"CNSZX", "", "", "", "Gate 2"}));
}

TEST(DcsaRead, ATimeWithoutZoneIsThePlacesAndSaysSo) {
  const DecodedMessage message = decode_one(gate_in("08:30:00+08:00", "08:30:00.250"));
  EXPECT_EQ(said(message), "warning dcsa.time_zone /eventDateTime");
  ASSERT_TRUE(message.ok);
  const Instant& occurred = message.events[0].occurred;
  EXPECT_EQ(to_rfc3339(occurred), "2026-11-22T08:30:00.250+08:00");
  EXPECT_EQ(occurred.zone, ZoneSource::place);
  EXPECT_EQ(occurred.text, "2026-11-22T08:30:00.250");
  std::string nowhere = gate_in("08:30:00+08:00", "08:30:00");
  nowhere.replace(nowhere.find("HKHKG"), 5, "XZZZZ");
  EXPECT_EQ(decode_one(nowhere).events.at(0).occurred.zone, ZoneSource::assumed);
}

TEST(DcsaRead, AnEventIdThatIsNoUuidIsAllowed) {
  const DecodedMessage message = decode_one(gate_in("3cecb101-7a1a-43a4-9d62-e88a131651e2", "7f3a-41-0"));
  EXPECT_EQ(said(message), "warning dcsa.event_id /eventID");
  EXPECT_EQ(message.events.at(0).id, "7f3a-41-0");
}

TEST(DcsaRead, AMissingEventIdFollowsFromTheContent) {
  const std::string without = gate_in(R"("eventID":"3cecb101-7a1a-43a4-9d62-e88a131651e2",)", " ");
  const Event event = event_of(without), again = event_of("\n" + without), other = event_of(gate_in_with(R"("changeRemark":"x")"));
  EXPECT_EQ(event.id.size(), 36u);
  EXPECT_EQ(event.id, again.id);
  EXPECT_NE(event.id, other.id);
}

TEST(DcsaRead, ErrorsAreSaidWithTheirPlace) {
  struct Case {
    std::string_view from, to, said;
  };
  const std::vector<Case> cases = {
      {"EQUIPMENT", "BICYCLE", "error dcsa.event_type /eventType"},
      {R"("eventType":"EQUIPMENT",)", "", "error dcsa.event_type /eventType"},
      {"GTIN", "ARRI", "error dcsa.event_type_code /equipmentEventTypeCode"},
      {R"("equipmentEventTypeCode":"GTIN",)", "", "error dcsa.event_type_code /equipmentEventTypeCode"},
      {"ACT", "REQ", "error dcsa.classifier /eventClassifierCode"},
      {R"("eventClassifierCode":"ACT",)", "", "error dcsa.classifier /eventClassifierCode"},
      {"2026-11-22T08:30:00+08:00", "yesterday", "error dcsa.time /eventDateTime"},
      {R"("eventDateTime":"2026-11-22T08:30:00+08:00",)", "", "error dcsa.time /eventDateTime"},
      {"2026-11-22T08:31:00+08:00", "2026-13-22T08:31:00Z", "error dcsa.time /eventCreatedDateTime"},
      {"CSQU3054383", "CSQU305438312345", "error dcsa.too_long /equipmentReference"},
      {R"("CSQU3054383")", R"("A\u0001B")", "error dcsa.reference /equipmentReference"},
      {R"("equipmentReference":"CSQU3054383",)", "", "error dcsa.event "},
      {R"("GTIN")", "tru", "error dcsa.json "},
      {R"("GTIN")", "\"\xFF\"", "error dcsa.json "},
      {R"("GTIN")", "\"\\u12\"", "error dcsa.json "},
  };
  for (const Case& c : cases) {
    const DecodedMessage message = decode_one(gate_in(c.from, c.to));
    EXPECT_FALSE(message.ok) << c.to;
    EXPECT_EQ(said(message), c.said) << c.from << " -> " << c.to;
    EXPECT_TRUE(message.events.empty());
    EXPECT_TRUE(is_valid_utf8(message.text));
  }
}

TEST(DcsaRead, WarningsAreSaidWithTheirPlace) {
  struct Case {
    std::string_view from, to, said;
  };
  const std::vector<Case> cases = {
      {R"("eventCreatedDateTime":"2026-11-22T08:31:00+08:00",)", "", "warning dcsa.missing /eventCreatedDateTime"},
      {"LADEN", "HALF", "warning dcsa.value /emptyIndicatorCode"},
      {R"("emptyIndicatorCode":"LADEN",)", "", "warning dcsa.missing /emptyIndicatorCode"},
      {"\"SMDG\"", "\"ZZZ\"", "warning dcsa.value /eventLocation/facilityCodeListProvider"},
      {"\"CSQU3054383\"", "3054383", "warning dcsa.type /equipmentReference"},
      {"\"LADEN\"", "\"LADEN\",\"emptyIndicatorCode\":\"EMPTY\"", "warning dcsa.duplicate_member /emptyIndicatorCode"},
      {"\"LADEN\"", "\"LADEN\",\"seals\":{}", "warning dcsa.type /seals"},
      {"\"LADEN\"", "\"LADEN\",\"seals\":[1]", "warning dcsa.type /seals/0"},
      {"\"LADEN\"", "\"LADEN\",\"ISOEquipmentCode\":\"45G1X\"", "warning dcsa.value /ISOEquipmentCode"},
      {"\"LADEN\"", R"("LADEN","seals":[{"sealNumber":"1","sealSource":"ME"}])", "warning dcsa.value /seals/0/sealSource"},
      {"\"LADEN\"", R"("LADEN","transportCall":{"modeOfTransport":"CAMEL"})", "warning dcsa.value /transportCall/modeOfTransport"},
      {"\"LADEN\"", R"("LADEN","transportCall":{"vessel":{"vesselIMONumber":"93214831"}})",
       "warning dcsa.value /transportCall/vessel/vesselIMONumber"},
  };
  for (const Case& c : cases) {
    const DecodedMessage message = decode_one(gate_in(c.from, c.to));
    EXPECT_TRUE(message.ok) << c.to;
    EXPECT_EQ(said(message), c.said) << c.from << " -> " << c.to;
    EXPECT_EQ(message.events.size(), 1u);
  }
}

TEST(DcsaRead, NullAndEmptyAreAbsent) {
  const Event event = event_of(gate_in_with(R"("ISOEquipmentCode":null,"reason":"","seals":null,"transportCall":null)"));
  EXPECT_EQ(event.equipment.iso_code, "");
  EXPECT_EQ(event.original, "");
}

TEST(DcsaRead, PositionsPointIntoTheBody) {
  const std::string body = "[\n " + gate_in() + ",\n " + gate_in("08:30:00+08:00", "25:30:00Z") + ", 7]";
  const auto messages = decode_all(body);
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_TRUE(messages[0].ok);
  EXPECT_EQ(messages[0].offset, body.find('{'));
  EXPECT_EQ(messages[0].events.at(0).source.offset, messages[0].offset);
  EXPECT_EQ(said(messages[1]), "error dcsa.time /1/eventDateTime");
  EXPECT_EQ(messages[1].diagnostics[0].offset, body.find("\"2026-11-22T25"));
  EXPECT_EQ(said(messages[2]), "error dcsa.type /2");
  EXPECT_EQ(messages[2].offset, body.find(" 7]") + 1);
  EXPECT_EQ(messages[2].text, "7");
}

TEST(DcsaRead, ABrokenEventDoesNotLoseTheOthers) {
  const auto messages = decode_all("[" + gate_in() + R"(,{"eventType":tru},)" + gate_in("GTIN", "LOAD") + "]");
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_TRUE(messages[0].ok);
  EXPECT_FALSE(messages[1].ok);
  EXPECT_TRUE(messages[2].ok);
  EXPECT_EQ(messages[2].events.at(0).milestone, Milestone::loaded);
}

TEST(DcsaRead, ABodyThatCannotBeCutIsAnError) {
  for (const std::string_view body : {"", "  ", "nonsense", "7", "\"x\"", "[", "[{]", "[{}", "{\"a\":1", "{} {}", "[] x", "[{},]", "\xFF"})
    EXPECT_EQ(error_of(body).code, Code::invalid) << body;
  EXPECT_TRUE(decode_all("[]").empty());
  EXPECT_EQ(decode_all("\xEF\xBB\xBF[" + gate_in() + "]").size(), 1u);
}

TEST(DcsaRead, Version3IsReadAsSuchAndNotAmongEventsOf22) {
  EXPECT_EQ(decode_one(R"({"events":[{"eventID":"1"}]})").type.substr(0, 7), "TNT 3.0");
  const std::string event3 = R"({"eventID":"1","eventClassification":{"eventTypeCode":"EQUIPMENT"}})";
  EXPECT_EQ(decode_one("[" + event3 + "]").type, "TNT 3.0 EQUIPMENT");
  const std::vector<DecodedMessage> mixed = decode_all("[" + gate_in() + "," + event3 + "]");
  ASSERT_EQ(mixed.size(), 2u);
  EXPECT_EQ(said(mixed[1]), "error dcsa.version /1");
  EXPECT_EQ(dcsa::event_from_dcsa(event3).error().code, Code::unsupported);
}

TEST(DcsaRead, TheNumberOfEventsIsBounded) {
  std::string body = "[";
  for (size_t i = 0; i < limits::kEventsPerRequestMax; ++i) body += i == 0 ? "{}" : ",{}";
  EXPECT_EQ(decode_all(body + "]").size(), limits::kEventsPerRequestMax);
  EXPECT_EQ(error_of(body + ",{}]").code, Code::too_large);
}

TEST(DcsaRead, TheSizeOfAnEventIsBounded) {
  const auto sized = [](size_t bytes) {
    const std::string without = gate_in_with(R"("note":"")");
    return gate_in_with("\"note\":\"" + std::string(bytes - without.size(), 'x') + "\"");
  };
  EXPECT_EQ(sized(1'000).size(), 1'000u);
  EXPECT_TRUE(decode_one(sized(limits::kEventBytesMax - 1'000)).ok);
  const auto messages = decode_all("[" + sized(limits::kEventBytesMax + 1) + "," + gate_in() + "]");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(said(messages[0]), "error dcsa.too_large /0");
  EXPECT_LE(messages[0].text.size(), limits::kEventBytesMax);
  EXPECT_TRUE(messages[1].ok);
}

TEST(DcsaRead, NestingIsBounded) {
  const auto nested = [](size_t depth) { return gate_in_with("\"x\":" + std::string(depth, '[') + std::string(depth, ']')); };
  EXPECT_TRUE(decode_one(nested(limits::kOriginalDepthMax - 1)).ok);
  EXPECT_EQ(said(decode_one(nested(limits::kOriginalDepthMax))), "error dcsa.json ");
  EXPECT_EQ(error_of(nested(limits::kJsonDepthMax + 1)).code, Code::invalid);
  EXPECT_EQ(error_of(std::string(1'000'000, '[')).code, Code::invalid);
}

TEST(DcsaRead, TheNumberOfReferencesIsBounded) {
  std::string list;
  for (size_t i = 1; i < limits::kReferencesPerEventMax; ++i)
    list += std::string(i == 1 ? "" : ",") + R"({"referenceType":"PO","referenceValue":")" + std::to_string(i) + "\"}";
  EXPECT_TRUE(decode_one(gate_in_with("\"references\":[" + list + "]")).ok);
  EXPECT_EQ(said(decode_one(gate_in_with("\"references\":[" + list + R"(,{"referenceType":"PO","referenceValue":"0"}])"))),
            "error dcsa.event ");
}

TEST(DcsaRead, DiagnosticsAreBounded) {
  std::string list;
  for (size_t i = 0; i < limits::kDiagnosticsPerMessageMax + 50; ++i) list += std::string(i == 0 ? "" : ",") + "1";
  const DecodedMessage message = decode_one(gate_in_with("\"seals\":[" + list + "]"));
  EXPECT_LE(message.diagnostics.size(), limits::kDiagnosticsPerMessageMax + 1);
}

TEST(DcsaRead, OneEventAlone) {
  EXPECT_EQ(dcsa::event_from_dcsa(kGateIn)->milestone, Milestone::gate_in);
  const auto refused = dcsa::event_from_dcsa(gate_in("GTIN", "XXXX"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "/equipmentEventTypeCode");
  EXPECT_FALSE(dcsa::event_from_dcsa("[" + gate_in() + "]"));
  EXPECT_FALSE(dcsa::event_from_dcsa(gate_in() + " x"));
}

TEST(DcsaRead, AnyDamageIsAWarningAnErrorOrNothing) {
  EXPECT_TRUE(rc::check("an event with one byte changed never breaks the reader", [] {
    std::string text(kGateIn);
    text[*rc::gen::inRange<size_t>(0, text.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
    for (const DecodedMessage& message : decode_all("[" + text + "]")) {
      RC_ASSERT(message.ok == !message.events.empty());
      for (const Event& event : message.events) RC_ASSERT(validate(event).has_value());
    }
  }));
}

TEST(DcsaRaw, EveryEventIsALineAsItWasSent) {
  std::vector<std::string> lines;
  const auto keep = [&](std::string_view line) { lines.emplace_back(line); };
  ASSERT_TRUE(dcsa::raw_dcsa(" [{\"eventType\": \"EQUIPMENT\", \"unknown\": [1, 2.50]}, {}]", keep));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], R"({"eventType":"EQUIPMENT","unknown":[1,2.5E0]})");
  EXPECT_EQ(lines[1], "{}");
  lines.clear();
  ASSERT_TRUE(dcsa::raw_dcsa(R"({"events": [{"eventID": "a"}]})", keep));
  EXPECT_EQ(lines, std::vector<std::string>{R"({"eventID":"a"})"});
  EXPECT_FALSE(dcsa::raw_dcsa("[", keep));
}

}  // namespace
}  // namespace fairway::gateway::dcsa_test
