// How values of a form stand in messages of the Mainland: dates and moments in the time of the Mainland, texts on one line. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/customs/elements.h"

namespace fairway::filing {

// The Mainland has one time, eight hours ahead of UTC, and no summer time since 1991.
inline constexpr int kMainlandOffsetMinutes = 8 * 60;

// "2026-11-24" → "20261124"; an instant → "20261124101500". Whatever is neither stays as it is: the writer says what is wrong with it.
[[nodiscard]] std::string mainland_value(std::string_view value, gateway::customs::Holds holds);
[[nodiscard]] std::string mainland_moment(int64_t micros);  // "20261124101500"

// "item[2].CodeTS": which row, from 0, and which field of it; row is 0 and group empty for one of the whole form.
struct RowName {
  std::string_view group;
  size_t row = 0;
  std::string_view field;
};
[[nodiscard]] RowName row_name_in(std::string_view name);

}  // namespace fairway::filing
