// Tokens of an OpenID provider: what is believed and what is not. The provider is a function, its keys are made here.
#include <cjose/cjose.h>

#include <map>

#include "access/oidc/relying_party.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "unit/access/support.h"

namespace fairway::access::oidc {
namespace {

constexpr const char* kIssuer = "https://id.example";
constexpr const char* kServer = "https://port.example";

using Jwk = std::shared_ptr<cjose_jwk_t>;

Jwk owned(cjose_jwk_t* key) {
  return {key, [](cjose_jwk_t* one) { cjose_jwk_release(one); }};
}
Jwk rsa_key(size_t bits = 2048) {
  const uint8_t exponent[] = {1, 0, 1};
  cjose_err error{};
  return owned(cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, &error));
}
Jwk ec_key() {
  cjose_err error{};
  return owned(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error));
}

struct Head {
  std::string alg = "RS256", kid = "k1", typ = "at+jwt";
};

std::string sign(const Jwk& key, const std::string& payload, const Head& head = {}) {
  cjose_err error{};
  cjose_header_t* header = cjose_header_new(&error);
  cjose_header_set(header, "alg", head.alg.c_str(), &error);
  if (!head.kid.empty()) cjose_header_set(header, "kid", head.kid.c_str(), &error);
  if (!head.typ.empty()) cjose_header_set(header, "typ", head.typ.c_str(), &error);
  cjose_jws_t* jws = cjose_jws_sign(key.get(), header, reinterpret_cast<const uint8_t*>(payload.data()), payload.size(), &error);
  const char* text = nullptr;
  EXPECT_TRUE(jws != nullptr && cjose_jws_export(jws, &text, &error)) << head.alg;
  std::string token = text != nullptr ? text : "";
  if (jws != nullptr) cjose_jws_release(jws);
  cjose_header_release(header);
  return token;
}

std::string base64url(std::string_view bytes) {
  std::string text = to_base64(bytes);
  text.resize(text.find_last_not_of('=') + 1);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

std::string jwks(const std::map<std::string, Jwk>& keys, const char* more = "") {
  std::string out = "{\"keys\":[";
  for (const auto& [id, key] : keys) {
    cjose_err error{};
    char* text = cjose_jwk_to_json(key.get(), false, &error);
    if (!out.ends_with('[')) out += ',';
    out += std::string(text).insert(1, "\"kid\":\"" + id + "\"," + more);
    free(text);
  }
  return out + "]}";
}

class OidcTest : public StoreTest {
 protected:
  IdentitySettings settings() override {
    IdentitySettings all = StoreTest::settings();
    all.oidc = {{{"acme", kIssuer, "fairway", "client secret", "Acme"}}, kServer, {}};
    all.fetch = [this](const FetchRequest& request) { return answer(request); };
    return all;
  }
  void SetUp() override {
    StoreTest::SetUp();
    keys_ = {{"k1", shared_rsa()}};
    line_ = add("Slow Boat Line", Role::carrier).party.id;
  }
  static const Jwk& shared_rsa() {
    static const Jwk key = rsa_key();
    return key;
  }
  Result<std::string> answer(const FetchRequest& request) {
    ++asked_;
    if (is_away_) return fail(::fairway::Code::unavailable, "away");
    if (request.url.ends_with("/.well-known/openid-configuration"))
      return std::string(R"({"issuer":")") + said_issuer_ +
             R"(","authorization_endpoint":"https://id.example/auth","token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/jwks"})";
    if (request.url.ends_with("/jwks")) return jwks(keys_);
    form_ = request.form;
    return std::string(R"({"id_token":")") + id_token_ + "\"}";
  }
  // Claims that are good; `changes` replaces, "" takes away.
  std::string claims(const std::map<std::string, std::string>& changes = {}) {
    const int64_t now = env_.now_us() / 1'000'000;
    std::map<std::string, std::string> all = {{"iss", std::string("\"") + kIssuer + "\""},
                                              {"sub", "\"machine\""},
                                              {"aud", std::string("\"") + kServer + "\""},
                                              {"exp", std::to_string(now + 300)},
                                              {"iat", std::to_string(now)}};
    for (const auto& [name, value] : changes) all[name] = value;
    std::string out;
    for (const auto& [name, value] : all)
      if (!value.empty()) out += (out.empty() ? "{\"" : ",\"") + name + "\":" + value;
    return out + "}";
  }
  std::string seconds_from_now(int64_t seconds) { return std::to_string(env_.now_us() / 1'000'000 + seconds); }
  Result<std::shared_ptr<const Viewer>> ask(const std::string& token) {
    return identity_->authenticator.authenticate({.authorization = "Bearer " + token});
  }
  ServiceAccount register_machine(KeyWish wish = {}) {
    auto added = identity_->service_accounts.add(line_, {kIssuer, "machine"}, wish);
    EXPECT_TRUE(added) << added.error().text();
    return added.value_or(ServiceAccount{});
  }
  void expect_refused(const std::string& token, std::string_view reason) {
    const auto viewer = ask(token);
    ASSERT_FALSE(viewer) << reason;
    EXPECT_EQ(viewer.error().code, ::fairway::Code::unauthorized);
    EXPECT_NE(viewer.error().detail.find(reason), std::string::npos) << viewer.error().text() << ", not: " << reason;
  }

  PartyId line_;
  std::map<std::string, Jwk> keys_;
  std::string said_issuer_ = kIssuer, id_token_, form_;
  int asked_ = 0;
  bool is_away_ = false;
};

TEST_F(OidcTest, AGoodTokenActsForItsOrganisation) {
  const std::string token = sign(keys_["k1"], claims());
  expect_refused(token, "no service account");
  KeyWish wish;
  wish.scopes = *KeyScopes::from_names({"send"});
  const ServiceAccount account = register_machine(wish);
  const auto viewer = ask(token);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->party.id, line_);
  EXPECT_EQ((*viewer)->scopes, wish.scopes);
  EXPECT_EQ((*viewer)->person, "");
  EXPECT_NE(identity_->authenticator.recall({.authorization = "Bearer " + token}), nullptr);
  ASSERT_TRUE(identity_->service_accounts.withdraw(line_, account.id));
  identity_->authenticator.forget();
  EXPECT_FALSE(ask(token));
}

TEST_F(OidcTest, EveryAlgorithmOfTheListIsTaken) {
  register_machine();
  keys_["e1"] = ec_key();
  EXPECT_TRUE(ask(sign(keys_["k1"], claims(), {.alg = "PS256"})));
  EXPECT_TRUE(ask(sign(keys_["e1"], claims(), {.alg = "ES256", .kid = "e1", .typ = "JWT"})));
  EXPECT_FALSE(ask(sign(keys_["k1"], claims(), {.alg = "RS512"}))) << "and no other";
}

TEST_F(OidcTest, NoSignatureIsNoToken) {
  register_machine();
  for (const char* alg : {"none", "None", "NONE", ""}) {
    const std::string head = base64url(std::string(R"({"alg":")") + alg + R"(","typ":"at+jwt","kid":"k1"})");
    EXPECT_FALSE(ask(head + "." + base64url(claims()) + "."));
    EXPECT_FALSE(ask(head + "." + base64url(claims()) + ".AAAA"));
  }
  EXPECT_EQ(asked_, 0) << "nobody is asked for that";
}

TEST_F(OidcTest, ThePublicKeyIsNoSharedSecret) {
  register_machine();
  cjose_err error{};
  char* published = cjose_jwk_to_json(keys_["k1"].get(), false, &error);
  const json::value parsed = *parse_json(published);
  for (const std::string& secret : {std::string(published), std::string(text_of(parsed.get_object(), "n")), jwks(keys_)}) {
    const Jwk shared = owned(cjose_jwk_create_oct_spec(reinterpret_cast<const uint8_t*>(secret.data()), secret.size(), &error));
    expect_refused(sign(shared, claims(), {.alg = "HS256"}), "algorithm");
  }
  free(published);
}

TEST_F(OidcTest, AChangedTokenIsRefused) {
  register_machine();
  const std::string token = sign(keys_["k1"], claims());
  const size_t body = token.find('.') + 1, signature = token.rfind('.') + 1;
  std::string other = token.substr(0, body) + base64url(claims({{"sub", "\"admin\""}})) + token.substr(signature - 1);
  expect_refused(other, "signature");
  other = token;
  other[signature + 10] = other[signature + 10] == 'A' ? 'B' : 'A';
  expect_refused(other, "signature");
  for (const std::string& broken : {token.substr(0, signature), token + ".x", std::string("."), std::string(".."), std::string("a.b.c")})
    EXPECT_FALSE(ask(broken)) << broken;
  expect_refused(sign(rsa_key(), claims()), "signature");
}

TEST_F(OidcTest, ATokenIsForUsAndForNow) {
  register_machine();
  const auto refused = [&](const std::map<std::string, std::string>& changes, std::string_view reason) {
    expect_refused(sign(keys_["k1"], claims(changes)), reason);
  };
  refused({{"aud", "\"https://other.example\""}}, "another server");
  refused({{"aud", ""}}, "another server");
  refused({{"aud", "[\"https://other.example\",1]"}}, "audience");
  refused({{"iss", "\"https://evil.example\""}}, "issuer");
  refused({{"iss", "\"https://id.example/\""}}, "issuer");
  refused({{"exp", seconds_from_now(-61)}}, "expired");
  refused({{"exp", ""}}, "expired");
  refused({{"exp", "\"soon\""}}, "no time");
  refused({{"exp", "1e300"}}, "no time");
  refused({{"nbf", seconds_from_now(61)}}, "not valid yet");
  refused({{"iat", seconds_from_now(61)}}, "future");
  refused({{"sub", ""}}, "subject");
  refused({{"nonce", "\"n\""}}, "ID token");
  for (const char* type : {"", "id+jwt", "logout+jwt"}) expect_refused(sign(keys_["k1"], claims(), {.typ = type}), "no access token");
  EXPECT_TRUE(ask(sign(keys_["k1"], claims({{"aud", "[\"https://other.example\",\"https://port.example\"]"}}))));
  EXPECT_TRUE(ask(sign(keys_["k1"], claims({{"exp", seconds_from_now(-50)}}), {.typ = "JWT"}))) << "clocks differ";
}

TEST_F(OidcTest, ARememberedTokenEndsAllTheSame) {
  register_machine();
  const std::string token = sign(keys_["k1"], claims());
  ASSERT_TRUE(ask(token));
  pass_seconds(300 + kClockSkewSeconds);
  EXPECT_FALSE(ask(token));
  EXPECT_EQ(identity_->authenticator.recall({.authorization = "Bearer " + token}), nullptr);
}

TEST_F(OidcTest, AnOversizedTokenIsNotRead) {
  register_machine();
  const std::string padding = "\"" + std::string(limits::kTokenBytesMax, 'x') + "\"";
  expect_refused(sign(keys_["k1"], claims({{"pad", padding}})), "too long");
  EXPECT_EQ(asked_, 0);
}

TEST_F(OidcTest, KeysMayChangeAtAnyTime) {
  register_machine();
  ASSERT_TRUE(ask(sign(keys_["k1"], claims())));
  EXPECT_EQ(asked_, 2) << "the description and the keys";
  keys_ = {{"k2", ec_key()}};
  const Head head{.alg = "ES256", .kid = "k2"};
  pass_seconds(kProviderAskedAgainSeconds);
  ASSERT_TRUE(ask(sign(keys_["k2"], claims(), head)));
  EXPECT_EQ(asked_, 4);
  expect_refused(sign(shared_rsa(), claims()), "key is not the provider's");
  EXPECT_EQ(asked_, 4) << "not asked again so soon, whatever strangers send";
  pass_seconds(kProviderAskedAgainSeconds);
  is_away_ = true;
  EXPECT_EQ(ask(sign(shared_rsa(), claims())).error().code, ::fairway::Code::unavailable);
  EXPECT_TRUE(ask(sign(keys_["k2"], claims({{"jti", "\"2\""}}), head))) << "known keys go on";
  pass_seconds(kProviderKeptSeconds);
  EXPECT_TRUE(ask(sign(keys_["k2"], claims(), head))) << "while the provider is away, too";
}

TEST_F(OidcTest, ADescriptionOfSomebodyElseIsNotTaken) {
  register_machine();
  said_issuer_ = "https://evil.example";
  EXPECT_EQ(ask(sign(keys_["k1"], claims())).error().code, ::fairway::Code::unavailable);
}

TEST(KeySetTest, UsesOnlyKeysThatAreForSignatures) {
  const Jwk key = rsa_key();
  EXPECT_EQ(KeySet::from_json(jwks({{"k", key}}))->size(), 1u);
  EXPECT_EQ(KeySet::from_json(jwks({{"k", key}}, R"("use":"enc",)"))->size(), 0u);
  EXPECT_EQ(KeySet::from_json(jwks({{"k", key}}, R"("alg":"RSA-OAEP",)"))->size(), 0u);
  EXPECT_EQ(KeySet::from_json(jwks({{"k", rsa_key(1024)}}))->size(), 0u) << "too small";
  EXPECT_EQ(KeySet::from_json(R"({"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"k"},1,{"kty":"RSA","n":"?"}]})")->size(), 0u);
  for (const char* wrong : {"", "[]", "{}", R"({"keys":1})"}) EXPECT_FALSE(KeySet::from_json(wrong)) << wrong;
  const auto only_ps = KeySet::from_json(jwks({{"k", key}}, R"("alg":"PS256",)"));
  EXPECT_EQ(only_ps->verify(*Jws::read(sign(key, "{}", {.kid = "k"}))), KeySet::Verdict::unknown_key);
  const auto two = KeySet::from_json(jwks({{"a", key}, {"b", rsa_key()}}));
  EXPECT_EQ(two->verify(*Jws::read(sign(key, "{}", {.kid = ""}))), KeySet::Verdict::unknown_key) << "which of the two?";
  EXPECT_EQ(KeySet::from_json(jwks({{"a", key}}))->verify(*Jws::read(sign(key, "{}", {.kid = ""}))), KeySet::Verdict::good);
}

TEST(AddressTest, AProviderIsAskedOverTlsOrOnThisMachine) {
  for (const char* good : {"https://id.example/a?b", "http://127.0.0.1:8080", "http://localhost/x", "http://[::1]:9"})
    EXPECT_TRUE(check_address(good)) << good;
  for (const char* bad : {"http://id.example", "http://127.0.0.1.evil.example", "http://localhost.evil.example", "ftp://x", "unix:/tmp/x",
                          "", "https://id.example/#x"})
    EXPECT_FALSE(check_address(bad)) << bad;
}

// A person at the provider.
class ProviderSignInTest : public OidcTest {
 protected:
  std::string parameter(const std::string& location, const std::string& name) {
    const size_t at = location.find("&" + name + "=") + name.size() + 2;
    return location.substr(at, location.find('&', at) - at);
  }
  BegunSignIn begin(std::string invitation = {}) {
    auto begun = identity_->relying_party.begin({"acme", std::move(invitation), "/track"});
    EXPECT_TRUE(begun) << begun.error().text();
    return begun.value_or(BegunSignIn{});
  }
  // The ID token of this sign-in, with changes.
  void give(const BegunSignIn& begun, std::map<std::string, std::string> changes = {}, const Head& head = {.typ = ""}) {
    std::map<std::string, std::string> all = {
        {"aud", "\"fairway\""}, {"nonce", "\"" + parameter(begun.location, "nonce") + "\""}, {"sub", "\"carol\""}};
    for (auto& [name, value] : changes) all[name] = value;
    id_token_ = sign(keys_[head.kid], claims(all), head);
  }
  Result<FinishedSignIn> finish(const BegunSignIn& begun) {
    return identity_->relying_party.finish({"the code", parameter(begun.location, "state"), kIssuer, begun.cookie});
  }
};

TEST_F(ProviderSignInTest, TheCodeIsExchangedWithItsVerifier) {
  const BegunSignIn begun = begin("inv_x");
  EXPECT_TRUE(begun.location.starts_with("https://id.example/auth?response_type=code&"));
  EXPECT_EQ(parameter(begun.location, "code_challenge_method"), "S256");
  EXPECT_EQ(parameter(begun.location, "redirect_uri"), "https%3A%2F%2Fport.example%2Fv1%2Fsession%2Foidc%2Fcallback");
  give(begun, {{"name", "\"Carol\""}});
  const auto finished = finish(begun);
  ASSERT_TRUE(finished) << finished.error().text();
  EXPECT_EQ(finished->subject, (Subject{kIssuer, "carol"}));
  EXPECT_EQ(finished->name, "Carol");
  EXPECT_EQ(finished->invitation, "inv_x");
  EXPECT_EQ(finished->return_path, "/track");
  const std::string verifier = form_.substr(form_.find("code_verifier=") + 14);
  EXPECT_EQ(base64url(sha256(verifier)), parameter(begun.location, "code_challenge"));
  EXPECT_EQ(begun.cookie.find(verifier), std::string::npos) << "the cookie is sealed";
}

TEST_F(ProviderSignInTest, AnAnswerBelongsToItsSignIn) {
  const BegunSignIn begun = begin(), other = begin();
  give(begun);
  const std::string state = parameter(begun.location, "state");
  RelyingParty& party = identity_->relying_party;
  EXPECT_FALSE(party.finish({"code", state, kIssuer, other.cookie})) << "another cookie";
  EXPECT_FALSE(party.finish({"code", state, kIssuer, ""}));
  EXPECT_FALSE(party.finish({"code", "", kIssuer, begun.cookie}));
  EXPECT_FALSE(party.finish({"", state, kIssuer, begun.cookie}));
  EXPECT_FALSE(party.finish({"code", state, "https://evil.example", begun.cookie})) << "RFC 9207";
  give(other);
  EXPECT_NE(finish(begun).error().detail.find("another sign-in"), std::string::npos) << "the nonce";
  give(begun);
  EXPECT_TRUE(finish(begun));
  pass_seconds(kSignInSeconds);
  EXPECT_NE(finish(begun).error().detail.find("too long"), std::string::npos);
}

TEST_F(ProviderSignInTest, AnIdTokenIsForThisClient) {
  const BegunSignIn begun = begin();
  const auto refused = [&](std::map<std::string, std::string> changes, std::string_view reason) {
    give(begun, std::move(changes));
    const auto finished = finish(begun);
    ASSERT_FALSE(finished) << reason;
    EXPECT_NE(finished.error().detail.find(reason), std::string::npos) << finished.error().text();
  };
  refused({{"aud", "\"other\""}}, "another client");
  refused({{"aud", "[\"fairway\",\"other\"]"}}, "which client");
  refused({{"aud", "[\"fairway\",\"other\"]"}, {"azp", "\"other\""}}, "another client");
  refused({{"nonce", ""}}, "another sign-in");
  refused({{"iat", ""}}, "when it was issued");
  refused({{"iss", "\"https://evil.example\""}}, "another issuer");
  refused({{"exp", seconds_from_now(-61)}}, "expired");
  give(begun, {}, {.typ = "at+jwt"});
  EXPECT_FALSE(finish(begun)) << "an access token";
  give(begun, {{"aud", "[\"fairway\",\"other\"]"}, {"azp", "\"fairway\""}});
  EXPECT_TRUE(finish(begun));
}

TEST_F(ProviderSignInTest, TheWayBackLeadsToThisServer) {
  for (const char* wrong : {"", "track", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/a\nb"})
    EXPECT_EQ(identity_->relying_party.begin({"acme", "", wrong}).error().code, ::fairway::Code::invalid) << wrong;
  EXPECT_EQ(identity_->relying_party.begin({"other", "", "/"}).error().code, ::fairway::Code::not_found);
}

TEST_F(ProviderSignInTest, OnlyWhoAcceptedAnInvitationThereComesIn) {
  const Subject carol{kIssuer, "carol"};
  EXPECT_EQ(identity_->sign_in.with_subject(carol).error().code, ::fairway::Code::unauthorized);
  const auto opened = identity_->invitations.accept(invite(line_, "carol@line.example").token, {"", "", carol});
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_EQ(opened->person.name, "carol@line.example") << "nobody said a name";
  EXPECT_TRUE(identity_->sign_in.with_subject(carol));
  EXPECT_FALSE(identity_->sign_in.with_subject({"https://evil.example", "carol"}));
  EXPECT_EQ(knock("carol@line.example", "").error().code, ::fairway::Code::unauthorized) << "without a password there is no way in by one";
  EXPECT_EQ(identity_->invitations.accept(invite(line_, "dave@line.example").token, {"", "", carol}).error().code,
            ::fairway::Code::conflict);
  join(line_, "erin@line.example");
  ASSERT_TRUE(identity_->accounts.set_terms(opened->person.id, {.suspended = true}));
  EXPECT_FALSE(identity_->sign_in.with_subject(carol));
}

TEST_F(OidcTest, ASubjectHasOneServiceAccount) {
  const ServiceAccount first = register_machine();
  const PartyId other = add("Other", Role::shipper).party.id;
  EXPECT_EQ(identity_->service_accounts.add(other, {kIssuer, "machine"}, {}).error().code, ::fairway::Code::conflict);
  EXPECT_EQ(identity_->service_accounts.withdraw(other, first.id).error().code, ::fairway::Code::not_found);
  ASSERT_TRUE(identity_->service_accounts.withdraw(line_, first.id));
  EXPECT_TRUE(identity_->service_accounts.add(other, {kIssuer, "machine"}, {}));
  EXPECT_EQ(identity_->service_accounts.add(line_, {kIssuer, ""}, {}).error().code, ::fairway::Code::invalid);
  KeyWish wish;
  wish.expires_us = env_.now_us() + 1;
  const auto ending = identity_->service_accounts.add(line_, {kIssuer, "ending"}, wish);
  ASSERT_TRUE(ending);
  env_.advance_us(1);
  EXPECT_NE(describe(*ending, env_.now_us()).find("\"expired\""), std::string::npos);
  EXPECT_TRUE(*identity_->service_accounts.account(ending->id)) << "and can still be read";
}

}  // namespace
}  // namespace fairway::access::oidc
