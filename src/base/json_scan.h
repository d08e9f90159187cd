// Where the values of a JSON text stand, found without parsing it: to cut an array into its elements, or to carry members on as they
// were written. Checks brackets, quotes, the separators of the outermost level and nesting (limits::kJsonDepthMax), nothing else.
//
// Pure functions; any thread. Code::invalid names the byte.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/status.h"

namespace fairway {

// One past the end of the value that begins at text[at].
[[nodiscard]] Result<size_t> json_value_end(std::string_view text, size_t at);

// Calls `visit` with the text of each element of an array, in order, until it fails.
[[nodiscard]] Status each_json_element(std::string_view array, const std::function<Status(std::string_view element)>& visit);

// The same for the members of an object. `name` is what stands between its quotes, escapes and all; the member as a whole reaches
// from the quote before it to the end of `value`.
using JsonMemberVisitor = std::function<Status(std::string_view name, std::string_view value)>;
[[nodiscard]] Status each_json_member(std::string_view object, const JsonMemberVisitor& visit);

}  // namespace fairway
