// The sheets of an Excel workbook (Office Open XML, ISO/IEC 29500) as rows of texts. What it unpacks to is bounded: limits::kWorkbook….
//
// libzip and pugixml stay behind this header. Pure; any thread. Code::unsupported for what is no such workbook, Code::invalid for a broken
// one, Code::too_large past the bounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::gateway::land {

struct WorkbookRow {
  uint32_t number = 0;  // as the spreadsheet shows it, from 1
  std::vector<std::string> cells;
  std::string problem;  // what is broken in it, or ""
  size_t problem_column = 0;
};

struct WorkbookSheet {
  std::string name;
  std::vector<WorkbookRow> rows;  // those that hold something
};

struct Workbook {
  std::vector<WorkbookSheet> sheets;  // visible ones with at least one row, in order
};

// Dates come out as "2026-11-22 08:30:00", truth as TRUE and FALSE, numbers in full.
[[nodiscard]] Result<Workbook> read_workbook(std::string_view bytes);

}  // namespace fairway::gateway::land
