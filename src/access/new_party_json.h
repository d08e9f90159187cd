// A new organisation as it is asked for: {"name","role","identifiers":["SCHEME:VALUE"]}. Pure functions; any thread.
#pragma once

#include <string>

#include "access/registry.h"
#include "base/json.h"

namespace fairway::access {

[[nodiscard]] std::string to_json(const NewParty& party);
// Code::invalid for an unknown role and for what is no identifier; the name is the registry's to check.
[[nodiscard]] Result<NewParty> new_party_from(const json::object& object);

}  // namespace fairway::access
