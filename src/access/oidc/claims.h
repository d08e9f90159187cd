// What a verified token claims, and whether it is for us, now. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace fairway::access::oidc {

inline constexpr int64_t kClockSkewSeconds = 60;

struct Claims {
  std::string issuer, subject;
  std::vector<std::string> audiences;
  std::string authorized_party;  // azp
  std::string nonce, name;
  int64_t expires_us = 0, issued_us = 0, not_before_us = 0;  // 0: not said
};

// Code::unauthorized for what is no set of claims, or has one of another type than the standard gives it.
[[nodiscard]] Result<Claims> claims_from_json(std::string_view payload);

// All of these answer Code::unauthorized, with the reason.

// What holds for every token (RFC 7519, 4.1): this issuer, a subject, a time that is not over.
[[nodiscard]] Status check_common(const Claims& claims, std::string_view issuer, int64_t now_us);
// An ID token for this client, for this sign-in (OpenID Connect Core, 3.1.3.7).
[[nodiscard]] Status check_id_token(const Claims& claims, std::string_view client, std::string_view nonce);
// A JWT access token for this server (RFC 9068, 4): `type` is the header's "typ".
[[nodiscard]] Status check_access_token(const Claims& claims, std::string_view type, std::string_view audience);

}  // namespace fairway::access::oidc
