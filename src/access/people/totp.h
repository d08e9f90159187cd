// One-time codes of an authenticator app: RFC 6238 with SHA-1, six digits, thirty seconds, computed by liboath. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/env.h"
#include "base/status.h"

namespace fairway::access {

inline constexpr int64_t kTotpStepSeconds = 30;

// 20 bytes (RFC 4226, 4, R6).
[[nodiscard]] std::string new_totp_secret(Env& env);
// As people type it: base 32 (RFC 4648) without padding.
[[nodiscard]] std::string totp_text(std::string_view secret);
// As apps read it out of a QR code: otpauth://totp/Fairway:ACCOUNT?secret=…&issuer=Fairway
[[nodiscard]] std::string totp_uri(std::string_view secret, std::string_view account);

// The time step that the code belongs to: this one, the one before or the one after, and later than `used_step`, since a code is good
// once (RFC 6238, 5.2). nullopt for any other code.
[[nodiscard]] std::optional<int64_t> totp_step(std::string_view secret, std::string_view code, int64_t now_us, int64_t used_step);

}  // namespace fairway::access
