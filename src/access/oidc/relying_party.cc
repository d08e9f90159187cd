#include "access/oidc/relying_party.h"

#include <sodium.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::access::oidc {
namespace {

constexpr size_t kRandomCharacters = 52;  // 260 bits; RFC 7636, 4.1 wants 43 to 128 characters of a verifier
constexpr size_t kReturnPathBytesMax = 512;
constexpr size_t kInvitationBytesMax = 64;
constexpr std::string_view kPurpose = "sign-in at a provider";

// What the cookie holds, sealed.
struct Memory {
  SignInWish wish;
  std::string state, nonce, verifier;
  int64_t expires_us = 0;
};

std::string to_json(const Memory& memory) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("provider", memory.wish.provider).member("invitation", memory.wish.invitation);
  writer.member("return", memory.wish.return_path).member("state", memory.state).member("nonce", memory.nonce);
  writer.member("verifier", memory.verifier).member("expires", memory.expires_us).end_object();
  return out;
}

Result<Memory> memory_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(::fairway::Code::internal, "a sign-in is not a JSON object");
  return Memory{
      {std::string(text_of(*object, "provider")), std::string(text_of(*object, "invitation")), std::string(text_of(*object, "return"))},
      std::string(text_of(*object, "state")),
      std::string(text_of(*object, "nonce")),
      std::string(text_of(*object, "verifier")),
      integer_of(*object, "expires").value_or(0)};
}

std::unexpected<Error> refused(std::string_view reason) {
  return fail(::fairway::Code::unauthorized, "the sign-in did not work", std::string(reason), "begin again");
}

// A page of this server: "//host" and "/\\host" lead elsewhere.
Status check_return_path(std::string_view path) {
  const bool is_odd = std::ranges::any_of(path, [](char byte) { return byte <= ' ' || byte >= 0x7f || byte == '\\'; });
  if (path.starts_with('/') && !path.starts_with("//") && !is_odd && path.size() <= kReturnPathBytesMax) return {};
  return fail(::fairway::Code::invalid, "not a page of this server", legible(path), "a path that begins with one slash");
}

std::string challenge_of(std::string_view verifier) {
  const std::string digest = sha256(verifier);
  std::string text(sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(digest.data()), digest.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.resize(text.find('\0'));
  return text;
}

bool is_same(std::string_view a, std::string_view b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

}  // namespace

RelyingParty::RelyingParty(RelyingPartySettings settings, const Fetch& fetch, Vault& vault, Env& env)
    : settings_(std::move(settings)), vault_(vault), env_(env) {
  for (const ProviderSettings& one : settings_.providers) providers_.push_back(std::make_unique<Provider>(one, fetch, env));
}

Provider* RelyingParty::by_id(std::string_view id) const {
  const auto found = std::ranges::find_if(providers_, [&](const auto& one) { return one->settings().id == id; });
  return found == providers_.end() ? nullptr : found->get();
}

Provider* RelyingParty::by_issuer(std::string_view issuer) const {
  const auto found = std::ranges::find_if(providers_, [&](const auto& one) { return one->settings().issuer == issuer; });
  return found == providers_.end() ? nullptr : found->get();
}

bool RelyingParty::knows(std::string_view issuer) const { return by_issuer(issuer) != nullptr; }

std::string RelyingParty::redirect_uri() const { return settings_.public_url + "/v1/session/oidc/callback"; }

Result<BegunSignIn> RelyingParty::begin(const SignInWish& wish) {
  Provider* provider = by_id(wish.provider);
  if (provider == nullptr)
    return fail(::fairway::Code::not_found, "no such provider", legible(wish.provider), "GET /v1/sign-in lists them");
  TRY_OK(check_return_path(wish.return_path));
  if (wish.invitation.size() > kInvitationBytesMax) return fail(::fairway::Code::not_found, "this invitation is not open");
  const Memory memory{wish, random_id(env_, kRandomCharacters), random_id(env_, kRandomCharacters), random_id(env_, kRandomCharacters),
                      env_.now_us() + kSignInSeconds * 1'000'000};
  std::string location = TRY(provider->authorization_endpoint());
  location += location.find('?') == std::string::npos ? '?' : '&';
  location += "response_type=code&scope=openid%20email%20profile&client_id=" + http::percent_encode(provider->settings().client_id);
  location += "&redirect_uri=" + http::percent_encode(redirect_uri()) + "&state=" + memory.state + "&nonce=" + memory.nonce;
  location += "&code_challenge=" + challenge_of(memory.verifier) + "&code_challenge_method=S256";
  return BegunSignIn{std::move(location), TRY(vault_.seal(to_json(memory), kPurpose))};
}

Result<FinishedSignIn> RelyingParty::finish(const SignInAnswer& answer) {
  const auto opened = vault_.open(answer.cookie, kPurpose);
  if (!opened)
    return opened.error().code == ::fairway::Code::invalid ? refused("it did not begin in this browser") : std::unexpected(opened.error());
  Memory memory = TRY(memory_from_json(*opened));
  if (!is_same(memory.state, answer.state)) return refused("it did not begin in this browser");
  if (env_.now_us() >= memory.expires_us) return refused("it took too long");
  Provider* provider = by_id(memory.wish.provider);
  if (provider == nullptr || answer.code.empty()) return refused("the provider gave no code");
  if (!answer.issuer.empty() && answer.issuer != provider->settings().issuer) return refused("another provider has answered");
  const std::string redirect = redirect_uri();
  Claims claims = TRY(provider->redeem({answer.code, memory.verifier, memory.nonce, redirect}));
  return FinishedSignIn{{std::move(claims.issuer), std::move(claims.subject)},
                        std::move(claims.name),
                        std::move(memory.wish.invitation),
                        std::move(memory.wish.return_path)};
}

Result<TokenHolder> RelyingParty::holder_of(std::string_view token) {
  const Jws jws = TRY(Jws::read(token));
  // Whose keys are to be tried is the token's word; that it is true is what they then show.
  Provider* provider = by_issuer(TRY(claims_from_json(jws.payload())).issuer);
  if (provider == nullptr) return fail(::fairway::Code::unauthorized, "the token is not accepted", "this server does not know its issuer");
  const std::string& audience = settings_.audience.empty() ? settings_.public_url : settings_.audience;
  Claims claims = TRY(provider->check_access_token(jws, audience));
  return TokenHolder{{std::move(claims.issuer), std::move(claims.subject)}, claims.expires_us};
}

}  // namespace fairway::access::oidc
