// DCSA Track & Trace 2.2: events read from JSON and written as JSON.
//
// Reading is lenient: every member of the standard goes to its field of model/event.h, members without a field are kept in
// Event::original, and every deviation is a diagnostic with its JSON pointer and byte offset. Writing is strict: every member
// that 2.2 requires is there, in the standard's codes; what 2.2 cannot say stands in one further member, "fairway".
// docs/reference/event.md describes both. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// One event object, or an array of them, of 2.2 or of 3.0 (tnt3.h): one DecodedMessage an event, in order. A broken event is a message that
// is not ok, and the others are read on. An Error, before the first message, where the body as a whole cannot be cut into events:
// Code::invalid (not JSON, nested too deep), Code::too_large (more than limits::kEventsPerRequestMax).
[[nodiscard]] Status decode_dcsa(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// The members of each event or declaration as they were sent, one JSON object a line. Errors are decode_dcsa()'s.
[[nodiscard]] Status raw_dcsa(std::string_view bytes, const std::function<void(std::string_view line)>& sink);

// The one event of a JSON object; the first error of its diagnostics as Code::invalid where it is not ok.
[[nodiscard]] Result<Event> event_from_dcsa(std::string_view object);

// What is written where an event has more to say, or says it otherwise, than 2.2 has codes for.
enum class Form : uint8_t {
  whole,     // everything as its sender sent it: eventIDs that are no UUIDs, references of other types
  standard,  // only what the schema of 2.2 takes: an id in place of such an eventID, which moves to "fairway"; the rest is left out
};

// Appends the event as a Track & Trace 2.2 object. `received_us` (microseconds UTC) stands in for an eventCreatedDateTime that the
// sender did not give. Reads back to an equal event, but for the source position and the zones and texts of its instants.
void append_dcsa(std::string& out, const Event& event, int64_t received_us, Form form = Form::whole);
[[nodiscard]] std::string to_dcsa(const Event& event, int64_t received_us);

}  // namespace fairway::gateway::dcsa
