// Groups: where each segment of a message belongs.
#include <gtest/gtest.h>

#include "edifact_read_support.h"

namespace edifact_walker {

using edifact_read::read;

// "UNH BGM SG1*TDT SG1 LOC": group, a star where it opens, tag.
std::string places(const edifact_read::Recorder& found) {
  std::string out;
  for (const std::string& line : found.lines) {
    const size_t group = line.find(" SG"), at = line.find('@');
    if (line.starts_with("finding") || group == std::string::npos || at == std::string::npos) continue;
    std::string place = line.substr(group + 1, at - group - 1);
    if (place.starts_with("SG0 ")) place = place.substr(4);
    out += (out.empty() ? "" : " ") + place;
  }
  return out;
}

std::string walk(std::string_view type, std::string_view segments) {
  return places(read("UNH+1+" + std::string(type) + ":UN'" + std::string(segments) + "UNT+1+1'"));
}

TEST(EdifactWalker, TransportBeforePartyOfTheSameContainer) {
  EXPECT_EQ(walk("COPRAR:D:95B", "BGM'RFF'TDT'NAD'EQD'RFF'LOC'TDT'LOC'NAD'EQD'NAD'CNT'"),
            "UNH BGM RFF SG1* TDT SG2* NAD SG3* EQD SG3 RFF SG3 LOC SG4* TDT SG4 LOC SG3 NAD SG3* EQD SG3 NAD CNT UNT");
}

TEST(EdifactWalker, BayPlanLocationsOpenTheGroupAgain) {
  EXPECT_EQ(walk("BAPLIE:D:95B", "BGM'DTM'TDT'LOC'LOC'DTM'RFF'LOC'MEA'LOC'LOC'RFF'EQD'NAD'LOC'MEA'LOC'RFF'DGS'"),
            "UNH BGM DTM SG1* TDT SG1 LOC SG1 LOC SG1 DTM SG1 RFF SG2* LOC SG2 MEA SG2 LOC SG2 LOC SG2 RFF SG3* EQD SG3 NAD SG2* LOC "
            "SG2 MEA SG2 LOC SG2 RFF SG4* DGS UNT");
}

TEST(EdifactWalker, NestedGroupsOfAStatusReport) {
  EXPECT_EQ(walk("IFTSTA:D:00B", "BGM'DTM'NAD'RFF'RFF'CNI'STS'RFF'DTM'LOC'TDT'LOC'DTM'LOC'EQD'STS'TDT'CNI'STS'"),
            "UNH BGM DTM SG1* NAD SG3* RFF SG3* RFF SG4* CNI SG5* STS SG5 RFF SG5 DTM SG5 LOC SG6* TDT SG7* LOC SG7 DTM SG7* LOC "
            "SG8* EQD SG5* STS SG6* TDT SG4* CNI SG5* STS UNT");
}

// UNS+D and UNS+S part header, detail and summary: nothing is taken across one that has not come.
TEST(EdifactWalker, SectionControlKeepsSectionsApart) {
  const std::string found = walk("ORDERS:D:96A", "BGM'DTM'NAD'LIN'QTY'LIN'QTY'UNS'CNT'");
  EXPECT_TRUE(found.ends_with(" UNS CNT UNT")) << found;
  const auto early = read("UNH+1+ORDERS:D:96A:UN'BGM+220'DTM+137:20260101:102'LIN+1'CNT+2:1'UNS+S'CNT+2:1'UNT+8+1'");
  EXPECT_NE(early.codes().find("segment_unexpected"), std::string::npos) << early.codes();  // CNT before UNS
  EXPECT_EQ(early.codes().find("segment_missing"), std::string::npos) << early.codes();
}

TEST(EdifactWalker, ALateSegmentStaysInItsGroupAndTheNextOnesFit) {
  EXPECT_EQ(walk("BAPLIE:D:95B", "BGM'DTM'TDT'LOC'LOC'DTM'LOC'MEA'RFF'EQD'NAD'TMP'LOC'MEA'RFF'"),
            "UNH BGM DTM SG1* TDT SG1 LOC SG1 LOC SG1 DTM SG2* LOC SG2 MEA SG2 RFF SG3* EQD SG3 NAD SG2 TMP SG2* LOC SG2 MEA SG2 RFF UNT");
}

TEST(EdifactWalker, ALateGroupIsEntered) {
  EXPECT_EQ(walk("BAPLIE:D:95B", "BGM'DTM'TDT'LOC'LOC'DTM'LOC'MEA'RFF'DGS'EQD'NAD'LOC'MEA'RFF'"),
            "UNH BGM DTM SG1* TDT SG1 LOC SG1 LOC SG1 DTM SG2* LOC SG2 MEA SG2 RFF SG4* DGS SG3* EQD SG3 NAD SG2* LOC SG2 MEA SG2 RFF UNT");
}

TEST(EdifactWalker, MissingSegmentsAndGroupsAreNamed) {
  const auto found = read("UNH+1+COARRI:D:95B:UN'TDT+20'UNT+3+1'");
  std::string missing;
  for (const auto& d : found.diagnostics)
    if (d.code.ends_with("_missing")) missing += d.position + "@" + std::to_string(d.segment) + " ";
  EXPECT_EQ(missing, "BGM@2 NAD@3 EQD@3 CNT@3 ");
}

}  // namespace edifact_walker
