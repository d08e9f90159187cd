#include "filing/paper/csv.h"

#include "base/decimal.h"

namespace fairway::filing {

std::string defused(std::string_view cell) {
  constexpr std::string_view kBegins = "=+-@\t\r\n";
  const bool is_formula = !cell.empty() && kBegins.contains(cell.front()) && !Decimal::parse(cell);
  return is_formula ? "'" + std::string(cell) : std::string(cell);
}

void append_csv_row(std::string& out, std::span<const std::string> cells) {
  bool is_first = true;
  for (const std::string& cell : cells) {
    if (!is_first) out += ',';
    is_first = false;
    const std::string text = defused(cell);
    if (text.find_first_of(",\"\r\n;\t") == std::string::npos) {
      out += text;
      continue;
    }
    out += '"';
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
  out += "\r\n";
}

}  // namespace fairway::filing
