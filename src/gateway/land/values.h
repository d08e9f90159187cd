// Single values of a record, read and checked. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/land/record.h"
#include "model/place.h"

namespace fairway::gateway::land {

[[nodiscard]] std::string quoted(std::string_view text);  // for a diagnostic, cut to what fits there

// A decimal number with a point; reports what is not one.
[[nodiscard]] std::optional<double> number_of(const Value& value, DecodedMessage& message);

// Latitude and longitude of the record, both or neither; reports one without the other and what is not on the globe.
void read_position(const Record& record, Place& place, DecodedMessage& message);

}  // namespace fairway::gateway::land
