// The Mainland's regime, and a consignment from Hong Kong to Shenzhen by road that files without a finding, for the tests of its tables.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/instant.h"
#include "filing/form/draft.h"
#include "filing/form/plan.h"
#include "filing/regime/regime.h"

namespace fairway::filing::cn_tests {

inline const Regimes& all_regimes() {
  static const std::shared_ptr<const Regimes> regimes = [] {
    auto made = Regimes::built_in();
    if (!made) ADD_FAILURE() << made.error().text();
    return made ? *made : nullptr;
  }();
  return *regimes;
}
inline const Regime& mainland() { return *all_regimes().find("cn"); }

using Fields = std::vector<std::pair<std::string, std::string>>;

inline void set(Record& record, const Fields& fields) {
  static const SourcePtr kSource = std::make_shared<const Source>();
  for (const auto& [path, value] : fields) {
    const auto parsed = record.schema().parse_path(path);
    if (!parsed) {
      ADD_FAILURE() << parsed.error().text();
      continue;
    }
    const auto normal = value.empty() ? Result<std::string>(value) : record.schema().normalise(parsed->item, value);
    if (!normal || !record.put(*parsed, *normal, kSource)) ADD_FAILURE() << path << " = " << value;
  }
}

// What both directions share.
inline Record shared_record() {
  Record record(all_regimes().schema());
  set(record, {{"reference", "WO-2026-118"},
               {"declarant.name", "Shenzhen Express Customs Brokers"},
               {"declarant.nameLocal", "深圳捷通报关有限公司"},
               {"declarant.uscc", "91310107132231740K"},
               {"invoice.number", "INV-118"},
               {"invoice.currency", "USD"},
               {"invoice.amount", "12000"},
               {"invoice.incoterm", "CIF"},
               {"contract.number", "SC-2026-77"},
               {"packages", "100"},
               {"packageType", "CT"},
               {"grossMassKg", "620"},
               {"netMassKg", "540"},
               {"goods[1].description", "T-shirts of cotton"},
               {"goods[1].descriptionLocal", "棉制针织T恤衫"},
               {"goods[1].hs", "610910"},
               {"goods[1].cnCode", "6109100021"},
               {"goods[1].cnElements", "针织|男式|T恤衫|100%棉|无牌|A1"},
               {"goods[1].originCountry", "VN"},
               {"goods[1].quantity", "2400"},
               {"goods[1].unit", "H87"},
               {"goods[1].unitPrice", "5"},
               {"goods[1].amount", "12000"},
               {"goods[1].netMassKg", "540"},
               {"goods[1].grossMassKg", "620"},
               {"goods[1].containers", "CSQU3054383"},
               {"containers[1].number", "CSQU3054383"},
               {"containers[1].type", "45G1"},
               {"containers[1].load", "FULL"},
               {"containers[1].seals", "S1001"},
               {"cn.tradeMode", "0110"},
               {"cn.levyNature", "101"},
               {"cn.dutyMode", "1"},
               {"cn.customMaster", "5301"},
               {"cn.entyPort", "470201"},
               {"cn.district", "44031"},
               {"cn.dest", "440300"},
               {"legs[1].mode", "ROAD"},
               {"legs[1].vehicle", "ZAB12"},
               {"legs[1].driver", "陈大文"},
               {"legs[1].driverCode", "5301000001"},
               {"legs[1].carrierCode", "5301A00001"},
               {"legs[1].controlPoint", "LMC"},
               {"legs[1].document", "5301202611240001"},
               {"legs[1].master", "HKG0001"},
               {"legs[1].departure", "2026-11-24T09:00:00+08:00"},
               {"legs[1].arrival", "2026-11-24T11:00:00+08:00"},
               {"legs[1].manifestAccepted", "yes"},
               {"legs[1].cnClearance", "RD1"},
               {"carrier.name", "Kwai Tsing Haulage"}});
  return record;
}

inline Record import_record() {
  Record record = shared_record();
  set(record, {{"consignor.name", "Wing On Trading Ltd"},
               {"consignor.address", "1 Kwai Tai Road, Kwai Chung"},
               {"consignor.country", "HK"},
               {"consignee.name", "Shenzhen Yongan Trading Co Ltd"},
               {"consignee.nameLocal", "深圳永安贸易有限公司"},
               {"consignee.address", "深圳市福田区1号"},
               {"consignee.country", "CN"},
               {"consignee.uscc", "91510100569680768F"},
               {"owner.nameLocal", "深圳永安贸易有限公司"},
               {"owner.name", "Shenzhen Yongan Trading Co Ltd"},
               {"owner.uscc", "91510100569680768F"},
               {"countryOfDispatch", "HK"},
               {"placeOfOrigin", "HKHKG"},
               {"placeOfDelivery", "CNSZX"},
               {"cn.goodsPlace", "深圳市福田区1号仓"},
               {"cn.specialRelation", "no"},
               {"cn.priceInfluence", "no"},
               {"cn.royalty", "no"},
               {"legs[1].from", "HKHKG"},
               {"legs[1].to", "CNSZX"}});
  return record;
}

inline Record export_record() {
  Record record = shared_record();
  set(record, {{"consignee.name", "Wing On Trading Ltd"},
               {"consignee.address", "1 Kwai Tai Road, Kwai Chung"},
               {"consignee.country", "HK"},
               {"consignor.name", "Shenzhen Yongan Trading Co Ltd"},
               {"consignor.nameLocal", "深圳永安贸易有限公司"},
               {"consignor.address", "深圳市福田区1号"},
               {"consignor.country", "CN"},
               {"consignor.uscc", "91510100569680768F"},
               {"owner.name", "Shenzhen Yongan Trading Co Ltd"},
               {"owner.uscc", "91510100569680768F"},
               {"countryOfDestination", "HK"},
               {"placeOfOrigin", "CNSZX"},
               {"placeOfDelivery", "HKHKG"},
               {"freight.amount", "300"},
               {"insurance.amount", "50"},
               {"legs[1].from", "CNSZX"},
               {"legs[1].to", "HKHKG"}});
  return record;
}

inline Setting setting_at(std::string_view now) {
  Setting setting;
  setting.today = std::string(now.substr(0, 10));
  setting.now_us = parse_rfc3339(now)->micros;
  return setting;
}
inline Setting usual_setting() { return setting_at("2026-11-20T08:00:00+08:00"); }

inline Draft draft_of(const Record& record, std::string_view form, const Overrides& over = {}, const Setting& setting = usual_setting()) {
  auto draft = fill(mainland(), FormKey::parse("cn/" + std::string(form)).value(), record, over, setting);
  if (!draft) ADD_FAILURE() << form << ": " << draft.error().text();
  return draft ? std::move(*draft) : Draft{};
}

inline std::vector<Finding> findings_of(const Record& record, std::string_view form, const Overrides& over = {},
                                        const Setting& setting = usual_setting()) {
  return check(mainland(), draft_of(record, form, over, setting), record, setting);
}

inline std::string value_of(const Draft& draft, std::string_view name) {
  const FilledField* field = draft.find(name);
  return field == nullptr ? "" : field->value;
}

// "V13 NetWt", sorted, each once.
inline std::set<std::string> told(const std::vector<Finding>& findings) {
  std::set<std::string> out;
  for (const Finding& finding : findings) out.insert(finding.rule + " " + (finding.field.empty() ? finding.path : finding.field));
  return out;
}

inline std::string text_of(const std::set<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace fairway::filing::cn_tests
