// Rows of CSV (RFC 4180) for spreadsheets, written so that no cell is taken for a formula. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fairway::filing {

// Ends with CR LF. A cell that begins as a formula does (= + - @, a tab, an end of line) gets an apostrophe before it, unless it is a
// number; readers of our own sheets take the apostrophe off again.
void append_csv_row(std::string& out, std::span<const std::string> cells);
[[nodiscard]] std::string defused(std::string_view cell);

}  // namespace fairway::filing
