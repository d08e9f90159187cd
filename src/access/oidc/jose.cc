#include "access/oidc/jose.h"

#include <cjose/cjose.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::access::oidc {
namespace {

constexpr size_t kRsaBitsMin = 2048;
constexpr std::array<std::string_view, 3> kAlgorithmNames = {"RS256", "PS256", "ES256"};

std::unexpected<Error> refused(std::string_view reason) {
  return fail(Code::unauthorized, "the token is not accepted", std::string(reason), "ask the provider for a new one");
}

std::optional<Algorithm> algorithm_from(std::string_view name) {
  const auto found = std::ranges::find(kAlgorithmNames, name);
  if (found == kAlgorithmNames.end()) return std::nullopt;
  return static_cast<Algorithm>(found - kAlgorithmNames.begin());
}

// A member of the header as text, "" where it is absent or something else.
std::string header_text(cjose_header_t* header, const char* name) {
  cjose_err error{};
  const char* text = cjose_header_get(header, name, &error);
  return text != nullptr ? text : "";
}

bool has_header(cjose_header_t* header, const char* name) {
  cjose_err error{};
  const std::unique_ptr<char, decltype(&free)> raw(cjose_header_get_raw(header, name, &error), &free);
  return raw != nullptr;
}

// The public members of a key alone: whatever else a provider publishes beside them is not even read.
std::string public_jwk(const json::object& key) {
  const bool is_rsa = text_of(key, "kty") == "RSA";
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("kty", text_of(key, "kty"));
  for (const std::string_view name : is_rsa ? std::vector<std::string_view>{"n", "e"} : std::vector<std::string_view>{"crv", "x", "y"})
    writer.member(name, text_of(key, name));
  writer.end_object();
  return out;
}

// What a key may verify: nothing where it is for something else, too small or of another curve.
std::vector<Algorithm> algorithms_of(const json::object& member, const cjose_jwk_t* key) {
  cjose_err error{};
  const std::string_view use = text_of(member, "use"), named = text_of(member, "alg");
  if (!use.empty() && use != "sig") return {};
  std::vector<Algorithm> all;
  if (cjose_jwk_get_kty(key, &error) == CJOSE_JWK_KTY_RSA && cjose_jwk_get_keysize(key, &error) >= kRsaBitsMin)
    all = {Algorithm::rs256, Algorithm::ps256};
  if (cjose_jwk_get_kty(key, &error) == CJOSE_JWK_KTY_EC && cjose_jwk_EC_get_curve(key, &error) == CJOSE_JWK_EC_P_256)
    all = {Algorithm::es256};
  if (!named.empty()) std::erase_if(all, [&](Algorithm one) { return algorithm_from(named) != one; });
  return all;
}

}  // namespace

struct Jws::Handle {
  explicit Handle(cjose_jws_t* imported) : jws(imported) {}
  ~Handle() { cjose_jws_release(jws); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  cjose_jws_t* const jws;  // null where it could not be read
};

struct KeySet::Key {
  Key(std::string_view name, cjose_jwk_t* imported) : id(name), jwk(imported) {}
  ~Key() { cjose_jwk_release(jwk); }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  const std::string id;
  cjose_jwk_t* const jwk;             // null where it could not be read
  std::vector<Algorithm> algorithms;  // that it may verify
};

Result<Jws> Jws::read(std::string_view token) {
  if (token.size() > limits::kTokenBytesMax) return refused("it is too long");
  cjose_err error{};
  Jws jws;
  jws.handle_ = std::make_shared<Handle>(cjose_jws_import(token.data(), token.size(), &error));
  if (jws.handle_->jws == nullptr) return refused("it is no signed token");
  cjose_header_t* header = cjose_jws_get_protected(jws.handle_->jws);
  const auto algorithm = algorithm_from(header_text(header, CJOSE_HDR_ALG));
  if (!algorithm) return refused("its algorithm is not RS256, PS256 or ES256");
  if (has_header(header, "crit")) return refused("it has a critical header");
  jws.algorithm_ = *algorithm;
  jws.key_id_ = header_text(header, CJOSE_HDR_KID);
  jws.type_ = to_lower(header_text(header, "typ"));
  uint8_t* payload = nullptr;
  size_t size = 0;
  if (!cjose_jws_get_plaintext(jws.handle_->jws, &payload, &size, &error)) return refused("it says nothing");
  jws.payload_.assign(reinterpret_cast<const char*>(payload), size);
  return jws;
}

Result<KeySet> KeySet::from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const json::array* keys = object != nullptr ? array_of(*object, "keys") : nullptr;
  if (keys == nullptr || keys->size() > limits::kProviderKeysMax) return fail(Code::invalid, "not a set of keys");
  KeySet set;
  for (const json::value& item : *keys) {
    const json::object* member = item.if_object();
    if (member == nullptr || (text_of(*member, "kty") != "RSA" && text_of(*member, "kty") != "EC")) continue;
    cjose_err error{};
    const std::string jwk = public_jwk(*member);
    const auto key = std::make_shared<Key>(text_of(*member, "kid"), cjose_jwk_import(jwk.data(), jwk.size(), &error));
    if (key->jwk != nullptr) key->algorithms = algorithms_of(*member, key->jwk);
    if (!key->algorithms.empty()) set.keys_.push_back(key);
  }
  return set;
}

KeySet::Verdict KeySet::verify(const Jws& jws) const {
  const Key* chosen = nullptr;
  for (const auto& key : keys_) {
    if (std::ranges::find(key->algorithms, jws.algorithm()) == key->algorithms.end()) continue;
    if (!jws.key_id().empty() && key->id != jws.key_id()) continue;
    if (chosen != nullptr) return Verdict::unknown_key;
    chosen = key.get();
  }
  if (chosen == nullptr) return Verdict::unknown_key;
  cjose_err error{};
  return cjose_jws_verify(jws.handle_->jws, chosen->jwk, &error) ? Verdict::good : Verdict::bad;
}

}  // namespace fairway::access::oidc
