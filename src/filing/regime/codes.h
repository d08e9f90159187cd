// CodeList: a code list or a map of a regime, by code and day. Made once, then constant; any thread.
#pragma once

#include <bitset>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "filing/regime/regime.h"

namespace fairway::filing {

// Days that a row of a table counts on; both included, "" is open.
struct Days {
  std::string from, to;
  [[nodiscard]] bool hold(std::string_view day) const { return (from.empty() || from <= day) && (to.empty() || day <= to); }
};

class CodeList {
 public:
  struct Entry {
    std::string code;
    Days days;
    std::vector<std::string> cells;  // in the order of columns()
  };

  CodeList() = default;
  CodeList(CodeList&&) = default;
  CodeList& operator=(CodeList&&) = default;
  CodeList(const CodeList&) = delete;
  CodeList& operator=(const CodeList&) = delete;
  ~CodeList() = default;

  // Code::invalid for a table without the column that has the codes.
  [[nodiscard]] static Result<CodeList> of(const Table& table, std::string name, std::string_view code_column = "code");

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::optional<size_t> column(std::string_view name) const;
  // Null where the list does not have the code on that day.
  [[nodiscard]] const Entry* find(std::string_view code, std::string_view day) const;
  // The same for the code or the longest of its beginnings that the list has.
  [[nodiscard]] const Entry* find_beginning(std::string_view code, std::string_view day) const;
  [[nodiscard]] std::span<const Entry> entries() const { return entries_; }  // by code

 private:
  static constexpr size_t kLengthMax = 64;

  std::string name_;
  std::vector<std::string> columns_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, uint32_t> first_;  // of the entries of one code; views of entries_, which stands still
  std::bitset<kLengthMax> lengths_;                       // of codes
};

using CodeLists = std::map<std::string, CodeList, std::less<>>;

}  // namespace fairway::filing
