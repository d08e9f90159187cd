// The answer that shows a new key, once: the same for an organisation's own routes and for the operator's.
#pragma once

#include <string>

#include "access/registry.h"

namespace fairway::exchange {

// {"party": {…}, "keyID", "key"}
[[nodiscard]] std::string issued_json(const access::IssuedKey& issued);

}  // namespace fairway::exchange
