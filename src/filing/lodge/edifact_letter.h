// Letters in UN/EDIFACT: a declaration as CUSDEC, a manifest as CUSCAR (gateway/customs/paper.h).
//
// Strict: Code::invalid names the field that cannot be written. The same lodgement gives the same bytes. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "filing/form/draft.h"
#include "filing/lodge/letter_head.h"

namespace fairway::filing {

// BGM 1001 tells whether goods come in or go out: a declaration by an importer is 929, by an exporter 830.
[[nodiscard]] Result<std::string> cusdec_letter(const Draft& draft, const LetterHead& head);
[[nodiscard]] Result<std::string> cuscar_letter(const Draft& draft, const LetterHead& head);

}  // namespace fairway::filing
