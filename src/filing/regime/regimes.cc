#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "base/zone.h"
#include "filing/form/compiled.h"
#include "filing/form/cross.h"
#include "filing/regime/embedded.h"
#include "filing/regime/regime.h"

namespace fairway::filing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRegimes = "regimes/", kItems = "record/items.csv", kExtension = ".csv";
constexpr size_t kFileBytesMax = 16u << 20;
constexpr size_t kRegimesMax = 64, kFilesMax = 500;  // of one regime

Result<std::string> read_file(const fs::path& path) {
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed) return fail(Code::not_found, "a table cannot be read", path.string(), failed.message());
  if (size > kFileBytesMax) return fail(Code::too_large, "a table is too large", path.string());
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return fail(Code::unavailable, "a table cannot be read", path.string());
  return std::move(text).str();
}

using Files = std::map<std::string, std::string, std::less<>>;

// Every CSV file of one folder and of its folders codes and maps.
Result<Files> read_folder(const fs::path& folder) {
  Files files;
  std::error_code failed;
  for (const std::string_view below : {"", "codes/", "maps/"}) {
    const fs::path place = folder / below;
    if (!fs::is_directory(place, failed)) continue;
    for (fs::directory_iterator at(place, failed), end; !failed && at != end; at.increment(failed)) {
      if (at->path().extension() != kExtension) continue;
      if (files.size() == kFilesMax) return fail(Code::too_large, "a regime has too many files", folder.string());
      files[std::string(below) + at->path().filename().string()] = TRY(read_file(at->path()));
    }
    if (failed) return fail(Code::unavailable, "a folder of tables cannot be read", place.string(), failed.message());
  }
  return files;
}

void take_embedded(std::string& items, std::map<std::string, Files>& folders) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path == kItems) items = file.text;
    if (!file.path.starts_with(kRegimes)) continue;
    const std::string_view rest = file.path.substr(kRegimes.size());
    const size_t slash = rest.find('/');
    if (slash != std::string_view::npos) folders[std::string(rest.substr(0, slash))][std::string(rest.substr(slash + 1))] = file.text;
  }
}

bool is_code(std::string_view code) {
  return !code.empty() && code.size() <= 16 && std::ranges::all_of(code, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

Regimes::Regimes() = default;
Regimes::~Regimes() = default;

Result<std::shared_ptr<const Regimes>> Regimes::built_in() {
  std::string items;
  std::map<std::string, Files> folders;
  take_embedded(items, folders);
  return build(items, std::move(folders));
}

Result<std::shared_ptr<const Regimes>> Regimes::with_folder(const std::string& folder) {
  std::string items;
  std::map<std::string, Files> folders;
  take_embedded(items, folders);
  std::error_code failed;
  fs::directory_iterator at(folder, failed), end;
  if (failed) return fail(Code::not_found, "the folder of regimes cannot be read", folder, failed.message());
  for (; !failed && at != end; at.increment(failed)) {
    if (!at->is_directory(failed)) continue;
    folders[at->path().filename().string()] = TRY(read_folder(at->path()));
  }
  if (failed) return fail(Code::unavailable, "the folder of regimes cannot be read", folder, failed.message());
  return build(items, std::move(folders));
}

Result<std::shared_ptr<const Regimes>> Regimes::build(std::string_view items, std::map<std::string, Files> folders) {
  std::shared_ptr<Regimes> regimes(new Regimes());
  if (folders.size() > kRegimesMax) return fail(Code::too_large, "there are too many regimes", std::to_string(folders.size()));
  TRY_OK(regimes->schema_.add(items, kItems));
  for (const auto& [code, files] : folders) {
    const auto own = files.find("items.csv");
    if (own != files.end()) TRY_OK(regimes->schema_.add(own->second, code + "/items.csv"));
  }
  for (const auto& [code, files] : folders) regimes->regimes_.push_back(TRY(read(code, files)));
  for (Regime& regime : regimes->regimes_) regime.compiled_ = TRY(Compiled::make(regime, regimes->schema_));
  for (const Regime& regime : regimes->regimes_) TRY_OK(add_cross_rules(*regimes, regime, regimes->cross_rules_));
  return regimes;
}

Result<Regime> Regimes::read(const std::string& code, const Files& files) {
  Regime regime;
  regime.code_ = code;
  if (!is_code(code)) return fail(Code::invalid, "the folder of a regime has no good name", code, "name it with small letters: sg");
  for (const auto& [name, text] : files) {
    const std::string table(std::string_view(name).substr(0, name.size() - kExtension.size()));
    regime.tables_.emplace(table, TRY(Table::parse(text, code + "/" + name)));
  }
  const Table& settings = regime.table("regime");
  for (size_t row = 0; row < settings.rows(); ++row) regime.settings_[settings.cell(row, "key")] = settings.cell(row, "value");
  for (const std::string_view key : {"title_en", "zone", "currency", "territory"}) {
    if (regime.setting(key).empty()) {
      return fail(Code::invalid, "a regime does not say what it has to", code + "/regime.csv: no line with the key " + std::string(key),
                  "docs/howto/add-a-regime.md has an example");
    }
  }
  if (const auto offset = offset_minutes_at(0, regime.setting("zone")); !offset) {
    return fail(Code::invalid, "a regime's zone is not known", code + "/regime.csv: " + regime.setting("zone"),
                "give the IANA name, as Asia/Singapore");
  }
  std::istringstream countries(regime.setting("territory"));
  for (std::string country; countries >> country;) regime.territory_.push_back(country);
  return regime;
}

const Regime* Regimes::find(std::string_view code) const {
  const auto found = std::ranges::find(regimes_, code, &Regime::code);
  return found == regimes_.end() ? nullptr : &*found;
}

std::span<const CrossRule> Regimes::cross_rules() const { return cross_rules_; }

}  // namespace fairway::filing
