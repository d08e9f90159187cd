// The rules of the syntax, one by one (ISO 9735 and what traffic makes of it).
#include <gtest/gtest.h>

#include "base/limits.h"
#include "edifact_read_support.h"
#include "gateway/edifact/reference_set.h"

namespace edifact_reader {

using edifact_read::coarri;
using edifact_read::kCoarriBody;
using edifact_read::read;
using edifact_read::Recorder;

// The values of the segment with the tag as "element/component=value …", without offsets.
std::string values(const Recorder& found, std::string_view tag) {
  for (const std::string& line : found.lines) {
    const size_t at = line.find(" " + std::string(tag) + "@");
    if (line.starts_with("finding") || at == std::string::npos) continue;
    const size_t first = line.find(' ', at + 1);
    std::string out = first == std::string::npos ? std::string() : line.substr(first + 1);
    for (size_t plus = 0; (plus = out.find('+', plus)) != std::string::npos; ++plus) {
      const size_t end = out.find_first_not_of("0123456789", plus + 1);
      if (end != std::string::npos && end > plus + 1 && out[end] == '=') out.erase(plus, end - plus);
    }
    return out;
  }
  return "no " + std::string(tag);
}

size_t count(const Recorder& found, std::string_view prefix) {
  return static_cast<size_t>(std::ranges::count_if(found.lines, [&](const std::string& line) { return line.starts_with(prefix); }));
}

TEST(EdifactReader, NineReleaseForms) {
  const Recorder found = read(
      "UNH+1+PAORES:93:1:IA'A01+FLIGHTS 2?\?'A02+MORE ?' FLIGHTS'A03+MORE ?? FLIGHTS'A04+MORE ??\?' FLIGHTS'A05+FIELD 1+FIELD 2'"
      "A06+FIELD 1?\?+FIELD 2'A07+FIELD 1?\?\?+FIELD 2'A08+1.1?\?:1.2'A09+1.1?\?\?:1.2'UNT+11+1'");
  EXPECT_EQ(values(found, "A01"), "1/1=FLIGHTS 2?");
  EXPECT_EQ(values(found, "A02"), "1/1=MORE ' FLIGHTS");
  EXPECT_EQ(values(found, "A03"), "1/1=MORE ? FLIGHTS");
  EXPECT_EQ(values(found, "A04"), "1/1=MORE ?' FLIGHTS");
  EXPECT_EQ(values(found, "A05"), "1/1=FIELD 1 2/1=FIELD 2");
  EXPECT_EQ(values(found, "A06"), "1/1=FIELD 1? 2/1=FIELD 2");
  EXPECT_NE(found.text().find("=FIELD 1?+FIELD 2\n"), std::string::npos);  // A07
  EXPECT_EQ(values(found, "A08"), "1/1=1.1? 1/2=1.2");
  EXPECT_EQ(values(found, "A09"), "1/1=1.1?:1.2");
  EXPECT_EQ(found.codes(), "message_unknown");
}

TEST(EdifactReader, DuplicatesAreLookedForAmongSoManyMessages) {
  fairway::gateway::edifact::ReferenceSet seen;
  for (size_t i = 0; i < fairway::limits::kMessagesPerInterchangeMax; ++i) ASSERT_TRUE(seen.insert(std::to_string(i), "CODECO")) << i;
  EXPECT_TRUE(seen.insert("one more", "CODECO"));
  EXPECT_TRUE(seen.insert("one more", "CODECO")) << "it has no room for what comes later, and says that it is new";
  seen.clear();
  EXPECT_TRUE(seen.insert("0", "CODECO"));
  EXPECT_FALSE(seen.insert("0", "CODECO"));
  EXPECT_TRUE(seen.insert("0", "COARRI"));
}

TEST(EdifactReader, ServiceStringAdviceChangesEveryCharacter) {
  const Recorder found = read("UNA;*,! ~UNB*UNOC;3*S;ZZ*R*260101;0800*1~UNH*1*PAORES;93;1;IA~A01*A'B+C?D!~E!;F;G*1,5~UNT*3*1~UNZ*1*1~");
  EXPECT_EQ(values(found, "A01"), "1/1=A'B+C?D~E;F 1/2=G 2/1=1,5");
  EXPECT_EQ(found.codes(), "message_unknown");
}

TEST(EdifactReader, ABlankReleaseCharacterReleasesNothing) {
  const Recorder found = read("UNA:+.  'UNH+1+PAORES:93:1:IA'A01+A ?+B '+'UNT+4+1'");
  EXPECT_EQ(values(found, "A01"), "1/1=A ? 2/1=B ");
}

TEST(EdifactReader, ATagUnaIsOnlyServiceStringAdviceAtTheStart) {
  const Recorder found = read("UNH+1+PAORES:93:1:IA'UNA+;*,!~'UNT+3+1'");
  EXPECT_EQ(values(found, "UNA"), "1/1=;*,!~");
}

TEST(EdifactReader, ByteOrderMarkAndBlanksInFront) {
  const Recorder found = read("\xEF\xBB\xBF\r\n  " + coarri(kCoarriBody));
  EXPECT_EQ(found.codes(), "");
  EXPECT_EQ(found.lines[0], "interchange UNOA:2 S:ZZ R:ZZ 1");
  EXPECT_EQ(values(found, "UNZ"), "1/1=1 2/1=1");
}

TEST(EdifactReader, LineEndsBetweenSegmentsAreNoDeviation) {
  std::string lines = coarri(kCoarriBody);
  for (size_t at = 0; (at = lines.find('\'', at)) != std::string::npos; at += 3) lines.replace(at, 1, "'\r\n");
  EXPECT_EQ(read(lines).codes(), "");
}

TEST(EdifactReader, ALineFeedAsTerminator) {
  const Recorder found = read("UNA:+.? \nUNB+UNOA:2+S+R+260101:0800+1\r\nUNH+1+PAORES:93:1:IA\r\nA01+X\r\nUNT+3+1\r\nUNZ+1+1\r\n");
  EXPECT_EQ(values(found, "A01"), "1/1=X");
  EXPECT_EQ(found.codes(), "message_unknown");
}

TEST(EdifactReader, LineBreaksInsideSegmentsAreTakenOut) {
  const Recorder found = read("UNH+1+PAORES:93:1:IA'A\r\n01+AB\r\nC+D?\r\n'E'UNT+3+1'");
  EXPECT_EQ(values(found, "A01"), "1/1=ABC 2/1=D'E");
  EXPECT_EQ(found.codes(), "message_unknown,line_break_in_data,line_break_in_data,line_break_in_data");
}

TEST(EdifactReader, RepetitionOnlyFromVersion4On) {
  const std::string rest = "UNH+1+PAORES:93:1:IA'A01+A*B:C*D'UNT+3+1'UNZ+1+1'";
  EXPECT_EQ(values(read("UNA:+.?*'UNB+UNOB:3+S+R+260101:0800+1'" + rest), "A01"), "1/1=A*B 1/2=C*D");
  EXPECT_EQ(values(read("UNA:+.?*'UNB+UNOB:4+S+R+20260101:0800+1'" + rest), "A01"), "1/1=A 1*1/1=B 1*1/2=C 1*2/1=D");
  EXPECT_EQ(values(read("UNB+UNOB:4+S+R+20260101:0800+1'" + rest), "A01"), "1/1=A 1*1/1=B 1*1/2=C 1*2/1=D");
  EXPECT_EQ(values(read("UNA:+.? 'UNB+UNOB:4+S+R+20260101:0800+1'" + rest), "A01"), "1/1=A*B 1/2=C*D");  // a blank: no repetition
}

TEST(EdifactReader, InformationSeparatorsAreSeenByTheByteAfterUnb) {
  const Recorder found = read(
      "UNB\x1DUNOB\x1F"
      "1\x1DS\x1DR\x1D"
      "260101\x1F"
      "0800\x1D"
      "9\x1CUNH\x1D"
      "1\x1DPAORES\x1F"
      "93\x1F"
      "1\x1FIA\x1C"
      "A01\x1DIT'S A+B:C?\x1F"
      "D\x1CUNT\x1D"
      "3\x1D"
      "1\x1CUNZ\x1D"
      "1\x1D"
      "9\x1C");
  EXPECT_EQ(values(found, "A01"), "1/1=IT'S A+B:C? 1/2=D");
  EXPECT_EQ(found.codes(), "message_unknown");
}

TEST(EdifactReader, Version4DatesHaveEightDigits) {
  const std::string rest = "UNH+1+CODECO:D:00B:UN'UNT+2+1'UNZ+1+1'";
  EXPECT_EQ(read("UNB+UNOA:4+S+R+20260101:0800+1'" + rest).codes().find("element_too"), std::string::npos);
  EXPECT_NE(read("UNB+UNOA:3+S+R+20260101:0800+1'" + rest).codes().find("element_too_long"), std::string::npos);
  EXPECT_NE(read("UNB+UNOA:4+S+R+260101:0800+1'" + rest).codes().find("element_too_short"), std::string::npos);
}

TEST(EdifactReader, PositionsOfLeftOutElementsAreKept) {
  const Recorder found = read(coarri("BGM+44+1+9'TDT+20+031W+1++:172:20'NAD+CF+COE:172:20'EQD+CN+FCIU9908030+45G1:102:5++3+5'"));
  EXPECT_EQ(values(found, "TDT"), "1/1=20 2/1=031W 3/1=1 5/2=172 5/3=20");
  EXPECT_EQ(found.codes(), "");
}

struct NumberCase {
  std::string_view service, value, codes;
};

TEST(EdifactReader, Numbers) {
  const NumberCase cases[] = {
      {"", "26000", ""},
      {"", "-18.5", ""},
      {"", "0,5", ""},
      {"", "123456789012345678", ""},
      {"", "-1234567890.12345678", ""},
      {"", "1234567890123456789", "element_too_long"},
      {"", ".5", "decimal_digit_missing"},
      {"", "5,", "decimal_digit_missing"},
      {"", "2.500.000", "decimal_notation"},
      {"", "2 500", "element_type"},
      {"", "-", "element_type"},
      {"", "+5", "element_type"},
      {"UNA:+.? '", "0.5", ""},
      {"UNA:+.? '", "0,5", "decimal_notation"},
      {"UNA:+,? '", "0,5", ""},
  };
  for (const NumberCase& c : cases) {
    const std::string value = c.value == "+5" ? "?+5" : std::string(c.value);
    const Recorder found = read(std::string(c.service) + coarri(std::string(kCoarriBody) + "MEA+AAE+G+KGM:" + value + "'"));
    // a released plus counts as a separator in coarri()'s count of segments; only the value matters here
    EXPECT_EQ(found.codes().substr(0, found.codes().find(",segment_count")), c.codes) << c.service << c.value;
  }
}

TEST(EdifactReader, FunctionalGroups) {
  const Recorder found = read(
      "UNB+UNOA:2+S+R+260101:0800+1'UNG+CODECO+AS:ZZ+AR+260101:0800+7+UN+D:95B'UNH+1+CODECO:D:95B:UN'UNT+2+1'UNH+2+CODECO:D:95B:UN'UNT+2+2'"
      "UNE+2+7'UNZ+1+1'");
  EXPECT_EQ(count(found, "group CODECO 7"), 1u);
  EXPECT_EQ(count(found, "end @"), 2u);
  for (const auto& d : found.diagnostics) EXPECT_TRUE(d.code.ends_with("_missing")) << d.code;  // the messages are empty
}

TEST(EdifactReader, BareMessages) {
  const Recorder found = read("UNH+1+PAORES:93:1:IA'UNT+2+1'\nUNH+1+PAORES:93:1:IA'UNT+2+1'");
  EXPECT_EQ(count(found, "begin "), 2u);
  EXPECT_EQ(count(found, "interchange"), 0u);
  EXPECT_EQ(found.codes(), "message_unknown,message_unknown");
}

TEST(EdifactReader, ABrokenMessageDoesNotTakeTheNextOnes) {
  const std::string good = "UNH+2+PAORES:93:1:IA'A01+X'UNT+3+2'";
  for (const std::string_view broken :
       {"UNH+1+CODECO:D:95B:UN'BGM+34", "UNH'", "UNH+1+CODECO:D:95B:UN'??\?'?'", "UNT+1+1'", "'''", "+:+:'"}) {
    const Recorder found = read(std::string(broken) + "'" + good);
    EXPECT_EQ(count(found, "begin PAORES"), 1u) << broken;
    EXPECT_EQ(values(found, "A01"), "1/1=X") << broken;
  }
}

TEST(EdifactReader, ConcatenatedInterchangesEachWithItsServiceString) {
  const Recorder found =
      read("UNA;*.! ~UNB*UNOA;2*S*R*260101;0800*1~UNH*1*PAORES;93;1;IA~A01*1;2~UNT*3*1~UNZ*1*1~\r\n" + coarri(kCoarriBody));
  EXPECT_EQ(count(found, "interchange UNOA"), 2u);
  EXPECT_EQ(values(found, "A01"), "1/1=1 1/2=2");
  EXPECT_EQ(values(found, "EQD"), "1/1=CN 2/1=FCIU9908030 3/1=45G1 3/2=102 3/3=5 5/1=3 6/1=5");
}

TEST(EdifactReader, AnUnterminatedTrailerIsStillRead) {
  std::string text = coarri(kCoarriBody);
  text.pop_back();
  const Recorder found = read(text);
  EXPECT_EQ(found.codes(), "segment_unterminated");
  EXPECT_EQ(count(found, "interchange ends"), 1u);
}

TEST(EdifactReader, EndsAndOffsetsCoverTheMessage) {
  const std::string text = coarri(kCoarriBody);
  const Recorder found = read(text);
  EXPECT_EQ(count(found, "begin COARRI D.95B ITG13 1 @" + std::to_string(text.find("UNH"))), 1u);
  EXPECT_EQ(count(found, "end @" + std::to_string(text.find("UNZ"))), 1u);
}

TEST(EdifactReader, ElementsPastTheLimitAreLeftOut) {
  const std::string many(fairway::limits::kEdifactElementsMax + 50, '+');
  struct Last final : fairway::gateway::edifact::ReaderHandler {
    uint16_t element = 0;
    void segment(const fairway::gateway::edifact::Segment& s) override {
      for (const auto& c : s.components) element = std::max(element, c.element);
    }
  } last;
  fairway::gateway::edifact::Reader reader(last);
  std::string values_too;
  for (size_t i = 0; i < fairway::limits::kEdifactElementsMax + 50; ++i) values_too += "+X";
  reader.feed("UNH+1+PAORES:93:1:IA'A01" + values_too + "'A02" + many + "X'UNT+4+1'");
  reader.finish();
  EXPECT_EQ(last.element, fairway::limits::kEdifactElementsMax);
}

TEST(EdifactReader, SegmentsUpToTheLimitAreRead) {
  const std::string head = "UNH+1+PAORES:93:1:IA'", frame = "A01+'";
  const std::string whole(fairway::limits::kEdifactSegmentBytesMax - frame.size(), 'X');
  EXPECT_EQ(read(head + "A01+" + whole + "'UNT+3+1'").codes(), "message_unknown");
  EXPECT_EQ(read(head + "A01+" + whole + "X'UNT+3+1'").codes(), "message_unknown,segment_too_long");
}

}  // namespace edifact_reader
