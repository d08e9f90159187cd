// CONTRL by the rules of ISO 9735-4.
#include <gtest/gtest.h>

#include "edifact_read_support.h"
#include "gateway/edifact/contrl.h"

namespace edifact_contrl {

using namespace fairway::gateway::edifact;
using edifact_read::coarri;
using edifact_read::kCoarriBody;

constexpr fairway::CivilTime kNow{2026, 11, 22, 8, 5, 0};
constexpr std::string_view kUnb = "UNB+UNOA:2+HIT:ZZ:BACK+OOCL:01+260101:0800+REF1++++1++1'";

// The segments of the answer between UNH and UNT.
std::string body(const std::string& answer) {
  const size_t from = answer.find("UCI"), to = answer.rfind("UNT");
  return answer.substr(from, to - from);
}

std::string answer_to(const std::string& subject) {
  const auto answer = contrl(subject, "C1", kNow);
  EXPECT_TRUE(answer) << answer.error().text();
  if (!answer) return "";
  const auto check = edifact_read::read(*answer);
  EXPECT_EQ(check.codes(), "") << *answer;  // written strictly: the reader finds nothing
  return *answer;
}

std::string interchange(std::string_view unb, std::string_view messages, int count = 1) {
  return std::string(unb) + std::string(messages) + "UNZ+" + std::to_string(count) + "+REF1'";
}

TEST(EdifactContrl, AcknowledgesAWholeInterchangeInUciAlone) {
  const std::string subject = interchange(kUnb, "UNH+1+COARRI:D:95B:UN:ITG13'" + std::string(kCoarriBody) + "CNT+16:1'UNT+8+1'");
  EXPECT_EQ(answer_to(subject),
            "UNB+UNOA:2+OOCL:01+HIT:ZZ:BACK+261122:0805+C1++++++1'UNH+1+CONTRL:D:3:UN'UCI+REF1+HIT:ZZ:BACK+OOCL:01+7'UNT+3+1'UNZ+1+C1'");
}

TEST(EdifactContrl, Version4InItsOwnForm) {
  const std::string subject =
      interchange("UNB+UNOC:4+S+R+20260101:0800+REF1'", "UNH+1+COARRI:D:95B:UN'" + std::string(kCoarriBody) + "CNT+16:1'UNT+8+1'");
  EXPECT_EQ(answer_to(subject), "UNB+UNOC:4+R+S+20261122:0805+C1'UNH+1+CONTRL:4:1:UN'UCI+REF1+S+R+7'UNT+3+1'UNZ+1+C1'");
}

TEST(EdifactContrl, ReceiptSaysNothingMore) {
  const auto answer = contrl_receipt(interchange(kUnb, "UNH+1+COARRI:D:95B:UN'ZZZ'UNT+9+7'"), "C1", kNow);
  ASSERT_TRUE(answer);
  EXPECT_EQ(body(*answer), "UCI+REF1+HIT:ZZ:BACK+OOCL:01+8'");
}

TEST(EdifactContrl, RejectsTheMessageAndShowsWhere) {
  const std::string message =
      "UNH+7+COARRI:D:95B:UN:ITG13'" + std::string(kCoarriBody) + "LOC+11+A:B:C:D:E'MEA+AAE+G+KGM:,5'ZZZ+1'CNT+16:1'UNT+11+7'";
  EXPECT_EQ(body(answer_to(interchange(kUnb, message))),
            "UCI+REF1+HIT:ZZ:BACK+OOCL:01+7'UCM+7+COARRI:D:95B:UN:ITG13+4'UCS+7'UCD+16+3:5'UCS+8'UCD+38+4:2'UCS+9+15'");
}

TEST(EdifactContrl, LesserDeviationsAreReportedUnderAnAcknowledgement) {
  const std::string message = "UNH+7+COARRI:D:95B:UN:ITG13'" + std::string(kCoarriBody) + "CNT+16:1'UNT+9+8'";
  EXPECT_EQ(body(answer_to(interchange(kUnb, message))), "UCI+REF1+HIT:ZZ:BACK+OOCL:01+7'UCM+7+COARRI:D:95B:UN:ITG13+7+29+UNT+2'");
}

TEST(EdifactContrl, AMissingSegmentStandsAtTheLastOneBeforeIt) {
  const std::string message = "UNH+7+COARRI:D:95B:UN'BGM+44+1+9'TDT+20'EQD+CN+FCIU9908030'CNT+16:1'UNT+6+7'";
  EXPECT_EQ(body(answer_to(interchange(kUnb, message))), "UCI+REF1+HIT:ZZ:BACK+OOCL:01+7'UCM+7+COARRI:D:95B:UN+7'UCS+3+13'");
}

TEST(EdifactContrl, OnlyTheFirstErrorOfADataElement) {
  const std::string message = "UNH+7+COARRI:D:95B:UN'" + std::string(kCoarriBody) + "FTX+AAAA+++lower'CNT+16:1'UNT+9+7'";
  // FTX 4451 is too long: 39; 4440 has characters outside of level A: 21.
  EXPECT_EQ(body(answer_to(interchange(kUnb, message))),
            "UCI+REF1+HIT:ZZ:BACK+OOCL:01+7'UCM+7+COARRI:D:95B:UN+7'UCS+7'UCD+21+5:1'UCD+39+2'");
  const std::string twice = "UNH+7+COARRI:D:95B:UN'" + std::string(kCoarriBody) + "FTX+aaaa'CNT+16:1'UNT+9+7'";
  EXPECT_EQ(body(answer_to(interchange(kUnb, twice))), "UCI+REF1+HIT:ZZ:BACK+OOCL:01+7'UCM+7+COARRI:D:95B:UN+7'UCS+7'UCD+21+2:1'UCD+39+2'");
}

TEST(EdifactContrl, RejectsTheInterchangeForItsHeader) {
  EXPECT_EQ(body(answer_to(interchange("UNB+UNOA:9+S+R+260101:0800+REF1'", "UNH+1+COARRI:D:95B:UN'ZZZ'UNT+3+1'"))),
            "UCI+REF1+S+R+4+2+UNB+2:2'");
}

struct InterchangeCase {
  std::string_view subject, uci;
};

TEST(EdifactContrl, EnvelopeErrorsByTheirCode) {
  constexpr std::string_view kHead = "UNB+UNOA:2+S+R+260101:0800+REF1'";
  const std::string message = "UNH+1+PAORES:93:1:IA'UNT+2+1'";
  const InterchangeCase cases[] = {
      {"UNZ+2+REF1'", "7+29+UNZ+2'"},  {"UNZ+1+X'", "7+28+UNZ+3'"},    {"", "7+13+UNZ'"},
      {"UNZ+1+REF1'junk+1'", "7+33'"}, {"BGM+1'UNZ+1+REF1'", "7+33'"},
  };
  for (const InterchangeCase& c : cases)
    EXPECT_EQ(body(answer_to(std::string(kHead) + message + std::string(c.subject))), "UCI+REF1+S+R+" + std::string(c.uci)) << c.subject;
  // An answer in a set that cannot be written goes out in level A.
  EXPECT_EQ(body(answer_to("UNB+UNOX:3+S+R+260101:0800+REF1'" + message + "UNZ+1+REF1'")), "UCI+REF1+S+R+7+46+UNB+2:1'");
  EXPECT_EQ(body(answer_to(std::string(kHead) + "UNZ+0+REF1'")), "UCI+REF1+S+R+7+32+UNZ'");
}

TEST(EdifactContrl, FunctionalGroups) {
  const std::string subject =
      "UNB+UNOA:2+S+R+260101:0800+REF1'UNG+COARRI+AS:1+AR+260101:0800+G1+UN+D:95B'UNH+1+COARRI:D:95B:UN'BGM+44'ZZZ'UNT+4+1'UNE+2+G1'"
      "UNG+PAORES+AS+AR+260101:0800+G2+UN+D:95B'UNH+1+PAORES:93:1:IA'UNT+2+1'UNE+1+G2'UNZ+2+REF1'";
  const std::string found = body(answer_to(subject));
  EXPECT_TRUE(found.starts_with("UCI+REF1+S+R+7'UCF+G1+AS:1+AR+7+29+UNE+2'UCM+1+COARRI:D:95B:UN+4'UCS+3+15'")) << found;
  EXPECT_EQ(found.find("G2"), std::string::npos);  // nothing to say about it
}

TEST(EdifactContrl, NeverAnAnswerToAContrl) {
  const std::string subject = interchange(kUnb, "UNH+1+CONTRL:D:3:UN'UCI+1+A+B+7'UNT+3+1'");
  EXPECT_EQ(contrl(subject, "C1", kNow).error().code, fairway::Code::unsupported);
  EXPECT_EQ(contrl_receipt(subject, "C1", kNow).error().code, fairway::Code::unsupported);
}

TEST(EdifactContrl, NothingToAnswer) {
  EXPECT_EQ(contrl("UNH+1+COARRI:D:95B:UN'UNT+2+1'", "C1", kNow).error().code, fairway::Code::invalid);
  EXPECT_EQ(contrl(coarri(kCoarriBody) + coarri(kCoarriBody), "C1", kNow).error().code, fairway::Code::invalid);
  EXPECT_EQ(contrl("UNB+UNOA:2++R+260101:0800+1'UNZ+0+1'", "C1", kNow).error().code, fairway::Code::invalid);
  EXPECT_EQ(contrl("", "C1", kNow).error().code, fairway::Code::invalid);
}

// What must be repeated is repeated, in a wider character set where the declared one does not have it.
TEST(EdifactContrl, ASenderOutsideOfTheDeclaredSet) {
  const std::string answer = answer_to(interchange("UNB+UNOA:2+hit+R+260101:0800+REF1'", "UNH+1+PAORES:93:1:IA'UNT+2+1'"));
  EXPECT_TRUE(answer.starts_with("UNB+UNOB:2+R+hit+")) << answer;
}

// Every syntax error code that a deviation maps to is one that 0085 has.
TEST(EdifactContrl, CodesAreThoseOf0085) {
  for (const auto& known : deviations()) {
    EXPECT_TRUE(known.syntax_error == 0 || (known.syntax_error >= 2 && known.syntax_error <= 48)) << known.code;
    EXPECT_TRUE(known.syntax_error != 0 || known.severity == fairway::gateway::Severity::info) << known.code;
  }
}

}  // namespace edifact_contrl
