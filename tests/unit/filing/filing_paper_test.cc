#include "filing/paper/filing_paper.h"

#include <gtest/gtest.h>

#include "filing/paper/words.h"
#include "unit/filing/record_support.h"

// What the libraries that draw keep for the life of the program.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo\nleak:libfontconfig\n"; }

namespace fairway::filing::paper_tests {
namespace {

using record_tests::source_of;

const Regimes& regimes() {
  static const auto built_in = Regimes::built_in();
  return **built_in;
}

// Of a regime that nobody knows: names stand where titles would.
Filing example() {
  Filing filing;
  filing.id = "fil_0123456789";
  filing.consignment = "cns_0123456789";
  filing.key = {"xx", "1", 0};
  filing.authority = "xx-customs";
  filing.state = State::confirmed;
  filing.number = "D-1";
  filing.latest_us = 1'795'000'000'000'000;
  filing.draft.key = filing.key;
  filing.draft.fields.push_back({"importer.name", "=HYPERLINK(\"x\")", "parties", {}, "", source_of(SourceKind::typed), false});
  filing.draft.fields.push_back(
      {"item[1].description", "枱燈, \"大\"", "goods", {}, "", source_of(SourceKind::message, "IFTMIN 1", 80), false});
  filing.confirmations.push_back({"parties", "usr_1", "Chan Tai Man", 1'795'000'000'000'000, filing.draft.digest("parties")});
  filing.confirmations.push_back({"goods", "usr_2", "Lee", 1'795'000'000'000'000, "an older digest"});
  return filing;
}

TEST(FilingPaper, ACsvIsOneLineAFieldAndNoFormula) {
  const std::string csv = filing_csv(example(), regimes(), "en");
  EXPECT_EQ(csv,
            "\xEF\xBB\xBF"
            "field,title,value,source,confidence,confirmed by\r\n"
            "importer.name,,\"'=HYPERLINK(\"\"x\"\")\",typed,100,Chan Tai Man\r\n"
            "item[1].description,,\"枱燈, \"\"大\"\"\",message IFTMIN 1,80,\r\n");
}

TEST(FilingPaper, TheSheetOfADay) {
  const Filing filing = example();
  const SheetLine line{&filing, "A-1", "HKD 7.00"};
  const std::string csv = filings_csv(std::span(&line, 1), regimes(), "zh-Hant");
  EXPECT_EQ(csv,
            "\xEF\xBB\xBF"
            "filing,form,title,consignment,reference,state,number,deadline,charge,confirmed by\r\n"
            "fil_0123456789,xx/1,,cns_0123456789,A-1,已確認,D-1,2026-11-18 11:06 +00:00,HKD 7.00,Chan Tai Man\r\n");
  const auto pdf = filings_pdf(std::span(&line, 1), "2026-11-18", regimes(), "zh-Hant", 1);
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
}

TEST(FilingPaper, EveryGroupOfTheTablesHasWords) {
  for (const Regime& regime : regimes().all()) {
    const Table& fields = regime.table("fields");
    for (size_t row = 0; row < fields.rows(); ++row) {
      const std::string& group = fields.cell(row, "group");
      if (group.empty()) continue;
      EXPECT_NE(group_in(group, "en"), group) << fields.place(row);
      EXPECT_NE(group_in(group, "zh-Hant"), group) << fields.place(row);
    }
  }
}

TEST(FilingPaper, APdfInEachLanguage) {
  Filing filing = example();
  filing.stale = true;
  Finding finding;
  finding.rule = "V13";
  finding.message = {"net above gross", "淨重大於毛重", "净重大于毛重"};
  filing.findings.push_back(finding);
  filing.answers.push_back({"a1", "rejected", "", "no", {{"importer.name", "unknown"}}, {}, 1, 2});
  std::vector<std::string> papers;
  for (const std::string_view language : {"en", "zh-Hant", "zh-Hans"}) {
    const auto pdf = filing_pdf(filing, regimes(), language, 1);
    ASSERT_TRUE(pdf) << pdf.error().text();
    EXPECT_TRUE(pdf->starts_with("%PDF-"));
    EXPECT_EQ(*filing_pdf(filing, regimes(), language, 1), *pdf) << "the same bytes for the same filing";
    papers.push_back(*pdf);
  }
  EXPECT_NE(papers[0], papers[1]);
  EXPECT_NE(papers[1], papers[2]);
}

}  // namespace
}  // namespace fairway::filing::paper_tests
