// Units of quantity (UN/ECE Recommendation 20) and what one is in another. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.h"

namespace fairway::filing {

// None where one of the units is not known, or they measure different things.
[[nodiscard]] std::optional<Decimal> convert_unit(Decimal quantity, std::string_view from, std::string_view to);

}  // namespace fairway::filing
