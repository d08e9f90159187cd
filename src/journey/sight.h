// Sight: what a viewer may see of journeys, handed in by whoever stands above; a journey asks nobody else.
//
// A viewer sees the events of the senders that sees_sender admits. It sees every event of a journey on which one event lets
// opens_journey answer yes. The viewer's own events never open a journey, nor do they join two so that one opens the other:
// openness is judged without them, so that a party cannot name itself into what is not its own. Both functions must be callable from
// the thread that asks, and give the same answer throughout one request.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "model/party.h"

namespace fairway::journey {

struct Sight {
  // May it see what this party sent, whatever journey it is on? Its own; the operator: everybody's.
  std::function<bool(const PartyId& sender)> sees_sender;
  // Does an event of this sender, naming the parties of these hashes (name_hash() of model/party.h, ascending), open its journey?
  std::function<bool(const PartyId& sender, std::span<const uint64_t> named)> opens_journey;
};

}  // namespace fairway::journey
