// DCSA Verified Gross Mass 1.0: declarations read from JSON and written as JSON. Each is an event "weighed" of one container.
//
// A declaration is told again under its declarationReference, as an event of Track & Trace 3.0 is (tnt3.h): each message names its claim.
// What the model has no field for stands in Event::original under "dcsaVgm". Pure functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "gateway/dcsa/tnt3.h"
#include "gateway/decoded.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// {"VGMDeclarations":[…]}.
[[nodiscard]] bool is_vgm(std::string_view bytes);

// One DecodedMessage a declaration, in order. An Error as decode_dcsa() has it.
[[nodiscard]] Status decode_vgm(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// Appends an event "weighed", of whatever format it came in, as a VGMDeclaration.
void append_vgm(std::string& out, const Event& event, int64_t received_us, const Tnt3Party& origin);

}  // namespace fairway::gateway::dcsa
