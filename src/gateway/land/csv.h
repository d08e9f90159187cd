// Rows of comma-separated values (RFC 4180), as spreadsheets write them: lenient about separators, line ends and byte order marks.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::gateway::land {

struct CsvRow {
  uint32_t number = 0;  // of the row as a spreadsheet shows it, from 1: line breaks within quotes count as nothing
  uint64_t offset = 0, length = 0;
  std::vector<std::string> cells;
  std::string problem;  // what is broken in it, or ""
  size_t problem_column = 0;
};

// UTF-8 and, with a byte order mark, UTF-16 (a spreadsheet's "Unicode text") as UTF-8 without one. Code::unsupported for any other
// encoding, with the cure.
[[nodiscard]] Result<std::string> csv_text(std::string_view bytes);

// ',', ';' or a tab: whichever stands most often in the first line, outside of quotes.
[[nodiscard]] char csv_separator(std::string_view text);

// Gives each row that is not empty to `visit` until that says false. A quote that is not closed ends the reading with the row it is in.
void each_csv_row(std::string_view text, char separator, const std::function<bool(CsvRow& row)>& visit);

}  // namespace fairway::gateway::land
