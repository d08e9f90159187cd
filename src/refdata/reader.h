// A published file into rows: what is right goes in, what is wrong is named with its cell and its cure. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "refdata/table.h"

namespace fairway::refdata {

struct CodeRow {
  std::string code;  // "HKHKG", "HKHKG/HIT", "850440", "45G1"
  std::string json;  // its members, as the API gives them: an object without the code
};

// A row that is not taken.
struct Finding {
  uint32_t row = 0;    // as a spreadsheet counts, 1 is the headings
  std::string column;  // its heading, "" where it is the row as a whole
  std::string message;
  std::string hint;
};

struct ReadTable {
  std::vector<CodeRow> rows;      // in the order of the file, each code once
  std::vector<Finding> findings;  // at most limits::kRefdataFindingsMax
  size_t refused = 0;             // rows that were not taken, listed or not
};

// Code::unsupported for another encoding than UTF-8, Code::invalid where a column that makes up the code is missing or no row is right,
// Code::too_large past limits::kRefdataRowsMax.
[[nodiscard]] Result<ReadTable> read_table(Table table, std::string_view bytes);

}  // namespace fairway::refdata
