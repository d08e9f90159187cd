// The control points on the boundary of Hong Kong that goods cross by road, on either side. A table; any thread.
#pragma once

#include <string_view>

#include "model/place.h"

namespace fairway::gateway::land {

// By its code ("lok-ma-chau"), its English or its Chinese name, whatever their case and blanks; a place without a UN/LOCODE of its own
// stands under the port's. Empty where the name is not known.
[[nodiscard]] Place control_point(std::string_view name);

}  // namespace fairway::gateway::land
