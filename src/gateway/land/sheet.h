// A sheet of rows under a row of headings becomes messages: one a row, in order. A wrong row names its cell, and the others go in.
//
// Used by one thread; lasts for one upload.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/decoded.h"
#include "gateway/land/record.h"

namespace fairway::gateway::land {

struct SheetRow {
  uint32_t number = 0;  // as the spreadsheet shows it, from 1
  uint64_t offset = 0, length = 0;
  std::string hash;  // SHA-256 of what the row stands in, hex
  std::vector<std::string> cells;
  std::string problem;  // what is broken in it, or ""
  size_t problem_column = 0;
};

// "A", "Z", "AA"; and "C7".
[[nodiscard]] std::string column_name(size_t column);
[[nodiscard]] std::string cell_name(size_t column, uint32_t row);

// What spreadsheets put around a value: blanks of all kinds, ="…" and a leading apostrophe that keep digits as text.
[[nodiscard]] std::string_view plain_cell(std::string_view cell);
// "1.23457E+11": a number that a spreadsheet has shortened; its digits are lost.
[[nodiscard]] bool is_shortened_number(std::string_view text);

class Sheet {
 public:
  using RecordSink = std::function<void(const Record&, DecodedMessage)>;

  // `prefix` stands before the cells of diagnostics ("Rail!"), `type` is that of rows which do not name one; both may be "".
  Sheet(std::string prefix, std::string type, RecordSink sink)
      : prefix_(std::move(prefix)), type_(std::move(type)), sink_(std::move(sink)) {}

  // The first row gives the headings; false where no further row can be understood.
  bool take(SheetRow& row);

 private:
  struct Column {
    const MemberRow* member = nullptr;  // null: not known
    std::string heading;
    bool personal = false;
  };
  bool take_headings(SheetRow& row);
  void take_cell(size_t column, std::string_view text, const SheetRow& row, Record& record, DecodedMessage& message);
  void take_value(const Column& column, std::string_view text, const std::string& at, const SheetRow& row, Record& record,
                  DecodedMessage& message);
  DecodedMessage message_of(const SheetRow& row) const;

  std::string prefix_, type_;
  RecordSink sink_;
  std::vector<Column> columns_;
  std::vector<Diagnostic> of_headings_;  // said with the first row
};

// Whether a row is one of headings, at least two of which are ours; and whether the first line of a text is.
[[nodiscard]] bool has_headings(std::span<const std::string> cells);
[[nodiscard]] bool begins_sheet(std::string_view text);

}  // namespace fairway::gateway::land
