#include "filing/record/feed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "unit/filing/record_support.h"

namespace fairway::filing::record_tests {
namespace {

std::string sample(const std::string& name) {
  std::ifstream in(std::string(FAIRWAY_SOURCE_DIR) + "/tests/unit/gateway/edifact_samples/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Fed> fed_by(std::string_view bytes, gateway::Format format) {
  auto read = read_feed(core_schema(), bytes, format);
  EXPECT_TRUE(read) << read.error().text();
  return read ? std::move(*read) : std::vector<Fed>();
}

void expect_values(const Record& record, std::initializer_list<std::pair<std::string_view, std::string_view>> expected) {
  for (const auto& [path, value] : expected) EXPECT_EQ(value_at(record, path), value) << path;
}

std::string keys_of(const Fed& fed) {
  std::string keys;
  for (const Reference& reference : fed.references) keys += (keys.empty() ? "" : " ") + reference.key();
  return keys;
}

const Source kBase = {SourceKind::message, "", "pty_0123456789", "", 1'795'000'000'000'000, 90};

TEST(RecordFeed, AShippingInstruction) {
  const auto feds = fed_by(sample("iftmin_instruction.edi"), gateway::Format::edifact);
  ASSERT_EQ(feds.size(), 1u);
  EXPECT_EQ(feds[0].document, "IFTMIN SI0001");
  EXPECT_EQ(keys_of(feds[0]), "booking:2600001111 equipment:CSQU3054383 equipment:MSCU1234566");
  expect_values(feds[0].record, {{"consignor.name", "HARBOUR TRADING LTD"},
                                 {"consignee.name", "ROTTERDAM FASHION BV"},
                                 {"notify.name", "NOTIFY BV"},
                                 {"placeOfOrigin", "HKHKG"},
                                 {"placeOfDelivery", "NLRTM"},
                                 {"placeOfLoading", "HKHKG"},
                                 {"placeOfDischarge", "NLRTM"},
                                 {"packages", "500"},
                                 {"packageType", "CT"},
                                 {"goods[1].packages", "300"},
                                 {"goods[1].containers", "CSQU3054383"},
                                 {"goods[2].packages", "200"},
                                 {"containers[1].number", "CSQU3054383"},
                                 {"containers[1].type", "45G1"},
                                 {"containers[1].grossKg", "21500"},
                                 {"containers[1].seals", "HK12345"},
                                 {"containers[1].load", "FULL"},
                                 {"containers[2].number", "MSCU1234566"},
                                 {"legs[1].mode", "SEA"},
                                 {"legs[1].vessel", "OOCL HONG KONG"},
                                 {"legs[1].imo", "9776171"},
                                 {"legs[1].voyage", "047W"},
                                 {"legs[1].carrierCode", "OOL"},
                                 {"legs[1].from", "HKHKG"},
                                 {"legs[1].to", "NLRTM"}});
}

TEST(RecordFeed, AManifestIsSeveralConsignments) {
  const auto feds = fed_by(sample("cuscar_manifest.edi"), gateway::Format::edifact);
  ASSERT_EQ(feds.size(), 3u);
  EXPECT_EQ(keys_of(feds[0]), "house_document:FWDH001 transport_document:OOLU2600001111 equipment:CSQU3054383 equipment:MSCU1234566");
  expect_values(feds[0].record, {{"consignor.name", "SHANGHAI GARMENTS CO"},
                                 {"consignee.name", "HARBOUR TRADING LTD"},
                                 {"carrier.code", "OOL"},
                                 {"goods[1].description", "GARMENTS"},
                                 {"goods[1].packages", "500"},
                                 {"goods[1].containers", "CSQU3054383 MSCU1234566"},
                                 {"containers[1].type", "45G1"},
                                 {"containers[1].grossKg", "21500"},
                                 {"containers[1].seals", "CN778"},
                                 {"legs[1].document", "FWDH001"},
                                 {"legs[1].master", "OOLU2600001111"},
                                 {"legs[1].voyage", "047W"}});
  expect_values(feds[1].record, {{"consignee.name", "KOWLOON TOYS LTD"},
                                 {"consignor.name", ""},
                                 {"legs[1].document", "FWDH002"},
                                 {"containers[1].number", "MSCU1234566"},
                                 {"containers[1].type", "22G1"},
                                 {"containers[2].number", ""}});
  expect_values(feds[2].record, {{"consignee.name", "BAY FOODS LTD"}, {"packages", "1"}, {"legs[1].document", "OOLU2600001113"}});
}

TEST(RecordFeed, EverySampleIsReadWithoutHarm) {
  for (const auto& file : std::filesystem::directory_iterator(std::string(FAIRWAY_SOURCE_DIR) + "/tests/unit/gateway/edifact_samples"))
    if (file.path().extension() == ".edi")
      for (const Fed& fed : fed_by(sample(file.path().filename().string()), gateway::Format::edifact)) {
        Record record(core_schema());
        EXPECT_TRUE(feed(record, fed, kBase));
        EXPECT_GT(record.typing().total, 0u);
      }
}

TEST(RecordFeed, AirAndHouseWaybills) {
  const auto waybill = fed_by(
      "FWB/16\r\n160-12345675HKGORD/T12K913.5\r\nFLT/CX80/24\r\nRTG/ORDCX\r\nSHP/4711\r\n/EXPORTANT LTD.\r\n/WAPPING TRADING "
      "ESTATE\r\n/HONG KONG\r\n/HK/999077\r\nCNE\r\n/IMPORTANT INC.\r\n/5 LAKE STREET\r\n/CHICAGO\r\n/US/60601\r\n"
      "RTD/1/P12/K913.5/CQ/W914/R20/T18280\r\n/NG/DESK LAMPS\r\n/2/NH/940521\r\n",
      gateway::Format::cargo_imp);
  ASSERT_EQ(waybill.size(), 1u);
  EXPECT_EQ(waybill[0].document, "FWB 160-12345675");
  EXPECT_EQ(keys_of(waybill[0]), "air_waybill:160-12345675");
  expect_values(waybill[0].record, {{"consignor.name", "EXPORTANT LTD."},
                                    {"consignor.address", "WAPPING TRADING ESTATE, HONG KONG"},
                                    {"consignor.country", "HK"},
                                    {"consignee.name", "IMPORTANT INC."},
                                    {"consignee.country", "US"},
                                    {"packages", "12"},
                                    {"grossMassKg", "913.5"},
                                    {"description", "DESK LAMPS"},
                                    {"goods[1].hs", "940521"},
                                    {"documents[1].type", "AIR-WAYBILL"},
                                    {"documents[1].number", "160-12345675"},
                                    {"legs[1].mode", "AIR"},
                                    {"legs[1].from", "HKHKG"},
                                    {"legs[1].document", "160-12345675"},
                                    {"legs[1].flight", "CX80"}});
  const auto houses = fed_by(
      "FHL/4\r\nMBI/160-12345675HKGORD/T12K913.5\r\nHBS/HAWB1/HKGORD/5/K400//LAMPS\r\nHTS/9405210000\r\nSHP/EXPORTANT LTD.\r\n/WAPPING "
      "ESTATE\r\n/HONG KONG\r\n/HK\r\nHBS/HAWB2/HKGORD/7/K513.5//SHADES\r\n",
      gateway::Format::cargo_imp);
  ASSERT_EQ(houses.size(), 2u);
  EXPECT_EQ(keys_of(houses[0]), "house_air_waybill:HAWB1 air_waybill:160-12345675");
  expect_values(houses[0].record, {{"packages", "5"},
                                   {"grossMassKg", "400"},
                                   {"goods[1].hs", "940521"},
                                   {"consignor.name", "EXPORTANT LTD."},
                                   {"legs[1].document", "HAWB1"},
                                   {"legs[1].master", "160-12345675"}});
  expect_values(houses[1].record, {{"packages", "7"}, {"goods[1].description", "SHADES"}, {"consignor.name", ""}});
}

TEST(RecordFeed, InvoicesAndPackingLists) {
  const auto invoice = read_trade_document(core_schema(), R"({"document":"invoice","number":"INV-1","date":"2026-11-20",
    "seller":{"name":"Wing On Ltd","nameLocal":"永安","country":"HK"},"buyer":"Lamp BV","currency":"USD","incoterm":"FOB","amount":15000.5,
    "confidence":80,"lines":[{"description":"Desk lamps","hs":"940521","quantity":400,"unit":"EA","amount":"12,000"},
    {"description":"Shades","quantity":"800"}]})");
  ASSERT_TRUE(invoice) << invoice.error().text();
  EXPECT_EQ(invoice->document, "invoice INV-1");
  EXPECT_EQ(invoice->confidence, 80);
  expect_values(invoice->record, {{"invoice.number", "INV-1"},
                                  {"invoice.amount", "15000.5"},
                                  {"consignor.nameLocal", "永安"},
                                  {"consignee.name", "Lamp BV"},
                                  {"goods[1].amount", "12000"},
                                  {"goods[2].quantity", "800"},
                                  {"documents[1].type", "INVOICE"},
                                  {"documents[1].quantity", "1200"},
                                  {"documents[1].issuer", "Wing On Ltd"}});
  const auto packing = read_trade_document(core_schema(), R"({"document":"packing-list","number":"PL-1","packages":40,"grossMassKg":820})");
  ASSERT_TRUE(packing) << packing.error().text();
  expect_values(packing->record, {{"packages", "40"}, {"documents[1].grossMassKg", "820"}, {"invoice.number", ""}});
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kWrong = {{
      {R"({"document":"order"})", "document"},
      {R"({"document":"invoice","date":"20/11/2026"})", "date: 20/11/2026"},
      {R"({"document":"invoice","seller":{"nmae":"x"}})", "seller.nmae"},
      {R"({"document":"invoice","lines":[{"quantity":"many"}]})", "lines[0].quantity: many"},
      {R"({"document":"invoice","lines":[{"colour":"red"}]})", "lines[0].colour"},
      {R"({"document":"invoice","lines":["lamps"]})", "lines[0]"},
      {R"({"document":"invoice","confidence":101})", "confidence"},
  }};
  for (const auto& [json, detail] : kWrong) {
    const auto read = read_trade_document(core_schema(), json);
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().detail, detail);
  }
}

Event event_at(Milestone milestone, Classifier classifier, std::string_view place, std::string_view when) {
  Event event;
  event.milestone = milestone;
  event.classifier = classifier;
  event.place.unlocode = place;
  event.occurred = *parse_rfc3339(when);
  event.transport.mode = TransportMode::vessel;
  event.transport.voyage = "047W";
  event.transport.vessel_name = "OOCL HONG KONG";
  event.source.type = "COARRI D.95B";
  event.source.document = "C1";
  event.references.push_back(*Reference::make(ReferenceKind::equipment, "CSQU3054383"));
  return event;
}

void feed_all(Record& record, const Event& event) {
  for (const Fed& fed : feed_of(core_schema(), event)) {
    const auto changed = feed(record, fed, kBase);
    ASSERT_TRUE(changed) << changed.error().text();
  }
}

TEST(RecordFeed, WhatHappenedGoesIntoTheCarriageThatItIsOf) {
  Record record(core_schema());
  ASSERT_TRUE(put_fields(record, R"({"containers[1].number":"MSCU1234566","containers[2].number":"CSQU3054383",
    "legs[1].mode":"ROAD","legs[1].from":"CNSZX","legs[1].to":"HKHKG",
    "legs[2].mode":"SEA","legs[2].from":"HKHKG","legs[2].to":"NLRTM","legs[2].departure":"2026-11-24T08:00:00+08:00"})",
                         source_of(SourceKind::typed)));
  feed_all(record, event_at(Milestone::departed, Classifier::estimated, "HKHKG", "2026-11-24T09:00:00+08:00"));
  EXPECT_EQ(value_at(record, "legs[2].departure"), "2026-11-24T08:00:00+08:00") << "an estimate has not happened";
  feed_all(record, event_at(Milestone::departed, Classifier::actual, "HKHKG", "2026-11-24T10:30:00+08:00"));
  feed_all(record, event_at(Milestone::arrived, Classifier::actual, "NLRTM", "2026-12-22T06:00:00+01:00"));
  Event sealed = event_at(Milestone::gate_in, Classifier::actual, "HKHKG", "2026-11-23T10:30:00+08:00");
  sealed.transport = {};
  sealed.equipment.seals = {{"HK1", ""}, {"HK2", ""}};
  sealed.equipment.gross_kg = 21500.5;
  feed_all(record, sealed);
  expect_values(record, {{"legs[2].departure", "2026-11-24T10:30:00+08:00"},
                         {"legs[2].arrival", "2026-12-22T06:00:00+01:00"},
                         {"legs[2].voyage", "047W"},
                         {"legs[2].vessel", "OOCL HONG KONG"},
                         {"legs[1].voyage", ""},
                         {"containers[2].seals", "HK1 HK2"},
                         {"containers[2].grossKg", "21500.5"},
                         {"containers[1].seals", ""}});
  EXPECT_EQ(record.field(*core_schema().parse_path("legs[2].departure")).source->kind, SourceKind::event);
  EXPECT_EQ(record.field(*core_schema().parse_path("containers[2].grossKg")).source->kind, SourceKind::message);
  const auto findings = conflicts(record);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].path, "legs[2].departure");
  EXPECT_EQ(record.rows(Group::legs), 2u);
}

TEST(RecordFeed, ATimeWithoutAZoneTellsNothing) {
  Record record(core_schema());
  ASSERT_TRUE(put_fields(record, R"({"legs[1].mode":"SEA","legs[1].from":"HKHKG","legs[1].to":"NLRTM"})", source_of(SourceKind::typed)));
  feed_all(record, event_at(Milestone::departed, Classifier::actual, "HKHKG", "2026-11-24T09:00:00"));
  EXPECT_EQ(value_at(record, "legs[1].departure"), "");
}

TEST(RecordFeed, RowsFindTheirOwn) {
  Record record(core_schema());
  ASSERT_TRUE(put_fields(record, R"({"goods[1].description":"Shades","goods[2].description":"Desk lamps","goods[2].hs":"940521",
    "documents[1].type":"INVOICE","documents[1].number":"INV-0"})",
                         source_of(SourceKind::typed)));
  const auto invoice = read_trade_document(core_schema(), R"({"document":"invoice","number":"INV-1","lines":[
    {"description":"DESK LAMPS","quantity":400},{"description":"shades","quantity":800},{"description":"Bulbs","quantity":9}]})");
  ASSERT_TRUE(invoice) << invoice.error().text();
  ASSERT_TRUE(feed(record, *invoice, kBase));
  expect_values(
      record,
      {{"goods[1].quantity", "800"}, {"goods[2].quantity", "400"}, {"documents[1].number", "INV-0"}, {"documents[2].number", "INV-1"}});
  EXPECT_EQ(record.rows(Group::goods), 2u) << "what is divided otherwise is not counted twice";
}

TEST(RecordFeed, TheSameAgainChangesNothing) {
  Record record(core_schema());
  for (const Fed& fed : fed_by(sample("iftmin_instruction.edi"), gateway::Format::edifact)) {
    ASSERT_FALSE(feed(record, fed, kBase)->empty());
    const std::string once = to_json(record);
    EXPECT_TRUE(feed(record, fed, kBase)->empty());
    EXPECT_EQ(to_json(record), once);
  }
}

RC_GTEST_PROP(RecordFeed, BrokenMessagesAreNoHarm, ()) {
  std::string bytes = sample(*rc::gen::element<std::string>("iftmin_instruction.edi", "cuscar_manifest.edi", "iftmbc_confirm.edi"));
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    const size_t at = *rc::gen::inRange<size_t>(0, bytes.size());
    if (*rc::gen::arbitrary<bool>())
      bytes.erase(at, *rc::gen::inRange<size_t>(1, 40));
    else
      bytes[at] = *rc::gen::arbitrary<char>();
  }
  if (const auto feds = read_feed(core_schema(), bytes, gateway::Format::edifact))
    for (const Fed& fed : *feds) {
      Record record(core_schema());
      RC_ASSERT(feed(record, fed, kBase).has_value());
      RC_ASSERT(record_from_json(core_schema(), to_json(record)).has_value());
    }
}

}  // namespace
}  // namespace fairway::filing::record_tests
