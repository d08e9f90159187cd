#include "filing/record/sheet.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "filing/paper/csv.h"
#include "gateway/land/sheet.h"
#include "unit/filing/record_support.h"
#include "unit/gateway/land_support.h"

namespace fairway::filing::record_tests {
namespace {

const SheetOrigin kOrigin = {"goods.csv", "pty_0123456789", "usr_1", 1'795'000'000'000'000, 100};

std::vector<SheetConsignment> sheet_of(std::string_view bytes) {
  auto read = read_sheet(core_schema(), bytes, kOrigin);
  EXPECT_TRUE(read) << read.error().text();
  return read ? std::move(*read) : std::vector<SheetConsignment>();
}

TEST(RecordSheet, RowsOfOneReferenceAreOneConsignment) {
  const auto read = sheet_of(
      "reference,consignor.name,goods.hs,goods.netMassKg,containers.number,legs.mode\r\n"
      "A1,Wing On Ltd,851713,12.5,CSQU3054383,SEA\r\n"
      "B2,Other Ltd,940521,1,MSKU9070323,\r\n"
      ",,940599,2,MSKU9070323,\r\n"
      "A1,,851714,\"1,000\",CSQU3054383,SEA\r\n"
      "A1,Wing On Ltd,,,MSKU9070323,\r\n");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].reference, "A1");
  EXPECT_EQ(read[0].place, "goods.csv row 2");
  ASSERT_TRUE(read[0].record);
  const Record& a = *read[0].record;
  EXPECT_EQ(value_at(a, "reference"), "A1");
  EXPECT_EQ(value_at(a, "consignor.name"), "Wing On Ltd");
  EXPECT_EQ(a.rows(Group::goods), 2u);
  EXPECT_EQ(value_at(a, "goods[2].netMassKg"), "1000");
  EXPECT_EQ(a.rows(Group::containers), 2u);  // told twice, and there once
  EXPECT_EQ(a.rows(Group::legs), 1u);
  EXPECT_EQ(a.field(*core_schema().parse_path("goods[2].hs")).source->document, "goods.csv row 5");
  EXPECT_EQ(a.field(*core_schema().parse_path("goods[2].hs")).source->kind, SourceKind::sheet);
  EXPECT_EQ(a.typing().typed, 0u);
  ASSERT_TRUE(read[1].record);
  EXPECT_EQ(read[1].record->rows(Group::goods), 2u);
  EXPECT_EQ(read[1].record->rows(Group::containers), 1u);
}

TEST(RecordSheet, WithoutAReferenceItIsOneConsignment) {
  const auto read = sheet_of("Consignor: name;goods.hs\nWing On Ltd;851713\n;851714\n");
  ASSERT_EQ(read.size(), 1u);
  ASSERT_TRUE(read[0].record);
  EXPECT_EQ(read[0].record->rows(Group::goods), 2u);
}

TEST(RecordSheet, HeadingsMayBeTitlesInThreeLanguagesOrPathsWithARow) {
  const auto read = sheet_of("自編編號,发货人名称,CONSIGNEE: NAME,goods[2].hs,goods[1].hs,# remarks\nA1,永安,B,222222,111111,whatever\n");
  ASSERT_EQ(read.size(), 1u);
  ASSERT_TRUE(read[0].record);
  EXPECT_EQ(value_at(*read[0].record, "consignor.name"), "永安");
  EXPECT_EQ(value_at(*read[0].record, "consignee.name"), "B");
  EXPECT_EQ(value_at(*read[0].record, "goods[1].hs"), "111111");
  EXPECT_EQ(value_at(*read[0].record, "goods[2].hs"), "222222");
}

TEST(RecordSheet, WrongCellsAreNamedWithTheirCure) {
  const auto read = sheet_of(
      "reference,grossMassKg,invoice.date,legs.departure,goods.madeLocally,goods.hs,,consignor.name\n"
      "A1,heavy,24/11/2026,2026-11-24 08:00:00,perhaps,8.51713E+05,stray,X\n"
      "A1,,,,,,,Y\n"
      "B1,100,2026-11-24,2026-11-24T08:00:00+08:00,yes,851713,,X\n");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_FALSE(read[0].record);
  EXPECT_TRUE(read[1].record);
  EXPECT_TRUE(read[1].findings.empty());
  ASSERT_EQ(read[0].findings.size(), 7u);
  constexpr std::array<std::array<std::string_view, 3>, 7> kExpected = {{
      {"B2", "goods.csv row 2, column grossMassKg (B2): \"heavy\" is not a number", "write digits with at most one point"},
      {"C2", "\"24/11/2026\" is not a date", "as in 2026-11-24"},
      {"D2", "is not a moment with its offset from UTC", "as in 2026-11-24T08:30:00+08:00"},
      {"E2", "\"perhaps\" is not yes or no", "write yes or no"},
      {"F2", "a number that the spreadsheet has shortened", "format the column as text"},
      {"G2", "\"stray\" stands below no heading", "name the item in the first row"},
      {"H3", "\"Y\", where an earlier row of this consignment has \"X\"", "say it in one row"},
  }};
  for (size_t i = 0; i < kExpected.size(); ++i) {
    const Finding& finding = read[0].findings[i];
    EXPECT_EQ(finding.rule, "sheet.cell");
    EXPECT_EQ(finding.weight, Weight::blocking);
    EXPECT_EQ(finding.field, kExpected.at(i)[0]);
    EXPECT_NE(finding.message.en.find(kExpected.at(i)[1]), std::string::npos) << finding.message.en;
    EXPECT_NE(finding.cure.en.find(kExpected.at(i)[2]), std::string::npos) << finding.cure.en;
    EXPECT_FALSE(finding.message.hant.empty() || finding.message.hans.empty() || finding.cure.hant.empty() || finding.cure.hans.empty());
  }
}

TEST(RecordSheet, AGoodsLineThatStandsTwiceIsTwoLinesAndAWarning) {
  const auto read = sheet_of("reference,goods.hs,goods.quantity,containers.number\nA,851713,1,CSQU3054383\nA,851713,1,MSKU9070323\n");
  ASSERT_EQ(read.size(), 1u);
  ASSERT_TRUE(read[0].record);
  EXPECT_EQ(read[0].record->rows(Group::goods), 2u);
  ASSERT_EQ(read[0].findings.size(), 1u);
  EXPECT_EQ(read[0].findings[0].weight, Weight::warning);
  EXPECT_EQ(read[0].findings[0].field, "B3");
}

TEST(RecordSheet, OneContainerWithTwoTaresIsAContradiction) {
  const auto read = sheet_of("reference,containers.number,containers.tareKg\nA,CSQU3054383,2200\nA,CSQU3054383,2300\n");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_FALSE(read[0].record);
  ASSERT_EQ(read[0].findings.size(), 1u);
  EXPECT_EQ(read[0].findings[0].path, "containers[1].tareKg");
}

TEST(RecordSheet, WrongHeadingsRefuseTheSheet) {
  constexpr std::array<std::array<std::string_view, 3>, 4> kCases = {{
      {"reference,goods.hscode\nA,1\n", "goods.csv column B: goods.hscode", "did you mean goods[1].hs?"},
      {"reference,包裝件數\nA,1\n", "goods.csv column B: 包裝件數", "did you mean packages or goods.packages?"},
      {"reference,goods.hs,Goods.HS\nA,1,2\n", "goods.csv column C: Goods.HS", "a column before it has the same item"},
      {"what,ever\nA,1\n", "goods.csv", "fairway file template"},
  }};
  for (const auto& [csv, detail, cure] : kCases) {
    const auto read = read_sheet(core_schema(), csv, kOrigin);
    ASSERT_FALSE(read) << csv;
    EXPECT_EQ(read.error().code, Code::invalid);
    EXPECT_EQ(read.error().detail, detail);
    EXPECT_NE(read.error().hint.find(cure), std::string::npos) << read.error().hint;
  }
  EXPECT_FALSE(read_sheet(core_schema(), "", kOrigin));
  EXPECT_FALSE(read_sheet(core_schema(), "PK\x03\x04 no", kOrigin));
  EXPECT_FALSE(read_sheet(core_schema(), "reference\n\xFF\xFE\n", kOrigin));
}

TEST(RecordSheet, LimitsAreKept) {
  std::string rows = "reference,goods.hs\n";
  for (size_t i = 0; i <= kRecordRowsMax; ++i) rows += "A," + std::to_string(100'000 + i) + "\n";
  const auto long_one = sheet_of(rows);
  ASSERT_EQ(long_one.size(), 1u);
  EXPECT_FALSE(long_one[0].record);
  EXPECT_EQ(long_one[0].findings.at(0).field, "B2002");
  rows = "reference\n";
  for (size_t i = 0; i <= kSheetConsignmentsMax; ++i) rows += "A" + std::to_string(i) + "\n";
  const auto many = read_sheet(core_schema(), rows, kOrigin);
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, Code::too_large);
  rows = "reference,grossMassKg\n";
  for (size_t i = 0; i < 2 * kSheetFindingsMax; ++i) rows += "A,heavy\n";
  EXPECT_EQ(sheet_of(rows).at(0).findings.size(), kSheetFindingsMax);
}

std::string cells_xml(std::initializer_list<std::string_view> cells) {
  std::string row = "<row>";
  for (const std::string_view cell : cells) row += "<c t=\"str\"><v>" + std::string(cell) + "</v></c>";
  return row + "</row>";
}

TEST(RecordSheet, AWorkbookMayHaveASheetForEachGroup) {
  const std::string notes = cells_xml({"Please fill in"});
  const std::string consignments = cells_xml({"reference", "consignor.name"}) + cells_xml({"A1", "Wing On"}) + cells_xml({"B2", "Other"});
  const std::string goods = cells_xml({"reference", "goods.hs", "goods.netMassKg"}) + cells_xml({"B2", "940521", "1"}) +
                            cells_xml({"A1", "851713", "2"}) + cells_xml({"A1", "851714", "heavy"});
  const auto read = sheet_of(gateway::land_test::workbook({{"Notes", notes}, {"Consignments", consignments}, {"Goods", goods}}));
  ASSERT_EQ(read.size(), 2u);
  EXPECT_FALSE(read[0].record);
  ASSERT_EQ(read[0].findings.size(), 1u);
  EXPECT_EQ(read[0].findings[0].field, "Goods!C4");
  ASSERT_TRUE(read[1].record);
  EXPECT_EQ(value_at(*read[1].record, "consignor.name"), "Other");
  EXPECT_EQ(value_at(*read[1].record, "goods[1].hs"), "940521");
}

TEST(RecordSheet, TheTemplateIsASheet) {
  const auto read = sheet_of(sheet_template());
  ASSERT_EQ(read.size(), 1u);
  EXPECT_TRUE(read[0].findings.empty());
  ASSERT_TRUE(read[0].record);
  EXPECT_EQ(read[0].record->rows(Group::goods), 2u);
  EXPECT_EQ(read[0].record->rows(Group::containers), 1u);
  EXPECT_EQ(value_at(*read[0].record, "consignor.nameLocal"), "示例出口有限公司");
}

TEST(RecordSheet, CellsThatBeginLikeFormulasAreDefused) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kCells = {{{"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
                                                                                    {"+852 2345", "'+852 2345"},
                                                                                    {"-1+1", "'-1+1"},
                                                                                    {"@SUM(A1)", "'@SUM(A1)"},
                                                                                    {"\t=1", "'\t=1"},
                                                                                    {"-12.50", "-12.50"},
                                                                                    {"Wing On", "Wing On"},
                                                                                    {"", ""}}};
  for (const auto& [cell, safe] : kCells) EXPECT_EQ(defused(cell), safe);
  std::string row;
  append_csv_row(row, std::vector<std::string>{"=1", "a,b", "say \"x\"", "two\nlines", "plain"});
  EXPECT_EQ(row, "'=1,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",plain\r\n");
}

// A text that we write into a sheet comes out of it as it was.
RC_GTEST_PROP(RecordSheet, TextsComeBackOutOfASheet, ()) {
  const std::string raw =
      *rc::gen::container<std::string>(rc::gen::element('a', '=', '+', '-', '@', '"', ',', ';', '\n', ' ', '\t', '\'', '1', 'E'));
  const auto text = core_schema().normalise(*core_schema().find(Group::goods, "description"), raw);
  RC_ASSERT(text.has_value());
  // Marks that spreadsheets put around a cell are theirs.
  const bool is_marked = text->starts_with('\'') || text->starts_with("=\"") || gateway::land::is_shortened_number(*text);
  if (text->empty() || is_marked) return;
  std::string csv = "reference,goods.description\r\n";
  append_csv_row(csv, std::vector<std::string>{"A", *text});
  const auto read = read_sheet(core_schema(), csv, kOrigin);
  RC_ASSERT(read.has_value());
  RC_ASSERT(value_at(read->at(0).record.value(), "goods[1].description") == *text);
}

}  // namespace
}  // namespace fairway::filing::record_tests
