// RelyingParty: signs people in at the providers that this server trusts, and takes the access tokens of machines.
//
// A sign-in follows OpenID Connect Core with the authorisation code and PKCE (RFC 7636, S256). What must be remembered until the browser
// comes back is sealed by the vault and kept in a cookie of its own, so that the code, the browser and the page that began it belong
// together and the server keeps nothing for strangers. Asking a provider blocks: for workers only. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/oidc/provider.h"
#include "access/people/vault.h"

namespace fairway::access::oidc {

inline constexpr int64_t kSignInSeconds = 600;  // that a sign-in at a provider may take

struct RelyingPartySettings {
  std::vector<ProviderSettings> providers;
  std::string public_url;  // where browsers find this server: "https://port.example"
  std::string audience;    // that access tokens for this server name; "" takes public_url
};

// What a page asks for.
struct SignInWish {
  std::string provider;
  std::string invitation;   // the token of one that is to be accepted, or ""
  std::string return_path;  // "/…" on this server
};

struct BegunSignIn {
  std::string location;  // where the browser goes
  std::string cookie;    // that it brings back
};

struct FinishedSignIn {
  Subject subject;
  std::string name;  // as the provider gives it, or ""
  std::string invitation, return_path;
};

// What comes back with the browser (RFC 6749, 4.1.2; RFC 9207 for the issuer).
struct SignInAnswer {
  std::string_view code, state, issuer;
  std::string_view cookie;
};

struct TokenHolder {
  Subject subject;
  int64_t expires_us = 0;
};

class RelyingParty {
 public:
  RelyingParty(RelyingPartySettings settings, const Fetch& fetch, Vault& vault, Env& env);

  [[nodiscard]] const std::vector<std::unique_ptr<Provider>>& providers() const { return providers_; }
  // Whether this is the issuer of one of them.
  [[nodiscard]] bool knows(std::string_view issuer) const;

  // Code::not_found for an unknown provider, Code::invalid for a return path that leads elsewhere, Code::unavailable.
  [[nodiscard]] Result<BegunSignIn> begin(const SignInWish& wish);
  // Code::unauthorized where the answer does not belong to the cookie, came too late, or is not the provider's; Code::unavailable.
  [[nodiscard]] Result<FinishedSignIn> finish(const SignInAnswer& answer);

  // Who holds this JWT access token. Code::unauthorized where it is not one for this server, with the reason.
  [[nodiscard]] Result<TokenHolder> holder_of(std::string_view token);

 private:
  [[nodiscard]] Provider* by_id(std::string_view id) const;
  [[nodiscard]] Provider* by_issuer(std::string_view issuer) const;
  [[nodiscard]] std::string redirect_uri() const;

  const RelyingPartySettings settings_;
  Vault& vault_;
  Env& env_;
  std::vector<std::unique_ptr<Provider>> providers_;
};

}  // namespace fairway::access::oidc
