// Arrival Notice 1.0: a notice, and the arrivals that it expects.
#include <gtest/gtest.h>

#include "base/json.h"
#include "gateway/dcsa/arrival_notice.h"
#include "gateway/dcsa/tnt2.h"

namespace fairway::gateway::dcsa_arrival_notice_test {
namespace {

constexpr std::string_view kNotice =
    R"({"issueDateTime":"2026-03-04T00:00:00Z","label":"Warning","carrierCode":"HLCU","carrierCodeListProvider":"NMFTA",)"
    R"("deliveryTypeAtDestination":"CY","transportDocumentReference":"HHL71800000","references":[{"type":"CR","value":"CUST1"}],)"
    R"("documentParties":[{"partyFunction":"CN","partyName":"Consignee Ltd","identifyingCodes":[{"codeListProvider":"GLEIF","partyCode":"LEI123","codeListName":"LEI"}]},)"
    R"({"partyFunction":"N1","partyName":"Notify Ltd"}],)"
    R"("transport":{"portOfLoading":{"UNLocationCode":"AEJEA"},"portOfDischarge":{"UNLocationCode":"SGSIN","locationName":"PSA","facility":{"facilityCode":"PSAPPT","facilityCodeListProvider":"SMDG"}},)"
    R"("portOfDischargeArrivalDate":{"value":"2026-03-12","classifier":"EST"},"placeOfDelivery":{"UNLocationCode":"MYPKG"},"placeOfDeliveryArrivalDate":{"value":"2026-03-14","classifier":"PLN"},)"
    R"("legs":[{"vesselVoyage":{"vesselName":"YM MASCULINITY","vesselIMONumber":"9321483","carrierServiceCode":"FE1","carrierImportVoyageNumber":"097E"}}]},)"
    R"("freeTimes":[{"typeCodes":["DET"],"duration":10,"timeUnit":"CD"},{"typeCode":"DEM","duration":5,"timeUnit":"WD"}],)"
    R"("utilizedTransportEquipments":[{"equipment":{"equipmentReference":"MSCU1234566","ISOEquipmentCode":"42G1"}}],)"
    R"("consignmentItems":[{"carrierBookingReference":"ABC709951","descriptionOfGoods":["HOUSEHOLD GOODS"]}],)"
    R"("charges":[{"chargeName":"THC","currencyAmount":355.5}]})";

std::vector<DecodedMessage> decode_all(const std::string& body) {
  std::vector<DecodedMessage> messages;
  const Status status = dcsa::decode_dcsa(body, [&](DecodedMessage m) { messages.push_back(std::move(m)); });
  EXPECT_TRUE(status) << status.error().text();
  return messages;
}
std::vector<DecodedMessage> decode_notice(const std::string& notice) { return decode_all("{\"arrivalNotices\":[" + notice + "]}"); }

std::string with(std::string_view from, std::string_view to) {
  std::string text(kNotice);
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(DcsaArrivalNoticeTest, ANoticeAndTheArrivalsThatItExpects) {
  const std::vector<DecodedMessage> messages = decode_notice(std::string(kNotice));
  ASSERT_EQ(messages.size(), 3u);
  for (const DecodedMessage& message : messages) {
    EXPECT_TRUE(message.ok && message.diagnostics.empty());
    ASSERT_EQ(message.events.size(), 1u);
    EXPECT_EQ(message.events[0].reference(ReferenceKind::transport_document)->value(), "HHL71800000");
    EXPECT_EQ(message.events[0].reference(ReferenceKind::equipment)->value(), "MSCU1234566");
    EXPECT_EQ(message.events[0].parties.size(), 3u);
  }
  const Event& notice = messages[0].events[0];
  EXPECT_EQ(notice.milestone, Milestone::notified);
  EXPECT_EQ(notice.document_type, "ARN");
  EXPECT_EQ(notice.remark, "free time: DET 10 CD, DEM 5 WD");
  EXPECT_EQ(notice.parties[0].identifier.key(), "SCAC:HLCU");
  EXPECT_EQ(notice.parties[1].identifier.key(), "GLEIF:LEI123");
  EXPECT_EQ(notice.parties[2].name, "Notify Ltd");
  EXPECT_EQ(notice.reference(ReferenceKind::booking)->value(), "ABC709951");
  EXPECT_EQ(notice.reference(ReferenceKind::voyage)->value(), "9321483/097E");
  const Event& discharge = messages[1].events[0];
  EXPECT_EQ(messages[1].type, "AN 1.0 ETA");
  EXPECT_EQ(discharge.milestone, Milestone::arrived);
  EXPECT_EQ(discharge.classifier, Classifier::estimated);
  EXPECT_EQ(discharge.place.key(), "SGSIN/PSAPPT");
  EXPECT_EQ(to_rfc3339(discharge.occurred), "2026-03-12T00:00:00+08:00");
  const Event& delivery = messages[2].events[0];
  EXPECT_EQ(delivery.place.unlocode, "MYPKG");
  EXPECT_EQ(delivery.classifier, Classifier::planned);
  EXPECT_TRUE(delivery.transport.empty());
  EXPECT_NE(messages[0].claim.identity, messages[1].claim.identity);
  EXPECT_NE(discharge.id, delivery.id);
}

TEST(DcsaArrivalNoticeTest, ANoticeComesOutAsItWentIn) {
  const std::vector<DecodedMessage> messages = decode_notice(std::string(kNotice));
  ASSERT_TRUE(dcsa::is_arrival_notice_event(messages.at(0).events.at(0)));
  EXPECT_FALSE(dcsa::is_arrival_notice_event(messages.at(1).events.at(0)));
  const json::object written = dcsa::arrival_notice_object(messages[0].events[0], 0);
  EXPECT_EQ(json::value(written), *parse_json(kNotice)) << json::serialize(written);
}

TEST(DcsaArrivalNoticeTest, WhereTheRestIsHiddenTheNoticeIsMadeOfItsFields) {
  std::vector<DecodedMessage> messages = decode_notice(std::string(kNotice));
  Event& notice = messages.at(0).events.at(0);
  notice.original.clear();
  const json::value written = dcsa::arrival_notice_object(notice, 0);
  EXPECT_EQ(written.at("transportDocumentReference").as_string(), "HHL71800000");
  EXPECT_EQ(written.at("carrierCodeListProvider").as_string(), "NMFTA");
  EXPECT_EQ(written.at_pointer("/utilizedTransportEquipments/0/equipment/equipmentReference").as_string(), "MSCU1234566");
  EXPECT_EQ(written.at_pointer("/transport/legs/0/vesselVoyage/carrierImportVoyageNumber").as_string(), "097E");
  EXPECT_FALSE(written.as_object().contains("charges"));
  const std::vector<DecodedMessage> again = decode_notice(json::serialize(written));
  EXPECT_EQ(again.at(0).events.at(0).references.size(), notice.references.size() - 1) << "but for the customer's own";
}

TEST(DcsaArrivalNoticeTest, NamesOfDraftsAreRead) {
  const std::vector<DecodedMessage> messages = decode_notice(
      R"({"issueDateTime":"2026-01-23T01:23:45Z","transportDocumentReference":"T1","transport":{"portOfDischarge":{"UNLocationCode":"NLAMS"},)"
      R"("etaAtPortOfDischargeDate":"2026-01-24","vesselVoyages":[{"typeCode":"POD","vesselIMONumber":"9321483","carrierVoyageNumber":"1234N"},)"
      R"({"typeCode":"POL","vesselIMONumber":"9074729"}]}})");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[1].events.at(0).transport.vessel_imo, "9321483");
  EXPECT_EQ(to_rfc3339(messages[1].events.at(0).occurred), "2026-01-24T00:00:00+01:00");
}

TEST(DcsaArrivalNoticeTest, ANotificationSaysLess) {
  const std::vector<DecodedMessage> messages = decode_all(
      R"({"arrivalNoticeNotifications":[{"issueDateTime":"2026-03-04T00:00:00Z","transportDocumentReference":"D1","equipmentReferences":["HLCU1234567"],)"
      R"("portOfDischarge":{"UNLocationCode":"SGSIN"},"portOfDischargeArrivalDate":{"value":"2026-03-12","classifier":"ACT"}}]})");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].type, "AN 1.0 notification");
  EXPECT_FALSE(dcsa::is_arrival_notice_event(messages[0].events.at(0)));
  EXPECT_EQ(messages[1].events.at(0).classifier, Classifier::actual);
  EXPECT_EQ(messages[1].events.at(0).reference(ReferenceKind::equipment)->value(), "HLCU1234567");
}

TEST(DcsaArrivalNoticeTest, WhatCannotBeUsedIsRefusedAtItsPlace) {
  const auto refusal = [](const std::string& notice) {
    const std::vector<DecodedMessage> messages = decode_notice(notice);
    EXPECT_EQ(messages.size(), 1u);
    for (const Diagnostic& d : messages.at(0).diagnostics)
      if (d.severity == Severity::error) return d.code + " " + d.position;
    return std::string();
  };
  EXPECT_EQ(refusal(with("2026-03-04T00:00:00Z", "noon")), "dcsa.time /arrivalNotices/0/issueDateTime");
  EXPECT_EQ(refusal(with("\"transportDocumentReference\":\"HHL71800000\",", "")),
            "dcsa.missing /arrivalNotices/0/transportDocumentReference");
  EXPECT_EQ(refusal("7"), "dcsa.type /arrivalNotices/0");
  const std::vector<DecodedMessage> undated = decode_notice(with("\"value\":\"2026-03-12\"", "\"value\":\"soon\""));
  EXPECT_EQ(undated.size(), 2u);
  EXPECT_EQ(undated[0].diagnostics.at(0).position, "/arrivalNotices/0/transport/portOfDischargeArrivalDate");
}

TEST(DcsaArrivalNoticeTest, ManyContainersAndALargePictureStayWithinAnEvent) {
  std::string boxes;
  for (int i = 0; i < 200; ++i) boxes += R"({"equipment":{"equipmentReference":"MSCU)" + std::to_string(1'000'000 + i) + "\"}},";
  const std::vector<DecodedMessage> many =
      decode_notice(with("\"utilizedTransportEquipments\":[", "\"utilizedTransportEquipments\":[" + boxes));
  ASSERT_EQ(many.size(), 3u);
  EXPECT_TRUE(many[0].ok);
  EXPECT_LE(many[0].events.at(0).references.size(), limits::kReferencesPerEventMax);
  EXPECT_EQ(many[0].diagnostics.at(0).code, "dcsa.value");
  const std::string picture = R"("label":"x","arrivalNoticeVisualization":{"name":"a.pdf","content":")" + std::string(200'000, 'A') + "\"}";
  const std::vector<DecodedMessage> large = decode_notice(with(R"("label":"Warning")", picture));
  ASSERT_EQ(large.size(), 3u);
  EXPECT_EQ(large[0].diagnostics.at(0).code, "dcsa.visualization");
  EXPECT_FALSE(dcsa::arrival_notice_object(large[0].events.at(0), 0).contains("arrivalNoticeVisualization"));
  const std::string small = with(R"("label":"Warning")", R"("arrivalNoticeVisualization":{"name":"a.pdf","content":"QQ=="})");
  EXPECT_TRUE(dcsa::arrival_notice_object(decode_notice(small).at(0).events.at(0), 0).contains("arrivalNoticeVisualization"));
}

}  // namespace
}  // namespace fairway::gateway::dcsa_arrival_notice_test
