#include <rapidcheck.h>

#include "cn_support.h"

namespace fairway::filing {
namespace cn_tests {

// Each rule with what breaks it and what keeps it: the fields that are changed in the consignment that files without a finding.
struct RuleCase {
  const char* what;
  const char* form;
  Fields fields;
  const char* finding;  // "RULE FIELD"; "" for none
  bool in = true;
  const char* now = "2026-11-20T08:00:00+08:00";
};

void run(std::span<const RuleCase> cases) {
  for (const RuleCase& c : cases) {
    Record record = c.in ? import_record() : export_record();
    set(record, c.fields);
    const auto findings = findings_of(record, c.form, {}, setting_at(c.now));
    const auto lines = told(findings);
    if (*c.finding == '\0') {
      EXPECT_TRUE(lines.empty()) << c.what << "\n" << text_of(lines);
      continue;
    }
    EXPECT_TRUE(lines.contains(c.finding)) << c.what << "\n" << text_of(lines);
    EXPECT_EQ(lines.size(), 1U) << c.what << "\n" << text_of(lines);
    for (const Finding& finding : findings) {
      EXPECT_FALSE(finding.source.empty()) << finding.rule;
      for (const Words* words : {&finding.message, &finding.cure})
        EXPECT_FALSE(words->en.empty() || words->hant.empty() || words->hans.empty()) << finding.rule;
    }
  }
}

TEST(MainlandRules, V01ContainerNumbers) {
  const RuleCase cases[] = {
      {"right", "dec-import", {{"containers[1].number", "MSKU9070323"}, {"goods[1].containers", "MSKU9070323"}}, ""},
      {"wrong digit",
       "dec-import",
       {{"containers[1].number", "MSKU9070324"}, {"goods[1].containers", "MSKU9070324"}},
       "V01 container[1].ContainerId"},
      {"no U, J or Z",
       "dec-import",
       {{"containers[1].number", "MSKA9070323"}, {"goods[1].containers", "MSKA9070323"}},
       "V01 container[1].ContainerId"},
      {"on the manifest", "road-in@1", {{"containers[1].number", "MSKU9070324"}}, "V01 container[1].ID"},
  };
  run(cases);
}

TEST(MainlandRules, V02UnifiedCodes) {
  const RuleCase cases[] = {
      {"another right one", "dec-import", {{"consignee.uscc", "91310107132231740K"}}, ""},
      {"wrong check character", "dec-import", {{"consignee.uscc", "915101005696807680"}}, "V02 TradeCoScc"},
      {"too short", "dec-import", {{"consignee.uscc", "9151010056968"}}, "V02 TradeCoScc"},
      {"of the owner", "dec-import", {{"owner.uscc", "91510100569680768G"}}, "V02 OwnerCodeScc"},
      {"of the declarant", "dec-import", {{"declarant.uscc", "91310107132231740A"}}, "V02 AgentCodeScc"},
      {"an owner without one", "dec-import", {{"owner.uscc", ""}}, ""},
  };
  run(cases);
}

TEST(MainlandRules, V13MassesPackagesPrices) {
  const RuleCase cases[] = {
      {"net is gross", "dec-import", {{"grossMassKg", "540"}, {"goods[1].grossMassKg", "540"}}, ""},
      {"net above gross", "dec-import", {{"grossMassKg", "539.9"}}, "V13 NetWt"},
      {"net above gross of a line", "dec-import", {{"goods[1].grossMassKg", "539"}}, "V13 goods[1].netMassKg"},
      {"no packages", "dec-import", {{"packages", "0"}}, "V13 PackNo"},
      {"no packages on the manifest", "road-in@1", {{"packages", "0"}}, "V13 TotalPackageQuantity"},
      {"bulk is one", "dec-import", {{"packages", "0"}, {"packageType", "VR"}}, ""},
      {"price by quantity is the total", "dec-import", {{"goods[1].unitPrice", "5.001"}}, ""},
      {"a cent apart a piece", "dec-import", {{"goods[1].unitPrice", "5.01"}}, "V13 item[1].DeclTotal"},
      {"the lines do not make the whole", "dec-import", {{"netMassKg", "545"}}, "V13 NetWt"},
      {"within a kilogram", "dec-import", {{"netMassKg", "541"}}, ""},
      {"below a kilogram is said",
       "dec-import",
       {{"grossMassKg", "0.8"}, {"netMassKg", "0.5"}, {"goods[1].netMassKg", "0.5"}, {"goods[1].grossMassKg", "0.8"}},
       "V13 GrossWet"},
  };
  run(cases);
}

TEST(MainlandRules, V14StatutoryQuantities) {
  const RuleCase cases[] = {
      {"the second is the net mass", "dec-import", {}, ""},
      {"no net mass", "dec-import", {{"goods[1].netMassKg", ""}}, "V14 item[1].SecondQty"},
      {"a second that the code does not have",
       "dec-import",
       {{"goods[1].hs", "847130"}, {"goods[1].cnCode", "8471301000"}, {"goods[1].cnSecondQuantity", "3"}, {"goods[1].cnSecondUnit", "035"}},
       "V14 item[1].SecondQty"},
      {"a code without a second", "dec-import", {{"goods[1].hs", "847130"}, {"goods[1].cnCode", "8471301000"}}, ""},
      {"a first unit that is not the code's",
       "dec-import",
       {{"goods[1].cnFirstUnit", "035"}, {"goods[1].cnFirstQuantity", "540"}},
       "V14 item[1].FirstUnit"},
      {"a code that is not in the excerpt, units given",
       "dec-import",
       {{"goods[1].hs", "940360"},
        {"goods[1].cnCode", "9403609990"},
        {"goods[1].cnFirstUnit", "011"},
        {"goods[1].cnFirstQuantity", "2400"}},
       ""},
  };
  std::vector<RuleCase> kept(std::begin(cases), std::end(cases));
  // A quantity that is missing is said twice: as a required field, and with what the code wants.
  const RuleCase missing = kept[1];
  kept.erase(kept.begin() + 1);
  run(kept);
  Record record = import_record();
  set(record, missing.fields);
  const auto lines = told(findings_of(record, missing.form));
  EXPECT_TRUE(lines.contains(missing.finding)) << text_of(lines);
}

TEST(MainlandRules, V14SaysThatUnitsAreNotKnown) {
  Record record = import_record();
  set(record, {{"goods[1].hs", "940360"}, {"goods[1].cnCode", "9403609990"}});
  const auto findings = findings_of(record, "dec-import");
  const auto found = std::ranges::find(findings, "V14", &Finding::rule);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->weight, Weight::warning);
  EXPECT_NE(found->message.en.find("9403609990"), std::string::npos);
}

TEST(MainlandRules, V15LinesAndContainers) {
  const Fields kTwo = {{"containers[2].number", "MSKU9070323"}, {"containers[2].type", "22G1"}, {"containers[2].load", "FULL"}};
  const auto with = [&](const Fields& more) {
    Fields fields = kTwo;
    fields.insert(fields.end(), more.begin(), more.end());
    return fields;
  };
  const RuleCase cases[] = {
      {"in both", "dec-import", with({{"goods[1].containers", "CSQU3054383 MSKU9070323"}}), ""},
      {"in one that is not there", "dec-import", {{"goods[1].containers", "MSKU9070323"}}, "V15 goods[1].containers"},
      {"in one that is and one that is not", "dec-import", {{"goods[1].containers", "CSQU3054383 TGHU1234560"}}, "V15 goods[1].containers"},
  };
  run(cases);
  Record record = import_record();
  set(record, with({{"goods[1].containers", ""}}));
  EXPECT_TRUE(told(findings_of(record, "dec-import")).contains("V15 goods[1].containers")) << "in none of two";
  set(record, {{"goods[1].containers", "CSQU3054383"}});
  EXPECT_TRUE(told(findings_of(record, "dec-import")).contains("V15 container[2].GoodsNo")) << "nothing in the second";
}

TEST(MainlandRules, V16DocumentsAgree) {
  const auto document = [](const char* type, const Fields& totals) {
    Fields fields = {{"documents[1].type", type}, {"documents[1].number", "D-1"}};
    for (const auto& [name, value] : totals) fields.emplace_back("documents[1]." + name, value);
    return fields;
  };
  const RuleCase cases[] = {
      {"all agree", "dec-import", document("PACKING-LIST", {{"packages", "100"}, {"grossMassKg", "620"}, {"quantity", "2400"}}), ""},
      {"packages", "dec-import", document("PACKING-LIST", {{"packages", "99"}}), "V16 documents[1].packages"},
      {"gross mass", "dec-import", document("BILL", {{"grossMassKg", "602"}}), "V16 documents[1].grossMassKg"},
      {"quantity", "dec-import", document("INVOICE", {{"quantity", "2500"}}), "V16 documents[1].quantity"},
      {"a licence has totals of its own", "dec-import", document("LICENCE", {{"quantity", "2500"}}), ""},
  };
  run(cases);
}

TEST(MainlandRules, V17TheManifestComesFirst) {
  const RuleCase cases[] = {
      {"accepted", "road-in@1", {}, "", true, "2026-11-24T10:30:00+08:00"},
      {"not accepted, half an hour before",
       "road-in@1",
       {{"legs[1].manifestAccepted", ""}},
       "V17 legs[1].manifestAccepted",
       true,
       "2026-11-24T10:30:00+08:00"},
      {"not accepted, still time", "road-in@1", {{"legs[1].manifestAccepted", ""}}, "", true, "2026-11-24T09:30:00+08:00"},
      {"not accepted, out, half an hour before",
       "road-out@1",
       {{"legs[1].manifestAccepted", "no"}},
       "V17 legs[1].manifestAccepted",
       false,
       "2026-11-24T08:30:00+08:00"},
      {"a declaration before the manifest", "dec-import", {{"legs[1].manifestAccepted", ""}}, "V17 "},
  };
  run(cases);
}

TEST(MainlandRules, V20LengthsCountChineseAsTwo) {
  const auto name = [](int characters) {
    std::string text;
    for (int i = 0; i < characters; ++i) text += "永";
    return text;
  };
  const RuleCase cases[] = {
      {"30 characters", "dec-import", {{"consignee.nameLocal", name(30)}}, ""},
      {"31 characters", "dec-import", {{"consignee.nameLocal", name(31)}}, "field.length TradeName"},
      {"60 Latin ones", "dec-import", {{"declarant.nameLocal", std::string(60, 'x')}}, ""},
      {"61 Latin ones", "dec-import", {{"declarant.nameLocal", std::string(61, 'x')}}, "field.length AgentName"},
  };
  run(cases);
}

TEST(MainlandRules, CodesOfTheirOwn) {
  const RuleCase cases[] = {
      {"not the HS code's", "dec-import", {{"goods[1].hs", "610990"}}, "cn.code item[1].CodeTS"},
      {"a customs office that is not listed", "dec-import", {{"cn.customMaster", "9999"}}, "cn.customs CustomMaster"},
      {"nobody says whose goods", "dec-import", {{"owner.name", ""}, {"owner.nameLocal", ""}}, "cn.owner OwnerName"},
      {"not all said of the price", "dec-import", {{"cn.royalty", ""}}, "cn.promise PromiseItmes"},
      {"a mode of trade that there is not", "dec-import", {{"cn.tradeMode", "0111"}}, "field.list TradeMode"},
  };
  run(cases);
}

// Whatever faults are planted together, each is found and nothing else is.
TEST(MainlandRules, FindExactlyThePlantedFaults) {
  struct Fault {
    Fields fields;
    const char* finding;
  };
  const Fault faults[] = {
      {{{"consignee.uscc", "915101005696807680"}}, "V02 TradeCoScc"},
      {{{"declarant.uscc", "91310107132231740A"}}, "V02 AgentCodeScc"},
      {{{"goods[1].grossMassKg", "539"}}, "V13 goods[1].netMassKg"},
      {{{"packages", "0"}}, "V13 PackNo"},
      {{{"goods[1].unitPrice", "5.01"}}, "V13 item[1].DeclTotal"},
      {{{"netMassKg", "545"}}, "V13 NetWt"},
      {{{"containers[1].number", "MSKU9070324"}, {"goods[1].containers", "MSKU9070324"}}, "V01 container[1].ContainerId"},
      {{{"goods[1].cnFirstUnit", "035"}, {"goods[1].cnFirstQuantity", "540"}}, "V14 item[1].FirstUnit"},
      {{{"documents[1].type", "INVOICE"}, {"documents[1].quantity", "2500"}}, "V16 documents[1].quantity"},
      {{{"legs[1].manifestAccepted", ""}}, "V17 "},
      {{{"cn.tradeMode", "0111"}}, "field.list TradeMode"},
      {{{"cn.royalty", ""}}, "cn.promise PromiseItmes"},
      {{{"cn.customMaster", "9999"}}, "cn.customs CustomMaster"},
      {{{"goods[1].hs", "610990"}}, "cn.code item[1].CodeTS"},
  };
  rc::check([&] {
    Record record = import_record();
    std::set<std::string> expected;
    for (const Fault& fault : faults) {
      if (!*rc::gen::arbitrary<bool>()) continue;
      set(record, fault.fields);
      expected.insert(fault.finding);
    }
    RC_ASSERT(text_of(told(findings_of(record, "dec-import"))) == text_of(expected));
  });
}

TEST(MainlandRules, FilingsOfOneConsignmentAgree) {
  const Record record = import_record();
  std::vector<Draft> drafts = {draft_of(record, "dec-import"), draft_of(record, "road-in@1")};
  EXPECT_TRUE(check_across(all_regimes(), drafts).empty()) << text_of(told(check_across(all_regimes(), drafts)));
  struct Case {
    const char* field;
    const char* value;
    const char* rule;
  };
  const Case cases[] = {{"TotalPackageQuantity", "99", "X.packages"},
                        {"TotalGrossMassMeasure", "622", "X.weight"},
                        {"ID", "5301202611240002", "X.batch"},
                        {"container[1].ID", "MSKU9070323", "X.containers"}};
  for (const Case& c : cases) {
    drafts[1] = draft_of(record, "road-in@1", {{c.field, c.value}});
    const auto findings = check_across(all_regimes(), drafts);
    ASSERT_EQ(findings.size(), 1U) << c.field << "\n" << text_of(told(findings));
    EXPECT_EQ(findings[0].rule, c.rule);
  }
  drafts[1] = draft_of(record, "road-in@1", {{"TotalGrossMassMeasure", "620.5"}});
  EXPECT_TRUE(check_across(all_regimes(), drafts).empty()) << "within a kilogram";
}

}  // namespace cn_tests
}  // namespace fairway::filing
