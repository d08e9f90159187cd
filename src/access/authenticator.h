// Authenticator: from the Authorization header of a request, or its TLS client certificate, to its Viewer.
//
// argon2id is slow on purpose, so a key that passed is remembered by its SHA-256 and only its record is looked at again, at most
// kKeyTrustSeconds later. Unknown key ids are refused without hashing; hashing runs one at a time behind a bounded queue, so that
// wrong keys cannot take the processors. Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "access/registry.h"
#include "access/viewer.h"
#include "base/env.h"

namespace fairway::access {

inline constexpr int kKeyTrustSeconds = 2;

class Authenticator {
 public:
  Authenticator(Registry& registry, Env& env) : registry_(registry), env_(env) {}

  // `authorization` is the header's value, "Bearer fw_…". Code::unauthorized says only that the key is missing or wrong, never why.
  [[nodiscard]] Result<std::shared_ptr<const Viewer>> authenticate(std::string_view authorization);
  // The viewer where that needs no hashing and no reading now; null otherwise, which says nothing of the key.
  [[nodiscard]] std::shared_ptr<const Viewer> recall(std::string_view authorization);

  // The viewer of a TLS client certificate whose handshake was good. Code::unauthorized where it acts for nobody, or no more.
  [[nodiscard]] Result<std::shared_ptr<const Viewer>> authenticate_certificate(const std::string& fingerprint);
  [[nodiscard]] std::shared_ptr<const Viewer> recall_certificate(const std::string& fingerprint);

 private:
  struct Trusted {
    std::shared_ptr<const Viewer> viewer;
    std::string key_id;
    int64_t expires_us = 0;  // 0: never
    int64_t checked_us = 0;
  };
  [[nodiscard]] bool is_fresh(const Trusted& trusted);
  [[nodiscard]] std::optional<Trusted> known(const std::string& digest);
  Result<Trusted> check(std::string_view key, std::string_view key_id);
  Status check_secret(const KeyRecord& record, std::string_view key);
  Result<Trusted> renew(const Trusted& trusted);
  Result<Trusted> trust(const KeyRecord& record);
  Result<Trusted> check_certificate(const std::string& fingerprint);
  void remember(const std::string& digest, Trusted trusted);

  Registry& registry_;
  Env& env_;
  std::mutex cache_mutex_;
  std::unordered_map<std::string, Trusted> cache_;  // by SHA-256 of the key, or the certificate's in hex
  std::mutex hashing_mutex_;
  std::atomic<size_t> hashing_waiting_{0};
};

}  // namespace fairway::access
