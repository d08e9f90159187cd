// Compiled: a regime's forms, fields, rules and exemptions with every name in them resolved, by form and day. Made when the regime is read,
// then constant; any thread. Errors name file, row and column.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "filing/form/finding.h"
#include "filing/regime/expression.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

// A text of a table with expressions in braces: "net {item.netMassKg} kg is above gross {item.grossMassKg} kg".
struct Template {
  struct Piece {
    std::string text;
    Expression expression;  // empty: the text alone
    bool value = false;     // {value}: of the field that the finding is of
  };
  std::vector<Piece> pieces;
};
struct Templates {
  Template en, hant, hans;
};

struct FieldRow {
  std::string name;  // "importer.name"; of rows "item.value"
  Group per = Group::consignment;
  Words title;
  ValueType type = ValueType::text;
  Expression required, value;
  size_t length_max = 0;  // characters, CJK counts two; 0: no limit
  int scale_max = -1;     // digits behind the point of a decimal; −1: as they are
  const CodeList* list = nullptr;
  std::string group;  // that it is confirmed with
  std::string source;
  Days days;
  uint16_t slot = 0;  // the same for rows of one name
};

struct Rule {
  std::string id;
  Group per = Group::consignment;
  Expression when, check;
  Weight weight = Weight::blocking;
  std::string field;            // name of the row in fields.csv, "" for none
  std::optional<ItemRef> item;  // of the record
  Templates message, cure;
  std::string source;
  Days days;
};

struct Form {
  std::string code, family;
  Words title, reason;
  bool per_leg = false;
  Expression needed_when, items_when;
  std::string filer, authority, message, deadline, charge, source;
  Expression deadline_from, charge_value, levied_value;
  Days days;
  std::vector<FieldRow> fields;    // in the order of fields.csv
  std::vector<std::string> slots;  // names of fields by slot
  std::vector<Rule> rules;
  [[nodiscard]] std::optional<uint16_t> slot(std::string_view name) const;
};

struct Exemption {
  std::string category;
  std::vector<std::string> forms;  // "*": all
  Expression when, evidence;
  Words title;
  std::string source;
  Days days;
};

// "…_en", "…_hant", "…_hans" of a row.
[[nodiscard]] Words words_of(const Table& table, size_t row, std::string_view column);
// Code::invalid where the table has a column that is none of these ("x_*": x in three languages).
[[nodiscard]] Status check_columns(const Table& table, std::span<const std::string_view> known);
// "blocking", "warning" or "" (blocking).
[[nodiscard]] Result<Weight> weight_of(const Table& table, size_t row);

// Items of the record that the engine itself asks for.
struct CommonItems {
  ItemRef invoice_currency, invoice_amount, incoterm, freight_amount, freight_currency, insurance_amount, insurance_currency, other_amount,
      other_currency, exchange_rate, line_amount, line_price, line_quantity, leg_from, leg_to, leg_departure, leg_arrival,
      leg_control_point, place_of_origin, place_of_delivery, place_of_loading, place_of_discharge, country_of_dispatch,
      country_of_destination;
};

class Compiled {
 public:
  [[nodiscard]] static Result<std::shared_ptr<const Compiled>> make(const Regime& regime, const Schema& schema);

  [[nodiscard]] std::span<const Form> forms() const { return forms_; }
  // Null where the regime has no such form on that day.
  [[nodiscard]] const Form* find(std::string_view code, std::string_view day) const;
  [[nodiscard]] std::span<const Exemption> exemptions() const { return exemptions_; }
  [[nodiscard]] const CommonItems& items() const { return items_; }
  [[nodiscard]] const CodeList& exchange_rates() const { return exchange_rates_; }
  [[nodiscard]] std::string_view zone() const { return zone_; }
  [[nodiscard]] std::string_view currency() const { return currency_; }
  [[nodiscard]] const Words& form_title(std::string_view form) const;
  [[nodiscard]] const Words& field_title(std::string_view form, std::string_view field) const;

 private:
  friend class Compiler;
  CodeLists codes_, maps_;
  CodeList exchange_rates_;
  std::vector<Form> forms_;
  std::vector<Exemption> exemptions_;
  CommonItems items_;
  std::string zone_, currency_;
};

// "item[2].value" → "item.value".
[[nodiscard]] std::string row_name_of(std::string_view field);

}  // namespace fairway::filing
