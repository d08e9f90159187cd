// Authenticator: from what a request shows (an API key, the cookie of a session, a provider's token, a TLS client certificate) to its
// Viewer.
//
// argon2id is slow on purpose, so a key that passed is remembered by its SHA-256 and only its record is looked at again, at most
// kTrustSeconds later; sessions and tokens are remembered the same way. Unknown key ids are refused without hashing. A token may have its
// provider asked for keys, which blocks: authenticate() is for workers, recall() for I/O threads. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "access/credentials.h"
#include "access/hasher.h"
#include "access/oidc/relying_party.h"
#include "access/people/people.h"
#include "access/people/sessions.h"
#include "access/registry.h"
#include "access/service_accounts.h"
#include "access/viewer.h"
#include "base/env.h"

namespace fairway::access {

inline constexpr int kTrustSeconds = 2;

class Authenticator {
 public:
  Authenticator(Registry& registry, People& people, Sessions& sessions, ServiceAccounts& service_accounts,
                oidc::RelyingParty& relying_party, Hasher& hasher, Env& env)
      : registry_(registry),
        people_(people),
        sessions_(sessions),
        service_accounts_(service_accounts),
        relying_party_(relying_party),
        hasher_(hasher),
        env_(env) {}

  // Code::unauthorized says only that the credentials are missing or wrong, never why. Code::forbidden for a request with a cookie that
  // changes something and does not prove that the organisation's own page sent it.
  [[nodiscard]] Result<std::shared_ptr<const Viewer>> authenticate(const Credentials& credentials);
  // The viewer where that needs no hashing and no reading now; null otherwise, which says nothing of the credentials.
  [[nodiscard]] std::shared_ptr<const Viewer> recall(const Credentials& credentials);
  // Looks at every record again, from the next request on: after a change that this server made itself.
  void forget();

  // The viewer of a TLS client certificate whose handshake was good. Code::unauthorized where it acts for nobody, or no more.
  [[nodiscard]] Result<std::shared_ptr<const Viewer>> authenticate_certificate(const std::string& fingerprint);
  [[nodiscard]] std::shared_ptr<const Viewer> recall_certificate(const std::string& fingerprint);

 private:
  enum class Way : uint8_t { key, session, token };
  struct Trusted {
    std::shared_ptr<const Viewer> viewer;
    Way way = Way::key;
    std::string id;                // of the key or the service account
    int64_t proof_expires_us = 0;  // of the token; 0: never
    int64_t expires_us = 0;        // 0: never
    int64_t checked_us = 0;
  };
  // What the credentials stand on: the key, the session's token, the provider's token.
  struct Proof {
    Way way = Way::key;
    std::string_view text;  // "": there is none
  };
  static Proof proof_in(const Credentials& credentials);
  [[nodiscard]] bool is_fresh(const Trusted& trusted);
  [[nodiscard]] std::optional<Trusted> known(const std::string& digest);
  Result<Trusted> check(const Proof& proof);
  Result<Trusted> check_key(std::string_view key);
  Result<Trusted> check_session(std::string_view token);
  Result<Trusted> check_token(std::string_view token);
  // What was checked before, without hashing.
  Result<Trusted> renew(const Proof& proof, const Trusted& trusted);
  Result<Trusted> trust(const KeyRecord& record);
  Result<Trusted> check_certificate(const std::string& fingerprint);
  Result<Trusted> trust(const ServiceAccount& account, int64_t proof_expires_us);
  void remember(const std::string& digest, Trusted trusted);

  Registry& registry_;
  People& people_;
  Sessions& sessions_;
  ServiceAccounts& service_accounts_;
  oidc::RelyingParty& relying_party_;
  Hasher& hasher_;
  Env& env_;
  std::mutex cache_mutex_;
  std::unordered_map<std::string, Trusted> cache_;  // by SHA-256 of the proof
};

}  // namespace fairway::access
