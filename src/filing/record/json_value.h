// A value of a JSON member as the text that a record's item is read from. Pure; any thread. Include only where JSON is read.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace fairway::filing {

// Strings as they are, numbers as they are written (shortest form), true and false as "yes" and "no", null as "". Code::invalid for what is
// none of these, naming `path`.
[[nodiscard]] Result<std::string> text_of_value(const json::value& value, std::string_view path);

}  // namespace fairway::filing
