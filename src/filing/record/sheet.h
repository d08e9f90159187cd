// Sheets: one or many consignments as CSV or as an Excel workbook. docs/reference/filing-sheet.md.
//
// The first row names the columns: by paths without a row ("consignor.name", "goods.hs"), with one ("goods[2].hs"), or by the items' titles
// in any of the three languages. The rows of one `reference` are one consignment; each adds a row to every group that it has cells of.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filing/form/finding.h"
#include "filing/record/record.h"

namespace fairway::filing {

// Whose sheet it is. The document of each field's source is the file and the row.
struct SheetOrigin {
  std::string file;  // "house-bills.xlsx"
  PartyId party;
  std::string person;
  int64_t at_us = 0;
  uint8_t confidence = 100;
};

struct SheetConsignment {
  std::string reference;
  std::string place;  // its first row: "house-bills.xlsx row 2"
  // None where a finding is blocking. The rule of findings is "sheet.cell", their field the cell: "C7", "Goods!C7".
  std::optional<Record> record;
  std::vector<Finding> findings;
};

inline constexpr size_t kSheetConsignmentsMax = 2'000;
inline constexpr size_t kSheetFindingsMax = 50;  // of one consignment

// In the order in which they begin. Code::unsupported for what is no sheet, Code::invalid for a wrong heading (naming it and the nearest
// right one) or a sheet without rows, Code::too_large past the limits.
[[nodiscard]] Result<std::vector<SheetConsignment>> read_sheet(const Schema& schema, std::string_view bytes, const SheetOrigin& origin);

// A CSV to begin with: the columns that most consignments need, and one consignment of two goods lines.
[[nodiscard]] std::string sheet_template();

}  // namespace fairway::filing
