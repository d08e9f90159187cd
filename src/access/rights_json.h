// Rights as JSON: ["read","send"]. Pure functions; any thread.
#pragma once

#include <string_view>

#include "access/key.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::access {

// The member `name` of the object. Code::invalid where it is no array, is empty, or names what is no right.
[[nodiscard]] Result<KeyScopes> rights_of(const json::object& object, std::string_view name);
void write_rights(JsonWriter& writer, std::string_view name, KeyScopes rights);

}  // namespace fairway::access
