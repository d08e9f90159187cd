// Which journey a request asks for, beside its reference. Any thread.
#pragma once

#include "base/status.h"
#include "http/message.h"
#include "journey/assemble.h"

namespace fairway::exchange {

// "?trip=N". Code::invalid where that is no number from 1.
[[nodiscard]] Result<journey::Options> journey_options_of(const http::Request& request);

}  // namespace fairway::exchange
