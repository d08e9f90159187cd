// One event by the id that its sender gave it. Any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/status.h"
#include "exchange/services.h"
#include "model/event.h"

namespace fairway::exchange::dcsa {

struct ShownEvent {
  Event event;  // as far as the viewer sees it
  int64_t received_us = 0;
};

// The viewer's own where it sent one of that id, otherwise the first registered party's whose event the viewer may see. Code::not_found
// where there is none and where it is not the viewer's to see.
[[nodiscard]] Result<ShownEvent> event_by_id(Services& services, const ViewerPtr& viewer, std::string_view id);

}  // namespace fairway::exchange::dcsa
