#include "filing/record/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/bytes.h"
#include "filing/paper/csv.h"
#include "filing/record/sheet_columns.h"
#include "filing/record/sheet_words.h"
#include "gateway/land/csv.h"
#include "gateway/land/sheet.h"
#include "gateway/land/xlsx.h"

namespace fairway::filing {
namespace {

namespace land = gateway::land;

// The items by which a row of a group is known again in a later row of the sheet; none: by all that it says. Goods lines are never the
// same.
struct GroupKey {
  Group group;
  std::array<std::string_view, 2> items;
};
constexpr std::array<GroupKey, 2> kGroupKeys = {{{Group::containers, {"number", ""}}, {Group::documents, {"type", "number"}}}};

struct Cell {
  ItemRef item;
  std::string value;
  size_t column;
};

struct Row {
  uint32_t number = 0;
  std::vector<std::string> cells;
  std::string problem;
  size_t problem_column = 0;
};

// One consignment while its rows come in.
struct Block {
  SheetConsignment result;
  std::map<std::string, uint32_t> rows;  // of the record, by group and key
};

class SheetReader {
 public:
  SheetReader(const Schema& schema, const SheetOrigin& origin) : schema_(schema), origin_(origin) {}

  // `sheet`: its name where there is more than one. False where its headings name nothing.
  Result<bool> begin(std::string_view sheet, const Row& headings) {
    prefix_ = sheet.empty() ? "" : std::string(sheet) + "!";
    current_.reset();
    columns_ = TRY(read_headings(schema_, headings.cells, origin_.file + (sheet.empty() ? "" : " " + prefix_)));
    const auto reference = schema_.find(Group::consignment, "reference");
    const auto found = std::ranges::find_if(columns_, [&](const SheetColumn& c) { return c.item && c.item == reference; });
    reference_column_ = found == columns_.end() ? columns_.size() : static_cast<size_t>(found - columns_.begin());
    return !columns_.empty();
  }

  Status take(const Row& row) {
    Block& block = TRY(block_of(row)).get();
    if (!row.problem.empty()) add(block, broken_row(place_of(row, row.problem_column), row.problem));
    source_ = std::make_shared<const Source>(Source{SourceKind::sheet,
                                                    legible(fmt::format("{} {}row {}", origin_.file, prefix_, row.number), 256),
                                                    origin_.party, origin_.person, origin_.at_us, origin_.confidence});
    std::array<std::vector<Cell>, kGroups> groups;
    for (size_t column = 0; column < row.cells.size(); ++column) read_cell(block, row, column, groups);
    for (const Cell& cell : groups[0]) put(block, row, cell, 0);
    for (size_t g = 1; g < kGroups; ++g)
      if (!groups.at(g).empty()) put_row(block, row, static_cast<Group>(g), groups.at(g));
    return {};
  }

  std::vector<SheetConsignment> finish() {
    std::vector<SheetConsignment> results;
    results.reserve(blocks_.size());
    for (Block& block : blocks_) {
      const auto blocks = [](const Finding& finding) { return finding.weight == Weight::blocking; };
      if (std::ranges::any_of(block.result.findings, blocks)) block.result.record.reset();
      results.push_back(std::move(block.result));
    }
    return results;
  }

 private:
  Result<std::reference_wrapper<Block>> block_of(const Row& row) {
    std::string reference;
    if (reference_column_ < row.cells.size()) reference = trim(land::plain_cell(row.cells[reference_column_]));
    // A row that names none goes on with the consignment above it.
    if (reference.empty() && current_) return std::ref(blocks_[*current_]);
    const auto [known, is_new] = by_reference_.emplace(reference, blocks_.size());
    if (is_new) {
      if (blocks_.size() >= kSheetConsignmentsMax)
        return fail(Code::too_large, "a sheet has too many consignments", fmt::format("{} row {}", origin_.file, row.number),
                    fmt::format("at most {}: split it", kSheetConsignmentsMax));
      Block& block = blocks_.emplace_back();
      block.result.reference = legible(reference, 256);
      block.result.place = fmt::format("{} {}row {}", origin_.file, prefix_, row.number);
      block.result.record.emplace(schema_);
    }
    current_ = known->second;
    return std::ref(blocks_[*current_]);
  }

  [[nodiscard]] CellPlace place_of(const Row& row, size_t column) const {
    return {origin_.file, prefix_ + land::cell_name(column, row.number), row.number,
            column < columns_.size() ? legible(columns_[column].heading) : std::string()};
  }

  static void add(Block& block, Finding finding) {
    if (block.result.findings.size() < kSheetFindingsMax) block.result.findings.push_back(std::move(finding));
  }

  void read_cell(Block& block, const Row& row, size_t column, std::array<std::vector<Cell>, kGroups>& groups) {
    const std::string_view text = land::plain_cell(row.cells[column]);
    if (text.empty()) return;
    if (column >= columns_.size() || columns_[column].heading.empty()) return add(block, no_heading(place_of(row, column), text));
    if (!columns_[column].item) return;
    const ItemRef item = *columns_[column].item;
    const ValueType type = schema_.item(item).type;
    if ((type == ValueType::text || type == ValueType::code) && land::is_shortened_number(text))
      return add(block, shortened_number(place_of(row, column), text));
    auto value = schema_.normalise(item, text);
    if (!value) return add(block, wrong_value(place_of(row, column), type, text, value.error()));
    Cell cell{item, std::move(*value), column};
    if (columns_[column].row)
      put(block, row, cell, *columns_[column].row);
    else
      groups.at(static_cast<size_t>(item.group)).push_back(std::move(cell));
  }

  void put(Block& block, const Row& row, const Cell& cell, uint32_t record_row) {
    Record& record = *block.result.record;
    const Path path{cell.item, record_row};
    const std::string& present = record.field(path).value;
    if (present == cell.value) return;
    if (!present.empty()) {
      Finding finding = contradicting(place_of(row, cell.column), cell.value, present);
      finding.path = schema_.text(path);
      return add(block, std::move(finding));
    }
    if (const Status status = record.put(path, cell.value, source_); !status)
      add(block, too_many(place_of(row, cell.column), status.error()));
  }

  // What tells this row of the group from others: its key items where it has them, else all of it.
  [[nodiscard]] std::string key_of(Group group, const std::vector<Cell>& cells) const {
    std::string key(1, static_cast<char>(group));
    const auto* keyed = std::ranges::find(kGroupKeys, group, &GroupKey::group);
    if (keyed != kGroupKeys.end()) {
      std::string by_items;
      bool whole = true;
      for (const std::string_view name : keyed->items) {
        const auto item = schema_.find(group, name);
        const auto found = std::ranges::find_if(cells, [&](const Cell& cell) { return item && cell.item == *item; });
        whole = whole && (!item || found != cells.end());
        if (found != cells.end()) by_items += '\x1F' + found->value;
      }
      if (whole) return key + 'k' + by_items;
    }
    for (const Cell& cell : cells) key += fmt::format("\x1F{}={}", cell.item.id, cell.value);
    return key;
  }

  void put_row(Block& block, const Row& row, Group group, const std::vector<Cell>& cells) {
    const auto next = static_cast<uint32_t>(block.result.record->rows(group));
    const auto [known, is_new] = block.rows.emplace(key_of(group, cells), next);
    const bool repeats_goods = !is_new && group == Group::goods;
    if (repeats_goods) add(block, repeated_line(place_of(row, cells.front().column)));
    for (const Cell& cell : cells) put(block, row, cell, repeats_goods ? next : known->second);
  }

  const Schema& schema_;
  const SheetOrigin& origin_;
  std::string prefix_;
  std::vector<SheetColumn> columns_;
  size_t reference_column_ = 0;
  SourcePtr source_;  // of the row at hand
  std::vector<Block> blocks_;
  std::map<std::string, size_t> by_reference_;
  std::optional<size_t> current_;
};

std::unexpected<Error> no_sheet(const std::string& file) {
  return fail(Code::invalid, "no heading of the sheet names an item of a record", file,
              "begin with the columns of `fairway file template`; docs/reference/filing-sheet.md");
}

Result<std::vector<SheetConsignment>> read_csv(SheetReader& reader, std::string_view bytes, const std::string& file) {
  const std::string text = TRY(land::csv_text(bytes));
  bool begun = false, known = true;
  Status status;
  land::each_csv_row(text, land::csv_separator(text), [&](land::CsvRow& csv) {
    const Row row{csv.number, std::move(csv.cells), std::move(csv.problem), csv.problem_column};
    if (begun) {
      status = reader.take(row);
    } else if (row.cells.empty() || !row.cells.front().starts_with('#') || row.cells.size() > 1) {
      auto headings = reader.begin("", row);
      if (!headings) status = std::unexpected(std::move(headings).error());
      known = headings.value_or(false);
      begun = true;
    }
    return status.has_value() && known;
  });
  TRY_OK(status);
  if (!begun || !known) return no_sheet(file);
  return reader.finish();
}

Result<std::vector<SheetConsignment>> read_xlsx(SheetReader& reader, std::string_view bytes, const std::string& file) {
  land::Workbook workbook = TRY(land::read_workbook(bytes));
  bool any = false;
  for (land::WorkbookSheet& sheet : workbook.sheets) {
    bool begun = false;
    for (land::WorkbookRow& cells : sheet.rows) {
      const Row row{cells.number, std::move(cells.cells), std::move(cells.problem), cells.problem_column};
      if (begun) {
        TRY_OK(reader.take(row));
        continue;
      }
      // A sheet of notes beside the others names nothing.
      if (!TRY(reader.begin(workbook.sheets.size() > 1 ? sheet.name : "", row))) break;
      begun = any = true;
    }
  }
  if (!any) return no_sheet(file);
  return reader.finish();
}

struct TemplateColumn {
  std::string_view path, first, second;
};
constexpr std::array<TemplateColumn, 34> kTemplate = {{
    {"reference", "EXAMPLE-1", "EXAMPLE-1"},
    {"consignor.name", "Example Exports Ltd", ""},
    {"consignor.nameLocal", "示例出口有限公司", ""},
    {"consignor.address", "1 Example Road, Kwai Chung", ""},
    {"consignor.country", "HK", ""},
    {"consignor.br", "", ""},
    {"consignee.name", "Example Imports BV", ""},
    {"consignee.address", "2 Example Quay, Rotterdam", ""},
    {"consignee.country", "NL", ""},
    {"invoice.number", "INV-1", ""},
    {"invoice.date", "2026-11-20", ""},
    {"invoice.currency", "USD", ""},
    {"invoice.amount", "15000", ""},
    {"invoice.incoterm", "FOB", ""},
    {"packages", "40", ""},
    {"packageType", "CT", ""},
    {"grossMassKg", "820", ""},
    {"countryOfDispatch", "HK", ""},
    {"countryOfDestination", "NL", ""},
    {"placeOfLoading", "HKHKG", ""},
    {"placeOfDischarge", "NLRTM", ""},
    {"goods.description", "Desk lamps", "Lamp shades"},
    {"goods.hs", "940521", "940599"},
    {"goods.originCountry", "CN", "CN"},
    {"goods.quantity", "400", "800"},
    {"goods.unit", "EA", "EA"},
    {"goods.netMassKg", "500", "200"},
    {"goods.grossMassKg", "560", "260"},
    {"goods.amount", "12000", "3000"},
    {"containers.number", "CSQU3054383", ""},
    {"containers.type", "22G1", ""},
    {"legs.mode", "SEA", ""},
    {"legs.from", "HKHKG", ""},
    {"legs.to", "NLRTM", ""},
}};

}  // namespace

Result<std::vector<SheetConsignment>> read_sheet(const Schema& schema, std::string_view bytes, const SheetOrigin& origin) {
  SheetReader reader(schema, origin);
  return bytes.starts_with("PK") ? read_xlsx(reader, bytes, origin.file) : read_csv(reader, bytes, origin.file);
}

std::string sheet_template() {
  std::vector<std::string> headings, first, second;
  for (const TemplateColumn& column : kTemplate) {
    headings.emplace_back(column.path);
    first.emplace_back(column.first);
    second.emplace_back(column.second);
  }
  std::string out;
  append_csv_row(out, headings);
  append_csv_row(out, first);
  append_csv_row(out, second);
  return out;
}

}  // namespace fairway::filing
