// Whether an EPCIS event is what the standard says an event is. Each finding is a diagnostic at its JSON pointer.
//
// Pure functions; any thread.
#pragma once

#include <string>

#include "gateway/decoded.h"
#include "gateway/epcis/event.h"

namespace fairway::gateway::epcis {

// Declares the prefixes of an "@context" value and reports what is wrong with it: no context but GS1's is fetched or known, so every
// other address is refused; terms and built-in prefixes are not to be redefined.
void read_context(const json::value& context, const std::string& pointer, Namespaces& namespaces, DecodedMessage& message);

// The prefixes of the event's own @context are added to its namespaces. message.ok is false afterwards where the event is not valid.
void validate(CapturedEvent& event, const std::string& pointer, DecodedMessage& message);

}  // namespace fairway::gateway::epcis
