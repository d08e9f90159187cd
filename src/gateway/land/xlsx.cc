#include "gateway/land/xlsx.h"

#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
#include <pugixml.hpp>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/land/xlsx_cells.h"

namespace fairway::gateway::land {
namespace {

std::unexpected<Error> no_workbook(std::string detail) {
  return fail(Code::unsupported, "not an Excel workbook", std::move(detail), "save it as .xlsx, without a password, or as \"CSV UTF-8\"");
}

std::unexpected<Error> too_large(std::string what) {
  return fail(Code::too_large, "the workbook is too large", std::move(what), "send it in parts");
}

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// The parts of the archive, unpacked as they are asked for.
class Archive {
 public:
  static Result<Archive> open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (opened == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (opened == nullptr) return no_workbook("no ZIP archive, or a broken one");
    Archive archive(opened);
    if (zip_get_num_entries(opened, 0) > static_cast<zip_int64_t>(limits::kWorkbookPartsMax)) return too_large("too many parts");
    return archive;
  }

  // What is said of its size is not believed: it is read until the limit. nullopt where there is no such part.
  Result<std::optional<std::string>> part(const std::string& name) {
    const zip_int64_t index = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
    if (index < 0) return std::nullopt;
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    if (!file) return no_workbook(name + " cannot be read: " + zip_strerror(archive_.get()));
    std::string out;
    char chunk[16 << 10];
    for (;;) {
      const zip_int64_t read = zip_fread(file.get(), chunk, sizeof chunk);
      if (read < 0) return fail(Code::invalid, "the workbook is broken", name, "save it again");
      if (read == 0) break;
      out.append(chunk, static_cast<size_t>(read));
      unpacked_ += static_cast<size_t>(read);
      if (out.size() > limits::kWorkbookPartBytesMax || unpacked_ > limits::kWorkbookBytesMax) return too_large(name);
    }
    return out;
  }

 private:
  explicit Archive(zip_t* archive) : archive_(archive) {}
  std::unique_ptr<zip_t, CloseArchive> archive_;
  size_t unpacked_ = 0;
};

// A part as a tree; the text that it stands in stays beside it.
struct Tree {
  std::string text;
  pugi::xml_document document;
};

Result<std::unique_ptr<Tree>> tree_of(Archive& archive, const std::string& name) {
  auto text = TRY(archive.part(name));
  if (!text) return nullptr;
  const auto many = static_cast<std::ptrdiff_t>(limits::kWorkbookMarkupMax);
  if (std::ranges::count(*text, '<') > many || std::ranges::count(*text, '=') > many) return too_large(name);
  auto tree = std::make_unique<Tree>();
  tree->text = std::move(*text);
  const pugi::xml_parse_result parsed = tree->document.load_buffer_inplace(tree->text.data(), tree->text.size());
  if (!parsed) return fail(Code::invalid, "the workbook is broken", name + ": " + parsed.description(), "save it again");
  return tree;
}

// Names without their prefix: some writers give every element one.
std::string_view local(const char* name) {
  const char* colon = std::strrchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& candidate : node.children())
    if (local(candidate.name()) == name) return candidate;
  return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& candidate : node.attributes())
    if (local(candidate.name()) == name) return candidate.value();
  return {};
}

// The text of a string item: its runs one after the other, without what shows how it is pronounced (rPh).
std::string string_of(const pugi::xml_node& item) {
  std::string out = child(item, "t").text().get();
  for (const pugi::xml_node& run : item.children())
    if (local(run.name()) == "r") out += child(run, "t").text().get();
  return out;
}

size_t number_of(std::string_view text, size_t otherwise) {
  size_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<std::vector<std::string>> shared_strings(Archive& archive) {
  std::vector<std::string> strings;
  const auto tree = TRY(tree_of(archive, "xl/sharedStrings.xml"));
  if (!tree) return strings;
  for (const pugi::xml_node& item : child(tree->document, "sst").children())
    if (local(item.name()) == "si") strings.push_back(string_of(item));
  return strings;
}

// For every style of a cell, how it shows a number.
Result<std::vector<NumberStyle>> styles(Archive& archive) {
  std::vector<NumberStyle> all;
  const auto tree = TRY(tree_of(archive, "xl/styles.xml"));
  if (!tree) return all;
  const pugi::xml_node sheet = child(tree->document, "styleSheet");
  std::vector<std::pair<size_t, NumberStyle>> formats;
  for (const pugi::xml_node& format : child(sheet, "numFmts").children())
    formats.emplace_back(number_of(attribute(format, "numFmtId"), 0), style_of(attribute(format, "formatCode")));
  for (const pugi::xml_node& style : child(sheet, "cellXfs").children()) {
    const size_t id = number_of(attribute(style, "numFmtId"), 0);
    const auto own = std::ranges::find(formats, id, &std::pair<size_t, NumberStyle>::first);
    all.push_back(own != formats.end() ? own->second : built_in_style(id));
  }
  return all;
}

class Reader {
 public:
  explicit Reader(Archive archive) : archive_(std::move(archive)) {}

  Result<Workbook> read() {
    const auto book = TRY(tree_of(archive_, "xl/workbook.xml"));
    if (!book) return no_workbook("no xl/workbook.xml in it");
    const auto relations = TRY(tree_of(archive_, "xl/_rels/workbook.xml.rels"));
    if (!relations) return no_workbook("no relations of its parts");
    strings_ = TRY(shared_strings(archive_));
    styles_ = TRY(styles(archive_));
    const pugi::xml_node root = child(book->document, "workbook");
    const std::string_view from_1904 = attribute(child(root, "workbookPr"), "date1904");
    epoch_1904_ = from_1904 == "1" || from_1904 == "true";
    Workbook workbook;
    for (const pugi::xml_node& sheet : child(root, "sheets").children()) {
      if (workbook.sheets.size() == limits::kWorkbookSheetsMax) return too_large("too many sheets");
      const std::string_view state = attribute(sheet, "state");
      if (state == "hidden" || state == "veryHidden") continue;
      WorkbookSheet read{legible(attribute(sheet, "name"), 64), {}};
      TRY_OK(read_rows(target(child(relations->document, "Relationships"), attribute(sheet, "id")), read));
      if (!read.rows.empty()) workbook.sheets.push_back(std::move(read));
    }
    if (workbook.sheets.empty()) return fail(Code::invalid, "the workbook is empty", "", "fill in a sheet of it");
    return workbook;
  }

 private:
  static std::string target(const pugi::xml_node& relations, std::string_view id) {
    for (const pugi::xml_node& relation : relations.children()) {
      if (attribute(relation, "Id") != id) continue;
      const std::string path(attribute(relation, "Target"));
      return path.starts_with('/') ? path.substr(1) : "xl/" + path;
    }
    return "";
  }

  Status read_rows(const std::string& part, WorkbookSheet& sheet) {
    const auto tree = TRY(tree_of(archive_, part));
    if (!tree) return fail(Code::invalid, "the workbook is broken", "no part for the sheet " + sheet.name, "save it again");
    uint32_t number = 0;
    for (const pugi::xml_node& row : child(child(tree->document, "worksheet"), "sheetData").children()) {
      if (rows_ > limits::kEventsPerRequestMax + limits::kWorkbookSheetsMax) return {};  // their reader says that there are too many
      WorkbookRow read;
      read.number = number = static_cast<uint32_t>(number_of(attribute(row, "r"), number + 1));
      TRY_OK(read_cells(row, read));
      if (std::ranges::all_of(read.cells, [](const std::string& cell) { return trim(cell).empty(); }) && read.problem.empty()) continue;
      ++rows_;
      sheet.rows.push_back(std::move(read));
    }
    return {};
  }

  Status read_cells(const pugi::xml_node& row, WorkbookRow& read) {
    size_t column = 0;
    for (const pugi::xml_node& cell : row.children()) {
      column = column_of(attribute(cell, "r"), column);
      if (column >= limits::kSheetColumnsMax) break;
      if (read.cells.size() <= column) read.cells.resize(column + 1);
      read.cells[column] = TRY(text_of(cell, column, read));
      text_bytes_ += read.cells[column].size();
      if (text_bytes_ > limits::kWorkbookTextBytesMax) return too_large("the text of its cells");
      ++column;
    }
    return {};
  }

  Result<std::string> text_of(const pugi::xml_node& cell, size_t column, WorkbookRow& row) {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") return string_of(child(cell, "is"));
    const std::string_view value = child(cell, "v").text().get();
    if (type == "s") {
      const size_t index = number_of(value, strings_.size());
      if (index < strings_.size()) return strings_[index];
      return fail(Code::invalid, "the workbook is broken", "a cell names a text that is not there", "save it again");
    }
    if (type == "b") return std::string(value == "1" ? "TRUE" : "FALSE");
    if (type == "e") {
      complain(row, column, "the cell shows the error " + legible(value, 16));
      return std::string();
    }
    if (type == "str" || type == "d" || value.empty()) return std::string(value);
    return number_text(value, column, number_of(attribute(cell, "s"), 0), row);
  }

  std::string number_text(std::string_view value, size_t column, size_t style, WorkbookRow& row) {
    const NumberStyle shown = style < styles_.size() ? styles_[style] : NumberStyle::number;
    auto text = cell_text(value, shown, epoch_1904_);
    if (text) return std::move(*text);
    complain(row, column, text.error().text());
    return {};
  }

  static void complain(WorkbookRow& row, size_t column, std::string what) {
    if (!row.problem.empty()) return;
    row.problem = std::move(what);
    row.problem_column = column;
  }

  Archive archive_;
  std::vector<std::string> strings_;
  std::vector<NumberStyle> styles_;
  bool epoch_1904_ = false;
  size_t rows_ = 0, text_bytes_ = 0;
};

}  // namespace

Result<Workbook> read_workbook(std::string_view bytes) { return Reader(TRY(Archive::open(bytes))).read(); }

}  // namespace fairway::gateway::land
