#include <algorithm>

#include "base/limits.h"
#include "gateway/land/moments.h"
#include "gateway/land/sheet.h"
#include "unit/gateway/land_support.h"

namespace fairway::gateway::land_test {
namespace {

using land::decode_csv;
using land::decode_xlsx;

TEST(LandCsv, EveryRowIsAMessageAndAWrongOneNamesItsCell) {
  const std::vector<DecodedMessage> messages = decode_all(
      "type,messageID,event,at,Container,wagon,Train,unlocode\r\n"
      "rail,m1,load,2026-11-22 08:30,CSQU3054383,3185123,X8401,CNSZX\r\n"
      "rail,m2,lode,2026-11-22 08:30,CSQU3054383,3185123,X8401,CNSZX\r\n"
      "\r\n"
      "rail,m3,depart,22/11/26 8h,\"CSQU3054383\",3185123,X8401,CNSZX\r\n"
      "rail,m4,arrive,2026-11-23T06:00:00Z,CSQU3054383,3185123,X8401,CNSZX",
      decode_csv);
  ASSERT_EQ(messages.size(), 4u);
  EXPECT_TRUE(messages[0].ok);
  EXPECT_EQ(said(messages[0]), "info land.time_zone D2");
  EXPECT_EQ(to_rfc3339(messages[0].events.at(0).occurred), "2026-11-22T08:30:00+08:00");
  EXPECT_EQ(keys_of(messages[0].events[0]), "equipment:CSQU3054383 wagon:3185123");
  EXPECT_EQ(said(messages[1]), "error land.event C3");
  EXPECT_EQ(messages[1].diagnostics[0].message, "\"lode\" is not an event of this type; one of load, depart, arrive, discharge");
  EXPECT_TRUE(messages[1].events.empty());
  EXPECT_EQ(said(messages[2]), "error land.time D5");
  EXPECT_EQ(said(messages[3]), "");
  EXPECT_EQ(messages[3].events.at(0).id, "m4");
}

TEST(LandCsv, SeparatorsMarksAndEncodings) {
  const std::string header = "type;vehicle;at;latitude;longitude\n", row = "position;AB 1234;2026-11-22T08:30:00Z;22.5;114.1\n";
  EXPECT_TRUE(decode_one("\xEF\xBB\xBF" + header + row, decode_csv).ok);
  std::string tabs = header + row;
  std::ranges::replace(tabs, ';', '\t');
  EXPECT_TRUE(decode_one(tabs, decode_csv).ok);
  std::string wide = "\xFF\xFE";
  for (const char c : tabs) wide.append(1, c).append(1, '\0');
  EXPECT_EQ(keys_of(decode_one(wide, decode_csv).events.at(0)), "vehicle:AB1234");
  EXPECT_EQ(refusal_of(header + "position;\xA4\xA4;x\n", decode_csv).code, Code::unsupported);
  EXPECT_EQ(refusal_of(std::string("\xFF\xFE\x00\xD8\x00", 5), decode_csv).code, Code::unsupported);
  std::string old = header + row;
  std::ranges::replace(old, '\n', '\r');
  EXPECT_TRUE(decode_one(old, decode_csv).ok);
}

TEST(LandCsv, QuotesAreRead) {
  const std::vector<DecodedMessage> messages = decode_all(
      "type,messageID,event,at,electronicLock,reason,remark\n"
      "e-lock,1,tamper,2026-11-22T08:30:00Z,L1,\"cut, \"\"twice\"\"\",\"line one\nline two\"\n"
      "e-lock,2,tamper,2026-11-22T08:30:00Z,L1,\"open,x\n"
      "e-lock,3,tamper,2026-11-22T08:30:00Z,L1,,\n",
      decode_csv);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].events.at(0).reason, "cut, \"twice\"");
  EXPECT_EQ(messages[0].events[0].remark, "line one\nline two");
  EXPECT_EQ(said(messages[1]), "error land.cell F3");
}

TEST(LandCsv, WhatSpreadsheetsDoToValues) {
  const std::vector<DecodedMessage> messages = decode_all(
      "type,messageID,event,at,CCRN,vehicle,direction,driverName,lane\n"
      "bundling,1,,2026-11-22T08:30:00Z,=\"0012345\",'AB1234,Outbound,Chan,4\n"
      ",2,,2026-11-22T08:30:00Z,RC1 | RC2,AB1234\xC2\xA0,inbound,,\n"
      ",3,,2026-11-22T08:30:00Z,1.23457E+11,AB1234,inbound,,\n"
      ",4,,2026-11-22T08:30:00Z,RC4,AB1234,inbound,,,,over\n",
      decode_csv);
  ASSERT_EQ(messages.size(), 4u);
  EXPECT_EQ(said(messages[0]), "warning land.personal_data H1; info land.column_unknown I1");
  EXPECT_EQ(keys_of(messages[0].events.at(0)), "road_cargo_reference:0012345 vehicle:AB1234");
  EXPECT_EQ(messages[0].events[0].original, R"({"direction":"Outbound","lane":"4"})");
  EXPECT_EQ(messages[0].text.find("Chan") == std::string::npos, false) << "the row itself is evidence in the answer only";
  ASSERT_EQ(messages[1].events.size(), 2u);
  EXPECT_EQ(keys_of(messages[1].events[1]), "road_cargo_reference:RC2 vehicle:AB1234");
  EXPECT_EQ(said(messages[2]), "error land.shortened_number E4");
  EXPECT_EQ(said(messages[3]), "warning land.cell K5");
}

TEST(LandCsv, HeadingsAreNeeded) {
  EXPECT_EQ(said(decode_one("a,b\n1,2\n3,4\n", decode_csv)), "error land.headings A1");
  EXPECT_TRUE(decode_all("", decode_csv).empty());
}

TEST(LandCsv, RowsAreLimited) {
  std::string many = "type,vehicle,at,latitude,longitude\n";
  for (size_t i = 0; i <= limits::kEventsPerRequestMax; ++i) many += "position,A1,2026-11-22T08:30:00Z,1," + std::to_string(i % 180) + "\n";
  const std::vector<DecodedMessage> messages = decode_all(many, decode_csv);
  ASSERT_EQ(messages.size(), limits::kEventsPerRequestMax + 1);
  EXPECT_EQ(said(messages.back()), "error land.too_many A10002");
}

TEST(LandCsv, ATemplateIsReadAsWhatItIs) {
  for (const char* type : {"truck-job", "gate-appointment", "road-cargo", "bundling", "crossing", "e-lock", "position", "rail", "barge",
                           "sensor", "availability", "empty-return", "outage"}) {
    const auto sheet = land::template_csv(type);
    ASSERT_TRUE(sheet.has_value()) << type;
    EXPECT_TRUE(land::begins_csv(sheet->substr(3))) << type;
    EXPECT_TRUE(decode_all(*sheet, decode_csv).empty()) << type;
    EXPECT_EQ(said(decode_one(*sheet + std::string(type) + ",m1\r\n", decode_csv)).find("land.headings"), std::string::npos);
    EXPECT_EQ(said(decode_one(*sheet + std::string(type) + ",m1\r\n", decode_csv)).find("unknown"), std::string::npos);
  }
  EXPECT_EQ(land::template_csv("lorry").error().code, Code::not_found);
}

TEST(LandCsv, ColumnsAreNamedAsSpreadsheetsNameThem) {
  EXPECT_EQ(land::cell_name(0, 1), "A1");
  EXPECT_EQ(land::cell_name(25, 7), "Z7");
  EXPECT_EQ(land::cell_name(26, 7), "AA7");
  EXPECT_EQ(land::cell_name(701, 7), "ZZ7");
  EXPECT_EQ(land::cell_name(702, 7), "AAA7");
}

TEST(LandMoments, AsPeopleWriteThem) {
  struct Case {
    std::string_view text, expected;
  };
  for (const Case& one : std::initializer_list<Case>{
           {"2026-11-22T08:30:00+08:00", "2026-11-22T08:30:00+08:00"},
           {"2026-11-22T08:30:00Z", "2026-11-22T08:30:00Z"},
           {"2026-11-22 08:30", "2026-11-22T08:30:00+08:00"},
           {"2026/1/2 8:30", "2026-01-02T08:30:00+08:00"},
           {"20261122", "2026-11-22T00:00:00+08:00"},
           {"202611220830", "2026-11-22T08:30:00+08:00"},
           {"20261122 0830", "2026-11-22T08:30:00+08:00"},
           {"22/11/2026 08:30:15", "2026-11-22T08:30:15+08:00"},
           {"11/22/2026 08:30", "2026-11-22T08:30:00+08:00"},
           {"3/4/2026 08:30", "2026-04-03T08:30:00+08:00"},
           {"22-Nov-2026 8:30 PM", "2026-11-22T20:30:00+08:00"},
           {"22 November 2026, 12:05 am", "2026-11-22T00:05:00+08:00"},
           {"2026年11月22日 下午8:30", "2026-11-22T20:30:00+08:00"},
           {"2026-11-22 08:30 +0530", "2026-11-22T08:30:00+05:30"},
           {"2026-11-22 08:30 UTC+8", "2026-11-22T08:30:00+08:00"},
       }) {
    const auto moment = land::parse_moment(one.text, "Asia/Hong_Kong");
    ASSERT_TRUE(moment.has_value()) << one.text << " " << moment.error().text();
    EXPECT_EQ(to_rfc3339(moment->instant), one.expected) << one.text;
  }
  EXPECT_TRUE(land::parse_moment("3/4/2026 08:30", "")->order_assumed);
  EXPECT_FALSE(land::parse_moment("3/14/2026 08:30", "")->order_assumed);
  EXPECT_TRUE(land::parse_moment("2026-11-22", "")->date_only);
  EXPECT_EQ(land::parse_moment("2026-11-22 08:30", "")->instant.zone, ZoneSource::assumed);
  for (const std::string_view text :
       {"", "now", "2026", "2026-11", "2026-13-01", "2026-02-30 08:30", "2026-11-22 25:00", "2026-11-22 08:30 +99", "1/2/3", "45000",
        "2026-11-22 13:30 PM", "2026-11-22T08:30:00+08:00x", "99999-11-22", "1-1-1 1:1"})
    EXPECT_FALSE(land::parse_moment(text, "").has_value()) << text;
}

constexpr std::string_view kHeadings =
    R"(<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>event</t></is></c>)"
    R"(<c r="C1" t="inlineStr"><is><r><t>Contai</t></r><r><t>ner</t></r></is></c><c r="D1" t="inlineStr"><is><t>at</t></is></c>)"
    R"(<c r="E1" t="inlineStr"><is><t>booking</t></is></c><c r="F1" t="inlineStr"><is><t>unlocode</t></is></c></row>)";

std::string row_of(int number, std::string_view event, std::string_view at, std::string_view booking) {
  const std::string n = std::to_string(number);
  return "<row r=\"" + n + "\"><c r=\"A" + n + "\" t=\"str\"><v>rail</v></c><c r=\"B" + n + "\" t=\"str\"><v>" + std::string(event) +
         "</v></c><c r=\"C" + n + "\" t=\"s\"><v>0</v></c><c r=\"D" + n + "\" " + std::string(at) + "</c><c r=\"E" + n + "\">" +
         std::string(booking) + "</c><c r=\"F" + n + "\" t=\"str\"><v>CNSZX</v></c></row>";
}

const Parts kStrings = {{"xl/sharedStrings.xml", "<sst><si><t>CSQU3054383</t></si></sst>"}};

TEST(LandXlsx, DatesNumbersAndTextsAreRead) {
  const std::string sheet = std::string(kHeadings) + row_of(2, "load", "s=\"1\"><v>46348.354166666664</v>", "<v>123456789012</v>") +
                            row_of(3, "depart", "s=\"2\"><v>46348</v>", "<v>1.23456789012E11</v>") +
                            row_of(4, "arrive", "t=\"str\"><v>2026-11-23T06:00:00Z</v>", "<v>B1</v>") +
                            row_of(7, "discharge", "t=\"str\"><v>2026-11-23T06:00:00Z</v>", "<v>1234567890123456</v>") +
                            row_of(8, "discharge", "t=\"e\"><v>#REF!</v>", "<v>7</v>");
  const std::vector<DecodedMessage> messages = decode_all(workbook({{"Sheet1", sheet}}, kStrings), decode_xlsx);
  ASSERT_EQ(messages.size(), 5u);
  EXPECT_EQ(to_rfc3339(messages[0].events.at(0).occurred), "2026-11-22T08:30:00+08:00");
  EXPECT_EQ(keys_of(messages[0].events[0]), "equipment:CSQU3054383 booking:123456789012");
  EXPECT_EQ(to_rfc3339(messages[1].events.at(0).occurred), "2026-11-22T00:00:00+08:00");
  EXPECT_EQ(keys_of(messages[1].events[0]), "equipment:CSQU3054383 booking:123456789012");
  EXPECT_EQ(said(messages[2]), "error land.cell E4") << "text in a number's cell";
  EXPECT_EQ(said(messages[3]), "error land.cell E7");
  EXPECT_EQ(said(messages[4]), "error land.cell D8");
}

TEST(LandXlsx, SheetsForPeopleAreLeftOutAndNamesSayTheType) {
  const std::string headings =
      R"(<row><c t="inlineStr"><is><t>vehicle</t></is></c><c t="inlineStr"><is><t>at</t></is></c><c t="inlineStr"><is><t>latitude</t></is></c><c t="inlineStr"><is><t>longitude</t></is></c></row>)";
  const std::string row =
      R"(<row><c t="str"><v>AB1</v></c><c t="str"><v>2026-11-22T08:30:00Z</v></c><c><v>22.5</v></c><c><v>114.1</v></c></row>)";
  const std::string notes = R"(<row><c t="str"><v>Please fill in</v></c></row>)";
  const std::vector<DecodedMessage> messages =
      decode_all(workbook({{"Notes", notes}, {"Position", headings + row}, {"More", headings + row}}), decode_xlsx);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_TRUE(messages[0].ok) << said(messages[0]);
  EXPECT_EQ(said(messages[1]), "error land.type More!A2");
}

TEST(LandXlsx, WhatIsNoWorkbookIsRefused) {
  EXPECT_EQ(refusal_of("PK\x03\x04 no", decode_xlsx).code, Code::unsupported);
  EXPECT_EQ(refusal_of(zipped({{"word/document.xml", "<x/>"}}), decode_xlsx).code, Code::unsupported);
  EXPECT_EQ(refusal_of(workbook({{"Sheet1", ""}}), decode_xlsx).code, Code::invalid);
  EXPECT_EQ(refusal_of(workbook({{"Sheet1", "<row><c t=\"s\"><v>9</v></c></row>"}}), decode_xlsx).code, Code::invalid);
  EXPECT_EQ(refusal_of(workbook({{"Sheet1", "<row><c>"}}), decode_xlsx).code, Code::invalid);
}

TEST(LandXlsx, BombsAreRefused) {
  const std::string blank(limits::kWorkbookPartBytesMax + 1, ' ');
  EXPECT_EQ(refusal_of(workbook({{"Sheet1", blank}}), decode_xlsx).code, Code::too_large);
  std::string markup;
  for (size_t i = 0; i <= limits::kWorkbookMarkupMax; ++i) markup += "<a/>";
  EXPECT_EQ(refusal_of(workbook({{"Sheet1", markup}}), decode_xlsx).code, Code::too_large);
  // One long text, named by very many cells.
  std::string cells;
  for (size_t row = 0; row < 2000; ++row) {
    cells += "<row>";
    for (size_t column = 0; column < 40; ++column) cells += "<c t=\"s\"><v>0</v></c>";
    cells += "</row>";
  }
  EXPECT_EQ(
      refusal_of(workbook({{"Sheet1", cells}}, {{"xl/sharedStrings.xml", "<sst><si><t>" + std::string(4000, 'x') + "</t></si></sst>"}}),
                 decode_xlsx)
          .code,
      Code::too_large);
  Parts parts;
  for (size_t i = 0; i <= limits::kWorkbookPartsMax; ++i) parts.emplace_back("p" + std::to_string(i), "");
  EXPECT_EQ(refusal_of(zipped(parts), decode_xlsx).code, Code::too_large);
}

}  // namespace
}  // namespace fairway::gateway::land_test
