// Draft: one form filled from a record: its fields with the values that the authority gets, where each comes from, and how it was worked
// out. fill() fills it, check() holds it against the rules. Pure; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "filing/form/finding.h"
#include "filing/record/record.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

// Which filing it is: the form, and for forms of one carriage the leg.
struct FormKey {
  std::string regime;  // "hk"
  std::string form;    // "1A"
  uint32_t leg = 0;    // from 1; 0: of the consignment
  // "hk/1A", "hk/aci@2".
  [[nodiscard]] std::string text() const;
  [[nodiscard]] static Result<FormKey> parse(std::string_view text);
  friend auto operator<=>(const FormKey&, const FormKey&) = default;
};

struct FilledField {
  std::string name;               // of the form: "importer.name"; rows as "item[2].value", "container[1].number". Titles: field_title()
  std::string value;              // as the authority gets it
  std::string group;              // that it is confirmed with: "parties", "transport", "goods", "values", …
  std::vector<std::string> from;  // paths of the record that it was made of, and those that it would be made of if they had a value
  std::string working;            // "USD 1,200.00 CIF × 7.8 = HKD 9,360.00", "PK → PKG", "" for a plain copy
  SourcePtr source;               // of the least certain field that it was made of; null for a constant
  bool typed = false;             // laid over by a person on this filing itself
  [[nodiscard]] uint8_t confidence() const { return source ? source->confidence : 100; }
};

struct Draft {
  FormKey key;
  std::string day;                   // of which the tables count
  std::vector<FilledField> fields;   // in the order of fields.csv, rows together; those in `missing` are there with the value ""
  std::vector<std::string> missing;  // names of required fields without a value
  [[nodiscard]] const FilledField* find(std::string_view name) const;
  // SHA-256 over name and value of each field of the group ("": of all), hex: what a person confirms.
  [[nodiscard]] std::string digest(std::string_view group = {}) const;
};

// What filling needs beside the record.
struct Setting {
  std::string today;  // YYYY-MM-DD in the regime's zone
  int64_t now_us = 0;
  // Units of the regime's currency for one of another on a day: exchange_rates.csv, or what was imported since. null: the table alone.
  std::map<std::string, Decimal, std::less<>> rates;  // "USD" → 7.8, over the tables' rates
};

// Values that a person laid over the filled ones, by field name.
using Overrides = std::map<std::string, std::string, std::less<>>;

// Code::not_found for a form that the regime does not have on that day.
[[nodiscard]] Result<Draft> fill(const Regime& regime, const FormKey& key, const Record& record, const Overrides& overrides,
                                 const Setting& setting);
// The form's own rules over record and draft: required fields, lengths (CJK counts two), code lists, and rules.csv.
[[nodiscard]] std::vector<Finding> check(const Regime& regime, const Draft& draft, const Record& record, const Setting& setting);
// cross.csv: the drafts of one consignment against each other.
[[nodiscard]] std::vector<Finding> check_across(const Regimes& regimes, std::span<const Draft> drafts);
// Of all fields of all drafts, those that somebody typed for this: either into the record or over the filing; each path once.
[[nodiscard]] Record::Typing typing(const Record& record, std::span<const Draft> drafts);

}  // namespace fairway::filing
