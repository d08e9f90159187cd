// A regime that the engine has never heard of: tests/unit/filing/regimes/sg. Nothing of it stands in src/.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine_support.h"

namespace fairway::filing::engine_tests {
namespace {

const std::vector<std::string> kSingapore = {"sg"};

Plan plan_of(const Record& record, const std::map<std::string, Overrides, std::less<>>& overrides = {}) {
  auto plan = make_plan(regimes(), record, on("2026-11-24"), overrides, kSingapore);
  if (!plan) ADD_FAILURE() << plan.error().text();
  return plan ? std::move(*plan) : Plan();
}

TEST(Plan, a_regime_of_tables_alone_is_planned_filled_and_checked) {
  const Plan plan = plan_of(import_into_singapore());
  ASSERT_EQ(plan.filings.size(), 1u);
  const PlannedFiling& in = plan.filings.front();
  EXPECT_EQ(in.key.text(), "sg/in");
  EXPECT_EQ(in.filer, "importer");
  EXPECT_EQ(in.reason, "goods come into Singapore");
  EXPECT_EQ(in.items, (std::vector<uint32_t>{1, 2}));
  ASSERT_TRUE(in.deadline);
  EXPECT_EQ(to_rfc3339_utc(in.deadline->latest.micros), "2026-11-30T22:30:00Z");
  EXPECT_EQ(in.draft.day, "2026-12-01") << "the day of arrival in the regime's zone";
  EXPECT_TRUE(in.draft.missing.empty());
  EXPECT_EQ(rules_of(in.findings), std::vector<std::string>{});
  EXPECT_EQ(value_of(in.draft, "importer.name"), "Lim Trading");
  EXPECT_EQ(value_of(in.draft, "arrival"), "2026-12-01");
  EXPECT_EQ(value_of(in.draft, "packageType"), "CTN");
  EXPECT_EQ(in.draft.find("packageType")->working, "CT → CTN");
  EXPECT_EQ(value_of(in.draft, "item[2].number"), "2");
  EXPECT_EQ(value_of(in.draft, "container[1].number"), "CSQU3054383");
}

TEST(Plan, values_for_customs_are_apportioned_and_the_last_line_takes_the_rest) {
  const Plan plan = plan_of(import_into_singapore());
  const Draft& draft = plan.filings.front().draft;
  EXPECT_EQ(value_of(draft, "item[1].value"), "495");
  EXPECT_EQ(value_of(draft, "item[2].value"), "990");
  EXPECT_EQ(value_of(draft, "item[1].gst"), "44.55") << "the rate of the day of arrival";
  EXPECT_EQ(draft.find("item[1].value")->working,
            "(USD 1,000.00 FOB + freight USD 90.00 + insurance USD 10.00) × 1.35 = SGD 1,485.00; × 333.33 ÷ 1,000.00 = SGD 495.00");
}

TEST(Plan, rows_of_tables_count_on_their_days) {
  Record record = import_into_singapore();
  put(record, "legs[1].arrival", "2023-06-01T00:00:00Z");
  EXPECT_EQ(value_of(plan_of(record).filings.front().draft, "item[1].gst"), "39.6");
}

TEST(Plan, a_way_out_is_the_other_form) {
  Record record = import_into_singapore();
  put(record, "exporter.uen", "201912345K");
  put(record, "countryOfDispatch", "SG");
  put(record, "countryOfDestination", "NL");
  put(record, "legs[1].from", "SGSIN");
  put(record, "legs[1].to", "NLRTM");
  put(record, "legs[1].departure", "2026-12-01T00:00:00Z");
  const Plan plan = plan_of(record);
  ASSERT_EQ(plan.filings.size(), 1u);
  EXPECT_EQ(plan.filings.front().key.text(), "sg/out");
  EXPECT_EQ(value_of(plan.filings.front().draft, "item[2].value"), "900") << "FOB has no freight in it";
}

TEST(Plan, what_does_not_touch_the_territory_is_not_filed) {
  Record record = import_into_singapore();
  put(record, "countryOfDestination", "MY");
  put(record, "legs[1].to", "MYPKG");
  EXPECT_TRUE(plan_of(record).filings.empty());
}

TEST(Plan, a_component_that_the_value_needs_is_asked_for) {
  Record record = import_into_singapore();
  put(record, "freight.amount", "");
  const PlannedFiling in = plan_of(record).filings.front();
  EXPECT_EQ(in.draft.missing, (std::vector<std::string>{"item[1].value", "item[2].value"}));
  ASSERT_FALSE(in.findings.empty());
  EXPECT_EQ(in.findings.front().rule, "value.component");
  EXPECT_EQ(in.findings.front().path, "freight.amount");
  EXPECT_EQ(in.findings.front().message.en, "CIF value, SGD cannot be worked out without Freight");
  EXPECT_EQ(in.findings.front().cure.hans, "请提供运费；如无，填 0");
  const auto& from = in.draft.find("item[1].value")->from;
  EXPECT_NE(std::ranges::find(from, "freight.amount"), from.end()) << "who gives it makes the draft stale";
}

TEST(Plan, a_rate_that_nobody_knows_is_asked_for) {
  Record record = import_into_singapore();
  put(record, "invoice.currency", "EUR");
  const PlannedFiling without = plan_of(record).filings.front();
  EXPECT_EQ(rules_of(without.findings), (std::vector<std::string>{"value.rate", "value.rate"}));
  EXPECT_EQ(without.findings.front().path, "exchange.rate");
  put(record, "exchange.rate", "1.5");
  EXPECT_EQ(value_of(plan_of(record).filings.front().draft, "item[2].value"), "1100.01");
  Setting setting = on("2026-11-24");
  setting.rates["USD"] = Decimal(2);
  const auto told = make_plan(regimes(), import_into_singapore(), setting, {}, kSingapore);
  ASSERT_TRUE(told);
  EXPECT_EQ(value_of(told->filings.front().draft, "item[2].value"), "1466.67") << "a rate that was imported since stands over the table's";
}

TEST(Plan, what_a_clock_waits_for_is_named) {
  Record record = import_into_singapore();
  put(record, "legs[1].arrival", "");
  const PlannedFiling in = plan_of(record).filings.front();
  EXPECT_FALSE(in.deadline);
  EXPECT_EQ(in.deadline_waits_for, "legs[1].arrival");
  EXPECT_EQ(in.draft.day, "2026-11-24");
}

TEST(Plan, what_a_person_lays_over_stands_and_counts_as_typed) {
  const Record record = import_into_singapore();
  const Plan plan = plan_of(record, {{"sg/in", {{"item[1].origin", "FR"}}}});
  const FilledField* field = plan.filings.front().draft.find("item[1].origin");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->value, "FR");
  EXPECT_TRUE(field->typed);
  EXPECT_EQ(plan.typing.typed, 1u);
  EXPECT_EQ(plan.typing.total, plan.filings.front().draft.fields.size());
}

TEST(Plan, a_field_is_as_sure_as_the_least_of_what_it_is_made_of) {
  Record record = import_into_singapore();
  put(record, "insurance.amount", "10", from(SourceKind::suggested, 60));
  const Draft draft = plan_of(record).filings.front().draft;
  EXPECT_EQ(draft.find("item[1].value")->confidence(), 60);
  EXPECT_EQ(draft.find("item[1].value")->source->kind, SourceKind::suggested);
  EXPECT_EQ(draft.find("item[1].origin")->confidence(), 100);
  EXPECT_EQ(draft.find("item[1].number")->source, nullptr);
}

TEST(Plan, an_unknown_regime_is_refused) {
  const std::vector<std::string> nowhere = {"xx"};
  const auto plan = make_plan(regimes(), import_into_singapore(), on("2026-11-24"), {}, nowhere);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, Code::not_found);
}

}  // namespace
}  // namespace fairway::filing::engine_tests
