#include "access/oidc/provider.h"

#include "base/bytes.h"
#include "base/json.h"
#include "base/log.h"

namespace fairway::access::oidc {
namespace {

using ErrorCode = ::fairway::Code;

constexpr int64_t kSecondUs = 1'000'000;
constexpr std::string_view kWellKnown = "/.well-known/openid-configuration";

std::unexpected<Error> busy() {
  Error error{ErrorCode::unavailable, "the provider is being asked", {}, "try again in a second"};
  error.retry_after_s = 1;
  return std::unexpected(std::move(error));
}

std::unexpected<Error> refused(std::string_view reason) {
  return fail(ErrorCode::unauthorized, "the token is not accepted", std::string(reason), "ask the provider for a new one");
}

Result<std::string> address_in(const json::object& object, std::string_view name) {
  const std::string_view url = text_of(object, name);
  if (const Status usable = check_address(url); !usable)
    return fail(ErrorCode::unavailable, "the provider's description is not usable", std::string(name) + ": " + usable.error().text());
  return std::string(url);
}

// RFC 6749, 2.3.1: both halves form-encoded first.
std::string basic_credentials(const ProviderSettings& settings) {
  return "Basic " + to_base64(http::percent_encode(settings.client_id) + ":" + http::percent_encode(settings.client_secret));
}

}  // namespace

Provider::DescriptionPtr Provider::known() {
  const std::lock_guard lock(mutex_);
  return known_;
}

Result<Provider::DescriptionPtr> Provider::description() {
  DescriptionPtr before = known();
  if (before && env_.now_us() - before->fetched_us < kProviderKeptSeconds * kSecondUs) return before;
  auto fetched = fetch_again();
  // What was good an hour ago is better than nothing while the provider is away.
  if (!fetched && before) return before;
  return fetched;
}

Result<Provider::DescriptionPtr> Provider::fetch_again() {
  const std::unique_lock asking(asking_, std::try_to_lock);
  if (!asking) return busy();
  {
    const std::lock_guard lock(mutex_);
    if (asked_us_ != 0 && env_.now_us() - asked_us_ < kProviderAskedAgainSeconds * kSecondUs) {
      if (known_) return known_;
      return busy();
    }
    asked_us_ = env_.now_us();
  }
  auto fetched = fetch_all();
  if (!fetched) {
    log::warn("provider {}: {}", settings_.id, fetched.error().text());
    return std::unexpected(fetched.error());
  }
  const std::lock_guard lock(mutex_);
  known_ = std::make_shared<const Description>(std::move(*fetched));
  return known_;
}

Result<Provider::Description> Provider::fetch_all() {
  std::string_view base = settings_.issuer;
  if (base.ends_with('/')) base.remove_suffix(1);
  const auto parsed = parse_json(TRY(fetch_({std::string(base).append(kWellKnown), {}, {}})));
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr || text_of(*object, "issuer") != settings_.issuer)
    return fail(ErrorCode::unavailable, "the provider's description is not its own", settings_.issuer,
                "the issuer must be written as it writes it");
  Description description;
  description.authorization_endpoint = TRY(address_in(*object, "authorization_endpoint"));
  description.token_endpoint = TRY(address_in(*object, "token_endpoint"));
  auto keys = KeySet::from_json(TRY(fetch_({TRY(address_in(*object, "jwks_uri")), {}, {}})));
  if (!keys) return fail(ErrorCode::unavailable, "the provider's keys are not usable", keys.error().text());
  description.keys = std::move(*keys);
  description.fetched_us = env_.now_us();
  return description;
}

Result<std::string> Provider::authorization_endpoint() { return TRY(description())->authorization_endpoint; }

Status Provider::verify(const Jws& token) {
  KeySet::Verdict verdict = TRY(description())->keys.verify(token);
  if (verdict == KeySet::Verdict::unknown_key) verdict = TRY(fetch_again())->keys.verify(token);
  if (verdict == KeySet::Verdict::unknown_key) return refused("its key is not the provider's");
  if (verdict == KeySet::Verdict::bad) return refused("its signature is wrong");
  return {};
}

Result<Claims> Provider::check_access_token(const Jws& token, std::string_view audience) {
  TRY_OK(verify(token));
  Claims claims = TRY(claims_from_json(token.payload()));
  TRY_OK(check_common(claims, settings_.issuer, env_.now_us()));
  TRY_OK(oidc::check_access_token(claims, token.type(), audience));
  return claims;
}

Result<std::string> Provider::ask_for_token(const Description& description, const Code& code) {
  std::string form = "grant_type=authorization_code&code=" + http::percent_encode(code.code);
  form += "&redirect_uri=" + http::percent_encode(code.redirect_uri) + "&code_verifier=" + http::percent_encode(code.verifier);
  if (redeeming_.fetch_add(1) >= kCodesRedeemedAtOnceMax) {
    redeeming_.fetch_sub(1);
    return busy();
  }
  auto answer = fetch_({description.token_endpoint, {{"authorization", basic_credentials(settings_)}}, std::move(form)});
  redeeming_.fetch_sub(1);
  return answer;
}

Result<Claims> Provider::redeem(const Code& code) {
  const DescriptionPtr description = TRY(this->description());
  const auto parsed = parse_json(TRY(ask_for_token(*description, code)));
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return refused("the provider gave none");
  const Jws token = TRY(Jws::read(text_of(*object, "id_token")));
  if (!token.type().empty() && token.type() != "jwt") return refused("it is no ID token");
  TRY_OK(verify(token));
  Claims claims = TRY(claims_from_json(token.payload()));
  TRY_OK(check_common(claims, settings_.issuer, env_.now_us()));
  TRY_OK(check_id_token(claims, settings_.client_id, code.nonce));
  return claims;
}

}  // namespace fairway::access::oidc
