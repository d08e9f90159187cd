// The one form in which a record keeps a value of each type, out of the forms in which people, sheets and messages write it.
//
// Pure; any thread. Code::invalid names the value and says what is expected, Code::too_large past limits::kTextBytesMax.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "filing/record/schema.h"

namespace fairway::filing {

// "" for a value of blanks alone. What comes out goes in again unchanged.
[[nodiscard]] Result<std::string> normal_form(ValueType type, std::string_view raw);

}  // namespace fairway::filing
