// The elements of a JSON array of events or messages, each as it was sent.
//
// A pure function; any thread. Code::invalid where the array cannot be cut, Code::too_large, headed `too_many` ("too many events"), past
// limits::kEventsPerRequestMax.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::gateway {

[[nodiscard]] Result<std::vector<std::string_view>> json_slices(std::string_view array, std::string too_many);

}  // namespace fairway::gateway
