#include "gateway/land/csv.h"

#include <iconv.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::gateway::land {
namespace {

std::unexpected<Error> not_readable() {
  return fail(Code::unsupported, "the text of the sheet is not UTF-8", "", "save it as \"CSV UTF-8\", or as an Excel workbook (.xlsx)");
}

Result<std::string> from_utf16(std::string_view bytes, const char* encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return not_readable();
  std::string out(bytes.size() / 2 * 3 + 4, '\0');  // two bytes make at most three, four make four
  std::string in(bytes);
  char *from = in.data(), *to = out.data();
  size_t left = in.size(), room = out.size();
  const bool converted = iconv(converter, &from, &left, &to, &room) != static_cast<size_t>(-1) && left == 0;
  iconv_close(converter);
  if (!converted) return not_readable();
  out.resize(out.size() - room);
  return out;
}

// One row after the other; the state is where the next begins.
class Scanner {
 public:
  Scanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  CsvRow row() {
    CsvRow row;
    row.number = ++number_;
    row.offset = at_;
    for (bool more = true; more;) {
      std::string cell;
      more = this->cell(cell, row);
      if (row.cells.size() < limits::kSheetColumnsMax) row.cells.push_back(std::move(cell));
    }
    row.length = at_ - row.offset;
    end_line();
    return row;
  }

 private:
  [[nodiscard]] bool is_line_end(size_t at) const { return at >= text_.size() || text_[at] == '\n' || text_[at] == '\r'; }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  void complain(CsvRow& row, std::string what) const {
    if (!row.problem.empty()) return;
    row.problem = std::move(what);
    row.problem_column = row.cells.size();
  }

  // Reads one cell; true where another follows in the row.
  bool cell(std::string& out, CsvRow& row) {
    if (at_ < text_.size() && text_[at_] == '"') quoted(out, row);
    const size_t begin = at_;
    while (!is_line_end(at_) && text_[at_] != separator_) ++at_;
    out += text_.substr(begin, at_ - begin);
    if (out.size() > limits::kSheetCellBytesMax) {
      out.resize(0);
      complain(row, "a cell has at most " + std::to_string(limits::kSheetCellBytesMax) + " bytes; is a quotation mark not closed?");
    }
    if (is_line_end(at_)) return false;
    ++at_;
    return true;
  }

  void quoted(std::string& out, CsvRow& row) {
    ++at_;
    while (at_ < text_.size()) {
      const size_t quote = std::min(text_.find('"', at_), text_.size());
      out += text_.substr(at_, quote - at_);
      at_ = std::min(quote + 1, text_.size());
      if (quote == text_.size()) break;
      if (at_ >= text_.size() || text_[at_] != '"') return;  // the end of the cell; what follows it is taken as it stands
      out += '"';
      ++at_;
    }
    complain(row, "a quotation mark is opened here and not closed; the rest of the file was not read");
  }

  std::string_view text_;
  char separator_;
  size_t at_ = 0;
  uint32_t number_ = 0;
};

}  // namespace

Result<std::string> csv_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), "UTF-16BE");
  bytes = without_byte_order_mark(bytes);
  if (!is_valid_utf8(bytes) || bytes.find('\0') != std::string_view::npos) return not_readable();
  return std::string(bytes);
}

char csv_separator(std::string_view text) {
  constexpr std::array kSeparators = {',', ';', '\t'};
  std::array<size_t, 3> counts{};
  bool in_quotes = false;
  for (const char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (c == '\n' || c == '\r') break;
    const auto* found = std::ranges::find(kSeparators, c);
    if (found != kSeparators.end()) ++counts.at(static_cast<size_t>(found - kSeparators.begin()));
  }
  return kSeparators.at(static_cast<size_t>(std::ranges::max_element(counts) - counts.begin()));
}

void each_csv_row(std::string_view text, char separator, const std::function<bool(CsvRow&)>& visit) {
  Scanner scanner(text, separator);
  while (!scanner.at_end()) {
    CsvRow row = scanner.row();
    const bool is_empty = std::ranges::all_of(row.cells, [](const std::string& cell) { return trim(cell).empty(); });
    if ((!is_empty || !row.problem.empty()) && !visit(row)) return;
  }
}

}  // namespace fairway::gateway::land
