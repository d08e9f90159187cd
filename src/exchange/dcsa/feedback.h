// What became of a submission in the words of DCSA's APIs from 2025 on: feedbackElements [{severity, message, propertyPath}]. Pure.
#pragma once

#include <string>

#include "http/message.h"
#include "intake/outcome.h"

namespace fairway::exchange::dcsa {

// `list`: the member of the request under which the messages stood.
// {"feedbackElements":[…]}: an ERROR for what was refused, a WARN or an INFO for what was taken with a deviation; nothing for the rest.
[[nodiscard]] std::string feedback(const intake::Outcome& outcome, std::string_view list);

// "$.events[2].eventLocation" for "/events/2/eventLocation".
[[nodiscard]] std::string json_path(std::string_view pointer);

}  // namespace fairway::exchange::dcsa
