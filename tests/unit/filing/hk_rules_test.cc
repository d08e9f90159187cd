// The validation catalogue on Hong Kong's side: for each rule what it finds, and what it leaves alone.
#include <gtest/gtest.h>

#include <set>

#include "unit/filing/hk_support.h"

namespace fairway::filing::hk_tests {
namespace {

constexpr std::string_view kMorning = "2026-11-24T08:00:00+08:00";  // the lorry of import_by_road() crosses at 14:00

struct Case {
  std::string rule, form;
  Values (*base)();
  Values wrong, right;  // over the base
  std::string now = "2026-11-24T12:00:00+08:00";
  std::string what = {};  // that the finding says
};

Values by_air() {
  return with(import_by_sea(), {{"legs[1].mode", "AIR"},
                                {"legs[1].vessel", ""},
                                {"legs[1].imo", ""},
                                {"legs[1].voyage", ""},
                                {"legs[1].flight", "CX501"},
                                {"legs[1].from", "JPNRT"},
                                {"legs[1].document", "HAWB77"},
                                {"legs[1].master", "160-12345675"}});
}
Values rice() {
  return with(import_by_sea(),
              {{"goods[1].description", "Rice"}, {"goods[1].hs", "100630"}, {"goods[1].hkhs", "10063000"}, {"goods[1].unit", "KGM"}});
}
Values whisky() {
  return with(import_by_sea(), {{"goods[1].description", "Whisky"},
                                {"goods[1].hs", "220830"},
                                {"goods[1].hkhs", "22083000"},
                                {"goods[1].unit", "LTR"},
                                {"goods[1].alcoholPercent", "43"},
                                {"dutiable.licence", "DL1"}});
}
Values through_bill() {
  return with(import_by_sea(), {{"consignee.name", "Van Dam BV"},
                                {"consignee.country", "NL"},
                                {"consignee.br", ""},
                                {"placeOfDelivery", "NLRTM"},
                                {"throughDocument", "OOLU1234567"},
                                {"exemption.category", "A"},
                                {"legs[2].mode", "SEA"},
                                {"legs[2].from", "HKHKG"},
                                {"legs[2].to", "NLRTM"},
                                {"legs[2].vessel", "Ever Ace"},
                                {"legs[2].voyage", "1"},
                                {"legs[2].document", "OOLU1234567"},
                                {"legs[2].departure", "2026-11-26T08:00:00+08:00"},
                                {"legs[2].arrival", "2026-12-20T08:00:00+01:00"}});
}
Values two_lines() {
  return with(import_by_sea(), {{"invoice.amount", "2400"},
                                {"grossMassKg", "240"},
                                {"packages", "20"},
                                {"goods[2].description", "Toys"},
                                {"goods[2].hs", "950300"},
                                {"goods[2].hkhs", "95030000"},
                                {"goods[2].quantity", "50"},
                                {"goods[2].unit", "H87"},
                                {"goods[2].originCountry", "JP"},
                                {"goods[2].amount", "1200"},
                                {"goods[2].grossMassKg", "120"}});
}
Values locked() {
  return with(import_by_road(), {{"containers[1].lock", "EL1"},
                                 {"legs[1].selsPoint", "HYW"},
                                 {"legs[1].selsFarPoint", "5301"},
                                 {"legs[1].lockArmed", "2026-11-24T12:00:00+08:00"}});
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"V01", "hk/1", import_by_sea, {{"containers[1].number", "CSQU3054384"}}, {{"containers[1].number", "MSKU9070323"}}},
      {"V01", "hk/eman-sea@1", import_by_sea, {{"containers[1].number", "CSQX3054383"}}, {}},
      {"V03", "hk/1", by_air, {{"legs[1].master", "160-12345674"}}, {}},
      {"V03", "hk/eman-air@1", by_air, {{"legs[1].master", "16012345670"}}, {{"legs[1].master", "16012345675"}}},
      {"V03",
       "hk/2",
       export_by_sea,
       {{"legs[1].mode", "AIR"}, {"legs[1].document", "160123"}},
       {{"legs[1].mode", "AIR"}, {"legs[1].document", "16012345675"}}},
      {"V04", "hk/1", import_by_sea, {{"goods[1].hs", "100630"}, {"goods[1].hkhs", "10063000"}}, {}},
      {"V04", "hk/1", import_by_sea, {{"goods[1].chargeExempt", "yes"}}, {}},
      {"V04", "hk/1A", rice, {{"goods[1].hs", "910211"}, {"goods[1].hkhs", "91021100"}}, {}},
      {"V04", "hk/1B", import_by_sea, {}, {{"goods[1].chargeExempt", "yes"}}},
      {"V04", "hk/2", export_by_sea, {}, {{"goods[1].madeLocally", "no"}}},
      {"V04", "hk/2A", export_by_sea, {{"goods[1].hs", "910211"}, {"goods[1].hkhs", "91021100"}}, {}},
      {"V04", "hk/2B", export_by_sea, {}, {{"goods[1].chargeExempt", "yes"}}},
      {"V04", "hk/1", import_by_sea, {{"goods[1].hkhs", "10063000"}}, {}},
      {"V05",
       "hk/1",
       two_lines,
       {{"goods[1].transportDocument", "B1"}, {"goods[2].transportDocument", "B2"}},
       {{"goods[1].transportDocument", "B1"}, {"goods[2].transportDocument", "B1"}}},
      {"V05",
       "hk/1",
       two_lines,
       {{"goods[1].transportDocument", "B1"}, {"goods[2].transportDocument", "B2"}},
       {{"goods[1].transportDocument", "B1"},
        {"goods[2].transportDocument", "B2"},
        {"goods[2].hs", "910212"},
        {"goods[2].hkhs", "91021200"}}},
      {"V05",
       "hk/1",
       import_by_sea,
       {{"legs[2].mode", "ROAD"}, {"legs[2].from", "CNSZX"}, {"legs[2].to", "HKHKG"}, {"legs[2].vehicle", "AB1"}},
       {}},
      {"V06", "hk/1", import_by_sea, {}, {}, "2026-12-09T00:00:00+08:00", "more than 14 days"},
      {"V06", "hk/2A", export_by_sea, {}, {}, "2026-12-09T00:00:00+08:00", "penalty"},
      {"V06", "hk/eman-sea@1", import_by_sea, {}, {}, "2026-12-09T00:00:00+08:00"},
      {"V07", "hk/1", import_by_sea, {{"consignee.address", "P.O. Box 123, Hong Kong"}}, {}},
      {"V07", "hk/1", import_by_sea, {{"consignee.br", ""}}, {{"consignee.br", ""}, {"consignee.hkid", "A1234563"}}},
      {"V07", "hk/2A", export_by_sea, {{"consignor.address", "GPO Box 9, Hong Kong"}}, {}},
      {"V07", "hk/2A", export_by_sea, {{"consignor.br", ""}}, {}},
      {"V08", "hk/1", import_by_sea, {{"goods[1].hkhs", "9102110"}}, {}},
      {"V08", "hk/1", import_by_sea, {{"goods[1].hkhs", "95030000"}}, {}, "2026-11-24T12:00:00+08:00", "no eight-digit code of HS 910211"},
      {"V08",
       "hk/1",
       import_by_sea,
       {{"goods[1].hs", "851712"}, {"goods[1].hkhs", "85171200"}},
       {{"goods[1].hs", "851713"}, {"goods[1].hkhs", "85171300"}}},
      {"V08", "hk/1", import_by_sea, {{"goods[1].hkUnit", "KGM"}}, {{"goods[1].hkUnit", "H87"}}},
      {"V09", "hk/1", import_by_sea, {{"provider.charge", "0.40"}}, {{"provider.charge", "0.2"}}, "2026-11-24T12:00:00+08:00", "HK$ 0.2"},
      {"V09", "hk/2A", export_by_sea, {{"provider.charge", "7"}}, {{"provider.charge", "37.00"}}},
      {"V09",
       "hk/1B",
       import_by_sea,
       {{"goods[1].chargeExempt", "yes"}, {"provider.charge", "0.2"}},
       {{"goods[1].chargeExempt", "yes"}, {"provider.charge", "0"}}},
      {"V10", "hk/eman-sea@1", through_bill, {{"throughDocument", ""}}, {}},
      {"V10", "hk/eman-sea@1", through_bill, {{"consignee.country", "HK"}}, {}},
      {"V10", "hk/1", import_by_sea, {{"exemption.category", "A"}, {"throughDocument", "B1"}}, {}},
      {"V11",
       "hk/aci@1",
       import_by_road,
       {},
       {{"legs[1].crossingTime", "2026-11-24T14:01:00+08:00"}},
       "2026-11-24T13:31:00+08:00",
       "29 minutes"},
      {"V11",
       "hk/aci@1",
       import_by_road,
       {},
       {{"legs[1].arrival", "2026-11-24T14:00:00+08:00"}, {"legs[1].crossingTime", "2026-11-24T14:30:00+08:00"}},
       "2026-11-24T13:45:00+08:00"},
      {"V11",
       "hk/aci@1",
       import_by_road,
       {},
       {{"legs[1].crossingTime", "2026-11-23T13:59:00+08:00"}},
       "2026-11-09T13:59:00+08:00",
       "14 days"},
      {"V13", "hk/1", import_by_sea, {{"goods[1].netMassKg", "121"}}, {{"goods[1].netMassKg", "120"}}},
      {"V13", "hk/eman-sea@1", import_by_sea, {{"grossMassKg", "150"}}, {{"grossMassKg", "121"}}},
      {"V13", "hk/1", import_by_sea, {{"packages", "0"}}, {{"packages", "1"}}},
      {"V16",
       "hk/1",
       import_by_sea,
       {{"documents[1].type", "PACKING-LIST"}, {"documents[1].packages", "9"}},
       {{"documents[1].type", "PACKING-LIST"}, {"documents[1].packages", "10"}}},
      {"V16",
       "hk/eman-sea@1",
       import_by_sea,
       {{"documents[1].type", "BILL"}, {"documents[1].grossMassKg", "90"}},
       {{"documents[1].type", "BILL"}, {"documents[1].grossMassKg", "120.0"}}},
      {"V16",
       "hk/1",
       import_by_sea,
       {{"documents[1].type", "INVOICE"}, {"documents[1].quantity", "99"}},
       {{"documents[1].type", "INVOICE"}, {"documents[1].quantity", "100"}}},
      {"V18",
       "hk/1",
       import_by_sea,
       {{"documents[1].type", "MRN"}, {"documents[1].number", "26NL1234567890ABC"}},
       {{"documents[1].type", "MRN"}, {"documents[1].number", "26NL1234567890ABC7"}}},
      {"V18",
       "hk/1",
       import_by_sea,
       {{"documents[1].type", "MRN"}, {"documents[1].number", "24NL1234567890ABC7"}},
       {{"documents[1].type", "MRN"}, {"documents[1].number", "25NL1234567890ABC7"}}},
      {"V18",
       "hk/1",
       import_by_sea,
       {{"documents[1].type", "MRN"}, {"documents[1].number", "26QZ1234567890ABC7"}},
       {{"documents[1].type", "MRN"}, {"documents[1].number", "27DE1234567890ABC7"}}},
      {"V18",
       "hk/1",
       import_by_sea,
       {{"documents[1].type", "AIR-WAYBILL"}, {"documents[1].number", "16012345670"}},
       {{"documents[1].type", "AIR-WAYBILL"}, {"documents[1].number", "16012345675"}}},
      {"V21", "hk/1", whisky, {{"warehouse.code", "W1"}}, {{"warehouse.code", "W1"}, {"goods[1].licence", "DCP1"}}},
      {"V21",
       "hk/1",
       whisky,
       {{"warehouse.gateOut", "2026-11-24T08:00:00+08:00"}},
       {{"warehouse.gateOut", "2026-11-24T08:00:00+08:00"}, {"documents[1].type", "PERMIT"}, {"documents[1].number", "DCP1"}}},
      {"V21", "hk/eman-sea@1", whisky, {{"warehouse.code", "W1"}}, {{"warehouse.code", "W1"}, {"goods[1].alcoholPercent", "12"}}},
      {"V22", "hk/aci@1", locked, {{"legs[1].selsFarPoint", "9999"}}, {}, std::string(kMorning), "published pair"},
      {"V22", "hk/aci@1", locked, {{"legs[1].lockArmed", ""}}, {}, std::string(kMorning), "not armed"},
      {"V22",
       "hk/aci@1",
       locked,
       {{"legs[1].lockArmed", "2026-11-24T14:00:01+08:00"}},
       {{"legs[1].lockArmed", "2026-11-24T14:00:00+08:00"}},
       std::string(kMorning)},
  };
  return all;
}

TEST(HkRules, FindWhatIsWrongAndLeaveTheRestAlone) {
  for (const Case& c : cases()) {
    const bool by_time = c.wrong.empty() && (c.rule == "V06" || c.rule == "V11");  // the moment is what is wrong
    const auto wrong = findings_of(with(c.base(), c.wrong), c.form, at_moment(c.now));
    EXPECT_TRUE(found(wrong, c.rule)) << c.rule << " " << c.form << "\n" << told(wrong);
    const auto right = findings_of(with(c.base(), c.right), c.form, at_moment(by_time && c.right.empty() ? std::string(kMorning) : c.now));
    EXPECT_FALSE(found(right, c.rule)) << c.rule << " " << c.form << "\n" << told(right);
    for (const Finding& finding : wrong) {
      if (finding.rule != c.rule) continue;
      EXPECT_FALSE(finding.message.en.empty() || finding.message.hant.empty() || finding.message.hans.empty()) << c.rule;
      EXPECT_FALSE(finding.cure.en.empty() || finding.cure.hant.empty() || finding.cure.hans.empty() || finding.source.empty()) << c.rule;
    }
    const bool says =
        std::ranges::any_of(wrong, [&](const Finding& finding) { return finding.rule == c.rule && finding.message.en.contains(c.what); });
    EXPECT_TRUE(says) << c.what << "\n" << told(wrong);
  }
}

TEST(HkRules, EachRuleOfTheTableHasACase) {
  std::set<std::string> tried;
  for (const Case& c : cases()) tried.insert(c.rule);
  const Table& rules = hk().table("rules");
  for (size_t row = 0; row < rules.rows(); ++row) EXPECT_TRUE(tried.contains(rules.cell(row, "rule"))) << rules.place(row);
}

TEST(HkRules, RecordsWithoutFaultsAreFoundClean) {
  struct Clean {
    const char* name;
    Values values;
    std::string now;
  };
  for (const Clean& c : {Clean{"import by sea", import_by_sea(), "2026-11-24T12:00:00+08:00"},
                         {"export by sea", export_by_sea(), "2026-11-24T12:00:00+08:00"},
                         {"by air", by_air(), "2026-11-24T12:00:00+08:00"},
                         {"rice", rice(), "2026-11-24T12:00:00+08:00"},
                         {"two lines", two_lines(), "2026-11-24T12:00:00+08:00"},
                         {"by road", import_by_road(), std::string(kMorning)},
                         {"with a lock", locked(), std::string(kMorning)}}) {
    const Plan plan = plan_of(c.values, at_moment(c.now));
    EXPECT_FALSE(plan.filings.empty()) << c.name;
    for (const PlannedFiling& filing : plan.filings) {
      EXPECT_TRUE(filing.findings.empty()) << c.name << " " << filing.key.text() << "\n" << told(filing.findings);
      EXPECT_TRUE(filing.draft.missing.empty()) << c.name << " " << filing.key.text() << ": " << filing.draft.missing.front();
    }
    EXPECT_TRUE(plan.across.empty()) << c.name << "\n" << told(plan.across);
  }
}

TEST(HkRules, CrossChecksSeeWhatWasLaidOver) {
  const Setting setting = at_moment(std::string(kMorning));
  const Values values = with(import_by_sea(), {{"legs[2].mode", "ROAD"},
                                               {"legs[2].from", "HKHKG"},
                                               {"legs[2].to", "CNSZX"},
                                               {"legs[2].departure", "2026-11-26T08:00:00+08:00"},
                                               {"placeOfDelivery", "CNSZX"},
                                               {"consignee.country", "CN"},
                                               {"importer.name", "Wing On Watch Ltd"}});
  const std::vector<std::string> only{"hk"};
  const auto across = [&](const std::string& form, const Overrides& overrides) {
    const auto plan = make_plan(regimes(), record_of(values), setting, {{form, overrides}}, only);
    if (!plan) ADD_FAILURE() << plan.error().text();
    return plan ? plan->across : std::vector<Finding>();
  };
  EXPECT_TRUE(across("hk/eman-sea@1", {}).empty()) << told(across("hk/eman-sea@1", {}));
  EXPECT_TRUE(found(across("hk/eman-sea@1", {{"packages", "11"}}), "X.packages"));
  EXPECT_TRUE(found(across("hk/eman-sea@1", {{"grossMassKg", "150"}}), "X.weight"));
  EXPECT_FALSE(found(across("hk/eman-sea@1", {{"grossMassKg", "121"}}), "X.weight"));
  EXPECT_TRUE(found(across("hk/aci@2", {{"container[1].number", "MSKU9070323"}}), "X.containers"));
  EXPECT_TRUE(found(across("hk/2", {{"item[1].originCountry", "CN"}}), "X.origin"));
  EXPECT_TRUE(found(across("hk/2", {{"item[1].code", "91021900"}}), "X.codes"));
}

TEST(HkRules, CrossChecksSeeTheMainland) {
  const Values values = with(import_by_road(), {{"goods[1].cnCode", "9102110000"}});
  const auto across = [&](const std::string& form, const Overrides& overrides) {
    const auto plan = make_plan(regimes(), record_of(values), at_moment(std::string(kMorning)), {{form, overrides}});
    if (!plan) ADD_FAILURE() << plan.error().text();
    return plan ? plan->across : std::vector<Finding>();
  };
  EXPECT_TRUE(across("hk/1", {}).empty()) << told(across("hk/1", {}));
  struct Fault {
    std::string form, field, value, rule;
  };
  for (const Fault& fault : {Fault{"hk/1", "packages", "11", "X.packages"},
                             {"hk/aci@1", "packages", "11", "X.packages"},
                             {"hk/1", "grossMassKg", "150", "X.weight"},
                             {"hk/1", "netMassKg", "90", "X.weight"},
                             {"hk/aci@1", "grossMassKg", "150", "X.weight"},
                             {"hk/1", "invoice.amount", "1300", "X.value"},
                             {"hk/1", "item[1].originCountry", "KR", "X.origin"},
                             {"hk/1", "item[1].code", "91021200", "X.codes"},
                             {"hk/1", "container[1].number", "MSKU9070323", "X.containers"},
                             {"hk/aci@1", "container[1].number", "MSKU9070323", "X.containers"}}) {
    const auto findings = across(fault.form, {{fault.field, fault.value}});
    EXPECT_TRUE(found(findings, fault.rule)) << fault.form << " " << fault.field << "\n" << told(findings);
  }
  EXPECT_FALSE(found(across("hk/1", {{"item[1].code", "91021190"}}), "X.codes"));  // the last two digits are Hong Kong's own
}

}  // namespace
}  // namespace fairway::filing::hk_tests
