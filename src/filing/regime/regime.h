// Regime: what one customs territory wants filed, as versioned tables in readable files: forms, fields, rules, code lists, charges,
// deadlines, its calendar. docs/reference/filing.md describes each table; tables/regimes/ holds those that are built in.
//
// Nothing in src/filing knows a territory by name: another is added by a folder of tables. Rows count from `from` up to and with `to`
// (YYYY-MM-DD, empty: open); what is asked for is asked for a day. Read and compiled once, then constant; any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/record/schema.h"

namespace fairway::filing {

// One CSV file: cells by the names of its columns. Lines that begin with '#' are remarks.
class Table {
 public:
  // Code::invalid names file, row and column.
  [[nodiscard]] static Result<Table> parse(std::string_view csv, std::string_view file);
  [[nodiscard]] size_t rows() const { return rows_.size(); }
  // "" for a column that the file does not have.
  [[nodiscard]] const std::string& cell(size_t row, std::string_view column) const;
  [[nodiscard]] bool has(std::string_view column) const { return columns_.contains(column); }
  // The names of the columns, by the alphabet.
  [[nodiscard]] std::vector<std::string> columns() const;
  // "deadlines.csv row 3", for errors.
  [[nodiscard]] std::string place(size_t row) const;
  // Whether the row counts on that day, by its columns from and to.
  [[nodiscard]] bool counts_on(size_t row, std::string_view day) const;

 private:
  std::string file_;
  std::map<std::string, size_t, std::less<>> columns_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<size_t> numbers_;
};

struct CrossRule;
class Compiled;  // forms, fields and rules with their expressions resolved: form/compiled.h

class Regime {
 public:
  [[nodiscard]] const std::string& code() const { return code_; }  // "hk"
  // A line of regime.csv: "title_en", "zone" (IANA), "currency" (ISO 4217), "territory" (ISO 3166 codes with blanks between).
  [[nodiscard]] const std::string& setting(std::string_view key) const;
  // forms.csv and the like, without ".csv"; code lists as "codes/NAME". An empty table where there is none.
  [[nodiscard]] const Table& table(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> tables() const;      // their names
  [[nodiscard]] bool covers(std::string_view country) const;  // ISO 3166 alpha-2 within the territory
  [[nodiscard]] const Compiled& compiled() const { return *compiled_; }

 private:
  friend class Regimes;
  std::string code_;
  std::map<std::string, std::string, std::less<>> settings_;
  std::map<std::string, Table, std::less<>> tables_;
  std::vector<std::string> territory_;
  std::shared_ptr<const Compiled> compiled_;
};

// In the three languages; empty for a form or a field that the regime does not have. `field` is a filled field's name ("item[2].value") or
// the row's name in fields.csv ("item.value").
[[nodiscard]] const Words& form_title(const Regime& regime, std::string_view form);
[[nodiscard]] const Words& field_title(const Regime& regime, std::string_view form, std::string_view field);

class Regimes {
 public:
  // Those in the program (tables/, embedded when it is built). A mistake in one is a failed start that names file, row and column.
  [[nodiscard]] static Result<std::shared_ptr<const Regimes>> built_in();
  // The same and those in `folder`: a folder each. One of a name that is built in takes its place.
  [[nodiscard]] static Result<std::shared_ptr<const Regimes>> with_folder(const std::string& folder);

  [[nodiscard]] const Schema& schema() const { return schema_; }
  [[nodiscard]] const Regime* find(std::string_view code) const;
  [[nodiscard]] std::span<const Regime> all() const { return regimes_; }  // by code
  // cross.csv of all of them: form/cross.h.
  [[nodiscard]] std::span<const CrossRule> cross_rules() const;

  ~Regimes();
  Regimes(const Regimes&) = delete;
  Regimes& operator=(const Regimes&) = delete;

 private:
  using Files = std::map<std::string, std::string, std::less<>>;  // by name in the regime's folder: "forms.csv", "codes/hs.csv"
  Regimes();
  [[nodiscard]] static Result<std::shared_ptr<const Regimes>> build(std::string_view items, std::map<std::string, Files> folders);
  [[nodiscard]] static Result<Regime> read(const std::string& code, const Files& files);

  Schema schema_;
  std::vector<Regime> regimes_;
  std::vector<CrossRule> cross_rules_;
};

}  // namespace fairway::filing
