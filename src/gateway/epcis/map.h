// An EPCIS event as an event of Fairway. docs/reference/epcis.md has the table of what goes where.
//
// Pure functions; any thread.
#pragma once

#include "gateway/decoded.h"
#include "gateway/epcis/event.h"

namespace fairway::gateway::epcis {

// Adds the one event of a valid message, with its references and parties; what Fairway cannot hold is reported.
void map(CapturedEvent captured, DecodedMessage& message);

// The id under which Fairway knows the event: its eventID, or its hash where it has none.
[[nodiscard]] std::string id_of(const CapturedEvent& captured);

}  // namespace fairway::gateway::epcis
