// The headings of a sheet, read as items of the record. Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/record/schema.h"

namespace fairway::filing {

struct SheetColumn {
  std::optional<ItemRef> item;  // none: nothing is read from it (no heading, or one that begins with '#')
  std::optional<uint32_t> row;  // that the heading names, from 0; none: each row of the sheet adds one
  std::string heading;
};

// Code::invalid names the first column that cannot be understood, `place` before it. Nothing that is known at all: an empty list.
[[nodiscard]] Result<std::vector<SheetColumn>> read_headings(const Schema& schema, std::span<const std::string> cells,
                                                             std::string_view place);

}  // namespace fairway::filing
