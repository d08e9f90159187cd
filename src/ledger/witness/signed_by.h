// Whether a note is signed by one of these keys: verify() of note.h, which leaves out the keys that it does not know, and one signature at
// least. Pure; any thread. Code::forbidden.
#pragma once

#include <span>

#include "ledger/note.h"

namespace fairway::ledger::witness {

[[nodiscard]] inline Result<VerifiedNote> signed_by(const Note& note, std::span<const VerifierKey> keys) {
  VerifiedNote verified = TRY(verify(note, keys));
  if (verified.signatures.empty()) return fail(Code::forbidden, "no signature is of a key that counts here");
  return verified;
}

}  // namespace fairway::ledger::witness
