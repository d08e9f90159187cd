#include "cn_support.h"

namespace fairway::filing {
namespace cn_tests {

TEST(Mainland, ACleanImportHasNoFinding) {
  const Record record = import_record();
  for (const char* form : {"dec-import", "road-in@1"}) {
    const auto lines = told(findings_of(record, form));
    EXPECT_TRUE(lines.empty()) << form << "\n" << text_of(lines);
    EXPECT_TRUE(draft_of(record, form).missing.empty());
  }
}

TEST(Mainland, ACleanExportHasNoFinding) {
  const Record record = export_record();
  for (const char* form : {"dec-export", "road-out@1", "road-loaded@1"}) {
    const auto lines = told(findings_of(record, form));
    EXPECT_TRUE(lines.empty()) << form << "\n" << text_of(lines);
  }
}

TEST(Mainland, FieldsByTheirOfficialNames) {
  struct Case {
    const char* form;
    const char* field;
    const char* value;
  };
  const Case cases[] = {
      {"dec-import", "IEFlag", "I"},
      {"dec-import", "IEPort", "5301"},
      {"dec-import", "IEDate", "2026-11-24"},
      {"dec-import", "TradeCoScc", "91510100569680768F"},
      {"dec-import", "TradeName", "深圳永安贸易有限公司"},
      {"dec-import", "OverseasConsignorCode", "NO"},
      {"dec-import", "OverseasConsignorEname", "Wing On Trading Ltd"},
      {"dec-import", "TrafMode", "4"},
      {"dec-import", "TrafName", ""},                  // exempt by road
      {"dec-import", "VoyageNo", "5301202611240001"},  // the batch number
      {"dec-import", "TradeCountry", "HKG"},
      {"dec-import", "TradeAreaCode", "HKG"},
      {"dec-import", "DistinatePort", "HKG003"},
      {"dec-import", "DespPortCode", "HKG003"},
      {"dec-import", "TransMode", "1"},
      {"dec-import", "FeeRate", ""},  // CIF has it
      {"dec-import", "WrapType", "22"},
      {"dec-import", "GrossWet", "620"},
      {"dec-import", "MarkNo", "N/M"},
      {"dec-import", "PromiseItmes", "000"},
      {"dec-import", "item[1].GNo", "1"},
      {"dec-import", "item[1].CodeTS", "6109100021"},
      {"dec-import", "item[1].GUnit", "011"},
      {"dec-import", "item[1].FirstQty", "2400"},
      {"dec-import", "item[1].FirstUnit", "011"},
      {"dec-import", "item[1].SecondQty", "540"},
      {"dec-import", "item[1].SecondUnit", "035"},
      {"dec-import", "item[1].OriginCountry", "VNM"},
      {"dec-import", "item[1].DestinationCountry", "CHN"},
      {"dec-import", "item[1].DutyMode", "1"},
      {"dec-import", "container[1].ContainerMd", "11"},
      {"dec-import", "container[1].LclFlag", "0"},
      {"dec-import", "container[1].GoodsNo", "1"},
      {"dec-export", "IEFlag", "E"},
      {"dec-export", "TradeCoScc", "91510100569680768F"},
      {"dec-export", "OverseasConsigneeEname", "Wing On Trading Ltd"},
      {"dec-export", "TradeCountry", "HKG"},
      {"dec-export", "DistinatePort", "HKG003"},
      {"dec-export", "FeeMark", "3"},
      {"dec-export", "FeeRate", "300"},
      {"dec-export", "FeeCurr", "USD"},
      {"dec-export", "InsurRate", "50"},
      {"dec-export", "PromiseItmes", "999"},
      {"dec-export", "item[1].DestinationCountry", "HKG"},
      {"road-in@1", "MessageType", "MT1401"},
      {"road-in@1", "ID", "5301202611240001"},
      {"road-in@1", "DeclarationOfficeID", "5301"},
      {"road-in@1", "CurrentCode", "RD1"},
      {"road-in@1", "Consignee.Name", "深圳永安贸易有限公司"},
      {"road-in@1", "container[1].FullnessCode", "5"},
      {"road-in@1", "container[1].SealID", "S1001"},
      {"road-out@1", "MessageType", "MT2401"},
      {"road-loaded@1", "MessageType", "MT4401"},
  };
  for (const Case& c : cases) {
    const Record record = std::string_view(c.form).find("export") != std::string_view::npos ||
                                  std::string_view(c.form).starts_with("road-out") || std::string_view(c.form).starts_with("road-loaded")
                              ? export_record()
                              : import_record();
    EXPECT_EQ(value_of(draft_of(record, c.form), c.field), c.value) << c.form << " " << c.field;
  }
}

TEST(Mainland, TermsOfDeliveryAskForFreightAndInsurance) {
  struct Case {
    const char* incoterm;
    const char* trans_mode;
    bool import_freight, import_insurance, export_freight, export_insurance;
  };
  const Case cases[] = {{"CIF", "1", false, false, true, true},
                        {"CFR", "2", false, true, true, false},
                        {"FOB", "3", true, true, false, false},
                        {"EXW", "7", true, true, false, false},
                        {"DAP", "1", false, false, true, true}};
  for (const Case& c : cases)
    for (const bool in : {true, false}) {
      Record record = in ? import_record() : export_record();
      set(record, {{"invoice.incoterm", c.incoterm}, {"freight.amount", ""}, {"insurance.amount", ""}});
      const char* form = in ? "dec-import" : "dec-export";
      const Draft draft = draft_of(record, form);
      const auto wants = [&](const char* field) { return std::ranges::find(draft.missing, field) != draft.missing.end(); };
      EXPECT_EQ(value_of(draft, "TransMode"), c.trans_mode);
      EXPECT_EQ(wants("FeeRate"), in ? c.import_freight : c.export_freight) << form << " " << c.incoterm;
      EXPECT_EQ(wants("InsurRate"), in ? c.import_insurance : c.export_insurance) << form << " " << c.incoterm;
    }
}

TEST(Mainland, WhatNobodySaidIsNeverGuessed) {
  Record record = import_record();
  set(record, {{"goods[1].cnCode", ""}, {"goods[1].cnElements", ""}, {"cn.tradeMode", ""}, {"cn.levyNature", ""}, {"cn.dutyMode", ""}});
  const Draft draft = draft_of(record, "dec-import");
  for (const char* field : {"item[1].CodeTS", "item[1].GModel", "TradeMode", "CutMode", "item[1].DutyMode", "item[1].FirstUnit"}) {
    EXPECT_EQ(value_of(draft, field), "") << field;
    EXPECT_NE(std::ranges::find(draft.missing, field), draft.missing.end()) << field;
  }
}

TEST(Mainland, DeclaredElementsAreFlaggedWithWhatTheCodeWants) {
  Record record = import_record();
  set(record, {{"goods[1].cnElements", ""}});
  const auto findings = findings_of(record, "dec-import");
  const auto found = std::ranges::find(findings, "cn.elements", &Finding::rule);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->field, "item[1].GModel");
  EXPECT_EQ(found->path, "goods[1].cnElements");
  EXPECT_EQ(found->message.hans, "请补充申报要素：品名|品牌类型|出口享惠情况|织造方法|种类|类别|成分含量|品牌|货号");
}

TEST(Mainland, MassesBelowAKilogramAreOne) {
  Record record = import_record();
  set(record, {{"grossMassKg", "0.8"}, {"netMassKg", "0.5"}, {"goods[1].grossMassKg", "0.8"}, {"goods[1].netMassKg", "0.5"}});
  const Draft draft = draft_of(record, "dec-import");
  EXPECT_EQ(value_of(draft, "GrossWet"), "1");
  EXPECT_EQ(value_of(draft, "NetWt"), "1");
}

TEST(Mainland, EachCarriageHasItsManifests) {
  struct Case {
    const char* what;
    Fields fields;
    bool in;
    std::vector<std::string> forms;
    const char* deadline;  // of the first
  };
  const Fields kSea = {{"legs[1].mode", "SEA"}, {"legs[1].vessel", "MV ONE"}, {"legs[1].voyage", "001E"}, {"legs[1].imo", "9074729"}};
  const auto with = [](Fields fields, const Fields& more) {
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  };
  const std::string loading = "2026-11-24T08:00:00+08:00";
  const Case cases[] = {
      {"road in", {}, true, {"cn/road-in@1"}, "2026-11-24T10:00:00+08:00"},
      {"road out", {{"legs[1].loadingStarts", loading}}, false, {"cn/road-out@1", "cn/road-loaded@1"}, "2026-11-24T07:00:00+08:00"},
      {"container ship in",
       with(kSea, {{"legs[1].container", "yes"}, {"legs[1].loadingStarts", loading}}),
       true,
       {"cn/sea-in-container@1"},
       "2026-11-23T08:00:00+08:00"},
      {"other ship in", kSea, true, {"cn/sea-in@1"}, "2026-11-23T11:00:00+08:00"},
      {"container ship out",
       with(kSea, {{"legs[1].container", "yes"}, {"legs[1].loadingStarts", loading}}),
       false,
       {"cn/sea-out-container@1", "cn/loaded@1"},
       "2026-11-23T08:00:00+08:00"},
      {"other ship out",
       with(kSea, {{"legs[1].loadingStarts", loading}}),
       false,
       {"cn/sea-out@1", "cn/loaded@1"},
       "2026-11-24T06:00:00+08:00"},
      {"short flight in",
       {{"legs[1].mode", "AIR"}, {"legs[1].flight", "CX900"}, {"legs[1].flightMinutes", "240"}},
       true,
       {"cn/air-in-short@1"},
       "2026-11-24T09:00:00+08:00"},
      {"long flight in",
       {{"legs[1].mode", "AIR"}, {"legs[1].flight", "CX900"}, {"legs[1].flightMinutes", "241"}},
       true,
       {"cn/air-in-long@1"},
       "2026-11-24T07:00:00+08:00"},
      {"flight out",
       {{"legs[1].mode", "AIR"}, {"legs[1].flight", "CX900"}, {"legs[1].loadingStarts", loading}},
       false,
       {"cn/air-out@1", "cn/loaded@1"},
       "2026-11-24T04:00:00+08:00"},
      {"rail in", {{"legs[1].mode", "RAIL"}, {"legs[1].train", "X8001"}}, true, {"cn/rail-in@1"}, "2026-11-24T09:00:00+08:00"},
      {"rail out",
       {{"legs[1].mode", "RAIL"}, {"legs[1].train", "X8001"}, {"legs[1].loadingStarts", loading}},
       false,
       {"cn/rail-out@1", "cn/loaded@1"},
       "2026-11-24T06:00:00+08:00"},
  };
  const std::vector<std::string> only = {"cn"};
  for (const Case& c : cases) {
    Record record = c.in ? import_record() : export_record();
    set(record, c.fields);
    const auto plan = make_plan(all_regimes(), record, usual_setting(), {}, only);
    ASSERT_TRUE(plan) << plan.error().text();
    std::set<std::string> keys, expected(c.forms.begin(), c.forms.end());
    expected.insert(c.in ? "cn/dec-import" : "cn/dec-export");
    for (const PlannedFiling& filing : plan->filings) {
      keys.insert(filing.key.text());
      if (filing.key.text() != c.forms.front()) continue;
      ASSERT_TRUE(filing.deadline) << c.what << " waits for " << filing.deadline_waits_for;
      EXPECT_EQ(filing.deadline->latest.micros, parse_rfc3339(c.deadline)->micros) << c.what;
    }
    EXPECT_EQ(text_of(keys), text_of(expected)) << c.what;
  }
}

TEST(Mainland, ClocksOfLoadedManifestsAndDeclarations) {
  struct Case {
    const char* id;
    const char* from;
    const char* latest;
  };
  const Case cases[] = {
      {"loaded", "2026-11-24T08:00:00+08:00", "2026-11-24T07:30:00+08:00"},
      {"export-declaration", "2026-11-24T08:00:00+08:00", "2026-11-23T08:00:00+08:00"},
      {"original-road", "2026-11-24T00:30:00+08:00", "2026-11-23T23:30:00+08:00"},
      {"original-air-short", "2026-11-24T08:00:00+08:00", "2026-11-24T08:00:00+08:00"},
  };
  for (const Case& c : cases) {
    const auto limit = deadline(mainland(), c.id, *parse_rfc3339(c.from));
    ASSERT_TRUE(limit) << limit.error().text();
    EXPECT_EQ(limit->latest.micros, parse_rfc3339(c.latest)->micros) << c.id;
    EXPECT_FALSE(limit->source.empty());
  }
  // Day one is the day after; the fourteenth is the last, whole.
  const auto limit = deadline(mainland(), "import-declaration", *parse_rfc3339("2026-11-24T23:30:00+08:00"));
  ASSERT_TRUE(limit);
  EXPECT_EQ(days_late(mainland(), *limit, parse_rfc3339("2026-12-08T23:59:00+08:00")->micros), 0);
  EXPECT_EQ(days_late(mainland(), *limit, parse_rfc3339("2026-12-09T00:01:00+08:00")->micros), 1);
}

}  // namespace cn_tests
}  // namespace fairway::filing
