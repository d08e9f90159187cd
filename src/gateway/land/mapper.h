// Makes events of one record: what a message says of each container and each moment is an event of its own.
//
// Pure; any thread.
#pragma once

#include "gateway/land/record.h"

namespace fairway::gateway::land {

// Sets the type, the references, the parties and the events of the message; its place in the input, its hash and its text are set already.
// What deviates is reported; after an error there are no events.
void map_record(const Record& record, DecodedMessage& message);

}  // namespace fairway::gateway::land
