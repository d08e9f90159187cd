// The strict writer, and what was read written again.
#include <gtest/gtest.h>

#include "edifact_read_support.h"
#include "gateway/edifact/writer.h"

namespace edifact_writer {

using namespace fairway::gateway::edifact;

Interchange header() {
  Interchange i;
  i.syntax = "UNOA";
  i.version = 2;
  i.sender = {"HIT", "ZZ", "", ""};
  i.recipient = {"OOCL", "", "", ""};
  i.date = "261122";
  i.time = "0800";
  i.reference = "REF1";
  return i;
}

TEST(EdifactWriter, AnInterchangeWithItsCounts) {
  Writer writer(WriterOptions{});
  writer.begin_interchange(header());
  for (const char* reference : {"1", "2"}) {
    writer.begin_message(reference, {"CODECO", "D", "95B", "UN", "ITG14"});
    writer.segment("BGM", {"34", "GATE 1", "9"}).segment("EQD", {"CN", {"MSCU1234566", "", ""}, {"22G1", "102", "5"}, {}, "2", "5"});
    writer.segment("FTX", {"AAI", {}, {}, {"DRIVER'S NOTE: 1+1?*", ""}}).end_message();
  }
  const auto text = writer.end_interchange().finish();
  ASSERT_TRUE(text) << text.error().text();
  const std::string message =
      "+CODECO:D:95B:UN:ITG14'BGM+34+GATE 1+9'EQD+CN+MSCU1234566+22G1:102:5++2+5'FTX+AAI+++DRIVER?'S NOTE?: 1?+1?\?*'UNT+5+";
  EXPECT_EQ(*text, "UNB+UNOA:2+HIT:ZZ+OOCL+261122:0800+REF1'UNH+1" + message + "1'UNH+2" + message + "2'UNZ+2+REF1'");
  EXPECT_EQ(edifact_read::read(*text).codes().find("trailing"), std::string::npos);
}

TEST(EdifactWriter, WhatItWritesReadsBackClean) {
  Writer writer(WriterOptions{.lines = true});
  Interchange head = header();
  head.service.stated = true;
  writer.begin_interchange(head).begin_message("1", {"COARRI", "D", "95B", "UN", "ITG13"});
  writer.segment("BGM", {"44", "1", "9"}).segment("TDT", {"20", "031W", "1"}).segment("NAD", {"CF", {"COE", "172", "20"}});
  writer.segment("EQD", {"CN", "FCIU9908030"}).segment("CNT", {{"16", "1"}}).end_message().end_interchange();
  const auto text = writer.finish();
  ASSERT_TRUE(text);
  EXPECT_EQ(edifact_read::read(*text).codes(), "") << *text;
}

TEST(EdifactWriter, RepetitionSeparatorIsReleasedFromVersion4OnOnly) {
  for (const int version : {3, 4}) {
    Writer writer(WriterOptions{.set = CharacterSet::utf_8, .version = version});
    const auto text = writer.segment("FTX", {"A*B"}).finish();
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, version == 4 ? "FTX+A?*B'" : "FTX+A*B'");
  }
}

TEST(EdifactWriter, RefusesWhatCannotBeWritten) {
  EXPECT_FALSE(Writer(WriterOptions{}).segment("FTX", {"lower"}).finish());
  EXPECT_FALSE(Writer(WriterOptions{}).segment("FT", {"A"}).finish());
  ServiceString without_release;
  without_release.release = kNoServiceCharacter;
  EXPECT_FALSE(Writer(WriterOptions{.service = without_release}).segment("FTX", {"IT'S"}).finish());
  Writer writer(WriterOptions{.set = CharacterSet::latin_1});
  const auto text = writer.segment("NAD", {"CN", {}, "Kälte"}).finish();
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "NAD+CN++K\xE4lte'");
}

std::string without_line_ends(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

TEST(EdifactWriter, SamplesAreWrittenAgainByteForByte) {
  const auto samples = edifact_read::samples();
  if (samples.empty()) GTEST_SKIP() << "no ../shared/corpora/edifact beside the project";
  for (const auto& path : samples) {
    std::string sent = without_line_ends(edifact_read::file_text(path));
    // The one sample that releases characters which need none: they come out as they must.
    for (size_t at; path.filename() == "example_order_error.edi" && (at = sent.find("?*")) != std::string::npos;) sent.erase(at, 1);
    const auto again = reemit(edifact_read::file_text(path));
    ASSERT_TRUE(again) << path << again.error().text();
    EXPECT_TRUE(*again == sent) << path << "\n" << again->substr(0, 600);
  }
}

TEST(EdifactWriter, ReemitKeepsEnvelopesRepetitionsAndSeparators) {
  for (const std::string_view text :
       {"UNA:+.?*'UNB+UNOC:4+S:1:A:B+R+20260101:0800+1++++1'UNG+CODECO+S+R+20260101:0800+7+UN+D:95B'UNH+1+PAORES:93:1:IA'A01+A*B:C*D?*E+?'?"
        "+?:?\?'"
        "UNT+3+1'UNE+1+7'UNZ+1+1'",
        "UNA;*,! ~UNB*UNOA;2*S*R*260101;0800*1~UNH*1*PAORES;93;1;IA~A01*A!~B'C+D:E~UNT*3*1~UNZ*1*1~UNH+9+PAORES:93:1:IA'UNT+2+9'",
        "UNH+1+PAORES:93:1:IA'A01+K\xE4lte+a*b'UNT+3+1'"}) {
    const auto again = reemit(text);
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(*again, text);
  }
}

}  // namespace edifact_writer
