// The letter for the Mainland's customs: a goods declaration 报关单 as DecMessage (gateway/customs/dec_message.h), out of the fields of the
// draft, which have the message's own names.
//
// The single window changes and revokes declarations by papers of its own whose form is not public: an amendment is the whole message with
// the number of what it is to, a cancellation that number alone, each with its reason in DecSign/Note. Strict: Code::invalid names the
// field that cannot be written. The same lodgement gives the same bytes. Pure; any thread.
#pragma once

#include <string>

#include "base/status.h"
#include "filing/form/draft.h"
#include "filing/lodge/letter_head.h"

namespace fairway::filing {

[[nodiscard]] Result<std::string> dec_letter(const Draft& draft, const LetterHead& head);

}  // namespace fairway::filing
