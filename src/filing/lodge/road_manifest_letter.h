// The letters for the Mainland's customs about a carriage: its manifest 舱单 (gateway/customs/road_manifest.h), by road and otherwise.
//
// The field MessageType says which message it is. Strict: Code::invalid names what cannot be written. The same lodgement gives the same
// bytes. Pure; any thread.
#pragma once

#include <string>

#include "base/status.h"
#include "filing/form/draft.h"
#include "filing/lodge/letter_head.h"

namespace fairway::filing {

// For the messages "cn-road-manifest" and "cn-manifest".
[[nodiscard]] Result<std::string> road_manifest_letter(const Draft& draft, const LetterHead& head);

}  // namespace fairway::filing
