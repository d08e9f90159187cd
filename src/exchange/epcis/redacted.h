// What is left of a captured event for somebody who may see only a part of it.
//
// Pure functions; any thread.
#pragma once

#include <optional>

#include "gateway/epcis/event.h"
#include "model/event.h"

namespace fairway::exchange::epcis {

// Of the captured event, what the event of Fairway still says after access has taken out what is not to be seen: identity, time, step,
// places, the things and papers that are still named. Never extensions, ilmd, quantities, sensors or dispositions. nullopt where what
// is left is no valid event any more.
[[nodiscard]] std::optional<gateway::epcis::CapturedEvent> reduced(const gateway::epcis::CapturedEvent& captured, const Event& seen);

}  // namespace fairway::exchange::epcis
