// What the sensor elements of an EPCIS event say, as readings. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/epcis/event.h"
#include "model/event.h"

namespace fairway::gateway::epcis {

struct SensorFacts {
  std::vector<Reading> readings;     // at most limits::kReadingsPerEventMax
  size_t left_out = 0;               // …and how many more there were
  std::vector<std::string> devices;  // each deviceID once
  bool alarmed = false;              // a report has an exception
  std::optional<double> mass_kg;     // of the first report of a mass in kilograms or tonnes
};

// The elements are valid.
[[nodiscard]] SensorFacts sensor_facts(const json::array& elements);

}  // namespace fairway::gateway::epcis
