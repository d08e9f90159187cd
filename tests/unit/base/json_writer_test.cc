#include "base/json_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

#include "base/json.h"

namespace fairway {
namespace {

TEST(JsonWriter, PlacesCommasAndColons) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("a", 1).member("b", "x").key("c").begin_array().value(true).value(false).null().begin_object().end_object();
  writer.end_array()
      .optional_member("d", "")
      .optional_member("e", "y")
      .key("f")
      .begin_array()
      .end_array()
      .member("g", uint64_t(7))
      .end_object();
  EXPECT_EQ(out, R"({"a":1,"b":"x","c":[true,false,null,{}],"e":"y","f":[],"g":7})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
  std::string out = "data: ";
  JsonWriter(out).begin_object().key("raw").raw("[1]").end_object();
  EXPECT_EQ(out, "data: {\"raw\":[1]}");
}

TEST(JsonWriter, EscapesWhatMustBe) {
  std::string out;
  append_json_string(out, std::string_view("\"\\\n\r\t\x01\x1f\x7f/é", 11));
  EXPECT_EQ(out, "\"\\\"\\\\\\n\\r\\t\\u0001\\u001f\x7f/é\"");
}

TEST(JsonWriter, AnyTextReadsBack) {
  EXPECT_TRUE(rc::check("a parser reads the text that was written", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    std::string out;
    append_json_string(out, text);
    RC_ASSERT(out.find('\n') == std::string::npos);
    const auto parsed = parse_json(out);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(std::string_view(parsed->as_string()) == text);
  }));
}

TEST(JsonWriter, NumbersReadBackTheSame) {
  for (const double number : {0.0, 1.5, -0.1, 1e300, 5e-324, 24'000.0, std::numeric_limits<double>::max()}) {
    std::string out;
    JsonWriter(out).value(number);
    EXPECT_EQ(parse_json(out)->to_number<double>(), number) << out;
  }
}

}  // namespace
}  // namespace fairway
