// Document: what of a document goes into its fingerprint. Two parties get the same fingerprint only for the same input, byte for byte.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::ledger {

// Of a file: the SHA-256 of its bytes. A second scan, or the same PDF saved again, is another input.
[[nodiscard]] std::string document_input(std::string_view file);
// Of a transport document by its number and the SCAC of its carrier, whatever the file looks like. Letters are upper case, blanks and
// hyphens are left out. Code::invalid where either is empty or has other characters.
[[nodiscard]] Result<std::string> document_input(std::string_view scac, std::string_view number);

// The fingerprint: the first 32 bytes of the function's value, in hex.
[[nodiscard]] std::string fingerprint_of(std::string_view output);
// Whether the text is spelled as fingerprint_of spells one.
[[nodiscard]] bool is_fingerprint(std::string_view text);

}  // namespace fairway::ledger
