#include "access/oidc/claims.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"

namespace fairway::access::oidc {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr size_t kSubjectBytesMax = 255;  // OpenID Connect Core, 2
constexpr double kSecondsMax = 4e9;       // the year 2096; a date past it is a mistake

std::unexpected<Error> refused(std::string_view reason) {
  return fail(Code::unauthorized, "the token is not accepted", std::string(reason), "ask the provider for a new one");
}

// Seconds since 1970 (NumericDate) as microseconds; 0 where it is absent.
Result<int64_t> time_of(const json::object& object, std::string_view name) {
  if (!object.contains(name)) return 0;
  const auto seconds = number_of(object, name);
  if (!seconds || !std::isfinite(*seconds) || *seconds < 1 || *seconds > kSecondsMax) return refused(std::string(name) + " is no time");
  return static_cast<int64_t>(*seconds * static_cast<double>(kSecondUs));
}

Result<std::vector<std::string>> audiences_of(const json::object& object) {
  std::vector<std::string> all;
  if (const std::string_view one = text_of(object, "aud"); !one.empty()) all.emplace_back(one);
  if (const json::array* many = array_of(object, "aud"))
    for (const json::value& item : *many) {
      if (!item.is_string()) return refused("aud is no audience");
      all.emplace_back(item.get_string());
    }
  return all;
}

}  // namespace

Result<Claims> claims_from_json(std::string_view payload) {
  const auto parsed = parse_json(payload);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return refused("it holds no claims");
  Claims claims;
  claims.issuer = text_of(*object, "iss");
  claims.subject = text_of(*object, "sub");
  claims.audiences = TRY(audiences_of(*object));
  claims.authorized_party = text_of(*object, "azp");
  claims.nonce = text_of(*object, "nonce");
  claims.name = text_of(*object, "name");
  claims.expires_us = TRY(time_of(*object, "exp"));
  claims.issued_us = TRY(time_of(*object, "iat"));
  claims.not_before_us = TRY(time_of(*object, "nbf"));
  return claims;
}

Status check_common(const Claims& claims, std::string_view issuer, int64_t now_us) {
  const int64_t skew_us = kClockSkewSeconds * kSecondUs;
  if (claims.issuer != issuer) return refused("it is from another issuer");
  if (claims.subject.empty() || claims.subject.size() > kSubjectBytesMax) return refused("it has no subject");
  if (claims.expires_us == 0 || now_us >= claims.expires_us + skew_us) return refused("it has expired");
  if (claims.not_before_us > now_us + skew_us) return refused("it is not valid yet");
  if (claims.issued_us > now_us + skew_us) return refused("it was issued in the future");
  return {};
}

Status check_id_token(const Claims& claims, std::string_view client, std::string_view nonce) {
  if (std::ranges::find(claims.audiences, client) == claims.audiences.end()) return refused("it is for another client");
  if (claims.audiences.size() > 1 && claims.authorized_party.empty()) return refused("it does not say which client it was issued to");
  if (!claims.authorized_party.empty() && claims.authorized_party != client) return refused("it was issued to another client");
  if (claims.issued_us == 0) return refused("it does not say when it was issued");
  if (nonce.empty() || claims.nonce != nonce) return refused("it is of another sign-in");
  return {};
}

Status check_access_token(const Claims& claims, std::string_view type, std::string_view audience) {
  if (type != "at+jwt" && type != "jwt") return refused("it is no access token");
  if (std::ranges::find(claims.audiences, audience) == claims.audiences.end()) return refused("it is for another server");
  if (!claims.nonce.empty()) return refused("it is an ID token");
  return {};
}

}  // namespace fairway::access::oidc
