#include "access/authenticator.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr size_t kTrustedMax = 10'000;

std::unexpected<Error> refused() {
  return fail(Code::unauthorized, "no valid API key or session", "",
              "sign in, or send Authorization: Bearer followed by the key you were given");
}

// The token in "Bearer TOKEN", or "".
std::string_view bearer_in(std::string_view authorization) {
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

// A browser sends its cookies with what other sites ask of it, too.
Status check_origin(const Credentials& credentials) {
  if (!credentials.is_unsafe) return {};
  if (credentials.is_cross_site || !is_csrf_of(credentials.session, credentials.csrf_token))
    return fail(Code::forbidden, "the request does not prove that your own page sent it", {},
                "send the header x-csrf-token with the \"csrf\" of GET /v1/session");
  return {};
}

}  // namespace

Authenticator::Proof Authenticator::proof_in(const Credentials& credentials) {
  if (credentials.authorization.empty()) return {Way::session, credentials.session};
  const std::string_view bearer = bearer_in(credentials.authorization);
  return {bearer.find('.') == std::string_view::npos ? Way::key : Way::token, bearer};
}

bool Authenticator::is_fresh(const Trusted& trusted) {
  const int64_t now_us = env_.now_us();
  return now_us - trusted.checked_us < kTrustSeconds * 1'000'000LL && (trusted.expires_us == 0 || now_us < trusted.expires_us);
}

std::optional<Authenticator::Trusted> Authenticator::known(const std::string& digest) {
  const std::lock_guard lock(cache_mutex_);
  const auto found = cache_.find(digest);
  return found == cache_.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<const Viewer> Authenticator::recall(const Credentials& credentials) {
  const Proof proof = proof_in(credentials);
  if (proof.text.empty() || (proof.way == Way::session && !check_origin(credentials))) return nullptr;
  const std::optional<Trusted> trusted = known(sha256(proof.text));
  return trusted && trusted->way == proof.way && is_fresh(*trusted) ? trusted->viewer : nullptr;
}

Result<std::shared_ptr<const Viewer>> Authenticator::authenticate(const Credentials& credentials) {
  const Proof proof = proof_in(credentials);
  if (proof.text.empty()) return refused();
  const std::string digest = sha256(proof.text);
  const std::optional<Trusted> seen = known(digest);
  Result<Trusted> trusted = seen && seen->way == proof.way ? is_fresh(*seen) ? *seen : renew(proof, *seen) : check(proof);
  if (!trusted) {
    const std::lock_guard lock(cache_mutex_);
    cache_.erase(digest);
    return std::unexpected(trusted.error());
  }
  remember(digest, *trusted);
  if (proof.way == Way::session) TRY_OK(check_origin(credentials));
  return trusted->viewer;
}

Result<Authenticator::Trusted> Authenticator::check(const Proof& proof) {
  switch (proof.way) {
    case Way::session: return check_session(proof.text);
    case Way::token: return check_token(proof.text);
    case Way::key: break;
  }
  return check_key(proof.text);
}

Result<Authenticator::Trusted> Authenticator::check_key(std::string_view key) {
  const std::string_view key_id = id_of(key);
  if (key_id.empty()) return refused();
  const auto record = TRY(registry_.key(key_id));
  if (!record || !record->works_at(env_.now_us())) return refused();
  if (!TRY(hasher_.verify(record->hash, key))) return refused();
  return trust(*record);
}

Result<Authenticator::Trusted> Authenticator::check_session(std::string_view token) {
  const auto session = TRY(sessions_.find(token));
  if (!session) return refused();
  const auto person = TRY(people_.person(session->person));
  if (!person || !session->is_of(*person)) return refused();
  sessions_.touch(*session);
  Viewer viewer = make_viewer(TRY(registry_.party(person->party)), person->rights);
  viewer.person = person->id;
  viewer.in_session = true;
  return Trusted{std::make_shared<const Viewer>(std::move(viewer)), Way::session, {}, 0, session->ends_us(), env_.now_us()};
}

Result<Authenticator::Trusted> Authenticator::check_token(std::string_view token) {
  const oidc::TokenHolder holder = TRY(relying_party_.holder_of(token));
  const auto account = TRY(service_accounts_.by_subject(holder.subject));
  if (!account)
    return fail(Code::unauthorized, "the token is not accepted", "no service account is its subject's",
                "POST /v1/service-accounts adds one");
  return trust(*account, holder.expires_us);
}

// A key's secret and a token's signature were checked before and never change; what can have is whether they still work, and the party.
Result<Authenticator::Trusted> Authenticator::renew(const Proof& proof, const Trusted& trusted) {
  if (proof.way == Way::session) return check_session(proof.text);
  if (proof.way == Way::token) {
    const auto account = TRY(service_accounts_.account(trusted.id));
    return account ? trust(*account, trusted.proof_expires_us) : Result<Trusted>(refused());
  }
  const auto record = TRY(registry_.key(trusted.id));
  if (!record || !record->works_at(env_.now_us())) return refused();
  return trust(*record);
}

Result<Authenticator::Trusted> Authenticator::trust(const KeyRecord& record) {
  Party party = TRY(registry_.party(record.party));
  Viewer viewer = make_viewer(std::move(party), record.wish.scopes);
  if (!record.holder.person.empty()) {
    const auto person = TRY(people_.person(record.holder.person));
    if (!person || !person->holds(record)) return refused();
    viewer.person = person->id;
    viewer.scopes = record.wish.scopes.shared_with(person->rights);  // a right that the person has lost, the key has lost
  }
  return Trusted{std::make_shared<const Viewer>(std::move(viewer)), Way::key, record.id, 0, record.wish.expires_us, env_.now_us()};
}

Result<Authenticator::Trusted> Authenticator::trust(const ServiceAccount& account, int64_t proof_expires_us) {
  const int64_t now_us = env_.now_us();
  if (!account.works_at(now_us) || now_us >= proof_expires_us + oidc::kClockSkewSeconds * 1'000'000) return refused();
  auto viewer = std::make_shared<const Viewer>(make_viewer(TRY(registry_.party(account.party)), account.wish.scopes));
  const int64_t ends_us = account.wish.expires_us == 0 ? proof_expires_us : std::min(account.wish.expires_us, proof_expires_us);
  return Trusted{std::move(viewer), Way::token, account.id, proof_expires_us, ends_us, now_us};
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
  Trusted trusted;
  trusted.viewer = std::move(viewer);
  trusted.expires_us = record->wish.expires_us;
  trusted.checked_us = env_.now_us();
  return trusted;
}

void Authenticator::remember(const std::string& digest, Trusted trusted) {
  const std::lock_guard lock(cache_mutex_);
  if (cache_.size() >= kTrustedMax && !cache_.contains(digest)) cache_.clear();
  cache_[digest] = std::move(trusted);
}

void Authenticator::forget() {
  const std::lock_guard lock(cache_mutex_);
  for (auto& [digest, trusted] : cache_) trusted.checked_us = 0;
}

}  // namespace fairway::access
