// Certificate: what an X.509 certificate says of its holder, as far as Fairway needs it. OpenSSL stays behind it. Values; any thread.
//
// Reading proves nothing: whether a certificate can be trusted is settled in the TLS handshake (src/http).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

struct Certificate {
  std::string fingerprint;  // SHA-256 of its DER form, 64 hex digits in lower case
  std::string subject;      // RFC 2253: "CN=gate,O=Harbour Haulage,C=HK"
  int64_t not_before_us = 0;
  int64_t not_after_us = 0;
};

// Of PEM text its first certificate. Code::invalid where there is none that can be read.
[[nodiscard]] Result<Certificate> certificate_from_pem(std::string_view text);
[[nodiscard]] Result<Certificate> certificate_from_der(std::string_view bytes);

}  // namespace fairway
