// What is said of a wrong cell, in the three languages. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "filing/form/finding.h"
#include "filing/record/schema.h"

namespace fairway::filing {

struct CellPlace {
  std::string file;     // "house-bills.xlsx"
  std::string cell;     // "C7", "Goods!C7"
  uint32_t row = 0;     // as the spreadsheet shows it
  std::string heading;  // of the column
};

// A finding of rule "sheet.cell" at that place, with the place said before `what`.
[[nodiscard]] Finding cell_finding(const CellPlace& place, Weight weight, const Words& what, Words cure);

// `error` is what Schema::normalise said of the text.
[[nodiscard]] Finding wrong_value(const CellPlace& place, ValueType type, std::string_view text, const Error& error);
[[nodiscard]] Finding contradicting(const CellPlace& place, std::string_view here, std::string_view before);
[[nodiscard]] Finding no_heading(const CellPlace& place, std::string_view text);
[[nodiscard]] Finding shortened_number(const CellPlace& place, std::string_view text);
[[nodiscard]] Finding broken_row(const CellPlace& place, const std::string& problem);
[[nodiscard]] Finding too_many(const CellPlace& place, const Error& error);
[[nodiscard]] Finding repeated_line(const CellPlace& place);

}  // namespace fairway::filing
