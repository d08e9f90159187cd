#include "gateway/land/readings.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/bytes.h"

namespace fairway::gateway::land {
namespace {

struct KindRow {
  std::string_view name;
  std::string_view unit;  // UN/ECE Recommendation 20: all values of the kind are kept in it
  std::array<std::string_view, 3> also;
};
constexpr auto kKinds = std::to_array<KindRow>({
    {"temperature", "CEL", {"temp", "t", "溫度"}},
    {"humidity", "P1", {"rh", "relative_humidity", "濕度"}},
    {"shock", "K40", {"acceleration", "impact", "g_force"}},
    {"light", "LUX", {"illuminance", "lux", "光"}},
    {"battery", "P1", {"battery_level", "soc", ""}},
    {"pressure", "A97", {"air_pressure", "", ""}},
    {"oxygen", "P1", {"o2", "", ""}},
    {"carbon_dioxide", "P1", {"co2", "", ""}},
});

struct UnitRow {
  std::string_view sign;  // lower case
  std::string_view unit;  // what it is turned into: value × factor + offset
  double factor = 1, offset = 0;
};
constexpr double kStandardGravity = 9.80665;  // m/s², exactly
constexpr auto kUnits = std::to_array<UnitRow>({
    {"cel", "CEL"},
    {"c", "CEL"},
    {"°c", "CEL"},
    {"℃", "CEL"},
    {"celsius", "CEL"},
    {"fah", "CEL", 5.0 / 9.0, -160.0 / 9.0},
    {"f", "CEL", 5.0 / 9.0, -160.0 / 9.0},
    {"°f", "CEL", 5.0 / 9.0, -160.0 / 9.0},
    {"kel", "CEL", 1, -273.15},
    {"k", "CEL", 1, -273.15},
    {"p1", "P1"},
    {"%", "P1"},
    {"%rh", "P1"},
    {"percent", "P1"},
    {"59", "P1", 1e-4},
    {"ppm", "P1", 1e-4},
    {"k40", "K40"},
    {"g", "K40"},
    {"msk", "K40", 1 / kStandardGravity},
    {"m/s2", "K40", 1 / kStandardGravity},
    {"m/s²", "K40", 1 / kStandardGravity},
    {"lux", "LUX"},
    {"lx", "LUX"},
    {"a97", "A97"},
    {"hpa", "A97"},
    {"mbar", "A97"},
});

std::string folded(std::string_view kind) {
  std::string out = to_lower(trim(kind));
  std::ranges::replace(out, ' ', '_');
  std::ranges::replace(out, '-', '_');
  return out;
}

}  // namespace

MadeReading make_reading(std::string_view kind, double value, std::string_view unit) {
  MadeReading made;
  Reading& reading = made.reading;
  reading.kind = folded(kind);
  reading.value = value;
  reading.unit = to_upper(trim(unit));
  const auto known = std::ranges::find_if(
      kKinds, [&](const KindRow& row) { return row.name == reading.kind || std::ranges::find(row.also, reading.kind) != row.also.end(); });
  made.kind_known = known != kKinds.end() && !reading.kind.empty();
  if (!made.kind_known) return made;
  reading.kind = known->name;
  if (reading.unit.empty()) {
    reading.unit = known->unit;
    made.unit = UnitKnown::assumed;
    return made;
  }
  const std::string sign = to_lower(trim(unit));
  const auto row =
      std::ranges::find_if(kUnits, [&](const UnitRow& candidate) { return candidate.sign == sign && candidate.unit == known->unit; });
  made.unit = row == kUnits.end() ? UnitKnown::no : UnitKnown::yes;
  if (row == kUnits.end()) return made;
  reading.unit = row->unit;
  if (row->factor != 1 || row->offset != 0) reading.value = value * row->factor + row->offset;
  return made;
}

Result<bool> door_is_open(std::string_view state) {
  const std::string text = to_lower(trim(state));
  for (const std::string_view open : {"open", "opened", "1", "true", "開", "开"})
    if (text == open) return true;
  for (const std::string_view closed : {"closed", "close", "0", "false", "關", "关"})
    if (text == closed) return false;
  return fail(Code::invalid, "a door is open or closed", legible(state), "write open or closed");
}

}  // namespace fairway::gateway::land
