// Hong Kong's regime as it is in the program, and records for it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "filing/form/draft.h"
#include "filing/form/plan.h"
#include "filing/record/record.h"
#include "filing/regime/regime.h"

namespace fairway::filing::hk_tests {

inline const Regimes& regimes() {
  static const std::shared_ptr<const Regimes> made = [] {
    auto read = Regimes::built_in();
    if (!read) ADD_FAILURE() << read.error().text();
    return read.value_or(nullptr);
  }();
  return *made;
}
inline const Regime& hk() { return *regimes().find("hk"); }

inline Instant at(std::string_view text) {
  const auto instant = parse_rfc3339(text);
  if (!instant) ADD_FAILURE() << text << ": " << instant.error().text();
  return instant.value_or(Instant());
}

// A day in Hong Kong, at noon.
inline Setting on(const std::string& day) { return {day, at(day + "T12:00:00+08:00").micros, {}}; }
inline Setting at_moment(const std::string& moment) { return {moment.substr(0, 10), at(moment).micros, {}}; }

using Values = std::map<std::string, std::string>;

// The values of one, with those of another in their place; "" takes one out.
inline Values with(Values values, const Values& others) {
  for (const auto& [path, value] : others) values[path] = value;
  return values;
}

inline Record record_of(const Values& values) {
  Record record(regimes().schema());
  const auto source = std::make_shared<const Source>();
  for (const auto& [path, value] : values) {
    if (value.empty()) continue;
    const auto place = record.schema().parse_path(path);
    if (!place) {
      ADD_FAILURE() << place.error().text();
      continue;
    }
    const auto normal = record.schema().normalise(place->item, value);
    if (!normal) ADD_FAILURE() << path << ": " << normal.error().text();
    if (const Status put = record.put(*place, normal.value_or(""), source); !put) ADD_FAILURE() << put.error().text();
  }
  return record;
}

// Watches for a Hong Kong importer, by sea from Yokohama.
inline Values import_by_sea() {
  return {{"reference", "PO-4711"},
          {"consignor.name", "Kawasaki Parts KK"},
          {"consignor.address", "1-2-3 Kaigan-dori, Naka-ku, Yokohama"},
          {"consignor.country", "JP"},
          {"consignee.name", "Wing On Watch Ltd"},
          {"consignee.nameLocal", "永安鐘錶有限公司"},
          {"consignee.address", "12/F, 88 Queen's Road Central, Hong Kong"},
          {"consignee.country", "HK"},
          {"consignee.br", "12345678"},
          {"carrier.name", "Ocean Line"},
          {"invoice.number", "INV-1"},
          {"invoice.currency", "USD"},
          {"invoice.amount", "1200"},
          {"invoice.incoterm", "CIF"},
          {"packages", "10"},
          {"packageType", "CT"},
          {"grossMassKg", "120"},
          {"netMassKg", "100"},
          {"placeOfOrigin", "JPYOK"},
          {"placeOfDelivery", "HKHKG"},
          {"goods[1].description", "Wrist watches"},
          {"goods[1].hs", "910211"},
          {"goods[1].hkhs", "91021100"},
          {"goods[1].quantity", "100"},
          {"goods[1].unit", "H87"},
          {"goods[1].originCountry", "JP"},
          {"goods[1].amount", "1200"},
          {"goods[1].grossMassKg", "120"},
          {"goods[1].netMassKg", "100"},
          {"goods[1].packages", "10"},
          {"containers[1].number", "CSQU3054383"},
          {"legs[1].mode", "SEA"},
          {"legs[1].from", "JPYOK"},
          {"legs[1].to", "HKHKG"},
          {"legs[1].vessel", "Ever Given"},
          {"legs[1].imo", "9811000"},
          {"legs[1].voyage", "012W"},
          {"legs[1].document", "OOLU1234567"},
          {"legs[1].departure", "2026-11-20T10:00:00+09:00"},
          {"legs[1].arrival", "2026-11-24T08:00:00+08:00"}};
}

// T-shirts made in Hong Kong, by sea to Rotterdam.
inline Values export_by_sea() {
  return with(import_by_sea(), {{"consignor.name", "Wing On Garments Ltd"},
                                {"consignor.address", "5 Tai Yau Street, San Po Kong, Hong Kong"},
                                {"consignor.country", "HK"},
                                {"consignor.br", "23456789"},
                                {"consignee.name", "Van Dam BV"},
                                {"consignee.nameLocal", ""},
                                {"consignee.address", "Maasvlakte 1, Rotterdam"},
                                {"consignee.country", "NL"},
                                {"consignee.br", ""},
                                {"invoice.currency", "HKD"},
                                {"invoice.amount", "100000"},
                                {"invoice.incoterm", "FOB"},
                                {"goods[1].description", "T-shirts of cotton"},
                                {"goods[1].hs", "610910"},
                                {"goods[1].hkhs", "61091000"},
                                {"goods[1].originCountry", "HK"},
                                {"goods[1].madeLocally", "yes"},
                                {"goods[1].amount", "100000"},
                                {"placeOfOrigin", "HKHKG"},
                                {"placeOfDelivery", "NLRTM"},
                                {"legs[1].from", "HKHKG"},
                                {"legs[1].to", "NLRTM"},
                                {"legs[1].departure", "2026-11-24T08:00:00+08:00"},
                                {"legs[1].arrival", "2026-12-20T08:00:00+01:00"}});
}

// By lorry from Shenzhen, to stay in Hong Kong.
inline Values import_by_road() {
  return with(import_by_sea(), {{"consignor.name", "Shenzhen Works Ltd"},
                                {"consignor.address", "8 Shennan Road, Shenzhen"},
                                {"consignor.country", "CN"},
                                {"placeOfOrigin", "CNSZX"},
                                {"legs[1].mode", "ROAD"},
                                {"legs[1].from", "CNSZX"},
                                {"legs[1].vessel", ""},
                                {"legs[1].imo", ""},
                                {"legs[1].voyage", ""},
                                {"legs[1].vehicle", "AB1234"},
                                {"legs[1].controlPoint", "LMC"},
                                {"legs[1].document", "RM20261124001"},
                                {"legs[1].departure", "2026-11-24T09:00:00+08:00"},
                                {"legs[1].arrival", "2026-11-24T14:00:00+08:00"}});
}

inline Plan plan_of(const Values& values, const Setting& setting) {
  static const std::vector<std::string> kOnly{"hk"};
  auto plan = make_plan(regimes(), record_of(values), setting, {}, kOnly);
  if (!plan) ADD_FAILURE() << plan.error().text();
  return plan ? std::move(*plan) : Plan();
}

// "hk/1 hk/eman-sea@1", by their names.
inline std::string forms_in(const Plan& plan) {
  std::vector<std::string> names;
  for (const PlannedFiling& filing : plan.filings) names.push_back(filing.key.text());
  std::ranges::sort(names);
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

inline const PlannedFiling* find_filing(const Plan& plan, std::string_view form) {
  for (const PlannedFiling& filing : plan.filings) {
    if (filing.key.text() == form) return &filing;
  }
  return nullptr;
}

inline std::vector<Finding> findings_of(const Values& values, std::string_view form, const Setting& setting,
                                        const Overrides& overrides = {}) {
  const auto key = FormKey::parse(form);
  const Record record = record_of(values);
  const auto draft = fill(hk(), *key, record, overrides, setting);
  if (!draft) ADD_FAILURE() << form << ": " << draft.error().text();
  return draft ? check(hk(), *draft, record, setting) : std::vector<Finding>();
}

inline bool found(const std::vector<Finding>& findings, std::string_view rule) {
  return std::ranges::any_of(findings, [&](const Finding& finding) { return finding.rule == rule; });
}

inline std::string told(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += finding.rule + " " + finding.field + " " + finding.path + ": " + finding.message.en + "\n";
  return text;
}

inline std::string value_in(const Draft& draft, std::string_view field) {
  const FilledField* found = draft.find(field);
  return found == nullptr ? "" : found->value;
}

}  // namespace fairway::filing::hk_tests
