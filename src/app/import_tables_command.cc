// `fairway import --unlocode FILE …`: published code lists into the store, beside a running server or without one.
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "app/office.h"
#include "app/report.h"
#include "base/json.h"
#include "base/limits.h"

namespace fairway::app {
namespace {

constexpr size_t kFindingsShown = 20;

void show_findings(const json::object& outcome, const std::string& path) {
  const json::array* findings = array_of(outcome, "findings");
  if (findings == nullptr) return;
  size_t shown = 0;
  for (const json::value& item : *findings) {
    const json::object* finding = item.if_object();
    if (finding == nullptr || shown++ == kFindingsShown) break;
    std::cerr << path << ":" << integer_of(*finding, "row").value_or(0) << ": ";
    if (const std::string_view column = text_of(*finding, "column"); !column.empty()) std::cerr << column << ": ";
    std::cerr << text_of(*finding, "message");
    if (const std::string_view hint = text_of(*finding, "hint"); !hint.empty()) std::cerr << " (" << hint << ")";
    std::cerr << "\n";
  }
  if (findings->size() > kFindingsShown) std::cerr << path << ": and more of the same\n";
}

Status import_one(Office& office, const std::string& name, const std::string& path, const TableImportOptions& options) {
  const refdata::Table table = TRY(refdata::table_from(name));
  std::string bytes = TRY(read_input(path, limits::kRequestBodyBytesMax));
  const std::string source = options.source.empty() ? std::filesystem::path(path).filename().string() : options.source;
  const json::value parsed = TRY(parse_json(TRY(office.import_table(table, std::move(bytes), {options.effective_from, source}))));
  const json::object* outcome = parsed.if_object();
  const json::object* version = outcome != nullptr ? object_of(*outcome, "version") : nullptr;
  if (version == nullptr) return fail(Code::internal, "the server's answer is not understood");
  show_findings(*outcome, path);
  std::cout << name << ": " << (truth_of(*outcome, "unchanged").value_or(false) ? "unchanged, version " : "version ")
            << integer_of(*version, "version").value_or(0) << " from " << text_of(*version, "effectiveFrom") << ", "
            << integer_of(*version, "rows").value_or(0) << " rows";
  if (const int64_t refused = integer_of(*outcome, "refused").value_or(0); refused != 0) std::cout << ", " << refused << " refused";
  std::cout << std::endl;
  return {};
}

Status import_all_of(const TableImportOptions& options) {
  Office office = TRY(Office::open(options.store));
  for (const auto& [name, path] : options.files) TRY_OK(import_one(office, name, path, options));
  return {};
}

}  // namespace

int import_tables(const TableImportOptions& options) {
  const Status done = import_all_of(options);
  return done ? kOk : complain(done.error(), kCannotRun);
}

}  // namespace fairway::app
