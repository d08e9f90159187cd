#include "gateway/land/sheet.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "gateway/land/csv.h"
#include "gateway/land/values.h"

namespace fairway::gateway::land {
namespace {

constexpr size_t kLineLookedAtMax = 4096;

}  // namespace

std::string_view plain_cell(std::string_view cell) {
  constexpr std::string_view kNoBreak = "\xC2\xA0", kWide = "\xE3\x80\x80";
  for (bool again = true; again;) {
    const size_t before = cell.size();
    cell = trim(cell);
    for (const std::string_view blank : {kNoBreak, kWide}) {
      if (cell.starts_with(blank)) cell.remove_prefix(blank.size());
      if (cell.ends_with(blank)) cell.remove_suffix(blank.size());
    }
    again = cell.size() != before;
  }
  if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"')) return cell.substr(2, cell.size() - 3);
  if (cell.starts_with('\'')) cell.remove_prefix(1);
  return cell;
}

bool is_shortened_number(std::string_view text) {
  const size_t exponent = text.find_first_of("eE");
  if (exponent == 0 || exponent == std::string_view::npos || exponent + 2 >= text.size() || text[exponent + 1] != '+') return false;
  const auto digits = [](std::string_view part, std::string_view also) {
    return part.find_first_not_of("0123456789" + std::string(also)) == std::string_view::npos;
  };
  return digits(text.substr(0, exponent), ".") && digits(text.substr(exponent + 2), "");
}

std::string column_name(size_t column) {
  std::string name;
  for (size_t rest = column + 1; rest != 0; rest = (rest - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return name;
}

std::string cell_name(size_t column, uint32_t row) { return column_name(column) + std::to_string(row); }

DecodedMessage Sheet::message_of(const SheetRow& row) const {
  DecodedMessage message;
  message.format = "LAND";
  message.type = "land " + std::string(kVersion);
  message.offset = row.offset;
  message.length = row.length;
  message.hash = row.hash;
  for (const std::string& cell : row.cells) message.text.append(message.text.empty() ? "" : ",").append(cell);
  message.text = legible(message.text, limits::kEventBytesMax);
  return message;
}

bool Sheet::take(SheetRow& row) {
  if (columns_.empty()) return take_headings(row);
  DecodedMessage message = message_of(row);
  for (Diagnostic& diagnostic : of_headings_) report(message, std::move(diagnostic));
  of_headings_.clear();
  Record record;
  record.at = prefix_ + cell_name(0, row.number);
  record.offset = row.offset;
  if (!row.problem.empty())
    note(message, Severity::error, "land.cell", row.problem, prefix_ + cell_name(row.problem_column, row.number), row.offset);
  for (size_t column = 0; column < row.cells.size(); ++column) take_cell(column, plain_cell(row.cells[column]), row, record, message);
  // A type that is written once counts for the rows below it.
  const Value* type = record.find(Member::type);
  if (type != nullptr && find_type(type->text) != nullptr)
    type_ = type->text;
  else if (type == nullptr && !type_.empty())
    record.values.push_back({Member::type, type_, record.at, row.offset});
  sink_(record, std::move(message));
  return true;
}

bool Sheet::take_headings(SheetRow& row) {
  size_t known = 0;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const std::string_view heading = plain_cell(row.cells[i]);
    Column& column = columns_.emplace_back();
    column.heading = legible(heading, 64);
    column.member = find_column(heading);
    column.personal = column.member == nullptr && is_personal(heading);
    known += column.member != nullptr;
    if (column.member != nullptr || heading.empty()) continue;
    Diagnostic diagnostic{Severity::info,
                          "land.column_unknown",
                          quoted(heading) + " is not a known column; what stands below it is kept as sent",
                          0,
                          prefix_ + cell_name(i, row.number),
                          row.offset};
    if (column.personal) {
      diagnostic.severity = Severity::warning;
      diagnostic.code = "land.personal_data";
      diagnostic.message = quoted(heading) + " is about persons; what stands below it is not kept";
    }
    of_headings_.push_back(std::move(diagnostic));
  }
  if (known != 0) return true;
  DecodedMessage message = message_of(row);
  Record record;
  record.at = prefix_ + cell_name(0, row.number);
  note(message, Severity::error, "land.headings",
       "the first row names no known column; take the headings of a template: GET /v1/templates/position.csv and the like", record.at,
       row.offset);
  sink_(record, std::move(message));
  return false;
}

void Sheet::take_cell(size_t column, std::string_view text, const SheetRow& row, Record& record, DecodedMessage& message) {
  if (text.empty()) return;
  const std::string at = prefix_ + cell_name(column, row.number);
  if (column >= columns_.size() || columns_[column].heading.empty())
    return note(message, Severity::warning, "land.cell", quoted(text) + " stands below no heading; not kept", at, row.offset);
  if (text.size() > limits::kTextBytesMax)
    return note(message, Severity::error, "land.too_long", "a cell has at most " + std::to_string(limits::kTextBytesMax) + " bytes", at,
                row.offset);
  if (columns_[column].personal) return;
  take_value(columns_[column], text, at, row, record, message);
}

void Sheet::take_value(const Column& column, std::string_view text, const std::string& at, const SheetRow& row, Record& record,
                       DecodedMessage& message) {
  if (column.member == nullptr) {
    if (!record.kept.empty()) record.kept += ',';
    append_json_string(record.kept, column.heading);
    record.kept += ':';
    append_json_string(record.kept, text);
    return;
  }
  if (column.member->holds != Holds::reference) {
    if (record.find(column.member->member) == nullptr)
      add_value(record, {column.member->member, std::string(text), at, row.offset}, message);
    else
      note(message, Severity::warning, "land.duplicate", "there is a column of this name before; the first one counts", at, row.offset);
    return;
  }
  // Several references may stand in one cell.
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of("|;\n"), text.size());
    const std::string_view one = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (one.empty()) continue;
    if (is_shortened_number(one))
      note(message, Severity::error, "land.shortened_number",
           quoted(one) + " is a number that the spreadsheet has shortened; format the column as text", at, row.offset);
    else
      add_value(record, {column.member->member, std::string(one), at, row.offset}, message);
  }
}

bool has_headings(std::span<const std::string> cells) {
  return std::ranges::count_if(cells, [](const std::string& cell) { return find_column(plain_cell(cell)) != nullptr; }) >= 2;
}

bool begins_sheet(std::string_view text) {
  const std::string_view line = text.substr(0, std::min({text.find_first_of("\r\n"), text.size(), kLineLookedAtMax}));
  bool ours = false;
  each_csv_row(line, csv_separator(line), [&](CsvRow& row) {
    ours = has_headings(row.cells);
    return false;
  });
  return ours;
}

}  // namespace fairway::gateway::land
