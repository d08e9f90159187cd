// The line of `fairway decode --raw` for a message of Cargo-XML. Pure; any thread.
#pragma once

#include <string>

#include "gateway/cargo_xml/document.h"
#include "gateway/decoded.h"

namespace fairway::gateway::cargo_xml {

// {"message","fields","diagnostics"}: every element under the standard's name, several of one name as an array. An element is its text, or
// an object where it has attributes ("@unitCode", its text under "#text") or elements.
[[nodiscard]] std::string raw_json(const Document& document, const DecodedMessage& message);

}  // namespace fairway::gateway::cargo_xml
