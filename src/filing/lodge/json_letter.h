// The letter for an authority without a format of its own: the fields of the form by name, as JSON. Pure; any thread.
#pragma once

#include <string>

#include "base/status.h"
#include "filing/lodge/letter_head.h"

namespace fairway::filing {

// {"lodgement","filing","kind","form","day","sender","number"?,"reason"?,"fields":{name:value}}
[[nodiscard]] Result<std::string> json_letter(const Draft& draft, const LetterHead& head);

}  // namespace fairway::filing
