#include "gateway/epcis/map_sensors.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/limits.h"
#include "gateway/epcis/vocabulary.h"

namespace fairway::gateway::epcis {
namespace {

struct KindRow {
  std::string_view type, kind;
};
// Measurements that Fairway has a word for; the others are called by their own in lower case.
constexpr std::array kKinds = {
    KindRow{"Temperature", "temperature"}, KindRow{"RelativeHumidity", "humidity"}, KindRow{"AbsoluteHumidity", "absolute_humidity"},
    KindRow{"Acceleration", "shock"},      KindRow{"Illuminance", "light"},
};

// "AbsoluteHumidity" gives "absolute_humidity"; a URI stays as it is.
std::string kind_of(std::string_view type) {
  const auto found = std::ranges::find(kKinds, type, &KindRow::type);
  if (found != kKinds.end()) return std::string(found->kind);
  if (!is_word(Vocabulary::measurement_type, type)) return std::string(type);
  std::string kind;
  for (const char c : type) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !kind.empty()) kind += '_';
    kind += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return kind;
}

struct ValueRow {
  std::string_view member, suffix;
};
constexpr std::array kValues = {ValueRow{"value", ""}, ValueRow{"meanValue", "_mean"}, ValueRow{"minValue", "_min"},
                                ValueRow{"maxValue", "_max"}};

class Collector {
 public:
  void element(const json::object& sensor) {
    if (const json::object* metadata = object_of(sensor, "sensorMetadata")) device(*metadata);
    const json::array* reports = array_of(sensor, "sensorReport");
    if (reports == nullptr) return;
    for (const json::value& item : *reports)
      if (const json::object* found = item.if_object()) report(*found);
  }

  SensorFacts facts;

 private:
  void device(const json::object& object) {
    const std::string_view id = text_of(object, "deviceID");
    if (!id.empty() && std::ranges::find(facts.devices, id) == facts.devices.end()) facts.devices.emplace_back(id);
  }

  void report(const json::object& found) {
    device(found);
    facts.alarmed |= found.contains("exception");
    const std::string type = bare_word(Vocabulary::measurement_type, text_of(found, "type"));
    std::string kind = kind_of(type);
    if (const std::string_view component = text_of(found, "component"); is_word(Vocabulary::component, component))
      kind.append("_").append(component);
    for (const ValueRow& row : kValues)
      if (const auto value = number_of(found, row.member)) reading(kind + std::string(row.suffix), *value, text_of(found, "uom"));
    if (const auto truth = truth_of(found, "booleanValue")) reading(kind, *truth ? 1 : 0, "");
    if (type == "Mass" && !facts.mass_kg) mass(found);
  }

  void mass(const json::object& found) {
    const auto value = number_of(found, "value");
    const std::string_view unit = text_of(found, "uom");
    constexpr double kTonne = 1000;
    if (value && (unit == "KGM" || unit == "TNE")) facts.mass_kg = unit == "TNE" ? *value * kTonne : *value;
  }

  void reading(std::string kind, double value, std::string_view unit) {
    if (!std::isfinite(value)) return;
    if (facts.readings.size() >= limits::kReadingsPerEventMax) return void(++facts.left_out);
    Reading& added = facts.readings.emplace_back();
    added.kind = std::move(kind);
    added.value = value;
    added.unit = unit;
  }
};

}  // namespace

SensorFacts sensor_facts(const json::array& elements) {
  Collector collector;
  for (const json::value& item : elements)
    if (const json::object* sensor = item.if_object()) collector.element(*sensor);
  return std::move(collector.facts);
}

}  // namespace fairway::gateway::epcis
