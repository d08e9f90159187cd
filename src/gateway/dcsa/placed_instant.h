// A time without offset is one of its place's clock. Pure; any thread.
#pragma once

#include <string_view>

#include "base/instant.h"

namespace fairway::gateway::dcsa {

// `read`: what parse_rfc3339() made of `text`, a date-time without offset. Of the clock of the place, or of UTC where that is not known;
// the instant says which.
[[nodiscard]] Instant placed(const Instant& read, std::string_view text, std::string_view unlocode);

}  // namespace fairway::gateway::dcsa
