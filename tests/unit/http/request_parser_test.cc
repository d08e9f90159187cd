#include "http/request_parser.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace fairway::http {
namespace {

// The requests in `bytes` as "METHOD target body", fed in pieces that end at the given offsets; "!status" where it is refused.
std::vector<std::string> requests_of(std::string_view bytes, std::vector<size_t> cuts = {}) {
  RequestParser parser;
  std::vector<std::string> requests;
  std::string input;
  cuts.push_back(bytes.size());
  size_t from = 0;
  for (const size_t cut : cuts) {
    input += bytes.substr(from, cut - from);
    from = cut;
    while (!input.empty()) {
      const auto [step, used] = parser.feed(input);
      input.erase(0, used);
      if (step == RequestParser::Step::failed) {
        requests.push_back("!" + std::to_string(parser.refusal().status));
        return requests;
      }
      if (step == RequestParser::Step::need_more) break;
      if (step == RequestParser::Step::expects_continue) continue;
      const auto parsed = parser.take();
      requests.push_back(std::string(name(parsed.request.method)) + " " + parsed.request.target + " " + parsed.request.body);
    }
  }
  if (parser.started()) requests.emplace_back("…");
  return requests;
}

constexpr std::string_view kFour =
    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
    "\r\nGET /b?c=d HTTP/1.1\r\nHost: x\r\nX-Folded: one\r\n two\r\n\r\n"
    "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n6;a=\"b\"\r\npedia!\r\n0\r\nTrailer: t\r\n\r\n"
    "POST /d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

TEST(RequestParser, ReadsTheSameHoweverItIsCut) {
  const std::vector<std::string> expected = {"POST /a hello", "GET /b?c=d ", "PUT /c wikipedia!", "POST /d "};
  EXPECT_EQ(requests_of(kFour), expected);
  std::vector<size_t> every;
  for (size_t cut = 1; cut < kFour.size(); ++cut) {
    EXPECT_EQ(requests_of(kFour, {cut}), expected) << cut;
    every.push_back(cut);
  }
  EXPECT_EQ(requests_of(kFour, every), expected);
}

TEST(RequestParser, KeepsFieldsOnceInLowerCase) {
  RequestParser parser;
  ASSERT_EQ(parser.feed("GET / HTTP/1.0\r\nX-Mixed: Value \r\nCookie: a\r\nCookie: b\r\n\r\n").step, RequestParser::Step::complete);
  const auto parsed = parser.take();
  EXPECT_EQ(parsed.request.header("x-mixed"), "Value");
  EXPECT_EQ(parsed.request.headers.size(), 3u);
  EXPECT_FALSE(parsed.http_1_1);
  EXPECT_FALSE(parsed.keep_alive);
}

TEST(RequestParser, TrailersAreNoHeaders) {
  RequestParser parser;
  ASSERT_EQ(parser.feed("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: Bearer k\r\n\r\n").step,
            RequestParser::Step::complete);
  EXPECT_EQ(parser.take().request.header("authorization"), "");
}

struct Hostile {
  std::string_view why;
  std::string bytes;
  std::string_view outcome;
};

template <size_t kSize>
std::string with_nul(const char (&literal)[kSize]) {
  return std::string(literal, kSize - 1);
}

std::vector<Hostile> hostile_requests() {
  using std::string;
  const string head = "POST / HTTP/1.1\r\nHost: x\r\n";
  const string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  return {
      {"both framings", head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "!400"},
      {"both framings, other way", head + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", "!400"},
      {"two lengths that differ", head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "!400"},
      {"two lengths that agree", head + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", "!400"},
      {"a list of lengths", head + "Content-Length: 3, 4\r\n\r\nabcd", "!400"},
      {"a signed length", head + "Content-Length: +3\r\n\r\nabc", "!400"},
      {"a negative length", head + "Content-Length: -3\r\n\r\nabc", "!400"},
      {"a hexadecimal length", head + "Content-Length: 0x3\r\n\r\nabc", "!400"},
      {"an endless length", head + "Content-Length: 99999999999999999999999\r\n\r\nabc", "!400"},
      {"an empty length", head + "Content-Length: \r\n\r\n", "!400"},
      {"an encoding before chunked", head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "!400"},
      {"chunked twice", head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "!400"},
      {"no known encoding", head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "!400"},
      {"chunked that is not the last", head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "!400"},
      {"a tab in chunked", head + "Transfer-Encoding:\vchunked\r\n\r\n0\r\n\r\n", "!400"},
      {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "!400"},
      {"a blank before the colon", head + "Content-Length : 3\r\n\r\nabc", "!400"},
      {"a blank before the name", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", "!400"},
      {"a bare line feed", "GET / HTTP/1.1\nHost: x\n\n\r\n\r\n", "!400"},
      {"a bare carriage return", "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n", "!400"},
      {"a NUL in the target", with_nul("GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n"), "!400"},
      {"a NUL in a name", with_nul("GET / HTTP/1.1\r\nHo\0st: x\r\n\r\n"), "!400"},
      {"a NUL in a value", with_nul("GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n"), "!400"},
      {"no host", "GET / HTTP/1.1\r\n\r\n", "!400"},
      {"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "!400"},
      {"no version", "GET /\r\n\r\n", "!400"},
      {"a version to come", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", "!400"},
      {"another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "!400"},
      {"TLS", with_nul("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), "!400"},
      {"a chunk size that is none", chunked + "zz\r\nab\r\n0\r\n\r\n", "!400"},
      {"a negative chunk size", chunked + "-1\r\nab\r\n0\r\n\r\n", "!400"},
      {"a chunk size with a prefix", chunked + "0x2\r\nab\r\n0\r\n\r\n", "!400"},
      {"an endless chunk size", chunked + "fffffffffffffffff\r\nab\r\n0\r\n\r\n", "!400"},
      {"a chunk size past the limit", chunked + "ffffffffffffffff\r\nab\r\n0\r\n\r\n", "!413"},
      {"a chunk longer than it says", chunked + "2\r\nabc\r\n0\r\n\r\n", "!400"},
      {"a chunk ended by a line feed", chunked + "2\nab\n0\n\n\r\n\r\n", "!400"},
      {"an expectation nobody knows", head + "Expect: the-spanish-inquisition\r\n\r\n", "!417"},
      {"a length past the limit", head + "Content-Length: 67108865\r\n\r\n", "!413"},
      {"a target past the limit", "GET /" + string(limits::kRequestTargetBytesMax, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", "!414"},
      {"a target without end", "GET /" + string(64'000, 'a'), "!414"},
      {"a header past the limit", "GET / HTTP/1.1\r\nHost: x\r\nX: " + string(limits::kRequestHeaderBytesMax, 'a') + "\r\n\r\n", "!431"},
      {"a field without end", "GET / HTTP/1.1\r\nHost: x\r\nX: " + string(64'000, 'a'), "!431"},
      {"a chunk extension without end", chunked + "2;" + string(64'000, 'a'), "!400"},
      {"a trailer without end", chunked + "0\r\nX: " + string(64'000, 'a'), "!400"},
  };
}

TEST(RequestParser, RefusesWhatCouldBeReadInTwoWays) {
  for (const Hostile& hostile : hostile_requests()) {
    EXPECT_EQ(requests_of(hostile.bytes), std::vector<std::string>{std::string(hostile.outcome)}) << hostile.why;
  }
}

TEST(RequestParser, RefusesItJustTheSameByteByByte) {
  for (const Hostile& hostile : hostile_requests()) {
    if (hostile.bytes.size() > 40'000) continue;  // those are refused before their end
    std::vector<size_t> every;
    for (size_t cut = 1; cut < hostile.bytes.size(); ++cut) every.push_back(cut);
    EXPECT_EQ(requests_of(hostile.bytes, every), std::vector<std::string>{std::string(hostile.outcome)}) << hostile.why;
  }
}

// The header is counted as a whole, also when each piece of it is small.
TEST(RequestParser, CountsAHeaderThatComesFieldByField) {
  RequestParser parser;
  std::string input = "GET / HTTP/1.1\r\nHost: x\r\n";
  size_t sent = input.size();
  for (int field = 0; field < 10'000; ++field) {
    const auto [step, used] = parser.feed(input);
    if (step == RequestParser::Step::failed) break;
    input.erase(0, used);
    input += "X-Field-" + std::to_string(field) + ": some value\r\n";
    sent += 24;
  }
  EXPECT_EQ(parser.refusal().status, 431);
  EXPECT_LT(sent, limits::kRequestHeaderBytesMax + 4096);
}

TEST(RequestParser, AsksToContinueOnceAndOnlyWhereTheBodyIsAwaited) {
  RequestParser parser;
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(parser.feed(head).step, RequestParser::Step::expects_continue);
  EXPECT_EQ(parser.feed("a").step, RequestParser::Step::need_more);
  EXPECT_EQ(parser.feed("b").step, RequestParser::Step::complete);
  EXPECT_EQ(parser.take().request.body, "ab");
  EXPECT_EQ(parser.feed(head + "ab").step, RequestParser::Step::complete);
}

}  // namespace
}  // namespace fairway::http
