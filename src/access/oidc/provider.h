// Provider: an OpenID provider that people and machines may prove themselves at, as this server knows it.
//
// Its description (OpenID Connect Discovery 1.0) and its keys are fetched when they are first needed and kept for an hour; a token signed
// with an unknown key has the keys fetched again, at most once in ten seconds, so that a provider may change them at any time and nobody
// can have it asked for ever. While one worker asks, the others are told to try again rather than to wait with it. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "access/oidc/claims.h"
#include "access/oidc/fetch.h"
#include "access/oidc/jose.h"
#include "access/people/person.h"

namespace fairway::access::oidc {

inline constexpr int64_t kProviderKeptSeconds = 3600;
inline constexpr int64_t kProviderAskedAgainSeconds = 10;
inline constexpr int kCodesRedeemedAtOnceMax = 2;

struct ProviderSettings {
  std::string id;      // in our addresses: lower-case letters, digits, '-'
  std::string issuer;  // exactly as the provider writes it
  std::string client_id, client_secret;
  std::string name;  // for people
};

class Provider {
 public:
  Provider(ProviderSettings settings, Fetch fetch, Env& env) : settings_(std::move(settings)), fetch_(std::move(fetch)), env_(env) {}

  [[nodiscard]] const ProviderSettings& settings() const { return settings_; }

  // Where the browser is sent. Code::unavailable where the provider cannot be asked, as for all of these.
  [[nodiscard]] Result<std::string> authorization_endpoint();
  // Exchanges the code of a sign-in for an ID token (RFC 6749, 4.1.3 with RFC 7636, 4.5) and checks that. Code::unauthorized for a code
  // that is none and a token that is not for this sign-in.
  struct Code {
    std::string_view code, verifier, nonce, redirect_uri;
  };
  [[nodiscard]] Result<Claims> redeem(const Code& code);
  // The claims of a JWT access token of this provider's. Code::unauthorized, with the reason.
  [[nodiscard]] Result<Claims> check_access_token(const Jws& token, std::string_view audience);

 private:
  struct Description {
    std::string authorization_endpoint, token_endpoint;
    KeySet keys;
    int64_t fetched_us = 0;
  };
  using DescriptionPtr = std::shared_ptr<const Description>;
  DescriptionPtr known();
  Result<DescriptionPtr> description();
  Result<DescriptionPtr> fetch_again();
  Result<Description> fetch_all();
  Status verify(const Jws& token);
  Result<std::string> ask_for_token(const Description& description, const Code& code);

  const ProviderSettings settings_;
  const Fetch fetch_;
  Env& env_;
  std::mutex mutex_;
  DescriptionPtr known_;
  int64_t asked_us_ = 0;
  std::mutex asking_;
  std::atomic<int> redeeming_{0};
};

}  // namespace fairway::access::oidc
