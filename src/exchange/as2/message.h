// An AS2 message (RFC 4130) as it comes in: who says it is from whom, what it wants for an answer, and, once it is unwrapped, who signed it
// and what it carries. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "exchange/as2/cms.h"
#include "exchange/as2/mime.h"
#include "http/message.h"

namespace fairway::exchange::as2 {

// What the header fields of the request say.
struct Envelope {
  std::string from, to;      // AS2-From, AS2-To, without quotes
  std::string message_id;    // with its angle brackets
  std::string content_type;  // as sent
  bool wants_receipt = false;
  std::string receipt_url;              // where an asynchronous one was to go
  std::optional<Digest> signs_receipt;  // a signed receipt is wanted, with this digest
};
// Code::invalid where AS2-From, AS2-To or Message-ID are missing or broken; Code::unsupported for a receipt that cannot be given: a
// required option or digest that is not known.
[[nodiscard]] Result<Envelope> read_envelope(const http::Request& request);

struct Unwrapped {
  std::optional<Certificate> signer;  // none: nobody signed it
  bool encrypted = false;
  Digest digest = Digest::sha256;  // of the MIC: as the receipt is to be signed, or as the message was
  std::string mic;                 // over what RFC 4130, 7.3.1 says, bytes
  std::string content_type;        // of the payload
  std::string payload;
};
// Takes off encryption and signature, at most limits::kAs2LayersMax of them. Failure::modifier says it in the words of a disposition.
struct Failure {
  std::string_view modifier;  // "decryption-failed", "authentication-failed", "integrity-check-failed", …
  Error error;
};
[[nodiscard]] std::expected<Unwrapped, Failure> unwrap(const Envelope& envelope, const http::Request& request, const Identity& identity);

}  // namespace fairway::exchange::as2
