#include "base/json_scan.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

#include "base/limits.h"

namespace fairway {
namespace {

using Pair = std::pair<std::string, std::string>;

Result<std::vector<std::string>> elements_of(std::string_view array) {
  std::vector<std::string> elements;
  TRY_OK(each_json_element(array, [&](std::string_view element) -> Status {
    elements.emplace_back(element);
    return {};
  }));
  return elements;
}

Result<std::vector<Pair>> members_of(std::string_view object) {
  std::vector<Pair> members;
  TRY_OK(each_json_member(object, [&](std::string_view name, std::string_view value) -> Status {
    members.emplace_back(name, value);
    return {};
  }));
  return members;
}

TEST(JsonScan, CutsAnArray) {
  EXPECT_EQ(elements_of(" [ 1 , \"a,]\" , {\"b\":[2,{}]} , [] , true ] ").value(),
            (std::vector<std::string>{"1", "\"a,]\"", "{\"b\":[2,{}]}", "[]", "true"}));
  EXPECT_TRUE(elements_of("[]").value().empty());
  EXPECT_TRUE(elements_of("[ ]").value().empty());
}

TEST(JsonScan, CutsAnObject) {
  EXPECT_EQ(members_of(R"({"a":1,"b\"c": "x\\", "d":{"e":"}"}})").value(),
            (std::vector<Pair>{{"a", "1"}, {"b\\\"c", "\"x\\\\\""}, {"d", R"({"e":"}"})"}}));
  EXPECT_TRUE(members_of("{}").value().empty());
}

TEST(JsonScan, KnowsWhereAStringEnds) {
  EXPECT_EQ(json_value_end(R"("a\"b")", 0).value(), 6u);
  EXPECT_EQ(json_value_end(R"("a\\"x)", 0).value(), 5u);
  EXPECT_FALSE(json_value_end(R"("a\")", 0));
  EXPECT_FALSE(json_value_end("\"\\", 0));
}

TEST(JsonScan, RefusesWhatCannotBeCut) {
  for (const std::string_view text : {"", "[", "[1", "[1,", "[1,]", "[,]", "[1 2]", "[1]]", "[1] x", "{}", "[\"a]", "[{]}", "[}"})
    EXPECT_FALSE(elements_of(text)) << text;
  for (const std::string_view text :
       {"", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a\":}", "[]", "{} {}"})
    EXPECT_FALSE(members_of(text)) << text;
  EXPECT_NE(elements_of("[1 2]").error().detail.find("byte 3"), std::string::npos);
}

TEST(JsonScan, NestingIsBounded) {
  const auto nested = [](size_t depth) { return "[" + std::string(depth, '[') + std::string(depth, ']') + "]"; };
  EXPECT_TRUE(elements_of(nested(limits::kJsonDepthMax)));
  const auto refused = elements_of(nested(limits::kJsonDepthMax + 1));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "JSON nested too deep");
}

TEST(JsonScan, TheVisitorCanStop) {
  int visits = 0;
  const Status stopped = each_json_element("[1,2,3]", [&](std::string_view) -> Status {
    if (++visits == 2) return fail(Code::too_large, "enough");
    return {};
  });
  EXPECT_EQ(stopped.error().code, Code::too_large);
  EXPECT_EQ(visits, 2);
}

TEST(JsonScan, NeverReadsPastAnyBytes) {
  EXPECT_TRUE(rc::check("any bytes are cut or refused", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("{}[]\",:\\ a1\n")));
    static_cast<void>(elements_of(text));
    static_cast<void>(members_of(text));
    for (size_t at = 0; at <= text.size(); ++at)
      if (const auto end = json_value_end(text, at)) RC_ASSERT(*end > at && *end <= text.size());
  }));
}

}  // namespace
}  // namespace fairway
