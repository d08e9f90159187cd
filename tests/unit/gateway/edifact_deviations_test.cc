// Each deviation, by an input that shows it and the place where it must be reported.
#include <gtest/gtest.h>

#include <set>

#include "base/limits.h"
#include "edifact_read_support.h"

namespace edifact_deviations {

using namespace edifact_read;

constexpr std::string_view kUnb3 = "UNB+UNOA:3+S+R+260101:0800+1'";

// One message of CODECO D.00B, bare, with `body` after BGM.
std::string bare(std::string_view body, std::string_view unt = "UNT+9+1'") {
  return "UNH+1+COARRI:D:95B:UN:ITG13'" + std::string(kCoarriHead) + std::string(body) + std::string(unt);
}

struct DeviationCase {
  Deviation deviation;
  std::string input;
  uint32_t segment;
  std::string position;
};

std::vector<DeviationCase> cases() {
  using enum Deviation;
  const std::string body(kCoarriBody);
  const std::string eqd = "EQD+CN+FCIU9908030+45G1:102:5++3+5'";
  return {
      {service_string_invalid, "UNA:::::'" + coarri(body), 0, "UNA"},
      {blank_between_segments, coarri(body + " FTX+AAA+++A'"), 6, ""},
      {line_break_in_data, coarri(body + "FTX+AAA+++A\r\nB'"), 7, "FTX/4/1"},
      {character_not_allowed, coarri(body + "FTX+AAA+++lower'"), 7, "FTX/4/1"},
      {charset_mismatch, coarri(body + "FTX+AAA+++K\xE4LTE'"), 7, "FTX/4/1"},
      {charset_unsupported, coarri(body, "UNB+UNOX:3+S+R+260101:0800+1'"), 0, "UNB/1/1"},
      {release_superfluous, coarri(body + "FTX+AAA+++?A'"), 7, "FTX/4/1"},
      {syntax_version_unknown, coarri(body, "UNB+UNOA:7+S+R+260101:0800+1'"), 0, "UNB/1/2"},
      {interchange_header_missing, "UNH+1+CODECO:D:95B:UN'UNT+2+1'UNZ+1+1'", 0, "UNZ"},
      {interchange_unterminated, std::string(kUnb3) + "UNH+1+CODECO:D:95B:UN'UNT+2+1'", 0, "UNZ"},
      {interchange_count, std::string(kUnb3) + "UNH+1+CODECO:D:95B:UN'UNT+2+1'UNZ+2+1'", 0, "UNZ/1"},
      {interchange_reference, std::string(kUnb3) + "UNH+1+CODECO:D:95B:UN'UNT+2+1'UNZ+1+9'", 0, "UNZ/2"},
      {interchange_empty, std::string(kUnb3) + "UNZ+0+1'", 0, "UNZ"},
      {group_unterminated, std::string(kUnb3) + "UNG+CODECO+S+R+260101:0800+7+UN+D:95B'UNH+1+CODECO:D:95B:UN'UNT+2+1'UNZ+1+1'", 0, "UNE"},
      {group_count, std::string(kUnb3) + "UNG+CODECO+S+R+260101:0800+7+UN+D:95B'UNH+1+CODECO:D:95B:UN'UNT+2+1'UNE+3+7'UNZ+1+1'", 0,
       "UNE/1"},
      {group_reference, std::string(kUnb3) + "UNG+CODECO+S+R+260101:0800+7+UN+D:95B'UNH+1+CODECO:D:95B:UN'UNT+2+1'UNE+1+8'UNZ+1+1'", 0,
       "UNE/2"},
      {group_empty, std::string(kUnb3) + "UNG+CODECO+S+R+260101:0800+7+UN+D:95B'UNE+0+7'UNZ+1+1'", 0, "UNE"},
      {groups_and_messages_mixed,
       std::string(kUnb3) + "UNG+CODECO+S+R+260101:0800+7+UN+D:95B'UNE+0+7'UNH+1+CODECO:D:95B:UN'UNT+2+1'UNZ+1+1'", 1, "UNH"},
      {group_type_mixed, std::string(kUnb3) + "UNG+CODECO+S+R+260101:0800+7+UN+D:95B'UNH+1+COARRI:D:95B:UN'UNT+2+1'UNE+1+7'UNZ+1+1'", 1,
       "UNH/2/1"},
      {trailing_data, coarri(body) + "FROM: EDI GATEWAY'MORE'", 0, "FROM"},
      {message_header_incomplete, "UNH+1'UNT+2+1'", 1, "UNH/2/1"},
      {message_unterminated, "UNH+1+COARRI:D:95B:UN'BGM+44+1+9'", 2, "UNT"},
      {message_reference, bare(eqd + "CNT+16:1'", "UNT+7+2'"), 7, "UNT/2"},
      {message_reference_duplicate, std::string(kUnb3) + "UNH+1+CODECO:D:95B:UN'UNT+2+1'UNH+1+CODECO:D:95B:UN'UNT+2+1'UNZ+2+1'", 1,
       "UNH/1"},
      {segment_count, bare(eqd + "CNT+16:1'", "UNT+8+1'"), 7, "UNT/1"},
      {segment_outside_message, std::string(kUnb3) + "BGM+44'UNZ+0+1'", 0, "BGM"},
      {message_unknown, "UNH+1+PAORES:93:1:IA'MSG+1:45'UNT+3+1'", 1, "UNH/2/1"},
      {release_substituted, "UNH+1+COARRI:D:04B:UN'UNT+2+1'", 1, "UNH/2/3"},
      {association_misplaced, "UNH+1+COARRI:D:95B:UN+ITG10'UNT+2+1'", 1, "UNH/3"},
      {segment_unterminated, "UNH+1+COARRI:D:95B:UN'BGM+44+1", 2, "BGM"},
      {segment_too_long, bare(eqd + "FTX+AAA+++" + std::string(fairway::limits::kEdifactSegmentBytesMax, 'X') + "'"), 6, "FTX"},
      {segment_empty, bare(eqd + "'"), 6, ""},
      {tag_malformed, bare(eqd + "S NOTE'"), 6, "S NOTE"},
      {nesting_indicator, bare("EQD:1+CN+FCIU9908030'"), 5, "EQD"},
      {trailing_separator, bare(eqd + "LOC+9+TRKMX:139:+'"), 6, "LOC/2/3"},
      {segment_unknown, bare(eqd + "ZZZ+1'"), 6, "ZZZ"},
      {segment_unexpected, bare(eqd + "CNI+1'"), 6, "CNI"},
      {segment_order, bare(eqd + "LOC+9+TRKMX'RFF+BN:1'"), 7, "RFF"},
      {segment_repeated, bare(eqd + "NAD+CF+A'NAD+CF+B'"), 7, "NAD"},
      {segment_missing, bare(eqd), 6, "CNT"},
      {group_repeated, "UNH+1+COARRI:D:95B:UN'BGM+44'TDT+20'TDT+20'NAD+CF'" + eqd + "CNT+16:1'UNT+8+1'", 4, "TDT"},
      {group_missing, "UNH+1+COARRI:D:95B:UN'BGM+44'TDT+20'" + eqd + "CNT+16:1'UNT+6+1'", 4, "NAD"},
      {too_many_elements, bare("EQD+CN+A+B++3+5+X'"), 5, "EQD/7"},
      {too_many_components, bare(eqd + "LOC+9+A:B:C:D:E'"), 6, "LOC/2/5"},
      {simple_element_split, bare(eqd + "TMD+3'LOC+9:1+A'"), 7, "LOC/1/2"},
      {service_element_unexpected, "UNH+1+COARRI:D:95B:UN::A:B'UNT+2+1'", 1, "UNH/2/6"},
      {element_missing, bare("EQD++FCIU9908030'"), 5, "EQD/1"},
      {element_repeated, "UNB+UNOA:4+S+R+20260101:0800+1'UNH+1+COARRI:D:95B:UN'BGM+44*45+1'UNT+3+1'UNZ+1+1'", 2, "BGM/1"},
      {element_too_long, bare("EQD+CNCN+FCIU9908030'"), 5, "EQD/1"},
      {element_too_short, coarri(body, "UNB+UNOA:3+S+R+260101:999+1'"), 0, "UNB/4/2"},
      {element_type, bare(eqd + "MEA+AAE+G+KGM:HEAVY'"), 6, "MEA/3/2"},
      {decimal_notation, bare(eqd + "MEA+AAE+G+KGM:2.500.000'"), 6, "MEA/3/2"},
      {decimal_digit_missing, bare(eqd + "MEA+AAE+G+KGM:,5'"), 6, "MEA/3/2"},
  };
}

TEST(EdifactDeviations, EachAtItsPlace) {
  std::set<Deviation> shown{Deviation::message_too_large};  // has a test of its own
  for (const DeviationCase& c : cases()) {
    const DeviationRow& expected = row(c.deviation);
    SCOPED_TRACE(std::string(expected.code) + ": " + c.input.substr(0, 300));
    const Recorder found = read(c.input);
    bool there = false;
    for (const Diagnostic& d : found.diagnostics)
      there = there || (d.code == expected.code && d.segment == c.segment && d.position == c.position && d.severity == expected.severity);
    EXPECT_TRUE(there) << found.text().substr(0, 2000);
    shown.insert(c.deviation);
  }
  for (const DeviationRow& known : deviations()) EXPECT_TRUE(shown.contains(known.deviation)) << known.code << " has no case";
}

TEST(EdifactDeviations, NoneInACleanInterchange) { EXPECT_EQ(read(coarri(kCoarriBody)).codes(), ""); }

TEST(EdifactDeviations, OffsetsPointAtTheValue) {
  const std::string input = coarri(std::string(kCoarriBody) + "LOC+147+380886::6:X:Y'");
  const Recorder found = read(input);
  ASSERT_EQ(found.codes(), "too_many_components");
  EXPECT_EQ(input.substr(found.diagnostics[0].offset, 2), "Y'");
}

TEST(EdifactDeviations, MessagePastTheSegmentLimitIsCutAndTheNextIsRead) {
  struct Counter final : ReaderHandler {
    uint64_t segments = 0, messages = 0, too_large = 0;
    void segment(const Segment&) override { ++segments; }
    void message_ends(uint64_t) override { ++messages; }
    void finding(const Finding& f) override { too_large += f.deviation == Deviation::message_too_large; }
  } counter;
  Reader reader(counter);
  reader.feed("UNH+1+PAORES:93:1:IA'");
  std::string thousand;
  for (int i = 0; i < 1000; ++i) thousand += "MSG+1'";
  for (size_t i = 0; i < fairway::limits::kEdifactSegmentsPerMessageMax / 1000 + 1; ++i) reader.feed(thousand);
  reader.feed("UNT+1+1'UNH+2+PAORES:93:1:IA'UNT+2+2'");
  reader.finish();
  EXPECT_EQ(counter.too_large, 1u);
  EXPECT_EQ(counter.messages, 2u);
  EXPECT_EQ(counter.segments, fairway::limits::kEdifactSegmentsPerMessageMax + 1 + 2);  // up to the limit, UNT, and two more
}

// docs/reference/diagnostics.md has a row for each: | code | severity | 0085 | meaning |
TEST(EdifactDeviations, TheReferenceListsThemAll) {
  const std::string page = file_text(std::filesystem::path(FAIRWAY_SOURCE_DIR) / "docs/reference/diagnostics.md");
  ASSERT_FALSE(page.empty());
  for (const DeviationRow& known : deviations()) {
    const std::string syntax_error = known.syntax_error != 0 ? std::to_string(known.syntax_error) : "";
    const std::string wanted = "| `" + std::string(known.code) + "` | " + std::string(name(known.severity)) + " | " + syntax_error + " | " +
                               std::string(known.message) + " |";
    EXPECT_NE(page.find(wanted), std::string::npos) << wanted;
  }
}

}  // namespace edifact_deviations
