#include "filing/record/merge.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "unit/filing/record_support.h"

namespace fairway::filing::record_tests {
namespace {

SourcePtr source_at(SourceKind kind, std::string document, uint8_t confidence, int64_t at_us) {
  return std::make_shared<const Source>(Source{kind, std::move(document), "pty_0123456789", {}, at_us, confidence});
}

Path at(std::string_view path) { return *core_schema().parse_path(path); }

std::vector<Path> merged(Record& record, std::string_view path, std::string value, const SourcePtr& source) {
  const FieldValue field{at(path), std::move(value)};
  auto changed = merge(record, std::span(&field, 1), source);
  EXPECT_TRUE(changed) << changed.error().text();
  return changed.value_or(std::vector<Path>());
}

struct MergeCase {
  std::string_view what;
  std::string_view path;
  SourceKind present_kind;
  uint8_t present_confidence;
  bool confirmed;
  std::string_view incoming_value;
  SourceKind incoming_kind;
  uint8_t incoming_confidence;
  bool taken, finding;
};
using K = SourceKind;
constexpr std::string_view kOld = "100", kNew = "120";
constexpr std::array<MergeCase, 15> kMergeCases = {{
    {"the same from a weaker source", "grossMassKg", K::message, 95, false, kOld, K::message, 60, false, false},
    {"another from a weaker message", "grossMassKg", K::message, 95, false, kNew, K::message, 60, false, true},
    {"another from a surer message", "grossMassKg", K::message, 60, false, kNew, K::message, 95, true, true},
    {"another, as sure and later", "grossMassKg", K::message, 95, false, kNew, K::sheet, 95, true, true},
    {"another against what was typed", "grossMassKg", K::typed, 100, false, kNew, K::message, 100, false, true},
    {"a suggestion against what was typed", "grossMassKg", K::typed, 100, false, kNew, K::suggested, 50, false, true},
    {"typed against a message", "grossMassKg", K::message, 100, false, kNew, K::typed, 100, true, false},
    {"typed against typed", "grossMassKg", K::typed, 100, false, kNew, K::typed, 100, true, false},
    {"typed against what was confirmed", "grossMassKg", K::message, 60, true, kNew, K::typed, 100, false, true},
    {"a surer message against what was confirmed", "grossMassKg", K::message, 60, true, kNew, K::message, 100, false, true},
    {"what happened, in an item that is not told", "grossMassKg", K::typed, 100, false, kNew, K::event, 100, false, true},
    {"what happened against what was typed", "legs[1].voyage", K::typed, 100, false, kNew, K::event, 95, true, true},
    {"what happened against what was confirmed", "legs[1].voyage", K::typed, 100, true, kNew, K::event, 95, false, true},
    {"an estimate against what was typed", "legs[1].voyage", K::typed, 100, false, kNew, K::event, 70, false, true},
    {"an estimate after what happened", "legs[1].voyage", K::event, 95, false, kNew, K::event, 70, false, false},
}};

TEST(RecordMerge, ByWhoIsToBeBelieved) {
  for (const MergeCase& c : kMergeCases) {
    Record record(core_schema());
    merged(record, c.path, std::string(kOld), source_at(c.present_kind, "first", c.present_confidence, 1'000));
    if (c.confirmed) record.confirm(at(c.path), std::make_shared<const Confirmation>(Confirmation{"usr_1", 1}));
    const auto changed =
        merged(record, c.path, std::string(c.incoming_value), source_at(c.incoming_kind, "second", c.incoming_confidence, 2'000));
    EXPECT_EQ(!changed.empty(), c.taken) << c.what;
    EXPECT_EQ(value_at(record, c.path), c.taken ? c.incoming_value : kOld) << c.what;
    const std::vector<Finding> findings = conflicts(record);
    ASSERT_EQ(findings.size(), c.finding ? 1u : 0u) << c.what;
    EXPECT_EQ(record.field(at(c.path)).confirmed != nullptr, c.confirmed) << c.what;
    if (!c.finding) continue;
    const Finding& finding = findings.front();
    EXPECT_EQ(finding.rule, "record.conflict");
    EXPECT_EQ(finding.weight, Weight::warning);
    EXPECT_EQ(finding.path, c.path);
    for (const std::string_view named : {"100", "120", "first", "second"})
      for (const std::string* words : {&finding.message.en, &finding.message.hant, &finding.message.hans})
        EXPECT_NE(words->find(named), std::string::npos) << c.what << ": " << *words;
  }
}

TEST(RecordMerge, AnEqualValueKeepsTheSurerSource) {
  Record record(core_schema());
  merged(record, "packages", "40", source_at(K::suggested, "guess", 50, 1));
  EXPECT_TRUE(merged(record, "packages", "40", source_at(K::message, "IFTMIN 1", 95, 2)).empty());
  EXPECT_EQ(record.field(at("packages")).source->document, "IFTMIN 1");
  merged(record, "packages", "40", source_at(K::suggested, "guess", 50, 3));
  EXPECT_EQ(record.field(at("packages")).source->document, "IFTMIN 1");
}

TEST(RecordMerge, NothingSaysNothing) {
  Record record(core_schema());
  merged(record, "packages", "40", source_at(K::message, "a", 95, 1));
  EXPECT_TRUE(merged(record, "packages", "", source_at(K::typed, "b", 100, 2)).empty());
  EXPECT_EQ(value_at(record, "packages"), "40");
}

TEST(RecordMerge, WhatStandsBesideGoesWhenSomebodyDecides) {
  Record record(core_schema());
  merged(record, "packages", "40", source_at(K::typed, "", 100, 1));
  merged(record, "packages", "41", source_at(K::message, "IFTMIN 1", 95, 2));
  merged(record, "packages", "41", source_at(K::message, "IFTMIN 1 again", 95, 3));
  ASSERT_EQ(conflicts(record).size(), 1u);
  const auto back = record_from_json(core_schema(), to_json(record));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_json(*back), to_json(record));
  ASSERT_EQ(conflicts(*back).size(), 1u);
  EXPECT_EQ(conflicts(*back).front().message.en, conflicts(record).front().message.en);

  Record confirmed = record;
  confirmed.confirm(at("packages"), std::make_shared<const Confirmation>(Confirmation{"usr_1", 1}));
  EXPECT_TRUE(conflicts(confirmed).empty());
  Record changed = record;
  ASSERT_TRUE(put_fields(changed, R"({"packages":42})", source_at(K::typed, "", 100, 4)));
  EXPECT_TRUE(conflicts(changed).empty());
}

TEST(RecordMerge, RowsThatMoveTakeAlongWhatStandsBesideThem) {
  Record record(core_schema());
  for (const std::string_view path : {"goods[1].quantity", "goods[2].quantity", "goods[3].quantity"})
    merged(record, path, "40", source_at(K::typed, "", 100, 1));
  merged(record, "goods[2].quantity", "41", source_at(K::message, "m", 95, 2));
  merged(record, "goods[3].quantity", "42", source_at(K::message, "m", 95, 2));
  record.erase_row(Group::goods, 1);
  const std::vector<Finding> findings = conflicts(record);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front().path, "goods[2].quantity");
  EXPECT_NE(findings.front().message.en.find("42"), std::string::npos);
}

TEST(RecordMerge, NoMoreStandsBesideThanTheLimit) {
  Record record(core_schema());
  merged(record, "packages", "1", source_at(K::typed, "", 100, 1));
  for (size_t i = 2; i < kAsidesMax + 50; ++i) merged(record, "packages", std::to_string(i), source_at(K::message, "m", 90, 2));
  EXPECT_EQ(record.asides().size(), kAsidesMax);
  EXPECT_EQ(record.asides().back().value, std::to_string(kAsidesMax + 49));
}

// Whatever comes in whichever order: what was typed last, or confirmed, is what the record has.
RC_GTEST_PROP(RecordMerge, WhatWasTypedStaysWhateverMessagesSay, ()) {
  Record record(core_schema());
  std::string typed;
  const int steps = *rc::gen::inRange(1, 30);
  for (int i = 0; i < steps; ++i) {
    const std::string value = std::to_string(*rc::gen::inRange(1, 5));
    const auto kind = *rc::gen::element(K::typed, K::sheet, K::message, K::event, K::register_, K::derived, K::suggested);
    merged(record, "goods[1].netMassKg", value, source_at(kind, "m", static_cast<uint8_t>(*rc::gen::inRange(0, 101)), i));
    if (kind == K::typed) typed = value;
    if (!typed.empty()) RC_ASSERT(value_at(record, "goods[1].netMassKg") == typed);
    for (const Aside& aside : record.asides()) RC_ASSERT(aside.value != value_at(record, "goods[1].netMassKg"));
  }
}

}  // namespace
}  // namespace fairway::filing::record_tests
