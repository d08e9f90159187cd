// One record, filings on both sides (J9): what Hong Kong's export declaration and the Mainland's import declaration say of one consignment.
#include "cn_support.h"

namespace fairway::filing {
namespace cn_tests {

// Domain reference, section 4: what the sides may say differently, and why. Every field of either form that is not shared stands under one
// of these rows; a field that is under none fails the test.
enum class Row : uint8_t {
  shared,       // the same value on both sides
  coded,        // the same thing in the code of each side's list
  party_ids,    // BR number here, SCC-18 and customs-10 there
  party_roles,  // the party of the other side is only named
  description,  // declared elements, the other script
  code,         // HKHS-8 and CodeTS-10: six digits are shared
  quantity,     // HKHS unit here, three quantities there
  value,        // HK$ FOB here, price × quantity with terms there
  countries,    // distinct meanings
  documents,    // link graph
  dates,        // each side's own moment
  containers,   // size codes of each side
  licences,     // copied only where the regime matches
  declarant,    // never reused
  regime,       // what one side alone asks for
};

struct FieldPlace {
  const char* cn;
  const char* hk;  // its counterpart, for shared and coded
  Row row;
};
const FieldPlace kPlaces[] = {
    {"PackNo", "packages", Row::shared},
    {"GrossWet", "grossMassKg", Row::shared},
    {"NetWt", "netMassKg", Row::shared},
    {"OverseasConsignorEname", "exporter.name", Row::shared},
    {"container.ContainerId", "container.number", Row::shared},
    {"item.GName", "item.descriptionLocal", Row::shared},
    {"item.TradeCurr", "invoice.currency", Row::shared},
    {"VoyageNo", "transportDocument", Row::shared},
    {"BillNo", "masterDocument", Row::shared},
    {"WrapType", "packageType", Row::coded},
    {"item.OriginCountry", "item.originCountry", Row::coded},
    {"TrafMode", "mode", Row::coded},
    {"TransMode", "incoterm", Row::coded},
    {"IEPort", "controlPoint", Row::coded},
    {"item.CodeTS", "item.code", Row::code},
    {"TradeCoScc", "", Row::party_ids},
    {"OwnerCodeScc", "", Row::party_ids},
    {"OwnerCode", "", Row::party_ids},
    {"OverseasConsignorCode", "", Row::party_ids},
    {"", "exporter.br", Row::party_ids},
    {"TradeName", "", Row::party_roles},
    {"OwnerName", "", Row::party_roles},
    {"", "consignee.name", Row::party_roles},
    {"", "exporter.address", Row::party_roles},
    {"item.GModel", "", Row::description},
    {"", "item.description", Row::description},
    {"item.GQty", "", Row::quantity},
    {"item.GUnit", "", Row::quantity},
    {"item.FirstQty", "", Row::quantity},
    {"item.FirstUnit", "", Row::quantity},
    {"item.SecondQty", "", Row::quantity},
    {"item.SecondUnit", "", Row::quantity},
    {"", "item.quantity", Row::quantity},
    {"", "item.unit", Row::quantity},
    {"", "item.grossMassKg", Row::quantity},
    {"", "item.netMassKg", Row::quantity},
    {"item.DeclPrice", "", Row::value},
    {"item.DeclTotal", "", Row::value},
    {"PromiseItmes", "", Row::value},
    {"", "item.value", Row::value},
    {"", "totalValue", Row::value},
    {"", "invoice.amount", Row::value},
    {"TradeCountry", "", Row::countries},
    {"TradeAreaCode", "", Row::countries},
    {"DistinatePort", "", Row::countries},
    {"DespPortCode", "", Row::countries},
    {"EntyPortCode", "", Row::countries},
    {"item.DestinationCountry", "", Row::countries},
    {"item.DistrictCode", "", Row::countries},
    {"item.DestCode", "", Row::countries},
    {"", "countryOfDestination", Row::countries},
    {"", "placeOfDischarge", Row::countries},
    {"ContrNo", "", Row::documents},
    {"", "reference", Row::documents},
    {"", "vesselId", Row::documents},
    {"IEDate", "", Row::dates},
    {"DespDate", "", Row::dates},
    {"", "departureDate", Row::dates},
    {"container.ContainerMd", "", Row::containers},
    {"container.LclFlag", "", Row::containers},
    {"container.GoodsNo", "", Row::containers},
    {"", "container.type", Row::containers},
    {"", "container.seals", Row::containers},
    {"item.DutyMode", "", Row::licences},
    {"AgentCodeScc", "", Row::declarant},
    {"AgentName", "", Row::declarant},
    {"", "declarant.name", Row::declarant},
    {"IEFlag", "", Row::regime},
    {"CustomMaster", "", Row::regime},
    {"EntryType", "", Row::regime},
    {"TradeMode", "", Row::regime},
    {"CutMode", "", Row::regime},
    {"MarkNo", "", Row::regime},
    {"GoodsPlace", "", Row::regime},
    {"item.GNo", "", Row::regime},
};

Record record_of_both_sides() {
  Record record = import_record();
  set(record, {{"consignor.br", "12345678"},
               {"goods[1].hkhs", "61091000"},
               {"freight.amount", "300"},
               {"insurance.amount", "50"},
               {"exchange.rate", "7.8"},
               {"declarant.name", "Wing On Trading Ltd"},
               {"declarant.nameLocal", ""},
               {"declarant.uscc", ""},
               {"cn.declarant.name", "深圳捷通报关有限公司"},
               {"cn.declarant.uscc", "91310107132231740K"}});
  return record;
}

// "item[1].GName" → "item.GName"
std::string place_of(std::string_view name) {
  const size_t open = name.find('['), close = name.find(']');
  return open == std::string_view::npos ? std::string(name) : std::string(name.substr(0, open)) + std::string(name.substr(close + 1));
}
std::string first_row(std::string_view name) {
  const size_t dot = name.find('.');
  const std::string_view head = name.substr(0, dot);
  if (dot == std::string_view::npos || (head != "item" && head != "container")) return std::string(name);
  return std::string(head) + "[1]" + std::string(name.substr(dot));
}

TEST(OneRecord, BothSidesDifferOnlyWhereTheyMay) {
  const Record record = record_of_both_sides();
  const Draft cn = draft_of(record, "dec-import");
  const auto hk = fill(*all_regimes().find("hk"), FormKey{"hk", "2", 0}, record, {}, usual_setting());
  ASSERT_TRUE(hk) << hk.error().text();
  EXPECT_TRUE(cn.missing.empty());
  EXPECT_EQ(value_of(cn, "AgentName"), "深圳捷通报关有限公司");
  EXPECT_TRUE(hk->missing.empty()) << hk->missing.front();
  for (const FilledField& field : cn.fields) {
    const std::string name = place_of(field.name);
    EXPECT_TRUE(std::ranges::any_of(kPlaces, [&](const FieldPlace& place) { return name == place.cn; })) << "cn " << name;
  }
  for (const FilledField& field : hk->fields) {
    const std::string name = place_of(field.name);
    EXPECT_TRUE(std::ranges::any_of(kPlaces, [&](const FieldPlace& place) { return name == place.hk; })) << "hk " << name;
  }
  for (const FieldPlace& place : kPlaces) {
    const std::string ours = value_of(cn, first_row(place.cn)), theirs = value_of(*hk, first_row(place.hk));
    if (place.row == Row::shared) {
      EXPECT_EQ(ours, theirs) << place.cn;
      EXPECT_FALSE(ours.empty()) << place.cn;
    }
    if (place.row == Row::coded) {
      // Each side's code comes from the same field of the record.
      const auto &from = cn.find(first_row(place.cn))->from, &other = hk->find(first_row(place.hk))->from;
      EXPECT_TRUE(std::ranges::any_of(from, [&](const std::string& path) { return std::ranges::find(other, path) != other.end(); }))
          << place.cn;
    }
    if (place.row == Row::code) EXPECT_EQ(ours.substr(0, 6), theirs.substr(0, 6));
  }
}

TEST(OneRecord, TheSidesAreCheckedAgainstEachOther) {
  const Record record = record_of_both_sides();
  const auto hk = [&](const Overrides& over) {
    return fill(*all_regimes().find("hk"), FormKey{"hk", "2", 0}, record, over, usual_setting()).value();
  };
  std::vector<Draft> drafts = {draft_of(record, "dec-import"), draft_of(record, "road-in@1"), hk({})};
  EXPECT_TRUE(check_across(all_regimes(), drafts).empty()) << text_of(told(check_across(all_regimes(), drafts)));
  struct Case {
    const char* field;
    const char* value;
    const char* rule;
  };
  const Case cases[] = {
      {"packages", "99", "X.packages"},        {"grossMassKg", "650", "X.weight"},
      {"netMassKg", "500", "X.weight"},        {"item[1].originCountry", "CN", "X.origin"},
      {"invoice.amount", "12500", "X.value"},
      {"item[1].code", "62034200", "X.codes"}, {"container[1].number", "MSKU9070323", "X.containers"},
  };
  for (const Case& c : cases) {
    drafts[2] = hk({{c.field, c.value}});
    const auto findings = check_across(all_regimes(), drafts);
    EXPECT_TRUE(std::ranges::any_of(findings, [&](const Finding& finding) { return finding.rule == c.rule; })) << c.field << "\n"
                                                                                                               << text_of(told(findings));
    EXPECT_TRUE(std::ranges::all_of(findings, [&](const Finding& finding) { return finding.rule == c.rule; })) << c.field << "\n"
                                                                                                               << text_of(told(findings));
  }
}

TEST(OneRecord, TheDeclarantOfOneSideIsNeverTheOthers) {
  Record record = record_of_both_sides();
  set(record, {{"cn.declarant.name", ""}, {"cn.declarant.uscc", ""}});
  const Draft cn = draft_of(record, "dec-import");
  EXPECT_EQ(value_of(cn, "AgentName"), "");
  EXPECT_NE(std::ranges::find(cn.missing, "AgentName"), cn.missing.end());
}

TEST(OneRecord, BothSidesArePlanned) {
  const Record record = record_of_both_sides();
  const auto plan = make_plan(all_regimes(), record, usual_setting());
  ASSERT_TRUE(plan) << plan.error().text();
  std::set<std::string> keys;
  for (const PlannedFiling& filing : plan->filings) keys.insert(filing.key.text());
  for (const char* key : {"cn/dec-import", "cn/road-in@1", "hk/2", "hk/aci@1"})
    EXPECT_TRUE(keys.contains(key)) << key << "\n" << text_of(keys);
}

}  // namespace cn_tests
}  // namespace fairway::filing
