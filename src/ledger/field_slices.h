// FieldSlices: where the fields of an entry stand, found without copying its values. Private to the ledger: commitment.h has the fields.
//
// Kept and read again and again, it keeps its memory. One thread at a time.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/entry.h"

namespace fairway::ledger {

class FieldSlices {
 public:
  // The views that follow live as long as the entry stands and nothing else is read.
  void read(const Entry& entry);

  [[nodiscard]] size_t size() const { return rows_.size(); }
  [[nodiscard]] std::string_view path(size_t i) const { return std::string_view(text_).substr(rows_[i].path_at, rows_[i].path_bytes); }
  [[nodiscard]] std::string_view value(size_t i) const {
    const Row& row = rows_[i];
    return (row.of_body ? body_ : std::string_view(text_)).substr(row.value_at, row.value_bytes);
  }

 private:
  struct Row {
    size_t path_at = 0, path_bytes = 0;  // in text_
    size_t value_at = 0, value_bytes = 0;
    bool of_body = false;  // the value stands in the body, not in text_
  };

  class Scan;

  [[nodiscard]] bool is_json_object();
  // False past a limit, each of them.
  [[nodiscard]] bool read_body();
  [[nodiscard]] bool read_member(Scan& scan);
  [[nodiscard]] bool read_elements(Scan& scan, size_t path_at);
  [[nodiscard]] bool read_members(Scan& scan, size_t path_at);
  // A path is what stands in text_ from `path_at` on; the value is what comes next, in at most so many brackets.
  [[nodiscard]] bool add_body_field(Scan& scan, size_t path_at, size_t depth_max);
  void add_own_field(std::string_view path, std::string_view value);
  void append_name(std::string_view raw);
  void append_number(size_t number);

  std::string_view body_;
  std::string text_;  // paths, and the values that do not stand in the body
  std::vector<Row> rows_;
  simdjson::dom::parser parser_;
};

}  // namespace fairway::ledger
