// What routes that list things share: their query parameters, and answers that no cache keeps. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "http/message.h"
#include "model/entry.h"

namespace fairway::exchange {

// `limit` and `cursor` of a list: 50 where none is given, at most 200. Code::invalid otherwise.
[[nodiscard]] Result<size_t> limit_of(const http::Request& request);
[[nodiscard]] std::string cursor_of(const http::Request& request);
// An entry number that a parameter holds. Code::invalid where it is none.
[[nodiscard]] Result<Position> position_of(std::string_view parameter, std::string_view text);

// JSON for one viewer only.
[[nodiscard]] http::Response private_json(std::string body, int status = 200);

}  // namespace fairway::exchange
