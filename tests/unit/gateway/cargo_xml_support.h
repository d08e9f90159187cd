// Messages of Cargo-XML for the tests, written after the published structure.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gateway/cargo_xml/cargo_xml.h"
#include "gateway/decoded.h"

namespace cargo_xml_test {

using namespace fairway;
using gateway::DecodedMessage;

inline constexpr int64_t kReceived = 1'795'521'600'000'000;  // 2026-11-24T12:00:00Z

inline std::string document(const std::string& root, const std::string& space, const std::string& business, const std::string& body,
                            const std::string& header =
                                "<ram:IssueDateTime>2026-11-24T03:00:00Z</ram:IssueDateTime>"
                                "<ram:PurposeCode>Creation</ram:PurposeCode><ram:VersionID>3.00</ram:VersionID>") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsm:" + root + " xmlns:rsm=\"" + space +
         "\" xmlns:ram=\"iata:datamodel:3\">\n<rsm:MessageHeaderDocument><ram:ID>M-1</ram:ID><ram:Name>n</ram:Name>" + header +
         "<ram:SenderParty><ram:PrimaryID schemeID=\"P\">HKGKKCX</ram:PrimaryID></ram:SenderParty></rsm:MessageHeaderDocument>\n"
         "<rsm:BusinessHeaderDocument>" +
         business + "</rsm:BusinessHeaderDocument>\n" + body + "</rsm:" + root + ">\n";
}

// One status of 160-12345675, ten pieces of 200 kg from Hong Kong to Chicago.
inline std::string status(const std::string& code, const std::string& part) {
  return document("StatusMessage", "iata:statusmessage:1", "<ram:ID>1</ram:ID>",
                  "<rsm:MasterConsignment><ram:GrossWeightMeasure unitCode=\"KGM\">200</ram:GrossWeightMeasure>"
                  "<ram:PieceQuantity>10</ram:PieceQuantity><ram:TotalPieceQuantity>10</ram:TotalPieceQuantity>"
                  "<ram:TransportSplitDescription>T</ram:TransportSplitDescription>"
                  "<ram:TransportContractDocument><ram:ID>160-12345675</ram:ID></ram:TransportContractDocument>"
                  "<ram:OriginLocation><ram:ID>HKG</ram:ID></ram:OriginLocation>"
                  "<ram:FinalDestinationLocation><ram:ID>ORD</ram:ID></ram:FinalDestinationLocation>\n"
                  "<ram:ReportedStatus><ram:ReasonCode>" +
                      code + "</ram:ReasonCode>\n<ram:AssociatedStatusConsignment>" + part +
                      "</ram:AssociatedStatusConsignment></ram:ReportedStatus></rsm:MasterConsignment>");
}

inline const std::string kTen = "<ram:PieceQuantity>10</ram:PieceQuantity><ram:TransportSplitDescription>T</ram:TransportSplitDescription>";

inline std::string movement(const std::string& inner) {
  return "<ram:SpecifiedLogisticsTransportMovement>" + inner + "</ram:SpecifiedLogisticsTransportMovement>\n";
}
inline std::string location(const std::string& id, const std::string& kind = "") {
  return "<ram:SpecifiedLocation><ram:ID>" + id + "</ram:ID><ram:TypeCode>Airport</ram:TypeCode><ram:FlightStatusTypeCode>" + kind +
         "</ram:FlightStatusTypeCode></ram:SpecifiedLocation>";
}
inline std::string moment(const std::string& time, const std::string& type = "A") {
  return "<ram:SpecifiedEvent><ram:OccurrenceDateTime>" + time + "</ram:OccurrenceDateTime><ram:DateTimeTypeCode>" + type +
         "</ram:DateTimeTypeCode></ram:SpecifiedEvent>";
}
inline std::string arrival(const std::string& time, const std::string& type, const std::string& at) {
  return "<ram:ArrivalEvent><ram:ArrivalOccurrenceDateTime>" + time + "</ram:ArrivalOccurrenceDateTime><ram:ArrivalDateTimeTypeCode>" +
         type + "</ram:ArrivalDateTimeTypeCode><ram:OccurrenceArrivalLocation><ram:ID>" + at +
         "</ram:ID></ram:OccurrenceArrivalLocation></ram:ArrivalEvent>";
}
inline std::string departure(const std::string& time, const std::string& type, const std::string& at) {
  return "<ram:DepartureEvent><ram:DepartureOccurrenceDateTime>" + time +
         "</ram:DepartureOccurrenceDateTime><ram:DepartureDateTimeTypeCode>" + type +
         "</ram:DepartureDateTimeTypeCode><ram:OccurrenceDepartureLocation><ram:ID>" + at +
         "</ram:ID></ram:OccurrenceDepartureLocation></ram:DepartureEvent>";
}
inline std::string flight(const std::string& id) { return "<ram:ID>" + id + "</ram:ID>"; }

// Two unit loads' worth of cargo for Chicago, one with a flight onward.
inline std::string manifest(const std::string& root = "FlightManifest", const std::string& space = "iata:flightmanifest:1") {
  const std::string consignment =
      "<ram:IncludedMasterConsignment><ram:GrossWeightMeasure unitCode=\"KGM\">206</ram:GrossWeightMeasure>"
      "<ram:TotalPieceQuantity>10</ram:TotalPieceQuantity><ram:SummaryDescription>CNSL</ram:SummaryDescription>"
      "<ram:TransportSplitDescription>S</ram:TransportSplitDescription>"
      "<ram:TransportContractDocument><ram:ID>160-12345675</ram:ID></ram:TransportContractDocument>"
      "<ram:OnCarriageTransportMovement><ram:ID>AA100</ram:ID><ram:OnCarriageEvent><ram:DepartureOccurrenceDateTime>2026-11-24T00:00:00"
      "</ram:DepartureOccurrenceDateTime></ram:OnCarriageEvent></ram:OnCarriageTransportMovement></ram:IncludedMasterConsignment>";
  return document(root, space, "<ram:ID>CX831</ram:ID>",
                  "<rsm:LogisticsTransportMovement><ram:StageCode>Main-Carriage</ram:StageCode><ram:ID>CX0831</ram:ID>" +
                      departure("2026-11-23T10:10:00", "S", "HKG") +
                      "</rsm:LogisticsTransportMovement>\n<rsm:ArrivalEvent>"
                      "<ram:ArrivalOccurrenceDateTime>2026-11-23T12:35:00</ram:ArrivalOccurrenceDateTime>"
                      "<ram:ArrivalDateTimeTypeCode>S</ram:ArrivalDateTimeTypeCode>"
                      "<ram:OccurrenceArrivalLocation><ram:ID>ORD</ram:ID></ram:OccurrenceArrivalLocation>\n"
                      "<ram:AssociatedTransportCargo><ram:TypeCode>ULD</ram:TypeCode><ram:UtilizedUnitLoadTransportEquipment>"
                      "<ram:ID>12345</ram:ID><ram:CharacteristicCode>PMC</ram:CharacteristicCode><ram:OperatingParty>"
                      "<ram:PrimaryID>CX</ram:PrimaryID></ram:OperatingParty></ram:UtilizedUnitLoadTransportEquipment>" +
                      consignment + "</ram:AssociatedTransportCargo></rsm:ArrivalEvent>\n");
}

inline DecodedMessage decode_one(const std::string& bytes) {
  DecodedMessage message;
  const Status read =
      gateway::cargo_xml::decode_cargo_xml(bytes, {kReceived}, [&](DecodedMessage decoded) { message = std::move(decoded); });
  EXPECT_TRUE(read) << read.error().text();
  for (const Event& event : message.events) EXPECT_TRUE(validate(event));
  return message;
}

inline std::string error_of(const std::string& bytes) {
  const Status read = gateway::cargo_xml::decode_cargo_xml(bytes, {kReceived}, [](const DecodedMessage&) {});
  return read ? "" : std::string(name(read.error().code)) + ": " + read.error().message;
}

inline std::string codes_of(const DecodedMessage& message) {
  std::string codes;
  for (const gateway::Diagnostic& d : message.diagnostics) codes += (codes.empty() ? "" : " ") + d.code.substr(d.code.find('.') + 1);
  return codes;
}

// "departed actual 2026-11-23T10:12:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23]"
inline std::string text_of(const Event& event) {
  std::string text = std::string(name(event.milestone)) + " " + std::string(name(event.classifier)) + " " + to_rfc3339(event.occurred) +
                     " " + event.place.key() + " [";
  for (const Reference& reference : event.references) text += (text.back() == '[' ? "" : " ") + reference.key();
  return text + "]";
}

inline std::vector<std::string> texts_of(const DecodedMessage& message) {
  std::vector<std::string> texts;
  for (const Event& event : message.events) texts.push_back(text_of(event));
  std::ranges::sort(texts);
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace cargo_xml_test
