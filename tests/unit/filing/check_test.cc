#include <gtest/gtest.h>

#include "engine_support.h"

namespace fairway::filing::engine_tests {
namespace {

const Regime& singapore() { return *regimes().find("sg"); }

std::vector<Finding> findings_of(const Record& record, const Overrides& overrides = {}) {
  const Setting setting = on("2026-11-24");
  const auto draft = fill(singapore(), {"sg", "in", 0}, record, overrides, setting);
  if (!draft) ADD_FAILURE() << draft.error().text();
  return draft ? check(singapore(), *draft, record, setting) : std::vector<Finding>();
}

TEST(Check, a_consistent_draft_has_no_findings) { EXPECT_TRUE(findings_of(import_into_singapore()).empty()); }

TEST(Check, rules_of_the_tables_speak_with_the_values) {
  Record record = import_into_singapore();
  put(record, "goods[2].sgHs", "99999999");
  const auto findings = findings_of(record);
  ASSERT_EQ(findings.size(), 1u);
  const Finding& finding = findings.front();
  EXPECT_EQ(finding.rule, "sg.code");
  EXPECT_EQ(finding.weight, Weight::blocking);
  EXPECT_EQ(finding.form, "sg/in");
  EXPECT_EQ(finding.field, "item[2].code");
  EXPECT_EQ(finding.path, "goods[2].hs");
  EXPECT_EQ(finding.message.en, "line 2: 99999999 is no code below 852351");
  EXPECT_EQ(finding.message.hans, "第 2 项：99999999 不属于 852351");
  EXPECT_EQ(finding.cure.en, "take a code that begins with 852351");
  EXPECT_EQ(finding.source, "AHTN (test)");
}

TEST(Check, rules_see_what_was_laid_over) {
  const auto findings = findings_of(import_into_singapore(), {{"packages", "0"}});
  ASSERT_EQ(rules_of(findings), std::vector<std::string>{"sg.packages"});
  EXPECT_EQ(findings.front().weight, Weight::warning);
  EXPECT_EQ(findings.front().message.en, "0 packages");
}

TEST(Check, what_is_required_and_missing_is_named_with_what_it_is_made_of) {
  Record record = import_into_singapore();
  put(record, "importer.uen", "");
  const auto findings = findings_of(record);
  ASSERT_EQ(rules_of(findings), std::vector<std::string>{"field.required"});
  EXPECT_EQ(findings.front().path, "importer.uen");
  EXPECT_EQ(findings.front().message.hant, "缺少進口商");
  EXPECT_EQ(findings.front().cure.en, "Give Importer: unique entity number");
}

TEST(Check, lengths_count_a_chinese_character_twice) {
  Record record = import_into_singapore();
  put(record, "importer.name", "新加坡進出口貿易有限公司新加坡進出口貿易有限公司一");
  EXPECT_TRUE(findings_of(record).empty()) << "25 characters, 50 as counted";
  put(record, "importer.name", "新加坡進出口貿易有限公司新加坡進出口貿易有限公司一a");
  EXPECT_EQ(rules_of(findings_of(record)), std::vector<std::string>{"field.length"});
}

TEST(Check, lists_and_types_hold_for_what_is_laid_over) {
  EXPECT_EQ(rules_of(findings_of(import_into_singapore(), {{"packageType", "BOX"}})), std::vector<std::string>{"field.list"});
  EXPECT_EQ(rules_of(findings_of(import_into_singapore(), {{"arrival", "tomorrow"}})), std::vector<std::string>{"field.type"});
  EXPECT_EQ(rules_of(findings_of(import_into_singapore(), {{"item[1].value", "1,485.00"}})), std::vector<std::string>{"field.type"});
}

TEST(Check, a_form_that_the_regime_does_not_have_is_refused) {
  const auto draft = fill(singapore(), {"sg", "transit", 0}, import_into_singapore(), {}, on("2026-11-24"));
  ASSERT_FALSE(draft);
  EXPECT_EQ(draft.error().code, Code::not_found);
  EXPECT_FALSE(fill(singapore(), {"sg", "in", 1}, import_into_singapore(), {}, on("2026-11-24")));
}

TEST(FormKey, is_written_and_read) {
  for (const std::string_view text : {"hk/1A", "hk/aci@2", "cn/road-manifest@12"}) {
    const auto key = FormKey::parse(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->text(), text);
  }
  for (const std::string_view text : {"", "hk", "/1", "hk/", "hk/1@", "hk/1@0", "hk/1@x", "hk/1@99999", "hk/a b", "hk/a/b"}) {
    EXPECT_FALSE(FormKey::parse(text)) << text;
  }
}

TEST(Draft, digests_are_of_a_group_or_of_all) {
  const auto draft = fill(singapore(), {"sg", "in", 0}, import_into_singapore(), {}, on("2026-11-24"));
  const auto other = fill(singapore(), {"sg", "in", 0}, import_into_singapore(), {{"packages", "13"}}, on("2026-11-24"));
  ASSERT_TRUE(draft && other);
  EXPECT_EQ(draft->digest().size(), 64u);
  EXPECT_NE(draft->digest(), other->digest());
  EXPECT_NE(draft->digest("packages"), other->digest("packages"));
  EXPECT_EQ(draft->digest("goods"), other->digest("goods"));
}

}  // namespace
}  // namespace fairway::filing::engine_tests
