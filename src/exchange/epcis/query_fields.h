// The fixed parameters of the simple query language: what each is called, what it compares, and where its values are in an event.
//
// Constants and pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/epcis/query.h"
#include "gateway/epcis/vocabulary.h"

namespace fairway::exchange::epcis {

enum class ValueKind : uint8_t { text, word, uri, pattern, time, number, truth };

using Texts = std::vector<std::string>;

struct FieldRow {
  std::string_view name;  // without "EQ_", "GE_", …: "eventTime", "bizStep"; with "MATCH_" where it is so called
  ValueKind kind;
  bool ordered;  // GT_ GE_ LT_ LE_ besides EQ_; times have GE_ and LT_ alone
  void (*collect)(const json::object& event, Texts& values);
  gateway::epcis::Vocabulary vocabulary = {};
};

[[nodiscard]] std::span<const FieldRow> field_rows();

// Calls `visit` with every sensorMetadata, sensorReport and sensor element of an event.
template <typename Visit>
void each_sensor_object(const json::object& event, std::string_view member, Visit visit) {
  const json::array* elements = array_of(event, "sensorElementList");
  if (elements == nullptr) return;
  for (const json::value& element : *elements) {
    const json::object* sensor = element.if_object();
    if (sensor == nullptr) continue;
    if (member.empty()) visit(*sensor);
    if (const json::object* metadata = object_of(*sensor, "sensorMetadata"); metadata != nullptr && member == "sensorMetadata")
      visit(*metadata);
    const json::array* reports = array_of(*sensor, "sensorReport");
    if (reports == nullptr || member != "sensorReport") continue;
    for (const json::value& report : *reports)
      if (const json::object* found = report.if_object()) visit(*found);
  }
}

}  // namespace fairway::exchange::epcis
