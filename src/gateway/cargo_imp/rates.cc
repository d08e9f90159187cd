#include "gateway/cargo_imp/rates.h"

#include <algorithm>

#include "gateway/cargo_imp/grammar.h"

namespace fairway::gateway::cargo_imp {
namespace {

constexpr std::string_view kLineNumber = "line_number:number";

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void read_rate_line(std::span<const Cell> cells, const Line& line, Segment& segment, Findings& findings) {
  if (!cells.empty() && is_number(cells.front().text)) {
    read_line(kLineNumber, cells.first(1), line, segment, findings);
    cells = cells.subspan(1);
  }
  for (size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (cell.text.empty()) continue;
    if (const RateColumn* goods = find_goods_line(cell.text))
      return read_line(goods->pattern, cells.subspan(i + 1), line, segment, findings);
    const RateColumn* column = find_rate_column(cell.text.front());
    if (column == nullptr || cell.text.size() == 1) {
      findings.add(Deviation::field_format, cell.place, cell.text);
      continue;
    }
    Cell value = cell;
    value.text.remove_prefix(1);
    ++value.place.column;
    ++value.place.offset;
    read_line(column->pattern, std::span(&value, 1), line, segment, findings);
  }
}

}  // namespace fairway::gateway::cargo_imp
