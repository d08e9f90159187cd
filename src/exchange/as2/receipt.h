// The receipt of an AS2 message: a message disposition notification (RFC 8098, RFC 4130 section 7), signed where that was asked for.
//
// Pure but for the random boundary; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/env.h"
#include "base/status.h"
#include "exchange/as2/message.h"

namespace fairway::exchange::as2 {

struct Receipt {
  std::string disposition;  // behind "automatic-action/MDN-sent-automatically; ": "processed", "processed/error: decryption-failed", …
  std::string text;         // for people
  std::string mic;          // bytes; "" where none could be taken
  Digest digest = Digest::sha256;
};

// The answer with its AS2 header fields.
[[nodiscard]] Result<http::Response> write_receipt(const Receipt& receipt, const Envelope& envelope, const Identity& identity, Env& env);

}  // namespace fairway::exchange::as2
