// Takes the members of one JSON object into a record, reporting what is not as it should be. Pure; any thread.
#pragma once

#include "gateway/land/record.h"

namespace fairway::gateway::land {

// `record` brings its place and the offset of the object's first byte. Members that are not known are kept as they stand, but for those
// about persons. Where the object is not JSON, an error is reported.
void read_json(std::string_view object, Record& record, DecodedMessage& message);

}  // namespace fairway::gateway::land
