// CUSDEC, CUSCAR and CUSRES: what is written reads back, and what cannot be written is named.
#include "gateway/customs/paper.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "gateway/customs/layout.h"
#include "gateway/edifact/directory.h"

namespace fairway::gateway::customs {
namespace {

std::vector<PaperField> sorted(std::vector<PaperField> fields) {
  std::ranges::sort(fields);
  return fields;
}

Paper declaration() {
  Paper paper;
  paper.type = "CUSDEC";
  paper.id = "ldg_01";
  paper.sender = "FAIRWAY";
  paper.recipient = "HK-TSW";
  paper.written_us = 1'795'485'600'000'000;
  paper.fields = {{"@document", "929"},
                  {"@form", "hk/1"},
                  {"@function", "9"},
                  {"@filing", "fil_01"},
                  {"importer.name", "Wing On Ltd"},
                  {"importer.br", "12345678"},
                  {"importer.address", "Unit 1, 8 Harbour Road, Wan Chai, Hong Kong"},
                  {"arrivalDate", "2026-11-24"},
                  {"container[1].number", "MSCU1234566"},
                  {"container[1].seals", "S1 S2"},
                  {"item[1].code", "84713000"},
                  {"item[1].value", "9360.00"},
                  {"item[1].quantity", "12"},
                  {"item[1].unit", "H87"},
                  {"item[1].originCountry", "DE"},
                  {"item[2].code", "84716000"},
                  {"item[2].special", "what no segment has a place for"}};
  return paper;
}

TEST(CustomsPaper, ADeclarationReadsBackToItsFields) {
  const Paper paper = declaration();
  const auto text = write_paper(paper);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_NE(text->find("NAD+IM++Unit 1, 8 Harbour Road, Wan Chai, H:ong Kong+Wing On Ltd"), std::string::npos) << *text;
  EXPECT_NE(text->find("RFF+XA:12345678'"), std::string::npos) << *text;
  EXPECT_NE(text->find("DTM+178:20261124:102'"), std::string::npos) << *text;
  EXPECT_NE(text->find("CST+2+84716000'"), std::string::npos) << *text;
  const auto back = read_paper(*text);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(sorted(back->fields), sorted(paper.fields));
  EXPECT_EQ(back->id, paper.id);
  EXPECT_EQ(back->sender, "FAIRWAY");
  EXPECT_EQ(back->written_us / 60'000'000, paper.written_us / 60'000'000);
}

TEST(CustomsPaper, TheSamePaperIsTheSameBytes) { EXPECT_EQ(*write_paper(declaration()), *write_paper(declaration())); }

TEST(CustomsPaper, BothScriptsAreCarried) {
  Paper paper = declaration();
  paper.fields.push_back({"importer.nameLocal", "永安有限公司"});
  const auto text = write_paper(paper);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_NE(text->find("UNOY"), std::string::npos);
  EXPECT_EQ(read_paper(*text)->value("importer.nameLocal"), "永安有限公司");
}

TEST(CustomsPaper, WhatHasNoRoomNamesItsField) {
  Paper paper = declaration();
  paper.fields.push_back({"item[2].value", "nine"});
  auto refused = write_paper(paper);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("item[2].value"), std::string::npos) << refused.error().text();
  paper.fields.back() = {"item[2].originCountry", std::string(40, 'X')};
  refused = write_paper(paper);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("item[2].originCountry"), std::string::npos) << refused.error().text();
  paper.fields.back() = {"note", "a\x01z"};
  refused = write_paper(paper);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "note");
}

TEST(CustomsPaper, ALongNameIsBrokenWithoutLosingABlank) {
  Paper paper = declaration();
  std::string name;
  while (name.size() < 300) name += "Harbour and Co ";
  name.pop_back();
  paper.fields.push_back({"exporter.name", name});
  const auto text = write_paper(paper);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_EQ(read_paper(*text)->value("exporter.name"), name);
}

TEST(CustomsPaper, AMomentKeepsItsOffset) {
  Paper paper = declaration();
  paper.fields.push_back({"crossing", "2026-11-24T10:30:00+08:00"});
  const auto text = write_paper(paper);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_NE(text->find("DTM+132:202611241030?+0800:205'"), std::string::npos) << *text;
  EXPECT_EQ(read_paper(*text)->value("crossing"), "2026-11-24T10:30:00+08:00");
}

// Every line of every layout is a segment that the message has, in its order.
TEST(CustomsPaper, EveryPlaceOfALayoutIsInTheDirectory) {
  for (const char* type : {"CUSDEC", "CUSCAR", "CUSRES"}) {
    const Layout& layout = *find_layout(type);
    const auto tables = edifact::find_tables(type, "D", layout.release, 3);
    ASSERT_TRUE(tables.exact);
    for (const LayoutLine& line : layout.lines) {
      if (line.tag == "UNS") continue;  // of the service directory
      const edifact::SegmentRule* rule = tables.directory->segment(edifact::pack_tag(line.tag));
      ASSERT_NE(rule, nullptr) << line.tag;
      for (const LayoutPlace& place : line.places) {
        ASSERT_LE(place.element, rule->elements.size()) << line.tag << " " << place.name;
        EXPECT_LE(place.component + place.count - 1, rule->elements[place.element - 1].count)
            << type << " " << line.tag << " " << place.name;
      }
    }
  }
}

// All places of a layout filled: the order of its lines is that of the segment table, or writing fails.
TEST(CustomsPaper, AFullPaperOfEachTypeReadsBack) {
  for (const char* type : {"CUSDEC", "CUSCAR", "CUSRES"}) {
    Paper paper;
    paper.type = type;
    paper.id = "ldg_full";
    paper.sender = "A";
    paper.recipient = "B";
    std::set<std::string> names;
    for (const LayoutLine& line : find_layout(type)->lines)
      for (const LayoutPlace& place : line.places) {
        if (place.shape == Shape::rest || place.shape == Shape::row || place.name == "@id") continue;
        for (const int row : {1, 2}) {
          std::string name = place.name;
          if (!line.scope.empty()) name.insert(line.scope.size(), "[" + std::to_string(row) + "]");
          if (!names.insert(name).second) continue;
          paper.fields.push_back({name, place.shape == Shape::day       ? "2026-01-02"
                                        : place.shape == Shape::time    ? "2026-01-02T03:04:00+08:00"
                                        : place.name == "item.unNumber" ? "1993"
                                                                        : std::to_string(names.size() % 100)});
        }
      }
    if (std::string_view(type) == "CUSRES") {
      paper.fields.push_back({"extra", "e"});
      EXPECT_EQ(write_paper(paper).error().detail, "extra");
      paper.fields.pop_back();
    } else {
      paper.fields.push_back({"extra", "e"});
    }
    const auto whole = write_paper(paper);
    ASSERT_TRUE(whole) << type << " " << whole.error().text();
    const auto back = read_paper(*whole);
    ASSERT_TRUE(back) << back.error().text();
    EXPECT_EQ(sorted(back->fields), sorted(paper.fields)) << *whole;
  }
}

RC_GTEST_PROP(CustomsPaperProperty, RandomFieldsReadBack, ()) {
  const auto word = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', 'B', '7', '+', '\'', ':', '?', ' ', '.', '*')));
  const auto name = rc::gen::element<std::string>("importer.name", "note", "free", "item[1].description", "item[2].other", "item[3].marks",
                                                  "container[2].number", "container[1].seals", "document[1].number", "crossing");
  Paper paper = declaration();
  std::set<std::string> seen;
  for (const PaperField& field : paper.fields) seen.insert(field.name);
  for (int i = *rc::gen::inRange(0, 10); i > 0; --i) {
    std::string value = *word;
    while (!value.empty() && value.front() == ' ') value.erase(0, 1);
    while (!value.empty() && value.back() == ' ') value.pop_back();
    value.resize(std::min<size_t>(value.size(), 17));
    while (!value.empty() && value.back() == ' ') value.pop_back();
    const std::string key = *name;
    if (!value.empty() && seen.insert(key).second) paper.fields.push_back({key, value});
  }
  const auto text = write_paper(paper);
  RC_ASSERT(text.has_value());
  const auto back = read_paper(*text);
  RC_ASSERT(back.has_value());
  RC_ASSERT(sorted(back->fields) == sorted(paper.fields));
}

TEST(CustomsPaper, GarbageIsAnError) {
  EXPECT_FALSE(read_paper(""));
  EXPECT_FALSE(read_paper("UNB+UNOA:3+A+B+261124:1000+1'UNH+1+IFTSTA:D:00B:UN'BGM+1'UNT+3+1'UNZ+1+1'"));
}

}  // namespace
}  // namespace fairway::gateway::customs
