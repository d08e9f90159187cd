#include <algorithm>

#include "base/bytes.h"
#include "filing/regime/regime.h"
#include "gateway/land/csv.h"

namespace fairway::filing {
namespace {

using gateway::land::CsvRow;

constexpr size_t kRowsMax = 100'000;

std::unexpected<Error> wrong(std::string_view file, uint32_t row, std::string what, std::string hint = {}) {
  return fail(Code::invalid, "a table is not right", std::string(file) + " row " + std::to_string(row) + ": " + std::move(what),
              std::move(hint));
}

Result<std::map<std::string, size_t, std::less<>>> columns_of(const CsvRow& row, std::string_view file) {
  std::map<std::string, size_t, std::less<>> columns;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const std::string name(trim(row.cells[i]));
    if (name.empty()) return wrong(file, row.number, "column " + std::to_string(i + 1) + " has no name");
    if (!columns.emplace(name, i).second) return wrong(file, row.number, "column " + name + " stands there twice", "leave one out");
  }
  return columns;
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return std::ranges::all_of(text, [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
}

}  // namespace

Result<Table> Table::parse(std::string_view csv, std::string_view file) {
  auto text = gateway::land::csv_text(csv);
  if (!text) return fail(text.error().code, text.error().message, std::string(file), text.error().hint);
  Table table;
  table.file_ = file;
  Status status;
  gateway::land::each_csv_row(*text, ',', [&](CsvRow& row) {
    if (!row.cells.empty() && row.cells.front().starts_with('#')) return true;
    if (!row.problem.empty()) {
      status = wrong(file, row.number, row.problem);
    } else if (table.columns_.empty()) {
      auto columns = columns_of(row, file);
      if (columns) table.columns_ = std::move(*columns);
      if (!columns) status = std::unexpected(columns.error());
    } else if (row.cells.size() > table.columns_.size()) {
      status = wrong(file, row.number,
                     std::to_string(row.cells.size()) + " cells, and the file has " + std::to_string(table.columns_.size()) + " columns",
                     "put a cell with a comma in it in quotation marks");
    } else if (table.rows_.size() == kRowsMax) {
      status = fail(Code::too_large, "a table has too many rows", std::string(file));
    } else {
      row.cells.resize(table.columns_.size());
      for (std::string& cell : row.cells) cell = trim(cell);
      table.rows_.push_back(std::move(row.cells));
      table.numbers_.push_back(row.number);
    }
    return status.has_value();
  });
  TRY_OK(std::move(status));
  for (size_t row = 0; row < table.rows(); ++row) {
    for (const std::string_view column : {"from", "to"}) {
      const std::string& day = table.cell(row, column);
      if (!day.empty() && !is_day(day)) {
        return wrong(file, static_cast<uint32_t>(table.numbers_[row]), "column " + std::string(column) + ": \"" + day + "\" is no date",
                     "write it as 2026-11-24, or leave it empty");
      }
    }
  }
  return table;
}

const std::string& Table::cell(size_t row, std::string_view column) const {
  static const std::string kNone;
  const auto found = columns_.find(column);
  return found == columns_.end() ? kNone : rows_[row][found->second];
}

std::vector<std::string> Table::columns() const {
  std::vector<std::string> names;
  for (const auto& [name, index] : columns_) names.push_back(name);
  return names;
}

std::string Table::place(size_t row) const { return file_ + " row " + std::to_string(numbers_[row]); }

bool Table::counts_on(size_t row, std::string_view day) const {
  const std::string &from = cell(row, "from"), &to = cell(row, "to");
  return (from.empty() || from <= day) && (to.empty() || day <= to);
}

}  // namespace fairway::filing
