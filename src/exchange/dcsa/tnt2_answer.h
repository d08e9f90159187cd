// A list of events as Track & Trace 2.2 answers it: GET /v1/events and GET /dcsa/tnt/v2/events. Any thread.
#pragma once

#include <optional>

#include "base/status.h"
#include "exchange/events_page.h"
#include "exchange/services.h"

namespace fairway::exchange::dcsa {

// Whose words an answer is in: Fairway's reading of 2.2, or 2.2 to the letter (gateway/dcsa/tnt2.h, Form).
enum class Wording : uint8_t { fairway, standard };

// A bare array with the paging headers. nullopt where a short page would not do.
[[nodiscard]] Result<std::optional<http::Response>> answer_events(Services& services, const http::Request& request, const ViewerPtr& viewer,
                                                                  Wording wording, Patience patience);

}  // namespace fairway::exchange::dcsa
