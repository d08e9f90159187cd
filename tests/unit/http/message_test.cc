#include "http/message.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"
#include "base/json.h"
#include "base/limits.h"

namespace fairway::http {
namespace {

TEST(Percent, DecodesEscapes) {
  EXPECT_EQ(percent_decode("MSKU%201234%2f565", false).value(), "MSKU 1234/565");
  EXPECT_EQ(percent_decode("%E6%B8%AF", false).value(), "港");
  EXPECT_EQ(percent_decode("a+b", false).value(), "a+b");
  EXPECT_EQ(percent_decode("a+b%2B", true).value(), "a b+");
}

TEST(Percent, RefusesWhatIsNoText) {
  for (const auto broken : {"%", "%2", "abc%", "%zz", "%-1", "%0x", "%%20", "% 1"}) {
    const auto decoded = percent_decode(broken, false);
    ASSERT_FALSE(decoded) << broken;
    EXPECT_EQ(decoded.error().code, Code::invalid);
  }
  EXPECT_FALSE(percent_decode("a%00b", false));
  EXPECT_FALSE(percent_decode("%ff", false));
  EXPECT_FALSE(percent_decode("%c0%af", false)) << "an overlong slash";
  EXPECT_FALSE(percent_decode("%ed%a0%80", false)) << "a surrogate";
}

RC_GTEST_PROP(Percent, DecodesWhatItEncodes, (const std::string& bytes)) {
  const std::string encoded = percent_encode(bytes);
  RC_ASSERT(encoded.find_first_of("/?#&=+ \r\n") == std::string::npos);
  const auto decoded = percent_decode(encoded, true);
  if (is_valid_utf8(bytes) && bytes.find('\0') == std::string::npos) {
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(*decoded == bytes);
  } else {
    RC_ASSERT(!decoded.has_value());
  }
}

TEST(Query, KeepsOrderAndRepeats) {
  const Fields fields = parse_query("b=2&a=1&&b=3&flag&empty=&x=a=b&s%20p=c+d").value();
  const Fields expected = {{"b", "2"}, {"a", "1"}, {"b", "3"}, {"flag", ""}, {"empty", ""}, {"x", "a=b"}, {"s p", "c d"}};
  EXPECT_EQ(fields, expected);
  EXPECT_TRUE(parse_query("").value().empty());
  EXPECT_FALSE(parse_query("a=%"));
  EXPECT_FALSE(parse_query("%4=1"));
}

TEST(Query, TellsAbsentFromEmpty) {
  Request request;
  request.query = parse_query("limit=").value();
  ASSERT_NE(request.query_value("limit"), nullptr);
  EXPECT_EQ(*request.query_value("limit"), "");
  EXPECT_EQ(request.query_value("Limit"), nullptr);
}

TEST(Problem, FollowsRfc9457) {
  const Response response = problem({Code::not_found, "No such container.", "MSKU1234565", "Check it."}, "/v1/journeys/MSKU1234565");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.body, R"({"type":"urn:fairway:problem:not_found","title":"No such container.","status":404,"detail":"MSKU1234565",)"
                           R"("code":"not_found","hint":"Check it.","instance":"/v1/journeys/MSKU1234565"})");
  EXPECT_TRUE(response.headers.empty());
}

TEST(Problem, LeavesEmptyMembersOut) {
  EXPECT_EQ(problem({Code::internal, "Oops.", {}, {}}).body,
            R"({"type":"urn:fairway:problem:internal","title":"Oops.","status":500,"code":"internal"})");
}

TEST(Problem, SaysHowToGoOn) {
  EXPECT_EQ(find(problem({Code::unauthorized, "Who are you?", {}, {}}).headers, "www-authenticate"), "Bearer");
  EXPECT_EQ(find(problem({Code::overloaded, "Later.", {}, {}}).headers, "retry-after"), "1");
  EXPECT_EQ(find(problem({Code::unavailable, "Later.", {}, {}}).headers, "retry-after"), "1");
  EXPECT_EQ(problem(431, {Code::too_large, "Big.", {}, {}}).status, 431);
}

// Whatever a message held, the answer about it can be read.
RC_GTEST_PROP(Problem, IsJsonWhateverItQuotes, (const std::string& message, const std::string& detail)) {
  const auto parsed = parse_json(problem({Code::invalid, message, detail, {}}, detail).body);
  RC_ASSERT(parsed.has_value());
}

}  // namespace
}  // namespace fairway::http
