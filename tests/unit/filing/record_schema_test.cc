#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "filing/record/normal_form.h"
#include "unit/filing/record_support.h"

namespace fairway::filing::record_tests {
namespace {

TEST(RecordSchema, ItemsOfTheRecordAreFoundByPath) {
  const Schema& schema = core_schema();
  const auto path = schema.parse_path("goods[2].hs");
  ASSERT_TRUE(path) << path.error().text();
  EXPECT_EQ(path->item.group, Group::goods);
  EXPECT_EQ(path->row, 1u);
  EXPECT_EQ(schema.text(*path), "goods[2].hs");
  EXPECT_EQ(schema.item(path->item).type, ValueType::code);
  const auto plain = schema.parse_path("consignor.name");
  ASSERT_TRUE(plain);
  EXPECT_EQ(schema.text(*plain), "consignor.name");
  EXPECT_EQ(schema.item(plain->item).title.in("zh-Hant-HK"), "發貨人名稱");
  EXPECT_EQ(schema.item(plain->item).title.in("zh-Hans"), "发货人名称");
  EXPECT_EQ(schema.item(plain->item).title.in("fr"), "Consignor: name");
}

TEST(RecordSchema, EveryItemReadsBackFromItsPath) {
  const Schema& schema = core_schema();
  size_t items = 0;
  for (size_t g = 0; g < kGroups; ++g)
    for (const Item& item : schema.items(static_cast<Group>(g))) {
      const Path path{{item.group, item.id}, item.group == Group::consignment ? 0u : 6u};
      const auto back = schema.parse_path(schema.text(path));
      ASSERT_TRUE(back) << schema.text(path);
      EXPECT_EQ(*back, path);
      ++items;
    }
  EXPECT_GT(items, 190u);
}

TEST(RecordSchema, AnUnknownPathNamesTheNearestItem) {
  const Schema& schema = core_schema();
  const std::array<std::pair<std::string_view, std::string_view>, 8> cases = {{
      {"consigner.name", "consignor.name"},
      {"Consignor.Name", "consignor.name"},
      {"goods[2].hscode", "goods[1].hs"},
      {"good[1].hs", "goods[1].hs"},
      {"goods.hs", "goods[1].hs"},
      {"grossMass", "grossMassKg"},
      {"containers[1].nummer", "containers[1].number"},
      {"voyage", "legs[1].voyage"},
  }};
  for (const auto& [wrong, right] : cases) {
    const auto path = schema.parse_path(wrong);
    ASSERT_FALSE(path) << wrong;
    EXPECT_EQ(path.error().code, Code::invalid);
    EXPECT_EQ(path.error().hint, "did you mean " + std::string(right) + "?") << wrong;
  }
  for (const std::string_view row : {"goods[0].hs", "goods[01].hs", "goods[2001].hs", "goods[-1].hs", "goods[].hs", "goods[1e3].hs"}) {
    const auto path = schema.parse_path(row);
    ASSERT_FALSE(path) << row;
    EXPECT_NE(path.error().hint.find("rows count from 1 to 2000"), std::string::npos) << path.error().text();
  }
  for (const std::string_view odd : {"", "consignment[1].reference", "goods[1]", "goods[1]hs", "[1].hs", "goods]1[.hs"})
    EXPECT_FALSE(schema.parse_path(odd)) << odd;
  EXPECT_FALSE(schema.parse_path(std::string(10'000, 'x')));
}

TEST(RecordSchema, ARegimeAddsItemsAndTakesNoneThatIsThere) {
  Schema schema = core_schema();
  constexpr std::string_view kHead = "group,name,type,told,wco,title_en,title_hant,title_hans\n";
  ASSERT_TRUE(
      schema.add(std::string(kHead) + "# of this regime\ngoods,exampleCode,code,,Commodity/Example,\"Example, code\",例,例\n", "x.csv"));
  EXPECT_TRUE(schema.parse_path("goods[1].exampleCode"));
  const Status twice = schema.add(std::string(kHead) + "goods,hs,code,,,HS,,\n", "x.csv");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Code::conflict);
  EXPECT_EQ(twice.error().detail, "x.csv row 2: goods[1].hs");
  const std::array<std::pair<std::string_view, std::string_view>, 4> wrong = {{
      {"things,a,code,,,A,,\n", "x.csv row 2, group: things"},
      {"goods,a b,code,,,A,,\n", "x.csv row 2, name: a b"},
      {"goods,a,number,,,A,,\n", "x.csv row 2, type: number"},
      {"goods,a,code,perhaps,,A,,\n", "x.csv row 2, told: perhaps"},
  }};
  for (const auto& [row, detail] : wrong) {
    const Status added = Schema().add(std::string(kHead) + std::string(row), "x.csv");
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().detail, detail);
  }
  const Status headless = Schema().add("group,name,type\n", "x.csv");
  ASSERT_FALSE(headless);
  EXPECT_EQ(headless.error().detail, "x.csv: told");
}

struct FormCase {
  ValueType type;
  std::string_view raw, form;
};
constexpr std::array<FormCase, 24> kForms = {{
    {ValueType::text, "  Wing On Ltd \r\n", "Wing On Ltd"},
    {ValueType::text, "永安\xE3\x80\x80有限公司", "永安 有限公司"},
    {ValueType::text, "a\r\nb\tc", "a\nb c"},
    {ValueType::text, " \xC2\xA0 ", ""},
    {ValueType::code, "tghu 123456 7", "TGHU1234567"},
    {ValueType::code, "粤zhk12港", "粤ZHK12港"},
    {ValueType::decimal, "1,234.50", "1234.5"},
    {ValueType::decimal, "+12", "12"},
    {ValueType::decimal, "1 234 567", "1234567"},
    {ValueType::decimal, "0.000", "0"},
    {ValueType::decimal, "-1,234,567.891", "-1234567.891"},
    {ValueType::date, "2026-11-24", "2026-11-24"},
    {ValueType::date, "2026/11/24", "2026-11-24"},
    {ValueType::date, "20261124", "2026-11-24"},
    {ValueType::date, "2026-11-24 00:00:00", "2026-11-24"},
    {ValueType::instant, "2026-11-24 08:30+08:00", "2026-11-24T08:30:00+08:00"},
    {ValueType::instant, "2026-11-24T08:30:00z", "2026-11-24T08:30:00Z"},
    {ValueType::instant, "2026-11-24T08:30:00.250+0800", "2026-11-24T08:30:00.250+08:00"},
    {ValueType::truth, "TRUE", "yes"},
    {ValueType::truth, "n", "no"},
    {ValueType::truth, "是", "yes"},
    {ValueType::truth, "否", "no"},
    {ValueType::truth, "1", "yes"},
    {ValueType::truth, "", ""},
}};

TEST(RecordSchema, ValuesHaveOneForm) {
  for (const FormCase& c : kForms) {
    const auto form = normal_form(c.type, c.raw);
    ASSERT_TRUE(form) << c.raw << ": " << form.error().text();
    EXPECT_EQ(*form, c.form) << c.raw;
    EXPECT_EQ(normal_form(c.type, *form).value_or("refused"), *form) << c.raw;
  }
}

TEST(RecordSchema, AWrongValueIsToldWhatIsExpected) {
  constexpr std::array<FormCase, 13> kWrong = {{
      {ValueType::text, "bell \x07", "a control character stands in it"},
      {ValueType::text, "broken \xFF", "save it as UTF-8"},
      {ValueType::decimal, "1,5", "digits with at most one point"},
      {ValueType::decimal, "1.234,567", "digits with at most one point"},
      {ValueType::decimal, "12 kg", "digits with at most one point"},
      {ValueType::decimal, "1e3", "digits with at most one point"},
      {ValueType::decimal, "1234567890123456789", "at most 18"},
      {ValueType::date, "24/11/2026", "year, month, day, as in 2026-11-24"},
      {ValueType::date, "2026-02-30", "year, month, day, as in 2026-11-24"},
      {ValueType::instant, "2026-11-24T08:30:00", "how far local time is from UTC"},
      {ValueType::instant, "tomorrow", "date, time and offset from UTC"},
      {ValueType::instant, "2200-12-31T24:00:00Z", "a year from 1900 to 2200"},
      {ValueType::truth, "perhaps", "write yes or no"},
  }};
  for (const FormCase& c : kWrong) {
    const auto form = normal_form(c.type, c.raw);
    ASSERT_FALSE(form) << c.raw << " → " << *form;
    EXPECT_EQ(form.error().code, Code::invalid);
    EXPECT_NE(form.error().hint.find(c.form), std::string::npos) << form.error().text();
  }
  const auto long_text = normal_form(ValueType::text, std::string(4097, 'x'));
  ASSERT_FALSE(long_text);
  EXPECT_EQ(long_text.error().code, Code::too_large);
}

RC_GTEST_PROP(RecordSchema, WhatComesOutGoesInAgainUnchanged, (std::string raw)) {
  const auto type = static_cast<ValueType>(*rc::gen::inRange(0, 6));
  const auto form = normal_form(type, raw);
  if (form) RC_ASSERT(normal_form(type, *form).value_or("refused") == *form);
}

RC_GTEST_PROP(RecordSchema, AnyTextIsAPathOrARefusal, (std::string text)) {
  if (const auto path = core_schema().parse_path(text)) RC_ASSERT(core_schema().text(*path) == text);
}

}  // namespace
}  // namespace fairway::filing::record_tests
