// The few rows that come with Fairway: the places and terminals of the demo, and the size-types that most boxes have. They answer where
// nothing was imported. Constants; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "refdata/reader.h"

namespace fairway::refdata {

[[nodiscard]] std::optional<CodeRow> built_in(Table table, std::string_view code);
// In order of their codes.
[[nodiscard]] std::vector<CodeRow> built_in_rows(Table table, std::string_view prefix);

}  // namespace fairway::refdata
