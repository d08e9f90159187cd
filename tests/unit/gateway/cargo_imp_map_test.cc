// Air cargo messages as events: milestones, references, places, times without a year, parties, cargo.
#include <algorithm>
#include <set>

#include "cargo_imp_support.h"
#include "gateway/air/airport.h"
#include "gateway/air/dates.h"
#include "gateway/air/flight.h"
#include "gateway/air/status.h"
#include "gateway/air/units.h"

namespace cargo_imp_map {

using namespace cargo_imp_test;
using namespace fairway;
using gateway::Severity;

int64_t at(int year, int month, int day, int hour = 12) { return *micros_of({year, month, day, hour, 0, 0}, 0); }

std::vector<DecodedMessage> decode_at(std::string_view bytes, int64_t received_us) {
  std::vector<DecodedMessage> messages;
  const Status read = decode_cargo_imp(bytes, {received_us}, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(read) << read.error().text();
  return messages;
}

DecodedMessage decode_one(std::string_view bytes, int64_t received_us = at(2026, 11, 24)) {
  const auto messages = decode_at(bytes, received_us);
  EXPECT_EQ(messages.size(), 1u);
  return messages.empty() ? DecodedMessage() : messages[0];
}

// "departed actual 2026-11-23T10:12:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23]"
std::string text_of(const Event& event) {
  std::string text = std::string(name(event.milestone)) + " " + std::string(name(event.classifier)) + " " + to_rfc3339(event.occurred) +
                     " " + event.place.key() + " [";
  for (const Reference& reference : event.references) text += (text.back() == '[' ? "" : " ") + reference.key();
  return text + "]";
}

std::vector<std::string> texts_of(const DecodedMessage& message) {
  std::vector<std::string> texts;
  for (const Event& event : message.events) texts.push_back(text_of(event));
  std::ranges::sort(texts);
  return texts;
}

std::string codes_of(const DecodedMessage& message) {
  std::string codes;
  for (const gateway::Diagnostic& d : message.diagnostics) codes += (codes.empty() ? "" : " ") + d.code.substr(d.code.find('.') + 1);
  return codes;
}

using Texts = std::vector<std::string>;

const std::string kHead = "FSU/15\r\n160-12345675HKGORD/T10K200\r\n";

TEST(CargoImpMap, ADepartureWithItsTimes) {
  const auto message =
      decode_one(kHead + lines({"DEP/CX0831/23NOV/HKGORD/P4K80/A1012/E0930-P", "ULD/PMC12345CX", "OSI/ALL ON BOARD", "/SECOND"}));
  const std::string references = "[air_waybill:16012345675 unit_load_device:PMC12345CX flight:CX831/2026-11-23]";
  EXPECT_EQ(texts_of(message), (Texts{"arrived estimated 2026-11-22T09:30:00-06:00 USORD " + references,
                                      "departed actual 2026-11-23T10:12:00+08:00 HKHKG " + references}));
  const Event& departed = message.events.back();
  EXPECT_EQ(departed.transport.vehicle, "CX831");
  EXPECT_EQ(departed.transport.mode, TransportMode::air);
  EXPECT_EQ(departed.cargo.pieces, 4u);
  EXPECT_EQ(departed.cargo.total_pieces, 10u);
  EXPECT_EQ(departed.cargo.gross_kg, 80.0);
  EXPECT_EQ(departed.remark, "ALL ON BOARD SECOND");
  EXPECT_EQ(codes_of(message), "");
  EXPECT_TRUE(message.ok);
}

struct StatusCase {
  std::string line, event;
};

TEST(CargoImpMap, EveryStatusIsAMilestone) {
  const std::string moment = "2026-11-23T10:10:00+08:00 HKHKG", flight = "2026-11-23T10:10:00+08:00 HKHKG";
  const std::vector<StatusCase> cases = {
      {"FOH/23NOV1010/HKG/T10", "gate_in actual " + moment},
      {"FIW/23NOV1010/HKG/T10", "gate_in actual " + moment},
      {"FOW/23NOV1010/HKG/T10", "gate_out actual " + moment},
      {"RCS/23NOV1010/HKG/T10/NAME", "accepted actual " + moment},
      {"DPU/23NOV1010/HKG/T10", "picked_up actual " + moment},
      {"DOC/23NOV1010/HKG/T10", "document_received actual " + moment},
      {"PRE/CX831/23NOV/HKGORD/T10/S1010", "loaded planned " + flight},
      {"MAN/CX831/23NOV/HKGORD/T10/S1010", "loaded actual " + flight},
      {"DEP/CX831/23NOV/HKGORD/T10/A1010", "departed actual " + flight},
      {"ARR/CX831/23NOV1010/HKG/T10", "arrived actual " + moment},
      {"RCF/CX831/23NOV1010/HKG/T10", "discharged actual " + moment},
      {"AWR/CX831/23NOV1010/HKG/T10", "document_received actual " + moment},
      {"RCT/CX/23NOV1010/HKG/T10", "received_in_transfer actual " + moment},
      {"TFD/CX/23NOV1010/HKG/T10", "transferred actual " + moment},
      {"NFD/23NOV1010/HKG/T10", "notified actual " + moment},
      {"AWD/23NOV1010/HKG/T10", "document_issued actual " + moment},
      {"CRC/23NOV1010/HKG/T10", "document_submitted actual " + moment},
      {"CCD/23NOV1010/HKG/T10", "customs_released actual " + moment},
      {"TGC/23NOV1010/HKG/T10", "customs_held actual " + moment},
      {"DLV/23NOV1010/HKG/T10", "delivered actual " + moment},
      {"DDL/23NOV1010/HKG/T10", "delivered actual " + moment},
      {"DIS/CX831/23NOV1010/HKG/MSCA/T10", "discrepancy actual " + moment},
      {"BKD/CX831/25NOV/HKGORD/T10", "document_confirmed actual 2026-11-24T12:00:00Z HKHKG"},
      {"TRM/CX/HKG/T10", "transferred planned 2026-11-24T12:00:00Z HKHKG"},
  };
  std::set<std::string> codes;
  for (const StatusCase& c : cases) {
    const auto message = decode_one(kHead + c.line + "\r\n");
    EXPECT_TRUE(message.ok) << c.line;
    const bool stated = std::ranges::any_of(message.events, [&](const Event& event) { return text_of(event).starts_with(c.event + " ["); });
    EXPECT_TRUE(stated) << c.line << ": " << (message.events.empty() ? codes_of(message) : text_of(message.events.back()));
    for (const Event& event : message.events) EXPECT_TRUE(validate(event));
    codes.insert(c.line.substr(0, 3));
  }
  EXPECT_EQ(codes.size(), gateway::air::statuses().size());
  EXPECT_EQ(decode_one(kHead + "DIS/CX831/23NOV1010/HKG/MSCA/T10\r\n").events.at(0).reason, "MSCA");
}

// The date of an arrival is not the flight's: only a line that states the departure gives its reference.
TEST(CargoImpMap, AnArrivalTakesItsFlightFromTheDeparture) {
  const auto alone = decode_one(kHead + "RCF/CX831/24NOV0010/ORD/T10\r\n");
  EXPECT_EQ(texts_of(alone), (Texts{"discharged actual 2026-11-24T00:10:00-06:00 USORD [air_waybill:16012345675]"}));
  const auto both = decode_one(kHead + lines({"RCF/CX831/24NOV0010/ORD/T10", "DEP/CX831/23NOV/HKGORD/T10/A2350"}));
  EXPECT_EQ(texts_of(both).at(1), "discharged actual 2026-11-24T00:10:00-06:00 USORD [air_waybill:16012345675 flight:CX831/2026-11-23]");
}

// No date has a year: it follows from the day of receipt.
TEST(CargoImpMap, TheYearFollowsFromTheDayOfReceipt) {
  const std::string delivered = kHead + "DLV/31DEC2350/HKG/T10\r\n", booked = kHead + "PRE/CX831/02JAN/HKGORD/T10/S1010\r\n";
  EXPECT_EQ(to_rfc3339(decode_one(delivered, at(2027, 1, 2)).events.at(0).occurred), "2026-12-31T23:50:00+08:00");
  EXPECT_EQ(to_rfc3339(decode_one(delivered, at(2026, 12, 31)).events.at(0).occurred), "2026-12-31T23:50:00+08:00");
  EXPECT_EQ(to_rfc3339(decode_one(delivered, at(2026, 11, 24)).events.at(0).occurred), "2025-12-31T23:50:00+08:00");  // it has happened
  EXPECT_EQ(to_rfc3339(decode_one(booked, at(2026, 12, 20)).events.at(0).occurred), "2027-01-02T10:10:00+08:00");     // it will
  EXPECT_EQ(to_rfc3339(decode_one(booked, at(2027, 1, 20)).events.at(0).occurred), "2027-01-02T10:10:00+08:00");
}

TEST(CargoImpMap, DatesNearTheDayOfReceipt) {
  using namespace gateway::air;
  const auto days_off = [](int day, int month, int64_t received) {
    const auto placed = place_date(day, month, received);
    return placed ? (*micros_of(*placed, 0) - received) / 86'400'000'000 : 9999;
  };
  for (int day = 1; day <= 28; ++day)
    for (int month = 1; month <= 12; ++month) {
      const int64_t off = days_off(day, month, at(2026, 11, 24, 0));
      EXPECT_TRUE(off >= -kDaysBackMax && off <= kDaysAheadMax) << day << " " << month;
    }
  EXPECT_FALSE(place_date(29, 2, at(2026, 11, 24)));
  EXPECT_EQ(place_date(29, 2, at(2028, 3, 10))->year, 2028);
  EXPECT_FALSE(place_date(31, 4, at(2026, 11, 24)));
  EXPECT_EQ(place_day(1, at(2026, 11, 24))->month, 12);
  EXPECT_EQ(place_day(20, at(2026, 11, 24))->month, 11);
  EXPECT_EQ(place_day(2, at(2026, 12, 28))->year, 2027);
}

TEST(CargoImpMap, ChangesOfDay) {
  const auto arrival = [](const std::string& clock) {
    const auto message = decode_one(kHead + "DEP/CX831/23NOV/HKGORD/T10/A1010/S0200" + clock + "\r\n");
    return to_rfc3339(message.events.at(0).occurred).substr(0, 10);
  };
  EXPECT_EQ(arrival("-P"), "2026-11-22");
  EXPECT_EQ(arrival(""), "2026-11-23");
  EXPECT_EQ(arrival("-N"), "2026-11-24");
  EXPECT_EQ(arrival("-S"), "2026-11-25");
  EXPECT_EQ(arrival("-T"), "2026-11-26");
  EXPECT_NE(codes_of(decode_one(kHead + "DEP/CX831/23NOV/HKGORD/T10/A1010/S0200-X\r\n")).find("bad_time"), std::string::npos);
}

TEST(CargoImpMap, AnEnvelopeSaysWhenTheMessageWasWritten) {
  const auto message = decode_one("QK HKGFMCX\r\n.HKGKKCX 231105\r\n" + kHead + "TRM/AF/HKG/T10\r\n");
  EXPECT_EQ(to_rfc3339(message.events.at(0).occurred), "2026-11-23T11:05:00Z");
  EXPECT_EQ(message.interchange_sender, "HKGKKCX");
  EXPECT_EQ(codes_of(message), "");
}

// The same message, received again later, gives the same identity and the same events.
TEST(CargoImpMap, ARepeatIsTheSame) {
  const std::string bytes = kHead + lines({"BKD/CX831/25NOV/HKGORD/T10/S1010", "DLV/23NOV1010/HKG/T10"});
  const auto first = decode_one(bytes, at(2026, 11, 24)), second = decode_one(bytes, at(2026, 11, 26));
  EXPECT_EQ(first.identity, second.identity);
  ASSERT_EQ(first.events.size(), 3u);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(first.events[i].id, second.events.at(i).id) << i;
}

TEST(CargoImpMap, PartShipmentsAreClaimsOfTheirOwn) {
  const auto message =
      decode_one(lines({"FSA/15", "085-22210005BSLBKK/T20", "DEP/SR172/24NOV/ZRHBKK/P2/A1010", "DEP/SR172/24NOV/ZRHBKK/P18/A1010"}));
  ASSERT_EQ(message.events.size(), 2u);
  EXPECT_NE(message.events[0].id, message.events[1].id);
  EXPECT_EQ(message.events[1].cargo.total_pieces, 20u);
}

TEST(CargoImpMap, AWaybillNamesItsPartiesAndPlansItsFlights) {
  const auto message = decode_one(lines({"FWB/17", "160-12345675HKGLGG/T114K2380MC12", "FLT/CX261/25/RU8105/26", "RTG/CDGCX/LGGRU",
                                         "SHP/4711", "NAM/EXPORTANT LTD.", "ADR/KWAI CHUNG", "LOC/HONG KONG", "/HK", "CNE", "NAM/ACME",
                                         "AGT//0830041/0101", "/FORWARDER", "/HONG KONG", "ISU/24NOV26/HKG", "OCI/HK/HWB/I/H12345"}));
  EXPECT_TRUE(message.ok);
  const std::string head = "[air_waybill:16012345675 house_air_waybill:H12345";
  EXPECT_EQ(texts_of(message), (Texts{"departed planned 2026-11-25T00:00:00+08:00 HKHKG " + head + " flight:CX261/2026-11-25]",
                                      "departed planned 2026-11-26T00:00:00+01:00 FRCDG " + head + " flight:RU8105/2026-11-26]",
                                      "document_issued actual 2026-11-24T00:00:00+08:00 HKHKG " + head + "]"}));
  ASSERT_EQ(message.parties.size(), 3u);
  EXPECT_EQ(message.parties[0].role + " " + message.parties[0].identifier.key() + " " + message.parties[0].name,
            "CZ ACCOUNT:160/4711 EXPORTANT LTD.");
  EXPECT_EQ(message.parties[1].role + " " + message.parties[1].name, "CN ACME");
  EXPECT_EQ(message.parties[2].role + " " + message.parties[2].identifier.key(), "FW IATA:0830041");
  EXPECT_EQ(message.events[0].cargo.volume_m3, 12.0);
}

TEST(CargoImpMap, AHouseIsLinkedWithItsMaster) {
  const auto message = decode_one(lines({"FHL/5", "MBI/160-12345675HKGORD/T32K2571.3", "HBS/H1/HKGORD/1/K18/1/SENSOR", "SHP", "NAM/SELLER",
                                         "HBS/H2/HKGORD/31/L100/31/GARMENTS"}));
  EXPECT_EQ(texts_of(message), (Texts{"document_received actual 2026-11-24T12:00:00Z  [house_air_waybill:H1 air_waybill:16012345675]",
                                      "document_received actual 2026-11-24T12:00:00Z  [house_air_waybill:H2 air_waybill:16012345675]"}));
  EXPECT_EQ(message.events.at(0).parties.at(0).name, "SELLER");
  EXPECT_NEAR(*message.events.at(1).cargo.gross_kg, 45.359237, 1e-9);
}

TEST(CargoImpMap, AManifestIsOfWhatWasLoaded) {
  const auto message = decode_one(lines({"FFM/8", "1/CX0831/23NOV1010/HKG/BLJJ", "ORD//23NOV1235", "ULD/PMC12345CX",
                                         "160-12345675HKGJFK/S10K206T92/CNSL", "/JFKAA100/24NOV", "LAST"}));
  EXPECT_EQ(
      texts_of(message),
      (Texts{
          "arrived planned 2026-11-23T12:35:00-06:00 USORD [air_waybill:16012345675 flight:CX831/2026-11-23 unit_load_device:PMC12345CX]",
          "departed planned 2026-11-24T00:00:00-06:00 USORD [air_waybill:16012345675 flight:AA100/2026-11-24]",
          "loaded actual 2026-11-23T10:10:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-23 unit_load_device:PMC12345CX]"}));
  EXPECT_EQ(message.events.at(0).cargo.total_pieces, 92u);
}

TEST(CargoImpMap, ABookedListAndARequestArePlans) {
  const auto booked = decode_one(lines({"FBL/4", "1/CX0831/25NOV/HKG", "ORD", "160-12345675HKGORD/T10K200/GARMENTS", "LAST"}));
  EXPECT_EQ(texts_of(booked), (Texts{"loaded planned 2026-11-25T00:00:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-25]"}));
  const auto request = decode_one(lines({"FFR/8", "160-12345675HKGORD/T10K200/GARMENTS", "CX831/25NOV/HKGORD/NN"}));
  EXPECT_EQ(texts_of(request), (Texts{"departed planned 2026-11-25T00:00:00+08:00 HKHKG [air_waybill:16012345675 flight:CX831/2026-11-25]",
                                      "document_requested actual 2026-11-24T12:00:00Z  [air_waybill:16012345675]"}));
}

TEST(CargoImpMap, PartsOfAManifestThatAreMissingAreReported) {
  const auto part = [](const std::string& page, std::string_view end) {
    return lines({"FFM/8", page + "/CX831/23NOV/HKG", "ORD", "160-12345675HKGORD/T1K1/X", end});
  };
  const auto flagged = [](const std::vector<DecodedMessage>& messages, std::string_view code) {
    return std::ranges::count_if(messages, [&](const DecodedMessage& m) { return codes_of(m).find(code) != std::string::npos; });
  };
  EXPECT_EQ(flagged(decode_at(part("2", "LAST") + part("1", "CONT"), at(2026, 11, 24)), "manifest_incomplete"), 0);
  EXPECT_EQ(flagged(decode_at(part("1", "CONT") + part("3", "LAST"), at(2026, 11, 24)), "manifest_incomplete"), 2);
  EXPECT_EQ(flagged(decode_at(part("1", "LAST") + part("1", "LAST"), at(2026, 11, 24)), "manifest_part_repeated"), 1);
}

// A manifest's parts state the same, with the same identities, whether they come in one input, under one envelope or each under its own, in
// any order, or one by one.
TEST(CargoImpMap, PartsOfAManifestStandAlone) {
  const std::string envelope = "QK ORDFMCX\r\n.HKGKKCX 231105\r\n";
  const std::string first = lines({"FFM/8", "1/CX831/23NOV1010/HKG/BLJJ", "ORD//23NOV1235", "ULD/PMC12345CX",
                                   "160-12345675HKGORD/P4K80/CNSL", "160-22222222HKGJFK/S10K206T92/CNSL", "/JFKAA100/24NOV", "CONT"});
  const std::string second =
      lines({"FFM/8", "2/CX831/23NOV1010/HKG", "ORD//23NOV1235", "ULD/AKE54321CX", "160-12345675HKGORD/P6K120/CNSL", "CONT"});
  const std::string third = lines({"FFM/8", "3/CX831/23NOV1010/HKG", "ORD//23NOV1235", "160-12345686HKGORD/T3K9/SPARES", "LAST"});
  const auto events_of = [](const std::vector<std::string>& inputs) {
    std::vector<std::string> events;
    for (const std::string& input : inputs)
      for (const DecodedMessage& message : decode_at(input, at(2026, 11, 24)))
        for (Event event : message.events) {
          event.source = {};
          events.push_back(to_json(event));
        }
    std::ranges::sort(events);
    return events;
  };
  const auto whole = events_of({envelope + first + second + third});
  EXPECT_EQ(whole.size(), 9u);
  EXPECT_EQ(events_of({envelope + first, envelope + second, envelope + third}), whole);
  EXPECT_EQ(events_of({envelope + first + envelope + second + envelope + third}), whole);
  EXPECT_EQ(events_of({third + envelope + first + second}), whole);
  EXPECT_EQ(events_of({envelope + third, envelope + second + first}), whole);
  EXPECT_NE(events_of({first + second + third}), whole);  // without an envelope nobody knows who says it
  EXPECT_EQ(events_of({first + second + third}), events_of({second, third, first}));
}

TEST(CargoImpMap, WrongCheckDigitsAreKeptAndSaid) {
  const auto message = decode_one(lines({"FSU/15", "160-12345671HKGORD/T10", "DLV/23NOV1010/HKG/T10"}));
  EXPECT_EQ(codes_of(message), "wrong_check_digit");
  EXPECT_EQ(message.diagnostics[0].position, "2:1");
  EXPECT_EQ(message.events.at(0).references.at(0).value(), "16012345671");
  EXPECT_TRUE(message.ok);
}

TEST(CargoImpMap, WhatCannotBeStatedIsAnError) {
  EXPECT_FALSE(decode_one(kHead + "DLV/40NOV1010/HKG/T10\r\n").ok);
  EXPECT_FALSE(decode_one("FSU/15\r\nDLV/23NOV1010/HKG/T10\r\n").ok);
  EXPECT_FALSE(decode_one("FFM/8\r\n1/CX831/99NOV/HKG\r\nLAST\r\n").ok);
  const Status none = decode_cargo_imp("hello", {}, [](const DecodedMessage&) {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::invalid);
}

TEST(CargoImpMap, TheSamplesAreEventsWithoutAnError) {
  FAIRWAY_AIR_SAMPLE(statuses, "fsa15.txt");
  size_t events = 0;
  for (const std::string& bytes : {statuses, sample("fwb17.txt")})
    for (const DecodedMessage& message : decode_at(bytes, at(2026, 11, 24))) {
      EXPECT_TRUE(message.ok) << codes_of(message);
      for (const Event& event : message.events) EXPECT_TRUE(validate(event));
      events += message.events.size();
    }
  EXPECT_GT(events, 100u);
}

TEST(AirTables, AirportsAreSortedAndKnown) {
  const auto airports = gateway::air::airports();
  EXPECT_TRUE(std::ranges::is_sorted(airports, {}, &gateway::air::Airport::iata));
  for (const gateway::air::Airport& airport : airports) {
    EXPECT_TRUE(is_unlocode_form(airport.unlocode)) << airport.iata;
    EXPECT_TRUE(gateway::air::instant_at_airport({2026, 11, 24}, airport.iata, "")) << airport.zone;
  }
  EXPECT_EQ(gateway::air::place_of_airport("SZX").unlocode, "CNSZX");
  EXPECT_EQ(gateway::air::place_of_airport("XXX").key(), "/XXX");
  EXPECT_EQ(gateway::air::iata_of(gateway::air::place_of_airport("XXX")), "XXX");
  EXPECT_EQ(gateway::air::iata_of(gateway::air::place_of_airport("ICN")), "ICN");
}

TEST(AirTables, FlightsHaveOneForm) {
  using gateway::air::read_flight;
  EXPECT_EQ(read_flight("CX0831")->designation(), "CX831");
  EXPECT_EQ(read_flight("SU001")->designation(), "SU1");
  EXPECT_EQ(read_flight("RU7771b")->designation(), "RU7771B");
  EXPECT_EQ(read_flight("N4201")->carrier, "N4");
  EXPECT_EQ(read_flight("CX 000")->designation(), "CX0");
  for (const std::string_view wrong : {"", "CX", "CX12345", "12345", "CXABC", "C"}) EXPECT_FALSE(read_flight(wrong)) << wrong;
  EXPECT_EQ(gateway::air::flight_reference(*read_flight("CX0831"), {2026, 11, 3}), "CX831/2026-11-03");
}

TEST(AirTables, UnitsAreBroughtToTheModels) {
  using namespace gateway::air;
  EXPECT_EQ(kilograms("4044.0", "K"), 4044.0);
  EXPECT_EQ(kilograms("4044,5", "K"), 4044.5);
  EXPECT_EQ(kilograms("100", "L"), 45.359237);
  EXPECT_EQ(cubic_metres("2.96", "MC"), 2.96);
  EXPECT_EQ(cubic_metres("1000000", "CC"), 1.0);
  EXPECT_FALSE(kilograms("1e400", "K"));
  EXPECT_FALSE(kilograms("-1", "K"));
  EXPECT_FALSE(kilograms("1", "Q"));
}

}  // namespace cargo_imp_map
