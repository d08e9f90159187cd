#include "filing/record/schema.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "filing/record/normal_form.h"
#include "filing/record/record.h"
#include "gateway/land/csv.h"

namespace fairway::filing {
namespace {

constexpr std::array<std::string_view, kGroups> kGroupNames = {"consignment", "goods", "containers", "documents", "legs"};
constexpr std::array<std::string_view, kGroups> kRowNames = {"", "item", "container", "document", "leg"};
constexpr std::array<std::string_view, 6> kTypeNames = {"text", "code", "decimal", "date", "instant", "truth"};
constexpr size_t kNameBytesMax = 80;

// Column numbers of items.csv by name.
constexpr std::array<std::string_view, 8> kColumns = {"group", "name", "type", "told", "wco", "title_en", "title_hant", "title_hans"};
using Columns = std::array<size_t, kColumns.size()>;

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

bool is_item_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
  });
}

// The item as it would be written in a path, with a row of 1.
std::string example(const Item& item) {
  return item.group == Group::consignment ? item.name : std::string(name(item.group)) + "[1]." + item.name;
}

std::unexpected<Error> no_path(std::string_view text, const std::string& hint) {
  return fail(Code::invalid, "not a field of a consignment record", legible(text), hint);
}

// The row number between the brackets, from 0.
Result<uint32_t> parse_row(std::string_view digits, std::string_view path) {
  const bool is_number = !digits.empty() && digits.size() <= 4 && digits.front() != '0' &&
                         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  uint32_t row = 0;
  if (is_number)
    for (const char c : digits) row = row * 10 + static_cast<uint32_t>(c - '0');
  if (!is_number || row > kRecordRowsMax)
    return no_path(path, "rows count from 1 to " + std::to_string(kRecordRowsMax) + ", as in goods[2].hs");
  return row - 1;
}

Result<Columns> columns_of(const std::vector<std::string>& headings, std::string_view file) {
  Columns columns{};
  for (size_t i = 0; i < kColumns.size(); ++i) {
    const auto found = std::ranges::find(headings, kColumns.at(i));
    if (found == headings.end())
      return fail(Code::invalid, "a table of items lacks a column", std::string(file) + ": " + std::string(kColumns.at(i)));
    columns.at(i) = static_cast<size_t>(found - headings.begin());
  }
  return columns;
}

Result<Item> read_item(const gateway::land::CsvRow& row, const Columns& columns, std::string_view file) {
  const auto cell = [&](size_t column) {
    return columns.at(column) < row.cells.size() ? std::string(trim(row.cells[columns.at(column)])) : std::string();
  };
  const auto wrong = [&](size_t column, const std::string& expected) {
    return fail(
        Code::invalid, "a wrong cell in a table of items",
        std::string(file) + " row " + std::to_string(row.number) + ", " + std::string(kColumns.at(column)) + ": " + legible(cell(column)),
        expected);
  };
  Item item;
  if (const auto group = group_from(cell(0)))
    item.group = *group;
  else
    return wrong(0, "consignment, goods, containers, documents or legs");
  item.name = cell(1);
  if (!is_item_name(item.name)) return wrong(1, "letters, digits and points");
  if (const auto type = value_type_from(cell(2)))
    item.type = *type;
  else
    return wrong(2, "text, code, decimal, date, instant or truth");
  if (!cell(3).empty() && cell(3) != "yes" && cell(3) != "no") return wrong(3, "yes, no or nothing");
  item.told = cell(3) == "yes";
  item.wco = cell(4);
  item.title = {cell(5), cell(6), cell(7)};
  return item;
}

}  // namespace

std::string_view name(Group group) { return kGroupNames.at(static_cast<size_t>(group)); }
std::string_view row_name(Group group) { return kRowNames.at(static_cast<size_t>(group)); }

std::optional<Group> group_from(std::string_view name) {
  const auto* found = std::ranges::find(kGroupNames, name);
  return found == kGroupNames.end() ? std::nullopt : std::optional(static_cast<Group>(found - kGroupNames.begin()));
}

std::string_view name(ValueType type) { return kTypeNames.at(static_cast<size_t>(type)); }

std::optional<ValueType> value_type_from(std::string_view name) {
  const auto* found = std::ranges::find(kTypeNames, name);
  return found == kTypeNames.end() ? std::nullopt : std::optional(static_cast<ValueType>(found - kTypeNames.begin()));
}

const std::string& Words::in(std::string_view language) const {
  const bool is_chinese = language.starts_with("zh");
  const bool is_traditional = language.contains("Hant") || language.contains("HK") || language.contains("TW") || language.contains("MO");
  const std::string& words = !is_chinese ? en : is_traditional ? hant : hans;
  return words.empty() ? en : words;
}

Status Schema::add(std::string_view csv, std::string_view file) {
  const std::string text = TRY(gateway::land::csv_text(csv));
  std::optional<Columns> columns;
  Status status;
  gateway::land::each_csv_row(text, ',', [&](gateway::land::CsvRow& row) {
    if (!row.cells.empty() && row.cells.front().starts_with('#')) return true;
    if (!columns) {
      auto read = columns_of(row.cells, file);
      if (!read) status = std::unexpected(std::move(read).error());
      if (read) columns = *read;
      return status.has_value();
    }
    auto item = read_item(row, *columns, file);
    if (!item) {
      status = std::unexpected(std::move(item).error());
      return false;
    }
    const auto group = static_cast<size_t>(item->group);
    item->id = static_cast<ItemId>(items_[group].size());
    if (!by_name_[group].emplace(item->name, item->id).second) {
      status = fail(Code::conflict, "an item of the record is there twice",
                    std::string(file) + " row " + std::to_string(row.number) + ": " + example(*item));
      return false;
    }
    items_[group].push_back(std::move(*item));
    return true;
  });
  return status;
}

std::optional<ItemRef> Schema::find(Group group, std::string_view name) const {
  const auto& names = by_name_[static_cast<size_t>(group)];
  const auto found = names.find(name);
  return found == names.end() ? std::nullopt : std::optional(ItemRef{group, found->second});
}

Result<Path> Schema::parse_path(std::string_view text) const {
  if (const auto item = find(Group::consignment, text)) return Path{*item, 0};
  const size_t open = text.find('[');
  const size_t close = text.find("].", open == std::string_view::npos ? text.size() : open);
  if (open != std::string_view::npos && close != std::string_view::npos)
    if (const auto group = group_from(text.substr(0, open)); group && *group != Group::consignment)
      if (const auto item = find(*group, text.substr(close + 2)))
        return Path{*item, TRY(parse_row(text.substr(open + 1, close - open - 1), text))};
  const std::string near = nearest(text);
  return no_path(text, near.empty() ? "docs/reference/filing.md lists the items" : "did you mean " + near + "?");
}

std::string Schema::nearest(std::string_view text) const {
  if (text.empty() || text.size() > kNameBytesMax) return {};
  std::string wanted = to_lower(text), best;
  // Whatever row was meant, an example has the first.
  if (const size_t open = wanted.find('['), close = wanted.find(']');
      open != std::string::npos && close != std::string::npos && open < close)
    wanted.replace(open, close - open + 1, "[1]");
  size_t best_distance = std::max<size_t>(2, wanted.size() / 2) + 1;
  for (const auto& items : items_)
    for (const Item& item : items) {
      const std::string candidate = example(item);
      const std::string lower = to_lower(candidate);
      // Whoever leaves the group out, or gives no row, means the item in it.
      const std::string bare = to_lower(item.name), without_row = to_lower(std::string(name(item.group)) + "." + item.name);
      const bool is_other_group = item.group != Group::consignment;
      size_t distance = std::min({edit_distance(wanted, lower), edit_distance(wanted, bare) + (is_other_group ? 1 : 0),
                                  edit_distance(wanted, without_row) + (is_other_group ? 1 : 0)});
      // "goods.hscode" is nearer to goods[1].hs than to another code.
      if (wanted.starts_with(lower) || (is_other_group && wanted.starts_with(without_row))) distance = std::min<size_t>(distance, 1);
      if (distance < best_distance) {
        best_distance = distance;
        best = candidate;
      }
    }
  return best;
}

std::string Schema::text(Path path) const {
  const Item& found = item(path.item);
  if (found.group == Group::consignment) return found.name;
  std::string text(name(found.group));
  text += '[';
  text += std::to_string(path.row + 1);
  text += "].";
  return text += found.name;
}

Result<std::string> Schema::normalise(ItemRef ref, std::string_view raw) const {
  const Item& found = item(ref);
  return normal_form(found.type, raw);
}

}  // namespace fairway::filing
