// What the numbers in cells mean: dates by their style, numbers in full. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::gateway::land {

enum class NumberStyle : uint8_t { number, date, date_time };

// Of a format code ("yyyy-mm-dd hh:mm"), and of the formats that have a number only (ISO/IEC 29500-1, 18.8.30).
[[nodiscard]] NumberStyle style_of(std::string_view format_code);
[[nodiscard]] NumberStyle built_in_style(size_t id);

// The text of a number as stored. Code::invalid where it is none, and for a whole number of more digits than a spreadsheet keeps (15).
[[nodiscard]] Result<std::string> cell_text(std::string_view number, NumberStyle style, bool epoch_1904);

// The column of "AB12", or `otherwise` where the text has none.
[[nodiscard]] size_t column_of(std::string_view cell, size_t otherwise);

}  // namespace fairway::gateway::land
