// The event hash of CBV 2.0 section 8.9: the same for one event however it is written, and recomputable by anybody.
//
// The published values of GS1's reference generator are followed where its description leaves room: a type stands before the value it
// belongs to, "sensorElementList" is not written, and extensions inside of readPoint, bizLocation and sensor elements come at the end,
// under the name of the field they are in. docs/reference/epcis.md states the rules. Pure functions; any thread.
#pragma once

#include <string>

#include "gateway/epcis/event.h"

namespace fairway::gateway::epcis {

// What is hashed, for looking into a difference.
[[nodiscard]] std::string pre_hash(const CapturedEvent& event);
// "ni:///sha-256;<64 hex digits>?ver=CBV2.0"
[[nodiscard]] std::string event_hash(const CapturedEvent& event);

}  // namespace fairway::gateway::epcis
