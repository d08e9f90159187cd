// Records for the tests of src/filing/form, and the regimes that they are filed with.
#pragma once

#include <gtest/gtest.h>

#include <utility>

#include "filing/form/plan.h"

namespace fairway::filing::engine_tests {

// Hong Kong's and the Mainland's, and the small one of the tests.
inline const Regimes& regimes() {
  static const std::shared_ptr<const Regimes> made = [] {
    auto read = Regimes::with_folder(FAIRWAY_SOURCE_DIR "/tests/unit/filing/regimes");
    if (!read) ADD_FAILURE() << read.error().text();
    return read ? *read : nullptr;
  }();
  return *made;
}

inline SourcePtr from(SourceKind kind, uint8_t confidence = 100) {
  return std::make_shared<const Source>(Source{kind, "", "pty_0123456789", {}, 0, confidence});
}

inline void put(Record& record, std::string_view path, std::string_view value, const SourcePtr& source = from(SourceKind::message)) {
  const auto parsed = record.schema().parse_path(path);
  ASSERT_TRUE(parsed) << parsed.error().text();
  auto normal = value.empty() ? Result<std::string>(std::string()) : record.schema().normalise(parsed->item, value);
  ASSERT_TRUE(normal) << normal.error().text();
  ASSERT_TRUE(record.put(*parsed, *normal, source));
}

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;
inline Record record_of(Fields fields) {
  Record record(regimes().schema());
  for (const auto& [path, value] : fields) put(record, path, value);
  return record;
}

inline Setting on(std::string today, int64_t now_us = 1'795'500'000'000'000) { return {std::move(today), now_us, {}}; }

inline std::string value_of(const Draft& draft, std::string_view name) {
  const FilledField* field = draft.find(name);
  return field == nullptr ? "(none)" : field->value;
}

inline std::vector<std::string> rules_of(const std::vector<Finding>& findings) {
  std::vector<std::string> rules;
  for (const Finding& finding : findings) rules.push_back(finding.rule);
  return rules;
}

inline const PlannedFiling* find(const Plan& plan, std::string_view key) {
  for (const PlannedFiling& filing : plan.filings) {
    if (filing.key.text() == key) return &filing;
  }
  return nullptr;
}

// Rotterdam to Singapore, two lines, FOB with freight and insurance.
inline Record import_into_singapore() {
  return record_of({{"consignee.name", "Lim Trading"},
                    {"importer.uen", "201912345K"},
                    {"countryOfDispatch", "NL"},
                    {"countryOfDestination", "SG"},
                    {"packages", "12"},
                    {"packageType", "CT"},
                    {"invoice.currency", "USD"},
                    {"invoice.amount", "1000"},
                    {"invoice.incoterm", "FOB"},
                    {"freight.amount", "90"},
                    {"insurance.amount", "10"},
                    {"goods[1].hs", "850440"},
                    {"goods[1].sgHs", "85044090"},
                    {"goods[1].originCountry", "DE"},
                    {"goods[1].amount", "333.33"},
                    {"goods[2].hs", "852351"},
                    {"goods[2].sgHs", "85235111"},
                    {"goods[2].originCountry", "NL"},
                    {"goods[2].amount", "666.67"},
                    {"containers[1].number", "CSQU3054383"},
                    {"legs[1].mode", "SEA"},
                    {"legs[1].from", "NLRTM"},
                    {"legs[1].to", "SGSIN"},
                    {"legs[1].vessel", "EVER GIVEN"},
                    {"legs[1].arrival", "2026-11-30T22:30:00Z"}});
}

}  // namespace fairway::filing::engine_tests
