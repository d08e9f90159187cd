#include "refdata/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_set>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/land/csv.h"
#include "model/place.h"

namespace fairway::refdata {
namespace {

using gateway::land::CsvRow;

bool all_of(std::string_view text, bool (*holds)(char)) { return std::ranges::all_of(text, holds); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper_or_digit(char c) { return is_upper(c) || is_digit(c); }

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

bool is_within(std::string_view text, double bound) {
  const std::optional<double> number = number_in(text);
  return number && std::abs(*number) <= bound;
}

// What a value of this form looks like, for the hint of a finding.
std::string_view wanted(Form form) {
  switch (form) {
    case Form::text: return "";
    case Form::country: return "two letters, such as HK";
    case Form::place: return "three letters or digits, such as HKG";
    case Form::unlocode: return "a UN/LOCODE, such as HKHKG";
    case Form::hs_code: return "two, four or six digits";
    case Form::size_type: return "four letters or digits, such as 45G1";
    case Form::latitude: return "degrees from -90 to 90";
    case Form::longitude: return "degrees from -180 to 180";
    case Form::number: return "a number";
    case Form::date: return "a date as YYYY-MM-DD";
  }
  return "";
}

bool is_of(Form form, std::string_view text) {
  switch (form) {
    case Form::text: return true;
    case Form::country: return text.size() == 2 && all_of(text, is_upper);
    case Form::place: return text.size() == 3 && all_of(text, is_upper_or_digit);  // the list itself has some with 0
    case Form::unlocode: return is_unlocode_form(text);
    case Form::hs_code: return (text.size() == 2 || text.size() == 4 || text.size() == 6) && all_of(text, is_digit);
    case Form::size_type: return text.size() == 4 && all_of(text, is_upper_or_digit);
    case Form::latitude: return is_within(text, 90);
    case Form::longitude: return is_within(text, 180);
    case Form::number: return number_in(text).has_value();
    case Form::date: return parse_rfc3339(std::string(text) + "T00:00:00Z").has_value();
  }
  return false;
}

bool is_number(Form form) { return form == Form::latitude || form == Form::longitude || form == Form::number; }

// Codes that UNECE and WCO keep beside those that goods and places have: read over without a word.
bool is_heading_row(Table table, std::string_view code) { return table == Table::hs && code == "TOTAL"; }

class Reader {
 public:
  explicit Reader(Table table) : layout_(row(table)) {}

  Status headings(const CsvRow& first) {
    const auto place = [&](const Column& column) -> std::optional<size_t> {
      for (size_t i = 0; i < first.cells.size(); ++i)
        if (to_lower(trim(first.cells[i])) == to_lower(column.heading)) return i;
      return std::nullopt;
    };
    for (const Column& column : layout_.code) TRY_OK(keep(column, place(column), code_));
    for (const Column& column : layout_.columns) TRY_OK(keep(column, place(column), columns_));
    return {};
  }

  bool take(const CsvRow& cells) {
    if (!cells.problem.empty()) return refuse(cells.number, "", cells.problem, "");
    std::string code;
    for (const Found& found : code_) {
      const std::string_view text = value(cells, found);
      if (is_heading_row(layout_.table, text)) return true;
      if (!is_right(cells, found, text)) return true;
      code.append(code.empty() ? "" : layout_.between).append(text);
    }
    CodeRow made{code, {}};
    JsonWriter writer(made.json);
    writer.begin_object();
    for (const Found& found : columns_)
      if (!write(writer, cells, found)) return true;
    writer.end_object();
    if (!codes_.insert(code).second) return refuse(cells.number, "", code + " stands in the file twice", "the first is kept");
    out_.rows.push_back(std::move(made));
    return out_.rows.size() <= limits::kRefdataRowsMax;
  }

  ReadTable finish() { return std::move(out_); }

 private:
  struct Found {
    const Column* column;
    std::optional<size_t> index;  // in the row; none where the file has no such column
  };

  static Status keep(const Column& column, std::optional<size_t> index, std::vector<Found>& into) {
    if (!index && column.required)
      return fail(Code::invalid, "a column is missing", std::string(column.heading), "the first row holds the headings as published");
    into.push_back({&column, index});
    return {};
  }

  static std::string_view value(const CsvRow& cells, const Found& found) {
    return found.index && *found.index < cells.cells.size() ? trim(cells.cells[*found.index]) : std::string_view();
  }

  // A wrong value that is not needed is left out; the row stays.
  bool write(JsonWriter& writer, const CsvRow& cells, const Found& found) {
    const std::string_view text = value(cells, found);
    if (text.empty() && !found.column->required) return true;
    if (found.column->required && !is_right(cells, found, text)) return false;
    if (!is_of(found.column->form, text)) return note(cells, found, text);
    if (is_number(found.column->form))
      writer.member(found.column->member, *number_in(text));
    else
      writer.member(found.column->member, text);
    return true;
  }

  bool is_right(const CsvRow& cells, const Found& found, std::string_view text) {
    if (text.size() > limits::kTextBytesMax) return !refuse(cells.number, found.column->heading, "the text is too long", "");
    if (!text.empty() && is_of(found.column->form, text)) return true;
    const std::string what = text.empty() ? "the cell is empty" : "\"" + legible(text, 40) + "\" cannot stand here";
    return !refuse(cells.number, found.column->heading, what, wanted(found.column->form));
  }

  bool note(const CsvRow& cells, const Found& found, std::string_view text) {
    list({cells.number, std::string(found.column->heading), "\"" + legible(text, 40) + "\" was left out",
          std::string(wanted(found.column->form))});
    return true;
  }

  bool refuse(uint32_t row, std::string_view column, std::string message, std::string_view hint) {
    ++out_.refused;
    list({row, std::string(column), std::move(message), std::string(hint)});
    return true;
  }

  void list(Finding finding) {
    if (out_.findings.size() < limits::kRefdataFindingsMax) out_.findings.push_back(std::move(finding));
  }

  const TableRow& layout_;
  std::vector<Found> code_, columns_;
  std::unordered_set<std::string> codes_;
  ReadTable out_;
};

}  // namespace

Result<ReadTable> read_table(Table table, std::string_view bytes) {
  const std::string text = TRY(gateway::land::csv_text(bytes));
  Reader reader(table);
  Status headings = fail(Code::invalid, "the file is empty", std::string(row(table).name), "give the file as it is published");
  bool is_first = true, has_room = true;
  gateway::land::each_csv_row(text, gateway::land::csv_separator(text), [&](CsvRow& cells) {
    if (!std::exchange(is_first, false)) return has_room = reader.take(cells);
    headings = reader.headings(cells);
    return headings.has_value();
  });
  TRY_OK(headings);
  if (!has_room)
    return fail(Code::too_large, "the file has too many rows", std::string(row(table).name),
                "at most " + std::to_string(limits::kRefdataRowsMax));
  ReadTable out = reader.finish();
  if (!out.rows.empty()) return out;
  const std::string first =
      out.findings.empty() ? "" : "row " + std::to_string(out.findings.front().row) + ": " + out.findings.front().message;
  return fail(Code::invalid, "no row of the file can be taken", first, "is it the right table?");
}

}  // namespace fairway::refdata
