#include "access/hasher.h"

#include <sodium.h>

#include "base/limits.h"

namespace fairway::access {
namespace {

// OWASP's second choice for argon2id: 19 MiB, two passes.
constexpr unsigned long long kPasses = 2;
constexpr size_t kBytes = 19u << 20;

}  // namespace

Result<std::string> Hasher::hash(std::string_view secret) {
  if (sodium_init() < 0) return fail(Code::internal, "libsodium could not start");
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(hash.data(), secret.data(), secret.size(), kPasses, kBytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(Code::unavailable, "not enough memory to hash a secret");
  hash.resize(hash.find('\0'));
  return hash;
}

Result<bool> Hasher::verify(const std::string& hash, std::string_view secret) {
  if (waiting_.fetch_add(1) >= limits::kKeyChecksWaitingMax) {
    waiting_.fetch_sub(1);
    return fail(Code::overloaded, "too many keys and passwords are being checked", "", "try again in a second");
  }
  const std::lock_guard lock(mutex_);
  const int outcome = sodium_init() < 0 ? -1 : crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size());
  waiting_.fetch_sub(1);
  return outcome == 0;
}

Status Hasher::pretend(std::string_view secret) {
  // Of a random secret that nobody kept.
  static const Result<std::string> decoy = [] {
    char unknown[32];
    randombytes_buf(unknown, sizeof unknown);
    return hash({unknown, sizeof unknown});
  }();
  TRY(verify(TRY(Result<std::string>(decoy)), secret));
  return {};
}

}  // namespace fairway::access
