// DCSA Port Call 2.0: events of a vessel's visit to a port, read from JSON and written as JSON.
//
// An event says when a service of a port call (berth, pilotage, cargo operations, …) is estimated, requested, planned or did happen. Coming
// alongside and leaving the berth are `arrived` and `departed` of the vessel; for the other services the model has no milestone, and they
// are `observed`. What the event says in the standard's own codes stands in Source::type ("PORTCALL 2.0 BERTH ARRI REQ INBD"), which
// everybody sees who sees the event; what the model has no field for stands in Event::original under "dcsaPortCall".
//
// An event is told again under its eventID, as in Track & Trace 3.0 (tnt3.h): each message names its claim. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/json.h"
#include "base/status.h"
#include "gateway/decoded.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// {"events":[…]} whose events have a port call, a service, a vessel or a timestamp: what tells it from Track & Trace 3.0.
[[nodiscard]] bool is_port_call(std::string_view bytes);

// One DecodedMessage an event, in order. An Error as decode_dcsa() has it. A body may say beside "events" to whom it is addressed,
// {"fairway":{"receivingParty":"SMDG:OOL"}}: that party is named in each event (role MR).
[[nodiscard]] Status decode_port_call(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// What was told in Port Call 2.0, and vessels' arrivals at and departures from a terminal in whatever format they came; no retractions, for
// which the standard has no word.
[[nodiscard]] bool is_port_call_event(const Event& event);

// Such an event as an object of the standard. `received_us` (microseconds UTC) stands in for an eventUpdatedDateTime that was not given; a
// correction has the eventID of what it corrects.
[[nodiscard]] json::object port_call_object(const Event& event, int64_t received_us);

}  // namespace fairway::gateway::dcsa
