#include "gateway/air/units.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "base/bytes.h"

namespace fairway::gateway::air {
namespace {

struct Unit {
  std::string_view code;  // Cargo-IMP, or UN/ECE Recommendation 20
  double factor;
};
constexpr std::array kMasses =
    std::to_array<Unit>({{"K", 1}, {"KGM", 1}, {"KG", 1}, {"L", 0.45359237}, {"LBR", 0.45359237}, {"LB", 0.45359237}, {"TNE", 1000}});
constexpr std::array kVolumes = std::to_array<Unit>({{"MC", 1},
                                                     {"MTQ", 1},
                                                     {"CC", 1e-6},
                                                     {"CMQ", 1e-6},
                                                     {"CF", 0.028316846592},
                                                     {"FTQ", 0.028316846592},
                                                     {"CI", 1.6387064e-5},
                                                     {"INQ", 1.6387064e-5}});

template <size_t N>
std::optional<double> convert(const std::array<Unit, N>& units, std::string_view amount, std::string_view unit) {
  const auto found = std::ranges::find(units, unit, &Unit::code);
  const auto number = read_number(amount);
  if (found == units.end() || !number || *number < 0) return std::nullopt;
  // To the milligram and the cubic millimetre: what a change of unit adds beyond them is noise of binary fractions.
  constexpr double kPrecision = 1e9;
  const double value = *number * found->factor;
  return found->factor == 1 || value > 1e6 ? value : std::round(value * kPrecision) / kPrecision;
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
  std::string plain(trim(text));
  std::ranges::replace(plain, ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> kilograms(std::string_view amount, std::string_view unit) { return convert(kMasses, amount, unit); }
std::optional<double> cubic_metres(std::string_view amount, std::string_view unit) { return convert(kVolumes, amount, unit); }

}  // namespace fairway::gateway::air
