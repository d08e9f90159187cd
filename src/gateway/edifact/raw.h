// raw_edifact: every message of an EDIFACT input as one line of JSON, with nothing left out and nothing interpreted.
//
// A line has the headers around the message, its segments as a tree by segment group, each value with its position and the number of its
// data element where the tables have one, and what the reader found. docs/reference/edifact.md shows one. Pure; any thread.
#pragma once

#include <functional>
#include <string_view>

#include "base/status.h"

namespace fairway::gateway::edifact {

// Gives a line for each message to `sink`, in order. Code::invalid where there is no message in the input, Code::unsupported for UTF-16,
// Code::too_large where a line would be longer than limits::kEdifactRawBytesMax; the lines before it have been given.
[[nodiscard]] Status raw_edifact(std::string_view bytes, const std::function<void(std::string_view json_line)>& sink);

}  // namespace fairway::gateway::edifact
