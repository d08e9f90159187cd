#include <gtest/gtest.h>

#include "base/limits.h"
#include "unit/gateway/edifact_map_support.h"

namespace fairway::gateway::edifact::map_test {
namespace {

constexpr std::string_view kDischarge =
    "BGM+44+35961879700001+9'TDT+20+031W+1+13+COS:172:20+++3ERX3:103::COSCO AFRICA'LOC+11+ITGOA:139:6+VTE:TER:ZZZ'"
    "DTM+132:201602020000:203'DTM+133:201602041652:203'NAD+CF+COE:172:20'EQD+CN+FCIU9908030+45G1:102:5++3+5'TMD+3'"
    "DTM+203:201602030913:203'LOC+9+TRKMX:139:6'LOC+147+380886::6'MEA+AAE+T+KGM:4000'MEA+AAE+EGW+KGM:8914'SEL+SI+CA'"
    "FTX+AAA+++GENERAL CARGO'FTX+DAR++OK:ZZZ:184'TDT+30++9+31'LOC+7+ITGOA:139:6'CNT+16:1'";

TEST(EdifactMapCoarri, DischargeReportStatesTheContainerAtTheTerminal) {
  const DecodedMessage message = map("COARRI:D:95B:UN:ITG13", kDischarge);
  const auto discharged = events_of(message, Milestone::discharged);
  ASSERT_EQ(discharged.size(), 1u);
  const Event& event = *discharged[0];
  EXPECT_EQ(event.classifier, Classifier::actual);
  EXPECT_EQ(keys(event), "equipment:FCIU9908030 voyage:3ERX3/031W");
  EXPECT_EQ(to_rfc3339(event.occurred), "2016-02-03T09:13:00+01:00");  // Genoa's zone
  EXPECT_EQ(event.occurred.zone, ZoneSource::place);
  EXPECT_EQ(event.occurred.text, "201602030913");
  EXPECT_EQ(event.place.unlocode, "ITGOA");
  EXPECT_EQ(event.place.facility, "VTE");
  EXPECT_EQ(event.place.facility_provider, "ZZZ");
  EXPECT_EQ(event.transport.call_sign, "3ERX3");
  EXPECT_EQ(event.transport.vessel_name, "COSCO AFRICA");
  EXPECT_EQ(event.transport.carrier, "COS");
  EXPECT_EQ(event.transport.mode, TransportMode::vessel);
  EXPECT_EQ(event.equipment.iso_code, "45G1");
  EXPECT_EQ(event.equipment.load, Load::laden);
  EXPECT_EQ(event.equipment.gross_kg, 8914.0);
  EXPECT_EQ(event.equipment.tare_kg, 4000.0);
  EXPECT_EQ(event.equipment.stowage, "380886");
  EXPECT_EQ(event.remark, "GENERAL CARGO");
  EXPECT_EQ(event.source.document, "35961879700001");
  EXPECT_EQ(event.source.type, "COARRI D.95B ITG13");
  EXPECT_EQ(event.source.segment, 8u);
  EXPECT_TRUE(names_party(event, "CF", "SMDG:COE"));
  EXPECT_TRUE(names_party(event, "MS", "UNB:HITHK"));
  EXPECT_TRUE(names_party(event, "MR", "UNB:COSCO"));
  EXPECT_TRUE(message.ok);
}

TEST(EdifactMapCoarri, HeaderTimesAreTheVesselsCallAndNotTheContainers) {
  const DecodedMessage message = map("COARRI:D:95B:UN:ITG13", kDischarge);
  const auto arrived = events_of(message, Milestone::arrived), departed = events_of(message, Milestone::departed);
  ASSERT_EQ(arrived.size(), 1u);
  ASSERT_EQ(departed.size(), 1u);
  EXPECT_EQ(arrived[0]->classifier, Classifier::estimated);
  EXPECT_EQ(to_rfc3339(arrived[0]->occurred), "2016-02-02T00:00:00+01:00");
  EXPECT_EQ(arrived[0]->place.key(), "ITGOA/VTE");
  EXPECT_EQ(keys(*arrived[0]), "voyage:3ERX3/031W");
  EXPECT_EQ(to_rfc3339(departed[0]->occurred), "2016-02-04T16:52:00+01:00");
  EXPECT_EQ(message.events.size(), 3u);
}

TEST(EdifactMapCoarri, LoadingReportTakesBookingAndVesselNumber) {
  const DecodedMessage message =
      map("COARRI:D:00B:UN:SMDG20",
          "BGM+46+DOC7+9'DTM+137:202611220900:203'TDT+20+0FA4WW1MA+1++MSC:172:306+++9839430:146:11:MSC GULSUN'"
          "LOC+9+HKHKG:139:6+HITHK:TERMINALS:306'DTM+186:202611220600:203'NAD+CA+MSC:172:306'"
          "EQD+CN+MSCU 123456-6+22G1:102:5++2+5'RFF+BN:EBKG1'RFF+BM:MEDU1'DTM+203:202611212350:203'LOC+11+NLRTM:139:6'"
          "MEA+VGM++KGM:24000'MEA+AAE+G+TNE:23.5'SEL+ab123+SH'");
  const auto loaded = events_of(message, Milestone::loaded);
  ASSERT_EQ(loaded.size(), 1u);
  EXPECT_EQ(keys(*loaded[0]), "equipment:MSCU1234566 booking:EBKG1 transport_document:MEDU1 vessel:9839430 voyage:9839430/0FA4WW1MA");
  EXPECT_EQ(to_rfc3339(loaded[0]->occurred), "2026-11-21T23:50:00+08:00");
  EXPECT_EQ(loaded[0]->place.key(), "HKHKG/HITHK");
  EXPECT_EQ(loaded[0]->place.facility_provider, "SMDG");
  EXPECT_EQ(loaded[0]->equipment.vgm_kg, 24000.0);
  EXPECT_EQ(loaded[0]->equipment.gross_kg, 23500.0);
  ASSERT_EQ(loaded[0]->equipment.seals.size(), 1u);
  EXPECT_EQ(loaded[0]->equipment.seals[0], (Seal{"AB123", "SHI"}));
  ASSERT_TRUE(loaded[0]->created.has_value());
  EXPECT_EQ(to_rfc3339(*loaded[0]->created), "2026-11-22T09:00:00+08:00");
  const auto departed = events_of(message, Milestone::departed);
  ASSERT_EQ(departed.size(), 1u);
  EXPECT_EQ(departed[0]->classifier, Classifier::actual);
  EXPECT_EQ(keys(*departed[0]), "vessel:9839430 voyage:9839430/0FA4WW1MA");
}

constexpr std::string_view kGate =
    "BGM+34+GATE1+9'TDT+20+021E+1++OOL:172:20+++9776171:146::OOCL HONG KONG'NAD+CA+OOL:172:20'EQD+CN+OOLU4293953+45G1:102:5++2+5'"
    "RFF+BN:2600001'DTM+7:202611220815:203'LOC+165+HKHKG:139:6+HITHK:72:306'MEA+AAE+G+KGM:21500'SEL+S100+CA'"
    "TDT+1++3+31+++ +AB1234:ZZZ'NAD+HI+HAULCO:ZZZ:87'CNT+16:1'";

TEST(EdifactMapCodeco, GateInTakesTimePlaceTruckAndHaulier) {
  const DecodedMessage message = map("CODECO:D:95B:UN:ITG14", kGate);
  ASSERT_EQ(message.events.size(), 1u);
  const Event& event = message.events[0];
  EXPECT_EQ(event.milestone, Milestone::gate_in);
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-11-22T08:15:00+08:00");
  EXPECT_EQ(event.place.key(), "HKHKG/HITHK");
  EXPECT_EQ(event.transport.mode, TransportMode::truck);
  EXPECT_EQ(event.transport.vehicle, "AB1234");
  EXPECT_EQ(keys(event), "equipment:OOLU4293953 booking:2600001 vessel:9776171 voyage:9776171/021E vehicle:AB1234");
  EXPECT_TRUE(names_party(event, "HI", "CARRIER:HAULCO"));
  EXPECT_TRUE(names_party(event, "CA", "SMDG:OOL"));
}

TEST(EdifactMapCodeco, SameMessageInANewInterchangeRepeatsItsEvents) {
  MessageHeader again = header("CODECO:D:95B:UN:ITG14");
  again.interchange = "78";
  again.reference = "9";
  const DecodedMessage first = map("CODECO:D:95B:UN:ITG14", kGate), second = map(again, kGate);
  ASSERT_EQ(first.events.size(), second.events.size());
  EXPECT_EQ(first.events[0].id, second.events[0].id);
  EXPECT_EQ(content_digest(first.events[0]), content_digest(second.events[0]));
  again.interchange_sender = "MTLHK";
  EXPECT_NE(map(again, kGate).events.at(0).id, first.events[0].id);
}

TEST(EdifactMapCodeco, CancellationRetractsTheDocument) {
  std::string text(kGate);
  text.replace(text.find("+9'"), 3, "+1'");
  const DecodedMessage message = map("CODECO:D:95B:UN:ITG14", text);
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].amendment, Amendment::retraction);
  EXPECT_EQ(message.events[0].amends, "GATE1");
  EXPECT_NE(message.events[0].id, map("CODECO:D:95B:UN:ITG14", kGate).events.at(0).id);
}

TEST(EdifactMapCodeco, CancellationWithoutContainersRetractsWhatTheHeaderNames) {
  const DecodedMessage message = map("CODECO:D:95B:UN:ITG14", "BGM+36+GATE9+1'DTM+137:202611221000:203'RFF+BN:2600001'NAD+CA+OOL:172:20'");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].amends, "GATE9");
  EXPECT_EQ(keys(message.events[0]), "booking:2600001");
  EXPECT_TRUE(has_code(map("CODECO:D:95B:UN:ITG14", "BGM+36+GATE9+1'DTM+137:202611221000:203'"), "edifact.cancellation_without_subject"));
}

TEST(EdifactMapCodeco, CorrectionNamesThePreviousDocument) {
  const DecodedMessage message =
      map("CODECO:D:00B:UN:ITG14", "BGM+36+NEW2+5'RFF+ACW:OLD1'EQD+CN+OOLU4293953+45G1++3+5'DTM+7:202611220900:203'LOC+165+HKHKG:139:6'");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].amendment, Amendment::correction);
  EXPECT_EQ(message.events[0].amends, "OLD1");
  EXPECT_EQ(message.events[0].milestone, Milestone::gate_out);
}

TEST(EdifactMapCodeco, UnTextMeaningsGiveWayToTheGuidesWithANotice) {
  const DecodedMessage assumed = map("CODECO:D:00B:UN", kGate);
  ASSERT_EQ(assumed.events.size(), 1u);
  EXPECT_EQ(assumed.events[0].milestone, Milestone::gate_in);
  EXPECT_TRUE(has_code(assumed, "edifact.profile_assumed"));
  EXPECT_FALSE(has_code(map("CODECO:D:95B:UN", kGate), "edifact.profile_assumed"));
  std::string own(kGate);
  own.replace(0, 6, "BGM+109");
  EXPECT_EQ(map("CODECO:D:00B:UN", own).events.at(0).milestone, Milestone::gate_in);
}

TEST(EdifactMapCodeco, WithoutDocumentCodeTheContentDecides) {
  const DecodedMessage exported = map("CODECO:D:95B:UN", "BGM++REF1+9'EQD+CN+OOLU4293953+45G1++2+5'DTM+7:202611220900:203'LOC+165+HKHKG'");
  ASSERT_EQ(exported.events.size(), 1u);
  EXPECT_EQ(exported.events[0].milestone, Milestone::gate_in);
  EXPECT_TRUE(has_code(exported, "edifact.report_by_content"));
  EXPECT_TRUE(exported.ok);
  const DecodedMessage unknown = map("CODECO:D:95B:UN", "BGM++REF1+9'EQD+CN+OOLU4293953+45G1+++4'DTM+7:202611220900:203'");
  EXPECT_TRUE(unknown.events.empty());
  EXPECT_TRUE(has_code(unknown, "edifact.unknown_report"));
  EXPECT_FALSE(unknown.ok);
}

TEST(EdifactMapCodeco, TimesFallBackToTheHeaderAndTheDocument) {
  const DecodedMessage header_time =
      map("CODECO:D:95B:UN:ITG14", "BGM+34+R+9'TDT+1++3'DTM+7:202611220900:203'EQD+CN+OOLU4293953'LOC+165+HKHKG'");
  ASSERT_EQ(header_time.events.size(), 1u);
  EXPECT_EQ(to_rfc3339(header_time.events[0].occurred), "2026-11-22T09:00:00+08:00");
  const DecodedMessage document_time = map("CODECO:D:95B:UN:ITG14", "BGM+34+R+9'DTM+137:2611220900:201'EQD+CN+OOLU4293953'");
  ASSERT_EQ(document_time.events.size(), 1u);
  EXPECT_EQ(to_rfc3339(document_time.events[0].occurred), "2026-11-22T09:00:00Z");
  EXPECT_EQ(document_time.events[0].occurred.zone, ZoneSource::assumed);
  EXPECT_TRUE(has_code(document_time, "edifact.time_of_document"));
  EXPECT_TRUE(has_code(document_time, "edifact.zone_assumed"));
  EXPECT_TRUE(has_code(document_time, "edifact.no_place"));
  const DecodedMessage no_time = map("CODECO:D:95B:UN:ITG14", "BGM+34+R+9'EQD+CN+OOLU4293953'LOC+165+HKHKG'");
  EXPECT_TRUE(no_time.events.empty());
  EXPECT_TRUE(has_code(no_time, "edifact.no_time"));
}

TEST(EdifactMapCodeco, OddEquipmentIsKeptAndReported) {
  const DecodedMessage wrong = map("CODECO:D:95B:UN:ITG14", "BGM+34+R+9'EQD+CN+OOLU4293950'DTM+7:202611220900:203'LOC+165+HKHKG'");
  ASSERT_EQ(wrong.events.size(), 1u);
  EXPECT_EQ(wrong.events[0].references[0].check(), ReferenceCheck::wrong_check_digit);
  EXPECT_TRUE(has_code(wrong, "edifact.wrong_check_digit"));
  EXPECT_TRUE(has_code(map("CODECO:D:95B:UN:ITG14", "BGM+34+R+9'EQD+CN'DTM+7:202611220900:203'"), "edifact.no_equipment_number"));
  EXPECT_TRUE(has_code(map("CODECO:D:95B:UN:ITG14", "BGM+34+R+9'EQD+RG+GEN1'DTM+7:202611220900:203'"), "edifact.other_equipment"));
}

TEST(EdifactMapCodeco, AGroupNeverGrowsPastWhatAnEventMayCarry) {
  std::string text = "BGM+34+R+9'EQD+CN+OOLU4293953'DTM+7:202611220900:203'LOC+165+HKHKG'";
  for (int i = 0; i < 200; ++i) text += "RFF+BN:B" + std::to_string(1000 + i) + "'";
  const DecodedMessage message = map("CODECO:D:95B:UN:ITG14", text);
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].references.size(), limits::kReferencesPerEventMax);
  EXPECT_TRUE(has_code(message, "edifact.group_too_large"));
}

}  // namespace
}  // namespace fairway::gateway::edifact::map_test
