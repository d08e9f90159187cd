// What sensors measure, in one unit for each kind so that readings and limits compare. A table; any thread.
#pragma once

#include <string_view>

#include "model/event.h"

namespace fairway::gateway::land {

enum class UnitKnown : uint8_t { yes, assumed, no };  // assumed: none was sent; no: kept as sent, in capitals

struct MadeReading {
  Reading reading;
  bool kind_known = true;
  UnitKnown unit = UnitKnown::yes;
};

// `kind` as it is usually written ("temperature", "Temp", "humidity", "shock", "light", "battery", …), `unit` as a sign or a code of UN/ECE
// Recommendation 20 ("°C", "C", "CEL", "F", "%"). A kind that is not known keeps its name in lower case and its unit.
[[nodiscard]] MadeReading make_reading(std::string_view kind, double value, std::string_view unit);

// "open" and "closed", as words or as 1 and 0; Code::invalid for anything else.
[[nodiscard]] Result<bool> door_is_open(std::string_view state);

}  // namespace fairway::gateway::land
