// Cargo-XML as events, and that they are those of Cargo-IMP where the two tell the same.
#include <filesystem>
#include <fstream>

#include "cargo_xml_support.h"
#include "gateway/air/status.h"
#include "gateway/cargo_imp/cargo_imp.h"
#include "gateway/cargo_xml/deviation.h"

namespace cargo_xml_test {

// The event as it is written, but for what names the message: its id, its source, the text of its time.
std::string content_of(Event event) {
  event.id = event.occurred.text = "";
  event.source = {};
  return to_json(event);
}

std::vector<std::string> contents_of(const DecodedMessage& message) {
  std::vector<std::string> contents;
  for (const Event& event : message.events) contents.push_back(content_of(event));
  std::ranges::sort(contents);
  return contents;
}

DecodedMessage decode_imp(const std::string& bytes) {
  DecodedMessage message;
  EXPECT_TRUE(gateway::cargo_imp::decode_cargo_imp(bytes, {kReceived}, [&](DecodedMessage decoded) { message = std::move(decoded); }));
  return message;
}

struct SameCase {
  std::string code, imp, xml;
};

// Each status that both formats tell is one event, whichever tells it.
TEST(CargoXmlMap, EveryStatusIsTheEventOfCargoImp) {
  const std::string here = movement(location("HKG") + moment("2026-11-23T10:10:00"));
  const std::string flown = movement(flight("CX0831") + location("HKG") + moment("2026-11-23T10:10:00"));
  const std::string leaves = movement(flight("CX0831") + departure("2026-11-23T10:10:00", "S", "HKG"));
  std::vector<SameCase> cases = {
      {"PRE", "PRE/CX831/23NOV/HKGORD/T10/S1010", leaves},
      {"MAN", "MAN/CX831/23NOV/HKGORD/T10/S1010", leaves},
      {"DEP", "DEP/CX831/23NOV/HKGORD/T10/A1010", movement(flight("CX0831") + departure("2026-11-23T10:10:00", "A", "HKG"))},
      {"DIS", "DIS/CX831/23NOV1010/HKG/MSCA/T10", "<ram:DiscrepancyDescriptionCode>MSCA</ram:DiscrepancyDescriptionCode>" + flown},
      {"RCT", "RCT/SU/23NOV1010/HKG/T10",
       here + "<ram:AssociatedReceivedFromParty><ram:PrimaryID>SU</ram:PrimaryID></ram:AssociatedReceivedFromParty>"},
      {"TFD", "TFD/SU/23NOV1010/HKG/T10",
       here + "<ram:AssociatedTransferredFromParty><ram:PrimaryID>SU</ram:PrimaryID></ram:AssociatedTransferredFromParty>"},
  };
  for (const std::string code : {"FOH", "FIW", "FOW", "RCS", "DPU", "DOC", "NFD", "AWD", "CRC", "CCD", "TGC", "DLV", "DDL"})
    cases.push_back({code, code + "/23NOV1010/HKG/T10", here});
  for (const std::string code : {"ARR", "RCF", "AWR"}) cases.push_back({code, code + "/CX831/23NOV1010/HKG/T10", flown});
  for (const SameCase& c : cases) {
    const auto xml = decode_one(status(c.code, kTen + c.xml));
    const auto imp = decode_imp("FSU/15\r\n160-12345675HKGORD/T10K200\r\n" + c.imp + "\r\n");
    EXPECT_TRUE(xml.ok) << c.code << ": " << codes_of(xml);
    EXPECT_FALSE(xml.events.empty()) << c.code;
    EXPECT_EQ(contents_of(xml), contents_of(imp)) << c.code;
  }
  EXPECT_EQ(cases.size() + 2, gateway::air::statuses().size());  // BKD and TRM hold when the message was written, which FSU does not say
}

TEST(CargoXmlMap, WhatHasNoTimeHoldsWhenTheMessageWasWritten) {
  const auto booked =
      decode_one(status("BKD", kTen + movement(flight("CX831") + departure("2026-11-25T10:10:00", "S", "HKG") + location("HKG"))));
  EXPECT_EQ(texts_of(booked),
            (Texts{"departed planned 2026-11-25T10:10:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-25]",
                   "document_confirmed actual 2026-11-24T03:00:00Z HKHKG [air_waybill:16012345675 flight:CX831/2026-11-25]"}));
  const auto transferred = decode_one(
      status("TRM", kTen + movement("<ram:CarrierParty><ram:PrimaryID>AF</ram:PrimaryID></ram:CarrierParty>" + location("HKG"))));
  EXPECT_EQ(texts_of(transferred), (Texts{"transferred planned 2026-11-24T03:00:00Z HKHKG [air_waybill:16012345675]"}));
  EXPECT_EQ(transferred.events.at(0).parties.at(0).identifier.key(), "IATA:AF");
}

TEST(CargoXmlMap, ADepartureWithItsTimesItsUnitsAndItsRemarks) {
  const auto message = decode_one(
      status("DEP",
             "<ram:GrossWeightMeasure unitCode=\"LBR\">100</ram:GrossWeightMeasure><ram:PieceQuantity>4</ram:PieceQuantity>"
             "<ram:TransportSplitDescription>P</ram:TransportSplitDescription>" +
                 movement(flight("CX0831") + arrival("2026-11-22T09:30:00", "E", "ORD") + departure("2026-11-23T10:12:00", "A", "HKG")) +
                 "<ram:HandlingOSIInstructions><ram:Description>ALL ON BOARD</ram:Description></ram:HandlingOSIInstructions>"
                 "<ram:IncludedCustomsNote><ram:ContentCode>M</ram:ContentCode><ram:Content>26HK123</ram:Content>"
                 "<ram:SubjectCode>EXP</ram:SubjectCode></ram:IncludedCustomsNote>"
                 "<ram:UtilizedUnitLoadTransportEquipment><ram:ID>12345</ram:ID><ram:CharacteristicCode>PMC</ram:CharacteristicCode>"
                 "<ram:OperatingParty><ram:PrimaryID>CX</ram:PrimaryID></ram:OperatingParty></ram:UtilizedUnitLoadTransportEquipment>"));
  const std::string references = "[air_waybill:16012345675 unit_load_device:PMC12345CX declaration:26HK123 flight:CX831/2026-11-23]";
  EXPECT_EQ(texts_of(message), (Texts{"arrived estimated 2026-11-22T09:30:00-06:00 USORD " + references,
                                      "departed actual 2026-11-23T10:12:00+08:00 HKHKG " + references}));
  const Event& departed = message.events.back();
  EXPECT_EQ(departed.transport.vehicle, "CX831");
  EXPECT_EQ(departed.cargo.pieces, 4u);
  EXPECT_EQ(departed.cargo.total_pieces, 10u);
  EXPECT_EQ(departed.cargo.gross_kg, 45.359237);
  EXPECT_EQ(departed.remark, "ALL ON BOARD");
  EXPECT_EQ(codes_of(message), "");
  EXPECT_EQ(message.interchange_sender, "HKGKKCX:P");
  EXPECT_EQ(message.type, "XFSU 3.00");
}

// Houses under one master are often of rivals: each has events of its own.
TEST(CargoXmlMap, AStatusOfSeveralHousesIsOneEventEach) {
  const auto house = [](const std::string& number, const std::string& pieces) {
    return "<ram:IncludedHouseConsignment><ram:PieceQuantity>" + pieces + "</ram:PieceQuantity><ram:TransportContractDocument><ram:ID>" +
           number + "</ram:ID></ram:TransportContractDocument></ram:IncludedHouseConsignment>";
  };
  const auto message =
      decode_one(status("DLV", kTen + movement(location("ORD") + moment("2026-11-23T15:00:00")) + house("H1", "4") + house("H2", "6")));
  EXPECT_EQ(texts_of(message), (Texts{"delivered actual 2026-11-23T15:00:00-06:00 USORD [air_waybill:16012345675 house_air_waybill:H1]",
                                      "delivered actual 2026-11-23T15:00:00-06:00 USORD [air_waybill:16012345675 house_air_waybill:H2]"}));
  EXPECT_EQ(message.events.at(0).cargo.pieces, 4u);
  EXPECT_EQ(message.events.at(1).cargo.pieces, 6u);
}

// An offset that is stated holds; without one a time is the place's. A flight's date is the local one of its departure.
TEST(CargoXmlMap, TimesAndTheDatesOfFlights) {
  const auto utc = decode_one(status("DEP", kTen + movement(flight("CX831") + departure("2026-11-22T17:30:00Z", "A", "HKG"))));
  EXPECT_EQ(texts_of(utc), (Texts{"departed actual 2026-11-22T17:30:00Z HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23]"}));
  EXPECT_EQ(utc.events.at(0).occurred.zone, ZoneSource::stated);
  const auto local = decode_one(status("RCS", kTen + movement(location("HKG") + moment("2026-11-23T09:00:00.250"))));
  EXPECT_EQ(texts_of(local), (Texts{"accepted actual 2026-11-23T09:00:00.250+08:00 HKHKG [air_waybill:16012345675]"}));
  EXPECT_EQ(local.events.at(0).occurred.zone, ZoneSource::place);
  const auto locode = decode_one(status("RCS", kTen + movement(location("HKHKG") + moment("2026-11-23T09:00:00"))));
  EXPECT_EQ(contents_of(locode).at(0),
            contents_of(decode_one(status("RCS", kTen + movement(location("HKG") + moment("2026-11-23T09:00:00"))))).at(0));
  const auto day = decode_one(status("RCS", kTen + movement(location("XXX") + moment("2026-11-23"))));
  EXPECT_EQ(texts_of(day), (Texts{"accepted actual 2026-11-23T00:00:00Z /XXX [air_waybill:16012345675]"}));
  EXPECT_EQ(codes_of(day), "no_time_of_day zone_assumed");
}

// A manifest and a departure state an actual time of the event itself before the flight's schedule.
TEST(CargoXmlMap, AnActualTimeComesBeforeASchedule) {
  const std::string scheduled = departure("2026-11-23T10:00:00", "S", "HKG") + location("HKG");
  const auto departed = decode_one(status("DEP", kTen + movement(flight("CX831") + scheduled + moment("2026-11-23T10:20:00"))));
  EXPECT_EQ(texts_of(departed),
            (Texts{"departed actual 2026-11-23T10:20:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23]",
                   "departed planned 2026-11-23T10:00:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23]"}));
  EXPECT_EQ(codes_of(departed), "");
  const auto manifested = decode_one(status("MAN", kTen + movement(flight("CX831") + scheduled)));
  EXPECT_EQ(texts_of(manifested).at(1), "loaded actual 2026-11-23T10:00:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23]");
  EXPECT_EQ(codes_of(manifested), "time_stands_in");
  const auto arrived = decode_one(status("ARR", kTen + movement(flight("CX831") + arrival("2026-11-23T09:30:00", "A", "ORD"))));
  EXPECT_EQ(texts_of(arrived), (Texts{"arrived actual 2026-11-23T09:30:00-06:00 USORD [air_waybill:16012345675]"}));
}

TEST(CargoXmlMap, OfSeveralPlacesTheOneOfTheStatus) {
  const auto arrived = decode_one(status(
      "RCF", kTen + movement(flight("CX831") + location("HKG", "Departure") + location("ORD", "Arrival") + moment("2026-11-23T12:00:00"))));
  EXPECT_EQ(texts_of(arrived), (Texts{"discharged actual 2026-11-23T12:00:00-06:00 USORD [air_waybill:16012345675]"}));
  const auto odd = decode_one(status("RCF", kTen + movement(location("HKG") + location("ORD") + moment("2026-11-23T12:00:00"))));
  EXPECT_EQ(codes_of(odd), "place_ambiguous");
}

TEST(CargoXmlMap, AWaybillNamesItsPartiesAndPlansItsFlights) {
  const auto leg = [](const std::string& id, const std::string& day, const std::string& from, const std::string& to) {
    return "<ram:SpecifiedLogisticsTransportMovement><ram:StageCode>Main-Carriage</ram:StageCode><ram:ModeCode>4</ram:ModeCode><ram:ID>" +
           id + "</ram:ID><ram:UsedLogisticsTransportMeans><ram:Name>" + id.substr(0, 2) +
           "</ram:Name></ram:UsedLogisticsTransportMeans><ram:ArrivalEvent><ram:OccurrenceArrivalLocation><ram:ID>" + to +
           "</ram:ID></ram:OccurrenceArrivalLocation></ram:ArrivalEvent><ram:DepartureEvent><ram:ScheduledOccurrenceDateTime>" + day +
           "T00:00:00</ram:ScheduledOccurrenceDateTime><ram:OccurrenceDepartureLocation><ram:ID>" + from +
           "</ram:ID></ram:OccurrenceDepartureLocation></ram:DepartureEvent></ram:SpecifiedLogisticsTransportMovement>";
  };
  const std::string body =
      "<rsm:MasterConsignment><ram:IncludedTareGrossWeightMeasure unitCode=\"KGM\">2380</ram:IncludedTareGrossWeightMeasure>"
      "<ram:GrossVolumeMeasure unitCode=\"MTQ\">12</ram:GrossVolumeMeasure><ram:TotalPieceQuantity>114</ram:TotalPieceQuantity>"
      "<ram:ConsignorParty><ram:Name>EXPORTANT LTD.</ram:Name><ram:AccountID>4711</ram:AccountID><ram:PostalStructuredAddress>"
      "<ram:CityName>HONG KONG</ram:CityName></ram:PostalStructuredAddress></ram:ConsignorParty>"
      "<ram:ConsigneeParty><ram:Name>ACME</ram:Name></ram:ConsigneeParty>"
      "<ram:FreightForwarderParty><ram:Name>FORWARDER</ram:Name><ram:CargoAgentID>0830041</ram:CargoAgentID></ram:FreightForwarderParty>" +
      leg("CX261", "2026-11-25", "HKG", "CDG") + leg("RU8105", "2026-11-26", "CDG", "LGG") +
      "<ram:IncludedCustomsNote><ram:ContentCode>I</ram:ContentCode><ram:Content>H12345</ram:Content><ram:SubjectCode>HWB</ram:SubjectCode>"
      "</ram:IncludedCustomsNote></rsm:MasterConsignment>";
  const auto message = decode_one(document(
      "Waybill", "iata:waybill:1",
      "<ram:ID>160-12345675</ram:ID><ram:SignatoryCarrierAuthentication><ram:ActualDateTime>2026-11-24T00:00:00</ram:ActualDateTime>"
      "<ram:IssueAuthenticationLocation><ram:Name>HKG</ram:Name></ram:IssueAuthenticationLocation></ram:SignatoryCarrierAuthentication>",
      body));
  const auto imp = decode_imp(
      "FWB/17\r\n160-12345675HKGLGG/T114K2380MC12\r\nFLT/CX261/25/RU8105/26\r\nRTG/CDGCX/LGGRU\r\nSHP/4711\r\nNAM/EXPORTANT LTD.\r\n"
      "ADR/KWAI CHUNG\r\nLOC/HONG KONG\r\n/HK\r\nCNE\r\nNAM/ACME\r\nAGT//0830041/0101\r\n/FORWARDER\r\n/HONG KONG\r\nISU/24NOV26/HKG\r\n"
      "OCI/HK/HWB/I/H12345\r\n");
  EXPECT_EQ(codes_of(message), "");
  EXPECT_EQ(message.events.size(), 3u);
  EXPECT_EQ(contents_of(message), contents_of(imp));
  EXPECT_EQ(message.parties.size(), 3u);
  EXPECT_EQ(message.document, "160-12345675");
}

TEST(CargoXmlMap, AHouseIsLinkedWithItsMaster) {
  const auto house = [](const std::string& business) {
    return document("HouseWaybill", "iata:housewaybill:1", business,
                    "<rsm:MasterConsignment><ram:TotalPieceQuantity>59</ram:TotalPieceQuantity><ram:TransportContractDocument>"
                    "<ram:ID>160-12345675</ram:ID></ram:TransportContractDocument><ram:IncludedHouseConsignment><ram:ID>H1</ram:ID>"
                    "<ram:IncludedTareGrossWeightMeasure unitCode=\"KGM\">18</ram:IncludedTareGrossWeightMeasure>"
                    "<ram:TotalPieceQuantity>1</ram:TotalPieceQuantity><ram:ConsignorParty><ram:Name>SELLER</ram:Name></ram:ConsignorParty>"
                    "</ram:IncludedHouseConsignment></rsm:MasterConsignment>");
  };
  const auto received = decode_one(house("<ram:ID>H1</ram:ID>"));
  EXPECT_EQ(texts_of(received), (Texts{"document_received actual 2026-11-24T03:00:00Z  [house_air_waybill:H1 air_waybill:16012345675]"}));
  EXPECT_EQ(received.events.at(0).parties.at(0).name, "SELLER");
  EXPECT_EQ(received.events.at(0).cargo.total_pieces, 1u);
  const auto issued = decode_one(
      house("<ram:ID>H1</ram:ID><ram:SignatoryCarrierAuthentication><ram:ActualDateTime>2026-11-22T00:00:00+08:00</ram:ActualDateTime>"
            "<ram:IssueAuthenticationLocation><ram:Name>KOWLOON</ram:Name></ram:IssueAuthenticationLocation></"
            "ram:SignatoryCarrierAuthentication>"));
  EXPECT_EQ(texts_of(issued),
            (Texts{"document_issued actual 2026-11-22T00:00:00+08:00 KOWLOON [house_air_waybill:H1 air_waybill:16012345675]"}));
  EXPECT_EQ(issued.events.at(0).place.name, "KOWLOON");
}

TEST(CargoXmlMap, AManifestIsOfWhatWasLoaded) {
  const auto message = decode_one(manifest());
  const auto imp = decode_imp(
      "FFM/8\r\n1/CX0831/23NOV1010/HKG/BLJJ\r\nORD//23NOV1235\r\nULD/PMC12345CX\r\n160-12345675HKGJFK/S10K206/CNSL\r\n/JFKAA100/24NOV\r\n"
      "LAST\r\n");
  EXPECT_EQ(contents_of(message), contents_of(imp));
  EXPECT_EQ(
      texts_of(message),
      (Texts{
          "arrived planned 2026-11-23T12:35:00-06:00 USORD [air_waybill:16012345675 flight:CX831/2026-11-23 unit_load_device:PMC12345CX]",
          "departed planned 2026-11-24T00:00:00-06:00 USORD [air_waybill:16012345675 flight:AA100/2026-11-24]",
          "loaded actual 2026-11-23T10:10:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23 unit_load_device:PMC12345CX]"}));
  EXPECT_FALSE(message.events.at(0).cargo.total_pieces);
  const auto booked = decode_one(manifest("FreightBookedList", "iata:freightbookedlist:1"));
  EXPECT_TRUE(texts_of(booked).at(2).starts_with("loaded planned "));
}

TEST(CargoXmlMap, ARepeatIsTheSameAndWhatIsTakenBackStatesNothing) {
  const auto first = decode_one(manifest()), second = decode_one(manifest());
  EXPECT_EQ(first.identity, second.identity);
  for (size_t i = 0; i < first.events.size(); ++i) EXPECT_EQ(first.events[i].id, second.events.at(i).id);
  std::string deletion = manifest();
  deletion.replace(deletion.find("Creation"), 8, "Deletion");
  EXPECT_TRUE(decode_one(deletion).events.empty());
  EXPECT_EQ(codes_of(decode_one(deletion)), "purpose_not_applied");
}

TEST(CargoXmlMap, WhatCannotBeStatedIsAnError) {
  EXPECT_EQ(codes_of(decode_one(status("RCS", kTen + movement(location("HKG"))))), "no_time");
  EXPECT_EQ(codes_of(decode_one(status("RCS", kTen + movement(moment("2026-11-23T10:00:00"))))), "zone_assumed no_time");
  EXPECT_EQ(codes_of(decode_one(status("RCS", kTen + movement(location("HKG") + moment("23NOV"))))), "bad_time no_time");
  EXPECT_EQ(codes_of(decode_one(status("QQQ", kTen))), "status_unknown no_status");
  EXPECT_EQ(codes_of(decode_one(status("OCI", kTen))), "no_status");
  std::string nameless = status("RCS", kTen + movement(location("HKG") + moment("2026-11-23T10:00:00")));
  nameless.erase(nameless.find("160-12345675"), 12);
  EXPECT_EQ(codes_of(decode_one(nameless)), "no_subject");
  std::string wrong = status("RCS", kTen + movement(location("HKG") + moment("2026-11-23T10:00:00")));
  wrong.replace(wrong.find("160-12345675"), 12, "160-12345671");
  EXPECT_EQ(codes_of(decode_one(wrong)), "wrong_check_digit");
  EXPECT_TRUE(decode_one(wrong).ok);
}

TEST(CargoXmlMap, QuantitiesThatAreNoneAreLeftOut) {
  const auto message = decode_one(status("RCS",
                                         "<ram:GrossWeightMeasure unitCode=\"XYZ\">5</ram:GrossWeightMeasure>"
                                         "<ram:GrossVolumeMeasure unitCode=\"MTQ\">-5</ram:GrossVolumeMeasure>"
                                         "<ram:PieceQuantity>ten</ram:PieceQuantity>" +
                                             movement(location("HKG") + moment("2026-11-23T10:00:00"))));
  EXPECT_EQ(codes_of(message), "number_form unit_unknown number_form");
  EXPECT_FALSE(message.events.at(0).cargo.gross_kg);
  EXPECT_FALSE(message.events.at(0).cargo.pieces);
}

TEST(CargoXmlMap, DiagnosticsAreDocumentedAsTheyAre) {
  std::ifstream file(std::filesystem::path(FAIRWAY_SOURCE_DIR) / "docs/reference/diagnostics.md");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (const auto& row : gateway::cargo_xml::deviations()) {
    EXPECT_EQ(&gateway::cargo_xml::deviations()[static_cast<size_t>(row.deviation)], &row) << row.code;
    const std::string line = "| `cargo_xml." + std::string(row.code) + "` | " + std::string(name(row.severity)) + " |";
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

}  // namespace cargo_xml_test
