// Names of fields in rows: "item[2].hs". Pure; any thread.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::gateway::customs {

struct RowName {
  std::string scope;  // "item"
  uint32_t row = 0;   // from 1; 0 for a name without a row
  std::string name;   // "item.hs"
};

[[nodiscard]] inline RowName row_name(std::string_view name) {
  const size_t open = name.find('['), close = name.find("].");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {"", 0, std::string(name)};
  uint32_t row = 0;
  const auto [end, error] = std::from_chars(name.data() + open + 1, name.data() + close, row);
  if (error != std::errc() || end != name.data() + close || row == 0 || name[open + 1] == '0') return {"", 0, std::string(name)};
  std::string scope(name.substr(0, open));
  return {scope, row, scope + "." + std::string(name.substr(close + 2))};
}

[[nodiscard]] inline std::string full_name(const std::string& scope, uint32_t row, std::string_view name) {
  return scope + "[" + std::to_string(row) + "]." + std::string(name.substr(scope.size() + 1));
}

}  // namespace fairway::gateway::customs
