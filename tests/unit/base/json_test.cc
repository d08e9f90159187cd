#include "base/json.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace fairway {
namespace {

std::string nested_arrays(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, ReadsMembersByType) {
  const auto parsed = parse_json(R"({"t":"x","i":-3,"d":2.5,"b":true,"o":{"a":1},"l":[1],"n":null})");
  ASSERT_TRUE(parsed);
  const json::object& object = parsed->as_object();
  EXPECT_EQ(text_of(object, "t"), "x");
  EXPECT_EQ(text_of(object, "i"), "");
  EXPECT_EQ(integer_of(object, "i"), -3);
  EXPECT_EQ(number_of(object, "i"), -3.0);
  EXPECT_EQ(number_of(object, "d"), 2.5);
  EXPECT_EQ(integer_of(object, "d"), std::nullopt);
  EXPECT_EQ(truth_of(object, "b"), true);
  EXPECT_EQ(truth_of(object, "i"), std::nullopt);
  ASSERT_NE(object_of(object, "o"), nullptr);
  ASSERT_NE(array_of(object, "l"), nullptr);
  EXPECT_EQ(object_of(object, "l"), nullptr);
  EXPECT_EQ(array_of(object, "missing"), nullptr);
  EXPECT_EQ(number_of(object, "t"), std::nullopt);
}

TEST(Json, RefusesWhatIsNotStrictJson) {
  for (const std::string_view text :
       {"", "{", "{\"a\":1,}", "[1 2]", "{'a':1}", "nul", "1 2", "{} x", "\"\xFF\"", "\"\\ud800\"", "01", "NaN"})
    EXPECT_FALSE(parse_json(text)) << text;
  EXPECT_NE(parse_json("[1, x]").error().detail.find("byte"), std::string::npos);
}

TEST(Json, BlanksAroundTheValueAreNothing) { EXPECT_TRUE(parse_json(" \r\n{}\t ")); }

TEST(Json, NestingIsBounded) {
  EXPECT_TRUE(parse_json(nested_arrays(limits::kJsonDepthMax)));
  EXPECT_FALSE(parse_json(nested_arrays(limits::kJsonDepthMax + 1)));
  EXPECT_TRUE(parse_json(nested_arrays(3), {}, 3));
  EXPECT_FALSE(parse_json(nested_arrays(4), {}, 3));
}

TEST(Json, ALongTextOutgrowsTheParsersScratch) {
  const std::string text = "\"" + std::string(100'000, 'x') + "\"";
  ASSERT_TRUE(parse_json(text));
  EXPECT_EQ(parse_json(text)->as_string().size(), 100'000u);
}

}  // namespace
}  // namespace fairway
