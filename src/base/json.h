// JSON in: Boost.JSON behind bounded parsing and typed member access. This header and the format files that include it are the
// only places that see Boost.JSON. Any thread.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"

namespace fairway {

namespace json = boost::json;

// Parses strictly (RFC 8259, valid UTF-8), nesting at most `depth_max`. Code::invalid names the byte offset.
[[nodiscard]] Result<json::value> parse_json(std::string_view text, json::storage_ptr storage = {},
                                             size_t depth_max = limits::kJsonDepthMax);

// The member as text, or "" where it is absent or not a string. The view lives as long as the object.
[[nodiscard]] std::string_view text_of(const json::object& object, std::string_view name);
// The member as an object or array, or null where it is absent or of another type.
[[nodiscard]] const json::object* object_of(const json::object& object, std::string_view name);
[[nodiscard]] const json::array* array_of(const json::object& object, std::string_view name);
// The member as a number; integers and doubles alike.
[[nodiscard]] std::optional<int64_t> integer_of(const json::object& object, std::string_view name);
[[nodiscard]] std::optional<double> number_of(const json::object& object, std::string_view name);
[[nodiscard]] std::optional<bool> truth_of(const json::object& object, std::string_view name);

}  // namespace fairway
