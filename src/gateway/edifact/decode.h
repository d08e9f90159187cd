// decode_edifact: everything in an EDIFACT input as decoded messages: the Reader, a mapper for each message, and its evidence.
//
// Pure; any thread.
#pragma once

#include <functional>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::edifact {

// Gives each message to `sink` in order. Findings about UNB and UNG go to the message after them, those about UNE and UNZ to the one
// before. Code::invalid where there is no message in the input, Code::unsupported for UTF-16.
[[nodiscard]] Status decode_edifact(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// Code::unsupported for UTF-16.
[[nodiscard]] Status check_encoding(std::string_view bytes);

}  // namespace fairway::gateway::edifact
