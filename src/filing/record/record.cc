#include "filing/record/record.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace fairway::filing {
namespace {

constexpr std::array<std::string_view, 7> kSourceKinds = {"typed", "sheet", "message", "event", "register", "derived", "suggested"};

const Field kAbsent;

bool has_values(const std::vector<Field>& row) {
  return std::ranges::any_of(row, [](const Field& field) { return field.present(); });
}

}  // namespace

std::string_view name(SourceKind kind) { return kSourceKinds.at(static_cast<size_t>(kind)); }

Result<SourceKind> source_kind_from(std::string_view name) {
  const auto* found = std::ranges::find(kSourceKinds, name);
  if (found == kSourceKinds.end())
    return fail(Code::invalid, "not a kind of source", legible(name), "typed, sheet, message, event, register, derived or suggested");
  return static_cast<SourceKind>(found - kSourceKinds.begin());
}

Record::Record(const Schema& schema) : schema_(&schema) { rows_[0].resize(1); }

size_t Record::rows(Group group) const { return rows_[static_cast<size_t>(group)].size(); }

const Field& Record::field(Path path) const {
  const std::vector<Row>& rows = rows_[static_cast<size_t>(path.item.group)];
  if (path.row >= rows.size()) return kAbsent;
  const Row& row = rows[path.row];
  return path.item.id < row.size() ? row[path.item.id] : kAbsent;
}

Status Record::put(Path path, std::string value, SourcePtr source) {
  if (path.row >= kRecordRowsMax)
    return fail(Code::too_large, "a group of the record has too many rows", schema_->text(path),
                "at most " + std::to_string(kRecordRowsMax) + ": make a second consignment of the others");
  std::vector<Row>& rows = rows_[static_cast<size_t>(path.item.group)];
  if (field(path).value != value) forget_asides(path);
  if (value.empty()) {
    if (path.row < rows.size() && path.item.id < rows[path.row].size()) rows[path.row][path.item.id] = {};
    trim_rows(path.item.group);
    return {};
  }
  if (path.row >= rows.size()) rows.resize(path.row + 1);
  Row& row = rows[path.row];
  if (path.item.id >= row.size()) row.resize(schema_->items(path.item.group).size());
  Field& field = row[path.item.id];
  // Who confirmed a value stands for it as long as it says the same.
  if (field.value != value) field.confirmed.reset();
  field.value = std::move(value);
  field.source = std::move(source);
  return {};
}

void Record::confirm(Path path, std::shared_ptr<const Confirmation> confirmation) {
  if (!field(path).present()) return;
  if (confirmation != nullptr) forget_asides(path);
  rows_[static_cast<size_t>(path.item.group)][path.row][path.item.id].confirmed = std::move(confirmation);
}

void Record::erase_row(Group group, uint32_t row) {
  std::vector<Row>& rows = rows_[static_cast<size_t>(group)];
  if (group == Group::consignment || row >= rows.size()) return;
  rows.erase(rows.begin() + row);
  std::erase_if(asides_, [&](const Aside& aside) { return aside.path.item.group == group && aside.path.row == row; });
  for (Aside& aside : asides_)
    if (aside.path.item.group == group && aside.path.row > row) --aside.path.row;
  trim_rows(group);
}

void Record::set_aside(Path path, std::string value, SourcePtr source) {
  const auto is_there = [&](const Aside& aside) { return aside.path == path && aside.value == value; };
  if (value.empty() || field(path).value == value || std::ranges::any_of(asides_, is_there)) return;
  if (asides_.size() >= kAsidesMax) asides_.erase(asides_.begin());
  asides_.push_back({path, std::move(value), std::move(source)});
}

void Record::forget_asides(Path path) {
  std::erase_if(asides_, [&](const Aside& aside) { return aside.path == path; });
}

// Rows at the end without any value are no rows: they are not in the JSON either.
void Record::trim_rows(Group group) {
  std::vector<Row>& rows = rows_[static_cast<size_t>(group)];
  const size_t kept = group == Group::consignment ? 1 : 0;
  while (rows.size() > kept && !has_values(rows.back())) rows.pop_back();
}

Record::Typing Record::typing() const {
  Typing typing;
  for (const auto& rows : rows_)
    for (const Row& row : rows)
      for (const Field& field : row)
        if (field.present()) {
          ++typing.total;
          if (field.source != nullptr && field.source->kind == SourceKind::typed) ++typing.typed;
        }
  return typing;
}

std::vector<Path> changes(const Record& before, const Record& after) {
  std::vector<Path> changed;
  for (size_t g = 0; g < kGroups; ++g) {
    const auto group = static_cast<Group>(g);
    const size_t items = std::max(before.schema().items(group).size(), after.schema().items(group).size());
    const size_t rows = std::max(before.rows(group), after.rows(group));
    for (uint32_t row = 0; row < rows; ++row)
      for (size_t id = 0; id < items; ++id) {
        const Path path{{group, static_cast<ItemId>(id)}, row};
        if (before.field(path).value != after.field(path).value) changed.push_back(path);
      }
  }
  return changed;
}

}  // namespace fairway::filing
