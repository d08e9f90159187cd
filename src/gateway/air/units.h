// Weights and volumes by the unit codes of air messages, in kg and m3. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace fairway::gateway::air {

// "4044.0", "4044,0"; nothing where it is no decimal number, or one that is not finite.
[[nodiscard]] std::optional<double> read_number(std::string_view text);
// K, KGM, KG: kilograms; L, LBR, LB: pounds. Nothing for another unit.
[[nodiscard]] std::optional<double> kilograms(std::string_view amount, std::string_view unit);
// MC, MTQ: m3; CC, CMQ: cm3; CF, FTQ: cubic feet; CI, INQ: cubic inches.
[[nodiscard]] std::optional<double> cubic_metres(std::string_view amount, std::string_view unit);

}  // namespace fairway::gateway::air
