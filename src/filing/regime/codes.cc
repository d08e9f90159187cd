#include "filing/regime/codes.h"

#include <algorithm>

namespace fairway::filing {

Result<CodeList> CodeList::of(const Table& table, std::string name, std::string_view code_column) {
  CodeList list;
  list.name_ = std::move(name);
  if (table.rows() == 0) return list;
  if (!table.has(code_column)) return fail(Code::invalid, "a list has no column " + std::string(code_column), table.place(0));
  list.columns_ = table.columns();
  for (size_t row = 0; row < table.rows(); ++row) {
    Entry entry{table.cell(row, code_column), {table.cell(row, "from"), table.cell(row, "to")}, {}};
    if (entry.code.empty()) return fail(Code::invalid, "a row has no code", table.place(row));
    if (entry.code.size() >= kLengthMax) return fail(Code::too_large, "a code is too long", table.place(row));
    for (const std::string& column : list.columns_) entry.cells.push_back(table.cell(row, column));
    list.lengths_.set(entry.code.size());
    list.entries_.push_back(std::move(entry));
  }
  std::ranges::stable_sort(list.entries_, {}, &Entry::code);
  for (uint32_t i = 0; i < list.entries_.size(); ++i) list.first_.try_emplace(list.entries_[i].code, i);
  return list;
}

std::optional<size_t> CodeList::column(std::string_view name) const {
  const auto found = std::ranges::find(columns_, name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<size_t>(found - columns_.begin());
}

const CodeList::Entry* CodeList::find(std::string_view code, std::string_view day) const {
  const auto found = first_.find(code);
  if (found == first_.end()) return nullptr;
  for (size_t i = found->second; i < entries_.size() && entries_[i].code == code; ++i) {
    if (entries_[i].days.hold(day)) return &entries_[i];
  }
  return nullptr;
}

const CodeList::Entry* CodeList::find_beginning(std::string_view code, std::string_view day) const {
  for (size_t length = std::min(code.size(), kLengthMax - 1); length > 0; --length) {
    if (!lengths_.test(length)) continue;
    if (const Entry* entry = find(code.substr(0, length), day)) return entry;
  }
  return nullptr;
}

}  // namespace fairway::filing
