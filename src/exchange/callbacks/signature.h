// Signatures of what is called back. Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fairway::exchange::callbacks {

// HMAC-SHA-256 (RFC 2104), 32 bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

// "t=<unix seconds>,v1=<hex>" over "<unix seconds>.<body>", with a v1 for each secret: while a rotation overlaps either proves it.
[[nodiscard]] std::string signature_of(std::string_view body, int64_t now_us, std::span<const std::string> secrets);

}  // namespace fairway::exchange::callbacks
