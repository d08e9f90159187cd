#include "filing/form/units.h"

#include <algorithm>
#include <array>

namespace fairway::filing {
namespace {

enum class Measure : uint8_t { mass, volume, length, area, number, energy };
struct Unit {
  std::string_view code;
  Measure measure;
  Decimal factor;  // of kg, litre, m, m², one, kWh
};

// UN/ECE Recommendation 20, revision 17, annex I: code and conversion factor.
constexpr std::array kUnits = std::to_array<Unit>({
    {"C62", Measure::number, Decimal(1)},         {"CEN", Measure::number, Decimal(100)},
    {"CLT", Measure::volume, Decimal(1, 2)},      {"CMK", Measure::area, Decimal(1, 4)},
    {"CMT", Measure::length, Decimal(1, 2)},      {"CTM", Measure::mass, Decimal(2, 4)},
    {"DLT", Measure::volume, Decimal(1, 1)},      {"DTN", Measure::mass, Decimal(100)},
    {"DZN", Measure::number, Decimal(12)},        {"EA", Measure::number, Decimal(1)},
    {"FOT", Measure::length, Decimal(3048, 4)},   {"FTK", Measure::area, Decimal(9290304, 8)},
    {"GLI", Measure::volume, Decimal(454609, 5)}, {"GLL", Measure::volume, Decimal(3785411784, 9)},
    {"GRM", Measure::mass, Decimal(1, 3)},        {"GRO", Measure::number, Decimal(144)},
    {"H87", Measure::number, Decimal(1)},         {"HLT", Measure::volume, Decimal(100)},
    {"INH", Measure::length, Decimal(254, 4)},    {"KGM", Measure::mass, Decimal(1)},
    {"KMT", Measure::length, Decimal(1000)},      {"KWH", Measure::energy, Decimal(1)},
    {"LBR", Measure::mass, Decimal(45359237, 8)}, {"LTR", Measure::volume, Decimal(1)},
    {"MGM", Measure::mass, Decimal(1, 6)},        {"MIL", Measure::number, Decimal(1000)},
    {"MLT", Measure::volume, Decimal(1, 3)},      {"MMT", Measure::length, Decimal(1, 3)},
    {"MTK", Measure::area, Decimal(1)},           {"MTQ", Measure::volume, Decimal(1000)},
    {"MTR", Measure::length, Decimal(1)},         {"MWH", Measure::energy, Decimal(1000)},
    {"NMB", Measure::number, Decimal(1)},         {"ONZ", Measure::mass, Decimal(28349523, 9)},
    {"PR", Measure::number, Decimal(2)},          {"TNE", Measure::mass, Decimal(1000)},
    {"YDK", Measure::area, Decimal(83612736, 8)}, {"YRD", Measure::length, Decimal(9144, 4)},
});
static_assert(std::ranges::is_sorted(kUnits, {}, &Unit::code));

const Unit* find(std::string_view code) {
  const auto found = std::ranges::lower_bound(kUnits, code, {}, &Unit::code);
  return found != kUnits.end() && found->code == code ? &*found : nullptr;
}

}  // namespace

std::optional<Decimal> convert_unit(Decimal quantity, std::string_view from, std::string_view to) {
  if (from == to) return quantity;
  const Unit *a = find(from), *b = find(to);
  if (a == nullptr || b == nullptr || a->measure != b->measure) return std::nullopt;
  const auto base = quantity.times(a->factor);
  if (!base) return std::nullopt;
  const auto converted = base->over(b->factor);
  if (!converted) return std::nullopt;
  return *converted;
}

}  // namespace fairway::filing
