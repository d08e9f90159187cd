#include "access/authenticator.h"

#include <sodium.h>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr size_t kTrustedKeysMax = 10'000;

std::unexpected<Error> refused() {
  return fail(Code::unauthorized, "no valid API key", "", "send Authorization: Bearer followed by the key you were given");
}

// The key in "Bearer KEY", or "".
std::string_view key_in(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size() || to_lower(authorization.substr(0, kScheme.size())) != kScheme) return {};
  return trim(authorization.substr(kScheme.size()));
}

// The id in "fw_ID_SECRET", or "".
std::string_view id_of(std::string_view key) {
  constexpr std::string_view kPrefix = "fw_";
  if (!key.starts_with(kPrefix) || key.size() > limits::kApiKeyBytesMax) return {};
  key.remove_prefix(kPrefix.size());
  const size_t end = key.find('_');
  return end == std::string_view::npos ? std::string_view() : key.substr(0, end);
}

}  // namespace

bool Authenticator::is_fresh(const Trusted& trusted) {
  const int64_t now_us = env_.now_us();
  return now_us - trusted.checked_us < kKeyTrustSeconds * 1'000'000LL && (trusted.expires_us == 0 || now_us < trusted.expires_us);
}

std::optional<Authenticator::Trusted> Authenticator::known(const std::string& digest) {
  const std::lock_guard lock(cache_mutex_);
  const auto found = cache_.find(digest);
  return found == cache_.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<const Viewer> Authenticator::recall(std::string_view authorization) {
  const std::string_view key = key_in(authorization);
  if (key.empty()) return nullptr;
  const std::optional<Trusted> trusted = known(sha256(key));
  return trusted && is_fresh(*trusted) ? trusted->viewer : nullptr;
}

Result<std::shared_ptr<const Viewer>> Authenticator::authenticate(std::string_view authorization) {
  const std::string_view key = key_in(authorization);
  const std::string_view key_id = id_of(key);
  if (key_id.empty()) return refused();

  const std::string digest = sha256(key);
  std::optional<Trusted> seen = known(digest);
  if (seen && is_fresh(*seen)) return seen->viewer;
  auto trusted = seen ? renew(*seen) : check(key, key_id);
  if (!trusted) {
    const std::lock_guard lock(cache_mutex_);
    cache_.erase(digest);
    return std::unexpected(trusted.error());
  }
  remember(digest, *trusted);
  return trusted->viewer;
}

Result<Authenticator::Trusted> Authenticator::check(std::string_view key, std::string_view key_id) {
  const auto record = TRY(registry_.key(key_id));
  if (!record || !record->works_at(env_.now_us())) return refused();
  TRY_OK(check_secret(*record, key));
  return trust(*record);
}

Status Authenticator::check_secret(const KeyRecord& record, std::string_view key) {
  if (hashing_waiting_.fetch_add(1) >= limits::kKeyChecksWaitingMax) {
    hashing_waiting_.fetch_sub(1);
    return fail(Code::overloaded, "too many keys are being checked", "", "try again in a second");
  }
  const std::lock_guard lock(hashing_mutex_);
  const int outcome = sodium_init() < 0 ? -1 : crypto_pwhash_str_verify(record.hash.c_str(), key.data(), key.size());
  hashing_waiting_.fetch_sub(1);
  if (outcome != 0) return refused();
  return {};
}

// The secret was checked before, and its hash never changes; what can have is whether it still works, and the party.
Result<Authenticator::Trusted> Authenticator::renew(const Trusted& trusted) {
  const auto record = TRY(registry_.key(trusted.key_id));
  if (!record || !record->works_at(env_.now_us())) return refused();
  return trust(*record);
}

Result<Authenticator::Trusted> Authenticator::trust(const KeyRecord& record) {
  Party party = TRY(registry_.party(record.party));
  auto viewer = std::make_shared<const Viewer>(make_viewer(std::move(party), record.wish.scopes));
  return Trusted{std::move(viewer), record.id, record.wish.expires_us, env_.now_us()};
}

std::shared_ptr<const Viewer> Authenticator::recall_certificate(const std::string& fingerprint) {
  const std::optional<Trusted> trusted = known(fingerprint);
  return trusted && is_fresh(*trusted) ? trusted->viewer : nullptr;
}

Result<std::shared_ptr<const Viewer>> Authenticator::authenticate_certificate(const std::string& fingerprint) {
  if (auto viewer = recall_certificate(fingerprint)) return viewer;
  const Trusted trusted = TRY(check_certificate(fingerprint));
  remember(fingerprint, trusted);
  return trusted.viewer;
}

Result<Authenticator::Trusted> Authenticator::check_certificate(const std::string& fingerprint) {
  const auto record = TRY(registry_.certificate(fingerprint));
  if (!record || !record->works_at(env_.now_us()))
    return fail(Code::unauthorized, "this client certificate acts for nobody", fingerprint, "register it with POST /v1/certificates");
  Party party = TRY(registry_.party(record->party));
  auto viewer = std::make_shared<const Viewer>(make_viewer(std::move(party), record->wish.scopes));
  return Trusted{std::move(viewer), {}, record->wish.expires_us, env_.now_us()};
}

void Authenticator::remember(const std::string& digest, Trusted trusted) {
  const std::lock_guard lock(cache_mutex_);
  if (cache_.size() >= kTrustedKeysMax) cache_.clear();
  cache_[digest] = std::move(trusted);
}

}  // namespace fairway::access
