// What all events of a record share: place, transport, references, parties, load, remarks. Pure; any thread.
#pragma once

#include "gateway/land/record.h"

namespace fairway::gateway::land {

[[nodiscard]] Event base_event(const Record& record, const TypeRow& type, const EventRow& what, DecodedMessage& message);

}  // namespace fairway::gateway::land
