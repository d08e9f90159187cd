// decode(): whole inputs to messages, and what is told of them.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"
#include "edifact_read_support.h"
#include "gateway/decoded.h"

namespace edifact_decode {

using namespace fairway::gateway;
using edifact_read::coarri;
using edifact_read::kCoarriBody;

std::vector<DecodedMessage> decoded(std::string_view bytes) {
  std::vector<DecodedMessage> out;
  const fairway::Status status = decode(bytes, Format::edifact, {}, [&](DecodedMessage message) { out.push_back(std::move(message)); });
  EXPECT_TRUE(status) << status.error().text();
  return out;
}

struct SampleCase {
  std::string_view file;
  bool ok;
  size_t messages;
  std::string_view type;
};

TEST(EdifactDecode, Samples) {
  if (edifact_read::samples().empty()) GTEST_SKIP() << "no ../shared/corpora/edifact beside the project";
  const SampleCase cases[] = {
      {"D95BBAPLIE.edi", true, 1, "BAPLIE D.95B SMDG20"},
      {"D95BCOARRI.edi", true, 2, "COARRI D.95B ITG13"},
      {"d04b_baplie.edi", true, 1, "BAPLIE D.04B"},
      {"d00b_iftsta.edi", true, 1, "IFTSTA D.00B"},
      {"d95b_coprar.edi", true, 1, "COPRAR D.95B"},
      {"example_order_ok.edi", true, 1, "ORDERS D.01B EAN010"},
      {"example_order_error.edi", false, 1, "ORDERS D.01B EAN010"},
      {"example_release_character.edi", true, 1, "PAORES 93.1"},
      {"example_wrapped.edi", true, 1, "PAORES 93.1"},
      {"example_multiline.edi", true, 1, "IFTMBC D.00B"},
      {"example_utf8.edi", true, 1, "DESADV 0.96A"},
  };
  for (const SampleCase& c : cases) {
    const std::string bytes = edifact_read::file_text(edifact_read::sample_folder() / c.file);
    ASSERT_EQ(detect(bytes), Format::edifact) << c.file;
    const auto messages = decoded(bytes);
    ASSERT_EQ(messages.size(), c.messages) << c.file;
    for (const DecodedMessage& message : messages) {
      EXPECT_EQ(message.ok, c.ok) << c.file << " " << to_json(message).substr(0, 1500);
      EXPECT_EQ(message.type, c.type);
      EXPECT_EQ(message.hash, fairway::to_hex(fairway::sha256(std::string_view(bytes).substr(message.offset, message.length))));
      EXPECT_TRUE(fairway::is_valid_utf8(message.text));
      EXPECT_TRUE(message.text.starts_with("UNH"));
      EXPECT_TRUE(fairway::parse_json(to_json(message))) << c.file;
    }
  }
}

TEST(EdifactDecode, FillsTheEnvelope) {
  const std::string bytes = coarri(kCoarriBody, "UNB+UNOA:2+HIT:ZZ+OOCL+260101:0800+REF7'");
  const auto messages = decoded(bytes);
  ASSERT_EQ(messages.size(), 1u);
  const DecodedMessage& message = messages[0];
  EXPECT_EQ(message.format, "EDIFACT");
  EXPECT_EQ(message.interchange_sender, "HIT:ZZ");
  EXPECT_EQ(message.interchange_recipient, "OOCL");
  EXPECT_EQ(message.interchange, "REF7");
  EXPECT_EQ(message.message, "1");
  EXPECT_EQ(message.document, "1");
  EXPECT_EQ(message.offset, bytes.find("UNH"));
  EXPECT_EQ(message.length, bytes.find("UNZ") - bytes.find("UNH"));
  EXPECT_EQ(message.text, bytes.substr(message.offset, message.length));
}

TEST(EdifactDecode, IdentityIsThatOfTheMessageNotOfItsSending) {
  const std::string once = coarri(kCoarriBody);
  EXPECT_EQ(decoded(once)[0].identity, decoded("\r\n" + once)[0].identity);
  EXPECT_NE(decoded(once)[0].identity, decoded(coarri(kCoarriBody, "UNB+UNOA:2+S:ZZ+R:ZZ+260101:0800+2'"))[0].identity);
  EXPECT_NE(decoded(once)[0].identity, decoded(coarri(std::string(kCoarriBody) + "FTX+AAA+++X'"))[0].identity);
}

TEST(EdifactDecode, FindingsOfHeaderAndTrailerStandAtTheirNeighbours) {
  const auto messages = decoded("UNB+UNOX:3+S+R+260101:0800+1'UNH+1+PAORES:93:1:IA'UNT+2+1'UNH+2+PAORES:93:1:IA'UNT+2+2'UNZ+9+1'");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].diagnostics.front().code, "edifact.charset_unsupported");
  EXPECT_EQ(messages[1].diagnostics.back().code, "edifact.interchange_count");
  EXPECT_EQ(messages[0].diagnostics.size() + messages[1].diagnostics.size(), 4u);
}

TEST(EdifactDecode, AnErrorInTheHeaderIsOneInEveryMessage) {
  for (const DecodedMessage& message :
       decoded("UNB+UNOA:7+S+R+260101:0800+1'UNH+1+PAORES:93:1:IA'UNT+2+1'UNH+2+PAORES:93:1:IA'UNT+2+2'UNZ+2+1'"))
    EXPECT_FALSE(message.ok);
}

TEST(EdifactDecode, SegmentsOutsideOfMessagesSpoilNone) {
  const auto messages =
      decoded("UNB+UNOA:2+S+R+260101:0800+1'UNH+1+PAORES:93:1:IA'UNT+2+1'BGM+1'EQD+CN'UNH+2+PAORES:93:1:IA'UNT+2+2'UNZ+2+1'");
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_TRUE(messages[0].ok && messages[2].ok);
  EXPECT_FALSE(messages[1].ok);
  EXPECT_EQ(messages[1].type, "");
  EXPECT_EQ(messages[1].text, "BGM+1'EQD+CN'");
  EXPECT_EQ(messages[1].diagnostics.size(), 2u);
}

TEST(EdifactDecode, ABrokenMessageAndAGoodOne) {
  const auto messages = decoded("UNH+1+COARRI:D:95B:UN'BGM+44'UNH+2+PAORES:93:1:IA'UNT+2+2'");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_FALSE(messages[0].ok);
  EXPECT_EQ(messages[0].text, "UNH+1+COARRI:D:95B:UN'BGM+44'");
  EXPECT_TRUE(messages[1].ok);
}

TEST(EdifactDecode, InputsWithoutAMessage) {
  const auto code = [](std::string_view bytes) {
    const fairway::Status status = decode(bytes, Format::edifact, {}, [](DecodedMessage) { FAIL() << "there is no message"; });
    return status ? "" : std::string(fairway::name(status.error().code));
  };
  EXPECT_EQ(code(""), "invalid");
  EXPECT_EQ(code("UNA:+.? '"), "invalid");
  EXPECT_EQ(code("UNB+UNOA:2+S"), "invalid");
  EXPECT_EQ(code("UNB+UNOA:2+S+R+260101:0800+1'UNZ+0+1'"), "invalid");
  EXPECT_EQ(code("GARBAGE'MORE'"), "invalid");
  EXPECT_EQ(code(std::string_view("U\0N\0B\0", 6)), "unsupported");
  EXPECT_EQ(fairway::name(decode("x", Format::unknown, {}, [](DecodedMessage) {}).error().code), "unsupported");
}

TEST(EdifactDecode, TextIsKeptInUtf8) {
  const auto messages = decoded("UNB+UNOC:3+S+R+260101:0800+1'UNH+1+PAORES:93:1:IA'A01+K\xE4lte'UNT+3+1'UNZ+1+1'");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_NE(messages[0].text.find("A01+Kälte'"), std::string::npos);
}

TEST(EdifactDecode, DiagnosticsStopAtTheirLimitAndAreCounted) {
  std::string input = "UNH+1+COARRI:D:95B:UN'";
  constexpr size_t kMore = 50;
  for (size_t i = 0; i < fairway::limits::kDiagnosticsPerMessageMax + kMore; ++i) input += "ZZZ+1'";
  const auto messages = decoded(input + "UNT+" + std::to_string(fairway::limits::kDiagnosticsPerMessageMax + kMore + 2) + "+1'");
  ASSERT_EQ(messages.size(), 1u);
  ASSERT_EQ(messages[0].diagnostics.size(), fairway::limits::kDiagnosticsPerMessageMax + 1);
  const Diagnostic& last = messages[0].diagnostics.back();
  EXPECT_EQ(last.code, "diagnostics.more");
  EXPECT_EQ(last.severity, Severity::error);
  EXPECT_GE(std::stoul(last.message), kMore);
}

TEST(EdifactDecode, JsonLine) {
  DecodedMessage message;
  message.format = "EDIFACT";
  message.type = "COARRI D.95B";
  message.references.push_back(*fairway::Reference::make(fairway::ReferenceKind::equipment, "MSCU1234567"));
  message.references.push_back(*fairway::Reference::make(fairway::ReferenceKind::booking, "B1"));
  report(message, {Severity::error, "edifact.x", "said \"so\"", 3, "LOC/2/1", 80});
  EXPECT_EQ(
      to_json(message),
      R"({"format":"EDIFACT","type":"COARRI D.95B","ok":false,"diagnostics":[{"severity":"error","code":"edifact.x","message":"said \"so\"",)"
      R"("segment":3,"position":"LOC/2/1","offset":80}],"references":[{"kind":"equipment","value":"MSCU1234567","flag":"wrong_check_digit"},)"
      R"({"kind":"booking","value":"B1"}],"events":[]})");
}

TEST(EdifactDecode, DetectsByBytesAndByContentType) {
  EXPECT_EQ(detect("UNA:+.? '"), Format::edifact);
  EXPECT_EQ(detect("\xEF\xBB\xBF\r\n UNB+"), Format::edifact);
  EXPECT_EQ(detect("UNH+1"), Format::edifact);
  EXPECT_EQ(detect(" \n{\"a\":1}"), Format::dcsa);
  EXPECT_EQ(detect("[]"), Format::dcsa);
  EXPECT_EQ(detect("ISA*00*"), Format::unknown);
  EXPECT_EQ(detect(""), Format::unknown);
  EXPECT_EQ(detect("x", "Application/EDIFACT; charset=us-ascii"), Format::edifact);
  EXPECT_EQ(detect("x", "application/EDI-consent"), Format::edifact);
  EXPECT_EQ(detect("x", "application/json; charset=utf-8"), Format::dcsa);
  EXPECT_EQ(detect("x", "application/vnd.dcsa+json"), Format::dcsa);
  EXPECT_EQ(detect("UNB+", "text/plain"), Format::edifact);
}

}  // namespace edifact_decode
