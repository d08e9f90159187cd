// The bodies of DCSA's APIs from 2025 on: an object with one list of what is told, {"events":[…]}, {"VGMDeclarations":[…]}. Pure; any
// thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/limits.h"
#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::dcsa {

// The text under the member of the object; "" where there is none.
[[nodiscard]] std::string_view listed_under(std::string_view bytes, std::string_view member);

// Makes of one element, already parsed, what `message` is to say; `position` is its JSON pointer.
using TellOne = std::function<void(json::object object, const std::string& position, DecodedMessage& message)>;

// A message of format "DCSA" and this type for each element of the list that stands in the body, in order, with its events checked and
// their source set. Code::invalid where it is no list, Code::too_large past limits::kEventsPerRequestMax. An element past
// `element_bytes_max` is a message that is not ok.
[[nodiscard]] Status decode_list(std::string_view body, std::string_view list, const std::string& position, std::string_view type,
                                 const TellOne& tell, const std::function<void(DecodedMessage)>& sink,
                                 size_t element_bytes_max = limits::kEventBytesMax);
// The same of one element.
[[nodiscard]] DecodedMessage decode_element(std::string_view body, std::string_view slice, const std::string& position,
                                            std::string_view type, const TellOne& tell, size_t element_bytes_max = limits::kEventBytesMax);

}  // namespace fairway::gateway::dcsa
