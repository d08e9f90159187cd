#include "filing/regime/regime.h"

#include <algorithm>

#include "filing/form/compiled.h"

namespace fairway::filing {

const std::string& Regime::setting(std::string_view key) const {
  static const std::string kNone;
  const auto found = settings_.find(key);
  return found == settings_.end() ? kNone : found->second;
}

const Table& Regime::table(std::string_view name) const {
  static const Table kNone;
  const auto found = tables_.find(name);
  return found == tables_.end() ? kNone : found->second;
}

std::vector<std::string> Regime::tables() const {
  std::vector<std::string> names;
  for (const auto& [name, table] : tables_) names.push_back(name);
  return names;
}

bool Regime::covers(std::string_view country) const { return std::ranges::find(territory_, country) != territory_.end(); }

const Words& form_title(const Regime& regime, std::string_view form) { return regime.compiled().form_title(form); }

const Words& field_title(const Regime& regime, std::string_view form, std::string_view field) {
  return regime.compiled().field_title(form, field);
}

}  // namespace fairway::filing
