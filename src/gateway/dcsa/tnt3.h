// DCSA Track & Trace 3.0: events read from JSON and written as JSON.
//
// An event of 3.0 is told again under the same eventID of the same originating party; of all that was told the one with the latest
// eventUpdatedDateTime holds. So each message names its claim (DecodedMessage::claim) and each telling of it has an Event::id of its own;
// which one holds is for intake to find out. Reading is lenient, writing strict, as tnt2.h has it: what the model has no field for
// stands in Event::original under "dcsa3" and comes out as it went in. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// {"events":[…]}, an array of events of 3.0, or one of them: what tells 3.0 from 2.2.
[[nodiscard]] bool is_tnt3(std::string_view bytes);

// One DecodedMessage an event, in order; a broken one is a message that is not ok. An Error as decode_dcsa() has it.
[[nodiscard]] Status decode_tnt3(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// A party as 3.0 names it: who stands as originatingParty where the event itself names none.
struct Tnt3Party {
  std::string code, provider, list;
};

// Appends the event as an object of 3.0. `received_us` (microseconds UTC) stands in for an eventUpdatedDateTime that was not given. A
// correction has the eventID of what it corrects, a retraction that of what it retracts.
void append_tnt3(std::string& out, const Event& event, int64_t received_us, const Tnt3Party& origin);

// "SHIPMENT", "TRANSPORT", "EQUIPMENT", "IOT" or "REEFER": the type under which the event is written.
[[nodiscard]] std::string_view tnt3_type(const Event& event);

}  // namespace fairway::gateway::dcsa
