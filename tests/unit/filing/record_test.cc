#include "filing/record/record.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "unit/filing/record_support.h"

namespace fairway::filing::record_tests {
namespace {

Record with_fields(std::string_view json, const SourcePtr& source) {
  Record record(core_schema());
  const Status put = put_fields(record, json, source);
  EXPECT_TRUE(put) << put.error().text();
  return record;
}

TEST(Record, FieldsAreNormalisedAndKeepTheirSource) {
  const SourcePtr sheet = source_of(SourceKind::sheet, "goods.csv row 2", 80);
  const Record record = with_fields(
      R"({"consignor.name":" Wing On Ltd ","goods[2].hs":"8517 13","goods[2].netMassKg":12.5,"legs[1].container":true})", sheet);
  EXPECT_EQ(value_at(record, "consignor.name"), "Wing On Ltd");
  EXPECT_EQ(value_at(record, "goods[2].hs"), "851713");
  EXPECT_EQ(value_at(record, "goods[2].netMassKg"), "12.5");
  EXPECT_EQ(value_at(record, "legs[1].container"), "yes");
  EXPECT_EQ(record.rows(Group::goods), 2u);
  EXPECT_EQ(record.rows(Group::consignment), 1u);
  EXPECT_EQ(record.rows(Group::containers), 0u);
  const Field& field = record.field(*core_schema().parse_path("goods[2].hs"));
  ASSERT_NE(field.source, nullptr);
  EXPECT_EQ(field.source->document, "goods.csv row 2");
  EXPECT_FALSE(record.field(*core_schema().parse_path("goods[1].hs")).present());
  EXPECT_FALSE(record.field(*core_schema().parse_path("goods[2000].hs")).present());
}

TEST(Record, AllOfThemGoInOrNone) {
  Record record = with_fields(R"({"consignor.name":"A"})", source_of(SourceKind::typed));
  const std::string before = to_json(record);
  for (const std::string_view wrong :
       {R"({"consignor.name":"B","grossMassKg":"heavy"})", R"({"consignor.name":"B","consigner.name":"C"})",
        R"({"consignor.name":"B","consignee.name":["C"]})", R"({"consignor.name":"B","goods[2001].hs":"851713"})", "[]", "{"}) {
    EXPECT_FALSE(put_fields(record, wrong, source_of(SourceKind::typed))) << wrong;
    EXPECT_EQ(to_json(record), before) << wrong;
  }
  const Status wrong = put_fields(record, R"({"goods[3].netMassKg":"heavy"})", source_of(SourceKind::typed));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().detail, "goods[3].netMassKg: heavy");
}

TEST(Record, NothingAndNullTakeAFieldOutAndEmptyRowsWithIt) {
  Record record = with_fields(R"({"consignor.name":"A","goods[1].hs":"851713","goods[3].hs":"851714"})", source_of(SourceKind::typed));
  EXPECT_EQ(record.rows(Group::goods), 3u);
  ASSERT_TRUE(put_fields(record, R"({"consignor.name":null,"goods[3].hs":"","goods[9].hs":null})", source_of(SourceKind::typed)));
  EXPECT_EQ(value_at(record, "consignor.name"), "");
  EXPECT_EQ(record.rows(Group::goods), 1u);
}

TEST(Record, RowsMoveUp) {
  Record record = with_fields(R"({"goods[1].hs":"111111","goods[2].hs":"222222","goods[3].hs":"333333"})", source_of(SourceKind::typed));
  record.erase_row(Group::goods, 1);
  EXPECT_EQ(record.rows(Group::goods), 2u);
  EXPECT_EQ(value_at(record, "goods[2].hs"), "333333");
  record.erase_row(Group::goods, 7);
  record.erase_row(Group::consignment, 0);
  EXPECT_EQ(record.rows(Group::goods), 2u);
  EXPECT_EQ(record.rows(Group::consignment), 1u);
}

TEST(Record, TooManyRowsAreRefused) {
  Record record(core_schema());
  const ItemRef hs = *core_schema().find(Group::goods, "hs");
  EXPECT_TRUE(record.put({hs, kRecordRowsMax - 1}, "851713", nullptr));
  const Status over = record.put({hs, kRecordRowsMax}, "851713", nullptr);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, Code::too_large);
}

TEST(Record, AConfirmationStandsForTheValueAsItIs) {
  Record record = with_fields(R"({"grossMassKg":"100"})", source_of(SourceKind::message));
  const Path path = *core_schema().parse_path("grossMassKg");
  const auto confirmation = std::make_shared<const Confirmation>(Confirmation{"usr_1", 1'795'000'000'000'000});
  record.confirm(path, confirmation);
  record.confirm(*core_schema().parse_path("netMassKg"), confirmation);
  EXPECT_EQ(record.field(*core_schema().parse_path("netMassKg")).confirmed, nullptr);
  ASSERT_TRUE(record.put(path, "100", source_of(SourceKind::typed)));
  EXPECT_EQ(record.field(path).confirmed, confirmation);
  ASSERT_TRUE(record.put(path, "101", source_of(SourceKind::typed)));
  EXPECT_EQ(record.field(path).confirmed, nullptr);
}

TEST(Record, TypedFieldsAreCounted) {
  Record record = with_fields(R"({"consignor.name":"A","consignee.name":"B"})", source_of(SourceKind::typed));
  ASSERT_TRUE(put_fields(record, R"({"grossMassKg":1,"packages":2})", source_of(SourceKind::message)));
  EXPECT_EQ(record.typing().typed, 2u);
  EXPECT_EQ(record.typing().total, 4u);
  EXPECT_DOUBLE_EQ(record.typing().rate(), 0.5);
  EXPECT_DOUBLE_EQ(Record(core_schema()).typing().rate(), 0);
}

TEST(Record, ChangesAreThePathsWithAnotherValue) {
  const Record before = with_fields(R"({"consignor.name":"A","goods[1].hs":"1","goods[2].hs":"2"})", source_of(SourceKind::typed));
  Record after = before;
  ASSERT_TRUE(put_fields(after, R"({"consignor.name":"B","goods[2].hs":null,"goods[1].brand":"X","goods[1].hs":"1"})",
                         source_of(SourceKind::sheet)));
  std::vector<std::string> paths;
  for (const Path& path : changes(before, after)) paths.push_back(core_schema().text(path));
  EXPECT_EQ(paths, (std::vector<std::string>{"consignor.name", "goods[1].brand", "goods[2].hs"}));
  EXPECT_TRUE(changes(after, after).empty());
}

TEST(RecordJson, ReadsBackWithSourcesAndConfirmations) {
  Record record =
      with_fields(R"({"consignor.name":"永安 \"有限\" 公司","goods[2].hs":"851713"})", source_of(SourceKind::message, "IFTMIN 4711", 85));
  ASSERT_TRUE(put_fields(record, R"({"grossMassKg":"12.5"})", source_of(SourceKind::typed)));
  record.confirm(*core_schema().parse_path("grossMassKg"),
                 std::make_shared<const Confirmation>(Confirmation{"usr_1", 1'795'000'000'000'000}));
  const std::string json = to_json(record);
  const auto back = record_from_json(core_schema(), json);
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_json(*back), json);
  const Field& field = back->field(*core_schema().parse_path("goods[2].hs"));
  EXPECT_EQ(field.source->kind, SourceKind::message);
  EXPECT_EQ(field.source->document, "IFTMIN 4711");
  EXPECT_EQ(field.source->confidence, 85);
  EXPECT_EQ(field.source, back->field(*core_schema().parse_path("consignor.name")).source);  // one source stays one
  const Field& confirmed = back->field(*core_schema().parse_path("grossMassKg"));
  ASSERT_NE(confirmed.confirmed, nullptr);
  EXPECT_EQ(confirmed.confirmed->person, "usr_1");
  EXPECT_EQ(confirmed.confirmed->at_us, 1'795'000'000'000'000);
}

TEST(RecordJson, AFieldMayBeItsValueAlone) {
  const auto record =
      record_from_json(core_schema(), R"({"fields":{"consignor.name":"A","grossMassKg":12.5,"goods[1].quantity":{"value":"3"}}})");
  ASSERT_TRUE(record) << record.error().text();
  EXPECT_EQ(value_at(*record, "grossMassKg"), "12.5");
  EXPECT_EQ(record->typing().typed, 2u);
  EXPECT_EQ(record->typing().total, 3u);
}

TEST(RecordJson, WhatIsWrongIsNamed) {
  const std::array<std::pair<std::string_view, std::string_view>, 9> cases = {{
      {R"({"fields":{"grossMassKg":"heavy"}})", "grossMassKg: heavy"},
      {R"({"fields":{"grossMas":"1"}})", "grossMas"},
      {R"({"fields":{"grossMassKg":{"source":0}}})", "grossMassKg"},
      {R"({"fields":{"grossMassKg":{"value":"1","source":0}},"sources":[]})", "grossMassKg"},
      {R"({"fields":{"grossMassKg":{"value":"1","source":-1}},"sources":[{"kind":"typed"}]})", "grossMassKg"},
      {R"({"fields":{},"sources":[{"kind":"dreamt"}]})", "sources[0]: dreamt"},
      {R"({"fields":{},"sources":[{"kind":"typed","confidence":101}]})", "sources[0]"},
      {R"({"fields":{},"sources":[{"kind":"typed","at":"noon"}]})", "sources[0]: noon"},
      {R"({"fields":{"grossMassKg":{"value":"1","confirmed":{"person":""}}}})", "grossMassKg"},
  }};
  for (const auto& [json, detail] : cases) {
    const auto record = record_from_json(core_schema(), json);
    ASSERT_FALSE(record) << json;
    EXPECT_EQ(record.error().code, Code::invalid) << json;
    EXPECT_EQ(record.error().detail, detail) << json;
  }
  EXPECT_FALSE(record_from_json(core_schema(), "[]"));
  EXPECT_FALSE(record_from_json(core_schema(), R"({"fields":[]})"));
  const auto large = record_from_json(core_schema(), std::string(kRecordBytesMax + 1, ' '));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, Code::too_large);
}

RC_GTEST_PROP(RecordJson, AnyRecordReadsBackEqual, ()) {
  const Schema& schema = core_schema();
  Record record(schema);
  const std::vector<SourcePtr> sources = {source_of(SourceKind::typed), source_of(SourceKind::event, "entry 12", 95), nullptr};
  const int fields = *rc::gen::inRange(0, 40);
  for (int i = 0; i < fields; ++i) {
    const auto group = static_cast<Group>(*rc::gen::inRange<size_t>(0, kGroups));
    const auto id = static_cast<ItemId>(*rc::gen::inRange<size_t>(0, schema.items(group).size()));
    const uint32_t row = group == Group::consignment ? 0 : *rc::gen::inRange<uint32_t>(0, 5);
    const auto value = schema.normalise(
        {group, id},
        *rc::gen::oneOf(rc::gen::arbitrary<std::string>(),
                        rc::gen::element<std::string>("12.5", "2026-11-24", "2026-11-24T08:30:00+08:00", "yes", "永安", "a\nb", "")));
    if (!value) continue;
    const Path path{{group, id}, row};
    RC_ASSERT(record.put(path, *value, sources[*rc::gen::inRange<size_t>(0, 3)]).has_value());
    if (*rc::gen::arbitrary<bool>())
      record.confirm(path, std::make_shared<const Confirmation>(Confirmation{"usr_1", 1'795'000'000'000'000}));
  }
  const std::string json = to_json(record);
  const auto back = record_from_json(schema, json);
  RC_ASSERT(back.has_value());
  RC_ASSERT(to_json(*back) == json);
  RC_ASSERT(changes(record, *back).empty());
  for (size_t g = 0; g < kGroups; ++g) RC_ASSERT(back->rows(static_cast<Group>(g)) == record.rows(static_cast<Group>(g)));
}

}  // namespace
}  // namespace fairway::filing::record_tests
