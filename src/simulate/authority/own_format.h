// An authority's answers in the format of what they answer: CUSRES to EDIFACT, receipts to the Mainland's XML. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "filing/lodge/channel.h"
#include "simulate/authority/letter_view.h"

namespace fairway::simulate {

// "" where that format has no word for it: then the answer goes out in the contract's own. `number` is what the authority gives the filing:
// receipts of declarations name nothing else.
[[nodiscard]] std::string in_own_format(const LetterView& letter, const filing::Heard& heard, std::string_view number);

}  // namespace fairway::simulate
