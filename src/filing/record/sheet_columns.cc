#include "filing/record/sheet_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "gateway/land/sheet.h"

namespace fairway::filing {
namespace {

std::string path_without_row(const Item& item) {
  return item.group == Group::consignment ? item.name : std::string(name(item.group)) + "." + item.name;
}

// Whatever people change in a heading without meaning anything: case, blanks, line breaks.
std::string bare(std::string_view heading) {
  std::string out = to_lower(heading);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '_'; });
  return out;
}

bool is_heading_of(const Item& item, const std::string& wanted) {
  if (bare(path_without_row(item)) == wanted) return true;
  return bare(item.title.en) == wanted || bare(item.title.hant) == wanted || bare(item.title.hans) == wanted;
}

struct Found {
  std::vector<const Item*> items;
  std::optional<uint32_t> row;
};

Found find(const Schema& schema, std::string_view heading) {
  Found found;
  if (const auto path = schema.parse_path(heading)) {
    found.items.push_back(&schema.item(path->item));
    if (path->item.group != Group::consignment) found.row = path->row;
    return found;
  }
  const std::string wanted = bare(heading);
  for (size_t g = 0; g < kGroups; ++g)
    for (const Item& item : schema.items(static_cast<Group>(g))) {
      if (bare(path_without_row(item)) == wanted) return {{&item}, {}};
      if (is_heading_of(item, wanted)) found.items.push_back(&item);
    }
  return found;
}

std::unexpected<Error> wrong_heading(const SheetColumn& column, const std::string& at, std::string cure) {
  return fail(Code::invalid, "a heading that is not understood", at + ": " + legible(column.heading), std::move(cure));
}

std::string either(const std::vector<const Item*>& items) {
  std::string paths;
  for (const Item* item : items) paths += (paths.empty() ? "" : " or ") + path_without_row(*item);
  return paths;
}

}  // namespace

Result<std::vector<SheetColumn>> read_headings(const Schema& schema, std::span<const std::string> cells, std::string_view place) {
  std::vector<SheetColumn> columns;
  std::set<std::string> paths;
  std::optional<Error> wrong;
  size_t known = 0;
  for (const std::string& cell : cells) {
    SheetColumn& column = columns.emplace_back();
    column.heading = gateway::land::plain_cell(cell);
    if (column.heading.empty() || column.heading.starts_with('#')) continue;
    const std::string at = fmt::format("{} column {}", place, gateway::land::column_name(columns.size() - 1));
    const Found found = find(schema, column.heading);
    if (found.items.size() != 1) {
      const std::string near = found.items.empty() ? schema.nearest(column.heading) : either(found.items);
      if (!wrong)
        wrong = wrong_heading(column, at,
                              near.empty() ? "write the path of an item, or begin the heading with # to leave the column out"
                                           : "did you mean " + near + "?")
                    .error();
      continue;
    }
    column.item = ItemRef{found.items.front()->group, found.items.front()->id};
    column.row = found.row;
    ++known;
    const std::string path = path_without_row(*found.items.front()) + (found.row ? "#" + std::to_string(*found.row) : "");
    if (!paths.insert(path).second && !wrong)
      wrong = wrong_heading(column, at, "a column before it has the same item: take one of them out").error();
  }
  if (known == 0) columns.clear();
  if (known != 0 && wrong) return std::unexpected(std::move(*wrong));
  return columns;
}

}  // namespace fairway::filing
