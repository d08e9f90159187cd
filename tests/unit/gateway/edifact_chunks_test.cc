// The same result for every cut of the input.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "edifact_read_support.h"

namespace edifact_chunks {

using edifact_read::Recorder;
using fairway::gateway::edifact::Reader;

constexpr size_t kCutSinglyBytesMax = 1000;
constexpr size_t kStride = 61;

std::string in_pieces(std::string_view bytes, const std::vector<size_t>& cuts) {
  Recorder recorder;
  Reader reader(recorder);
  size_t from = 0;
  for (const size_t cut : cuts) {
    // A copy of its own for each piece: a view kept beyond its feed() would be caught by the sanitizer.
    const std::string piece(bytes.substr(from, cut - from));
    reader.feed(piece);
    from = cut;
  }
  reader.feed(std::string(bytes.substr(from)));
  reader.finish();
  return recorder.text();
}

std::string byte_by_byte(std::string_view bytes) {
  Recorder recorder;
  Reader reader(recorder);
  for (const char byte : bytes) reader.feed(std::string(1, byte));
  reader.finish();
  return recorder.text();
}

void expect_same_for_every_cut(std::string_view bytes) {
  const std::string whole = edifact_read::read(bytes).text();
  EXPECT_EQ(whole, byte_by_byte(bytes));
  for (size_t cut = 0; cut <= bytes.size(); ++cut) ASSERT_EQ(whole, in_pieces(bytes, {cut})) << "cut at byte " << cut;
}

// Release characters, line breaks in data and in the middle of an escape, three interchanges, UNA, BOM, trailing data, UTF-8.
constexpr std::string_view kTricky =
    "\xEF\xBB\xBF \r\nUNA:+.? '\r\nUNB+UNOC:3+S+R+260101:0800+1'\r\nUNH+1+COARRI:D:95B:UN:ITG13'BGM+44+1+9'FTX+AAI+++DRIVER?'S "
    "?\?NOTE?\?\?'+'"
    "FTX+AAI+++LINE\r\nBREAK?\r\n'STILL'\nTDT+20'\xC3\x8B''NOTAG+1'UNT+9+1'UNZ+1+1'\x1A\r\n"
    "UNA;*,! ~UNB*UNOA;4*S*R*20260101;0800*2~UNH*1*CODECO;D;00B;UN~FTX*AAI***A!~B;C~UNT*3*1~UNZ*1*2~"
    "UNH+7+BAPLIE:D:95B:UN'BGM++1+9'UNT+3+7'UNB\x1DUNOB\x1F"
    "1\x1DS\x1DR\x1D"
    "260101\x1F"
    "0800\x1D"
    "3\x1CUNZ\x1D"
    "0\x1D"
    "3\x1Cjunk";

TEST(EdifactChunks, EveryCutOfATrickyInput) { expect_same_for_every_cut(kTricky); }

TEST(EdifactChunks, EveryPrefixEndsAlikeForEveryCut) {
  for (size_t length = 0; length < kTricky.size(); length += 3) {
    const std::string_view prefix = kTricky.substr(0, length);
    ASSERT_EQ(edifact_read::read(prefix).text(), byte_by_byte(prefix)) << "prefix of " << length;
  }
}

TEST(EdifactChunks, EveryCutOfTheSamples) {
  const auto samples = edifact_read::samples();
  if (samples.empty()) GTEST_SKIP() << "no ../shared/corpora/edifact beside the project";
  for (const auto& path : samples) {
    SCOPED_TRACE(path.filename().string());
    const std::string bytes = edifact_read::file_text(path);
    if (bytes.size() <= kCutSinglyBytesMax) {
      expect_same_for_every_cut(bytes);
      continue;
    }
    // The long ones are cut at many places at once; over all the readings every byte offset is one of them.
    const std::string whole = edifact_read::read(bytes).text();
    EXPECT_EQ(whole, byte_by_byte(bytes));
    for (size_t first = 1; first <= kStride; ++first) {
      std::vector<size_t> cuts;
      for (size_t cut = first; cut < bytes.size(); cut += kStride) cuts.push_back(cut);
      ASSERT_EQ(whole, in_pieces(bytes, cuts)) << "cut at byte " << first << " and every " << kStride << " after it";
    }
  }
}

TEST(EdifactChunks, RandomPieces) {
  rc::check([](const std::vector<uint8_t>& steps) {
    const std::string bytes = std::string(kTricky) + std::string(kTricky);
    std::vector<size_t> cuts;
    size_t at = 0;
    for (const uint8_t step : steps)
      if (at + step < bytes.size()) cuts.push_back(at += step);
    RC_ASSERT(edifact_read::read(bytes).text() == in_pieces(bytes, cuts));
  });
}

// Two popular parsers break here.
TEST(EdifactChunks, ReleaseCharacterAndTerminatorInDifferentPieces) {
  const std::string bytes = edifact_read::coarri(std::string(edifact_read::kCoarriBody) + "FTX+AAI+++DRIVER?'S NOTE'");
  const size_t release = bytes.find('?');
  const std::string text = in_pieces(bytes, {release + 1});
  EXPECT_NE(text.find("=DRIVER'S NOTE\n"), std::string::npos) << text;
  EXPECT_EQ(text, edifact_read::read(bytes).text());
}

}  // namespace edifact_chunks
