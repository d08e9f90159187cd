// What Hong Kong wants filed: which form for which goods, exemptions with their evidence, values, permits.
#include <gtest/gtest.h>

#include "unit/filing/hk_support.h"

namespace fairway::filing::hk_tests {
namespace {

const Setting kNoon = on("2026-11-24");

TEST(HkForms, GoodsGoOnTheirForm) {
  EXPECT_EQ(forms_in(plan_of(import_by_sea(), kNoon)), "hk/1 hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(export_by_sea(), kNoon)), "hk/2A hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(with(export_by_sea(), {{"goods[1].madeLocally", "no"}}), kNoon)), "hk/2 hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(with(export_by_sea(), {{"goods[1].hs", "640399"}, {"goods[1].hkhs", "64039900"}}), kNoon)),
            "hk/2A hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(with(import_by_sea(), {{"goods[1].hs", "100630"}}), kNoon)), "hk/1A hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(with(import_by_sea(), {{"goods[1].chargeExempt", "yes"}}), kNoon)), "hk/1B hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(with(export_by_sea(), {{"goods[1].chargeExempt", "yes"}}), kNoon)), "hk/2B hk/eman-sea@1");
  EXPECT_EQ(forms_in(plan_of(import_by_road(), kNoon)), "hk/1 hk/aci@1");
}

TEST(HkForms, AConsignmentOfSeveralKindsIsDeclaredOnSeveral) {
  const Plan plan = plan_of(with(import_by_sea(), {{"invoice.amount", "1600"},
                                                   {"goods[2].description", "Rice"},
                                                   {"goods[2].hs", "100630"},
                                                   {"goods[2].hkhs", "10063000"},
                                                   {"goods[2].amount", "400"},
                                                   {"goods[2].quantity", "20"},
                                                   {"goods[2].unit", "KGM"},
                                                   {"goods[2].originCountry", "JP"}}),
                            kNoon);
  EXPECT_EQ(forms_in(plan), "hk/1 hk/1A hk/eman-sea@1");
  const PlannedFiling *watches = find_filing(plan, "hk/1"), *rice = find_filing(plan, "hk/1A");
  EXPECT_EQ(watches->items, std::vector<uint32_t>{1});
  EXPECT_EQ(rice->items, std::vector<uint32_t>{2});
  EXPECT_EQ(value_in(watches->draft, "totalValue"), "9360");
  EXPECT_EQ(value_in(rice->draft, "totalValue"), "3120");
  EXPECT_EQ(value_in(rice->draft, "item[1].value"), "3120");
  EXPECT_EQ(value_in(rice->draft, "item[1].unit"), "KG");
}

TEST(HkForms, EachCarriageHasItsManifest) {
  for (const auto& [mode, form] :
       std::map<std::string, std::string>{{"SEA", "eman-sea"}, {"RIVER", "eman-river"}, {"AIR", "eman-air"}, {"RAIL", "eman-rail"}}) {
    const Plan plan = plan_of(with(import_by_sea(), {{"legs[1].mode", mode}}), kNoon);
    const PlannedFiling* manifest = find_filing(plan, "hk/" + form + "@1");
    ASSERT_NE(manifest, nullptr) << mode;
    EXPECT_EQ(manifest->filer, "carrier");
    EXPECT_EQ(value_in(manifest->draft, "direction"), "IN");
    EXPECT_EQ(value_in(manifest->draft, "statement"), "2");
    EXPECT_EQ(to_rfc3339(manifest->deadline->latest), "2026-12-08T23:59:59+08:00");
  }
  const Plan demanded = plan_of(with(import_by_sea(), {{"legs[1].manifestDemanded", "yes"}}), kNoon);
  ASSERT_NE(find_filing(demanded, "hk/eman-1@1"), nullptr);
  EXPECT_EQ(value_in(find_filing(demanded, "hk/eman-1@1")->draft, "statement"), "1");
}

TEST(HkForms, RoadCargoSaysTheEightElements) {
  const Plan plan = plan_of(import_by_road(), at_moment("2026-11-24T08:00:00+08:00"));
  const PlannedFiling* aci = find_filing(plan, "hk/aci@1");
  ASSERT_NE(aci, nullptr);
  for (const char* field : {"packages", "packageType", "item[1].description", "consignor.name", "consignor.address", "consignee.name",
                            "consignee.address", "arrivalDate"}) {
    EXPECT_NE(value_in(aci->draft, field), "") << field;
  }
  EXPECT_EQ(to_rfc3339(*aci->deadline->earliest), "2026-11-10T14:00:00+08:00");
  for (const char* path : {"packages", "consignor.name", "consignor.address", "consignee.name", "consignee.address", "legs[1].arrival"}) {
    const Plan lacking = plan_of(with(import_by_road(), {{path, ""}, {"goods[1].packages", ""}}), at_moment("2026-11-24T08:00:00+08:00"));
    EXPECT_FALSE(find_filing(lacking, "hk/aci@1")->draft.missing.empty()) << path;
  }
}

TEST(HkForms, ValuesAreCifInAndFobOut) {
  const Values fob = with(import_by_sea(), {{"invoice.incoterm", "FOB"}, {"freight.amount", "200"}, {"insurance.amount", "10"}});
  const Plan in = plan_of(fob, kNoon);
  EXPECT_EQ(value_in(find_filing(in, "hk/1")->draft, "totalValue"), "10998");  // (1,200 + 200 + 10) × 7.8
  const FilledField* value = find_filing(in, "hk/1")->draft.find("totalValue");
  EXPECT_TRUE(value->working.contains("7.8") && value->working.contains("1,200.00")) << value->working;
  const Plan without = plan_of(with(fob, {{"freight.amount", ""}}), kNoon);
  EXPECT_EQ(value_in(find_filing(without, "hk/1")->draft, "totalValue"), "");  // never guessed
  const Plan out =
      plan_of(with(export_by_sea(), {{"invoice.incoterm", "CIF"}, {"freight.amount", "800"}, {"insurance.amount", "200"}}), kNoon);
  EXPECT_EQ(value_in(find_filing(out, "hk/2A")->draft, "totalValue"), "99000");
}

TEST(HkForms, TheLastTwoDigitsAreNeverGuessed) {
  const Plan plan = plan_of(with(import_by_sea(), {{"goods[1].hkhs", ""}}), kNoon);
  const Draft& draft = find_filing(plan, "hk/1")->draft;
  EXPECT_EQ(value_in(draft, "item[1].code"), "");
  EXPECT_TRUE(std::ranges::count(draft.missing, "item[1].code") == 1);
}

TEST(HkForms, ExemptionsRestOnEvidence) {
  struct Case {
    Values values;
    std::string exempted;  // "hk/1:a", "" where it has to be declared
  };
  const Values sample = with(import_by_sea(), {{"exemption.category", "H"}});
  const Values post = with(import_by_sea(), {{"legs[1].mode", "POST"}, {"invoice.amount", "500"}});
  for (const Case& c :
       {Case{with(import_by_sea(), {{"exemption.category", "C"}, {"exemption.evidence", "GL 1/26"}}), "hk/1:c"},
        {with(import_by_sea(), {{"exemption.category", "C"}}), ""},
        {with(import_by_sea(), {{"exemption.category", "D"}, {"exemption.evidence", "x"}}), ""},  // stores leave, they do not come
        {with(export_by_sea(), {{"exemption.category", "D"}, {"exemption.evidence", "Stores of Ever Ace"}}), "hk/2A:d"},
        {with(export_by_sea(), {{"exemption.category", "E"}, {"exemption.evidence", "B-HNR"}}), "hk/2A:e"},
        {with(import_by_sea(), {{"exemption.category", "F"}, {"exemption.evidence", "CX501"}}), "hk/1:f"},
        {with(import_by_sea(), {{"exemption.category", "F"}, {"exemption.evidence", "CX501"}, {"goods[1].hs", "870323"}}), ""},
        {with(sample, {{"exemption.evidence", "marked free sample"}}), "hk/1:h"},
        {sample, ""},
        {post, "hk/1:g"},
        {with(post, {{"invoice.amount", "512.81"}}), "hk/1:g"},
        {with(post, {{"invoice.amount", "512.83"}}), ""},
        {with(import_by_sea(), {{"exemption.category", "G"}}), ""}}) {
    const Plan plan = plan_of(c.values, kNoon);
    std::string exempted;
    for (const Exempted& one : plan.exempted) exempted += one.key.text() + ":" + one.category;
    EXPECT_EQ(exempted, c.exempted) << forms_in(plan);
  }
}

TEST(HkForms, TranshipmentOnAThroughBillIsExemptOnBothSides) {
  const Values base = with(import_by_sea(), {{"consignee.name", "Van Dam BV"},
                                             {"consignee.country", "NL"},
                                             {"placeOfDelivery", "NLRTM"},
                                             {"legs[2].mode", "SEA"},
                                             {"legs[2].from", "HKHKG"},
                                             {"legs[2].to", "NLRTM"},
                                             {"legs[2].vessel", "Ever Ace"},
                                             {"legs[2].voyage", "1"},
                                             {"legs[2].document", "OOLU7654321"},
                                             {"legs[2].departure", "2026-11-26T08:00:00+08:00"}});
  EXPECT_EQ(forms_in(plan_of(base, kNoon)), "hk/1 hk/2 hk/eman-sea@1 hk/eman-sea@2");
  const Plan through = plan_of(with(base, {{"throughDocument", "OOLU1234567"}}), kNoon);
  EXPECT_EQ(forms_in(through), "hk/eman-sea@1 hk/eman-sea@2");
  ASSERT_EQ(through.exempted.size(), 2u);
  EXPECT_EQ(through.exempted[0].category, "a");
  EXPECT_EQ(through.exempted[0].evidence, "OOLU1234567");
  EXPECT_EQ(value_in(find_filing(through, "hk/eman-sea@1")->draft, "exemption"), "A");
  // Claimed without the document: declared, and told what is missing.
  const Plan claimed = plan_of(with(base, {{"exemption.category", "A"}}), kNoon);
  ASSERT_NE(find_filing(claimed, "hk/1"), nullptr);
  EXPECT_TRUE(found(find_filing(claimed, "hk/1")->findings, "exemption.evidence"));
  // A trader in Hong Kong stands between: no exemption.
  EXPECT_NE(find_filing(plan_of(with(base, {{"throughDocument", "OOLU1234567"}, {"consignee.country", "HK"}}), kNoon), "hk/1"), nullptr);
}

TEST(HkForms, DutiableGoodsNeedAPermitOfTheirKind) {
  const Values whisky =
      with(import_by_sea(),
           {{"goods[1].hs", "220830"}, {"goods[1].hkhs", "22083000"}, {"goods[1].unit", "LTR"}, {"goods[1].alcoholPercent", "43"}});
  const auto permit = [](const Values& values) {
    const Plan plan = plan_of(values, kNoon);
    std::string permits;
    for (const PlannedFiling& filing : plan.filings) {
      if (filing.key.form.starts_with("dcp")) permits += filing.key.form + " ";
    }
    return permits;
  };
  EXPECT_EQ(permit(import_by_sea()), "");
  EXPECT_EQ(permit(whisky), "dcp-duty-paid ");
  EXPECT_EQ(permit(with(whisky, {{"warehouse.code", "W1"}})), "dcp-removal ");
  EXPECT_EQ(permit(with(whisky, {{"dutiable.kind", "STORES"}})), "dcp-stores ");
  EXPECT_EQ(permit(with(whisky, {{"dutiable.kind", "PASS"}})), "dcp-pass ");
  EXPECT_EQ(permit(with(whisky, {{"goods[1].alcoholPercent", "30"}})), "");
  EXPECT_EQ(permit(with(whisky, {{"goods[1].alcoholPercent", "30.5"}})), "dcp-duty-paid ");
  EXPECT_EQ(permit(with(whisky, {{"goods[1].alcoholPercent", ""}})), "dcp-duty-paid ");
  EXPECT_EQ(permit(with(whisky, {{"goods[1].alcoholPercent", ""}, {"goods[1].hs", "220421"}})), "");
  EXPECT_EQ(permit(with(export_by_sea(), {{"goods[1].hs", "240220"}})), "dcp-export ");
  // Side messages stand on the permit as documents.
  const Plan plan = plan_of(with(whisky, {{"documents[1].type", "EPA"},
                                          {"documents[1].number", "E1"},
                                          {"documents[1].executed", "yes"},
                                          {"documents[2].type", "INVOICE"},
                                          {"documents[2].number", "INV-1"}}),
                            kNoon);
  const Draft& draft = find_filing(plan, "hk/dcp-duty-paid")->draft;
  EXPECT_EQ(value_in(draft, "document[1].number"), "E1");
  EXPECT_EQ(value_in(draft, "document[1].executed"), "yes");
  EXPECT_EQ(value_in(draft, "document[2].number"), "");
  EXPECT_EQ(value_in(draft, "permitKind"), "DUTY-PAID");
}

TEST(HkForms, ACertificateOfOriginIsForWhatIsMadeHere) {
  EXPECT_EQ(find_filing(plan_of(export_by_sea(), kNoon), "hk/co"), nullptr);
  const Plan plan = plan_of(with(export_by_sea(), {{"certificateOfOrigin.wanted", "yes"}, {"invoice.date", "2026-11-20"}}), kNoon);
  ASSERT_NE(find_filing(plan, "hk/co"), nullptr);
  EXPECT_TRUE(find_filing(plan, "hk/co")->draft.missing.empty());
  EXPECT_EQ(
      find_filing(plan_of(with(export_by_sea(),
                               {{"certificateOfOrigin.wanted", "yes"}, {"goods[1].madeLocally", "no"}, {"goods[1].originCountry", "CN"}}),
                          kNoon),
                  "hk/co"),
      nullptr);
}

TEST(HkForms, WhatLodgingLateCosts) {
  const Plan plan = plan_of(export_by_sea(), at_moment("2026-12-09T00:00:00+08:00"));
  const PlannedFiling* form = find_filing(plan, "hk/2A");
  ASSERT_TRUE(form != nullptr && form->charge);
  EXPECT_EQ(form->charge->total.text(), "77");
  EXPECT_EQ(form->charge->lines.back().what, "late penalty");
}

TEST(HkForms, EachFormAndFieldHasItsThreeTitlesAndASource) {
  for (const char* name : {"forms", "fields"}) {
    const Table& table = hk().table(name);
    for (size_t row = 0; row < table.rows(); ++row) {
      for (const char* column : {"title_en", "title_hant", "title_hans", "source"})
        EXPECT_NE(table.cell(row, column), "") << table.place(row) << " " << column;
    }
  }
}

}  // namespace
}  // namespace fairway::filing::hk_tests
