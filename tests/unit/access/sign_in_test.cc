// Passwords, one-time codes and sessions: what opens, what ends, what a thief of the store gets.
#include "access/people/sign_in.h"

#include <liboath/oath.h>
#include <sys/stat.h>

#include "access/people/password.h"
#include "access/people/totp.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "unit/access/support.h"

namespace fairway::access {
namespace {

constexpr const char* kEmail = "anna@line.example";

std::string from_base32(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0, count = 0;
  for (const char letter : text) {
    bits = bits << 5 | static_cast<uint32_t>(letter >= 'A' ? letter - 'A' : letter - '2' + 26);
    if ((count += 5) >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xff);
  }
  return bytes;
}

std::string code_at(const std::string& secret, int64_t now_us) {
  char code[7] = {};
  oath_totp_generate(secret.data(), secret.size(), now_us / 1'000'000, 30, 0, 6, code);
  return code;
}

class SignInTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    line_ = add("Slow Boat Line", Role::carrier).party.id;
    anna_ = join(line_, kEmail);
  }
  [[nodiscard]] Result<std::shared_ptr<const Viewer>> ask(const std::string& token, bool is_unsafe = false, std::string_view csrf = {},
                                                          bool is_cross_site = false) {
    return identity_->authenticator.authenticate(
        {.session = token, .csrf_token = csrf, .is_unsafe = is_unsafe, .is_cross_site = is_cross_site});
  }
  // Switches the second factor on; the secret of it.
  std::string begin_codes() {
    const auto pending = identity_->accounts.begin_second_factor(anna_.person.id);
    EXPECT_TRUE(pending) << pending.error().text();
    std::string secret = from_base32(pending->secret);
    EXPECT_TRUE(identity_->accounts.confirm_second_factor(anna_.person.id, code_at(secret, env_.now_us())));
    pass_seconds(kTotpStepSeconds);
    return secret;
  }

  PartyId line_;
  OpenedSession anna_;
};

TEST_F(SignInTest, ASessionIsItsPerson) {
  const auto viewer = ask(anna_.token);
  ASSERT_TRUE(viewer) << viewer.error().text();
  EXPECT_EQ((*viewer)->person, anna_.person.id);
  EXPECT_EQ((*viewer)->party.id, line_);
  for (const std::string& wrong : {std::string(), std::string("x"), anna_.token + "x", std::string(anna_.token.size(), '0')})
    EXPECT_EQ(ask(wrong).error().code, Code::unauthorized) << wrong;
  EXPECT_EQ(identity_->authenticator.authenticate({.authorization = "Bearer " + anna_.token}).error().code, Code::unauthorized)
      << "a cookie's token is no key";
  EXPECT_EQ(identity_->authenticator.authenticate({.authorization = "Bearer x", .session = anna_.token}).error().code, Code::unauthorized)
      << "one way at a time";
}

TEST_F(SignInTest, EverySignInHasATokenOfItsOwn) {
  const auto again = knock(kEmail, kPassword);
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_NE(again->token, anna_.token);
  EXPECT_TRUE(ask(again->token));
  EXPECT_NE(csrf_of(again->token), csrf_of(anna_.token));
}

TEST_F(SignInTest, ARequestThatChangesSomethingProvesItsPage) {
  const std::string csrf = csrf_of(anna_.token);
  EXPECT_TRUE(ask(anna_.token, true, csrf));
  EXPECT_EQ(ask(anna_.token, true).error().code, Code::forbidden);
  EXPECT_EQ(ask(anna_.token, true, csrf_of("another")).error().code, Code::forbidden);
  EXPECT_EQ(ask(anna_.token, true, csrf, true).error().code, Code::forbidden) << "the browser says where it comes from";
  EXPECT_EQ(identity_->authenticator.recall({.session = anna_.token, .is_unsafe = true}), nullptr) << "the way at once is no way round";
  EXPECT_NE(identity_->authenticator.recall({.session = anna_.token}), nullptr);
}

TEST_F(SignInTest, ASessionEndsWhenNobodyUsesIt) {
  pass_seconds(kSessionIdleSeconds - 1);
  EXPECT_TRUE(ask(anna_.token));
  ASSERT_TRUE(store_->commit_and_wait({}));  // what was seen is written
  pass_seconds(kSessionIdleSeconds - 1);
  EXPECT_TRUE(ask(anna_.token)) << "used a moment ago";
  ASSERT_TRUE(store_->commit_and_wait({}));
  pass_seconds(kSessionIdleSeconds);
  EXPECT_EQ(ask(anna_.token).error().code, Code::unauthorized);
}

TEST_F(SignInTest, ASessionEndsAfterAWeekHoweverItIsUsed) {
  for (int64_t passed = 0; passed + 3600 < kSessionSeconds; passed += 3600) {
    pass_seconds(3600);
    ASSERT_TRUE(ask(anna_.token)) << passed;
    ASSERT_TRUE(store_->commit_and_wait({}));
  }
  pass_seconds(3600);
  EXPECT_FALSE(ask(anna_.token));
}

TEST_F(SignInTest, TheEndOfASessionIsSeenAtOnceWhereItWasMade) {
  ASSERT_TRUE(ask(anna_.token));
  ASSERT_TRUE(identity_->sessions.end(**identity_->sessions.find(anna_.token)));
  identity_->authenticator.forget();
  EXPECT_FALSE(ask(anna_.token));
}

TEST_F(SignInTest, ANewPasswordEndsTheOtherSessions) {
  const auto other = knock(kEmail, kPassword);
  ASSERT_TRUE(other);
  const PersonId& id = anna_.person.id;
  EXPECT_EQ(identity_->accounts.change_password(id, "wrong", "a better one by far", anna_.token).error().code, Code::forbidden);
  EXPECT_EQ(identity_->accounts.change_password(id, kPassword, "short", anna_.token).error().code, Code::invalid);
  ASSERT_TRUE(identity_->accounts.change_password(id, kPassword, "a better one by far", anna_.token));
  identity_->authenticator.forget();
  EXPECT_TRUE(ask(anna_.token)) << "the one that changed it goes on";
  EXPECT_FALSE(ask(other->token));
  EXPECT_FALSE(knock(kEmail, kPassword));
  EXPECT_TRUE(knock(kEmail, "a better one by far"));
}

TEST_F(SignInTest, WhoIsSuspendedIsSignedOut) {
  join(line_, "ben@line.example");
  ASSERT_TRUE(identity_->accounts.set_terms(anna_.person.id, {.suspended = true}));
  identity_->authenticator.forget();
  EXPECT_FALSE(ask(anna_.token));
  ASSERT_TRUE(identity_->accounts.set_terms(anna_.person.id, {.suspended = false}));
  EXPECT_FALSE(ask(anna_.token)) << "and does not come back with the old session";
  EXPECT_TRUE(knock(kEmail, kPassword));
}

TEST_F(SignInTest, SessionsOfOnePersonAreBounded) {
  for (size_t i = 0; i < limits::kSessionsPerPersonMax; ++i) {
    pass_seconds(1);
    ASSERT_TRUE(knock(kEmail, kPassword));
  }
  EXPECT_FALSE(ask(anna_.token)) << "the one that was unused for longest has ended";
}

TEST_F(SignInTest, NobodyLearnsWhoHasAnAccount) {
  const Error unknown = knock("nobody@line.example", kPassword).error(), wrong = knock(kEmail, "wrong").error();
  EXPECT_EQ(unknown.text(), wrong.text());
  EXPECT_EQ(unknown.code, Code::unauthorized);
  EXPECT_EQ(knock("no address", "x").error().text(), wrong.text());
}

TEST_F(SignInTest, GuessesHaveToWait) {
  for (int i = 0; i < kAttemptsFree; ++i)
    EXPECT_EQ(knock(kEmail, "wrong", "", "192.0.2." + std::to_string(i)).error().code, Code::unauthorized);
  const auto refused = knock(kEmail, kPassword, "", "192.0.2.99");
  ASSERT_FALSE(refused) << "the right one has to wait as well";
  EXPECT_EQ(refused.error().code, Code::throttled);
  EXPECT_EQ(refused.error().retry_after_s, 2);
  pass_seconds(2);
  EXPECT_EQ(knock(kEmail, "wrong", "", "192.0.2.99").error().code, Code::unauthorized);
  EXPECT_EQ(knock(kEmail, kPassword, "", "192.0.2.98").error().retry_after_s, 4);
  pass_seconds(4);
  EXPECT_TRUE(knock(kEmail, kPassword, "", "192.0.2.98"));
  EXPECT_EQ(knock(kEmail, "wrong", "", "192.0.2.97").error().code, Code::unauthorized) << "counted from the beginning";
}

TEST_F(SignInTest, OneAddressCannotGuessAtManyAccounts) {
  for (int i = 0; i < kAttemptsFree; ++i) EXPECT_EQ(knock(std::to_string(i) + "@line.example", "wrong").error().code, Code::unauthorized);
  EXPECT_EQ(knock(kEmail, kPassword).error().code, Code::throttled);
  EXPECT_TRUE(knock(kEmail, kPassword, "", "198.51.100.7"));
}

TEST(AttemptsTest, TheWaitGrowsToAQuarterOfAnHourAndIsForgotten) {
  ManualEnv env(1'700'000'000'000'000);
  Attempts attempts(env);
  std::vector<int64_t> waits;
  for (int i = 0; i < 20; ++i) {
    attempts.count("door");
    if (const Status admitted = attempts.admit("door"); !admitted) {
      waits.push_back(admitted.error().retry_after_s);
      env.advance_us(waits.back() * 1'000'000);
      EXPECT_TRUE(attempts.admit("door"));
    }
  }
  EXPECT_EQ((std::vector<int64_t>{waits.begin(), waits.begin() + 3}), (std::vector<int64_t>{2, 4, 8}));
  EXPECT_EQ(waits.back(), kAttemptsWaitSecondsMax);
  env.advance_us(kAttemptsForgottenSeconds * 1'000'000);
  for (int i = 0; i < kAttemptsFree; ++i) EXPECT_TRUE(attempts.begin("door"));
  EXPECT_FALSE(attempts.begin("door"));
}

TEST(AttemptsTest, KeepsAtMostSoMany) {
  ManualEnv env(1'700'000'000'000'000);
  Attempts attempts(env);
  for (int i = 0; i < kAttemptsFree; ++i) attempts.count("first");
  EXPECT_FALSE(attempts.admit("first"));
  for (size_t i = 0; i < kAttemptsKeptMax; ++i) attempts.count(std::to_string(i));
  EXPECT_TRUE(attempts.admit("first")) << "the oldest was dropped";
  attempts.forgive("nobody");
}

TEST_F(SignInTest, ACodeIsGoodOnce) {
  const std::string secret = begin_codes();
  EXPECT_EQ(knock(kEmail, kPassword).error().code, Code::second_factor);
  EXPECT_EQ(knock(kEmail, kPassword, "000000").error().code, Code::second_factor);
  EXPECT_EQ(knock(kEmail, "wrong").error().code, Code::unauthorized) << "without the password nobody is asked for a code";
  const std::string code = code_at(secret, env_.now_us());
  EXPECT_TRUE(knock(kEmail, kPassword, code));
  EXPECT_EQ(knock(kEmail, kPassword, code).error().code, Code::second_factor) << "replayed";
  pass_seconds(kTotpStepSeconds);
  EXPECT_EQ(knock(kEmail, kPassword, code).error().code, Code::second_factor) << "replayed within its time";
  EXPECT_TRUE(knock(kEmail, kPassword, code_at(secret, env_.now_us())));
}

TEST_F(SignInTest, ASecondFactorGoesWithACodeOnly) {
  const std::string secret = begin_codes();
  const PersonId& id = anna_.person.id;
  EXPECT_EQ(identity_->accounts.begin_second_factor(id).error().code, Code::conflict) << "a stolen session puts no other in its place";
  EXPECT_EQ(identity_->accounts.drop_second_factor(id, "000000").error().code, Code::invalid);
  EXPECT_TRUE(identity_->accounts.drop_second_factor(id, code_at(secret, env_.now_us())));
  EXPECT_TRUE(knock(kEmail, kPassword));
  EXPECT_EQ(identity_->accounts.drop_second_factor(id, "000000").error().code, Code::conflict);
}

TEST(TotpTest, FollowsTheStandard) {
  const std::string secret = "12345678901234567890";  // RFC 6238, appendix B, cut to six digits
  EXPECT_EQ(totp_step(secret, "287082", 59'000'000, -1), 1);
  EXPECT_EQ(totp_step(secret, "081804", 1'111'111'109'000'000, 0), 37037036);
  EXPECT_EQ(totp_step(secret, "081804", 1'111'111'139'000'000, 0), 37037036) << "a step late";
  EXPECT_EQ(totp_step(secret, "081804", 1'111'111'079'000'000, 0), 37037036) << "a step early";
  EXPECT_EQ(totp_step(secret, "081804", 1'111'111'170'000'000, 0), std::nullopt) << "two steps late";
  EXPECT_EQ(totp_step(secret, "081804", 1'111'111'109'000'000, 37037036), std::nullopt) << "used";
  EXPECT_EQ(totp_step(secret, "0818041", 1'111'111'109'000'000, 0), std::nullopt);
  EXPECT_EQ(totp_text("12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST_F(SignInTest, AStolenStoreYieldsNoUsableSecret) {
  const std::string secret = begin_codes();
  const IssuedInvitation invitation = invite(line_, "ben@line.example");
  const auto link = identity_->invitations.reset(kEmail);
  ASSERT_TRUE(link);
  const IssuedKey key = add("Other", Role::shipper);
  const std::vector<std::string> secrets = {kPassword,         anna_.token,       csrf_of(anna_.token), secret,      to_hex(secret),
                                            to_base64(secret), totp_text(secret), invitation.token,     link->token, key.key};
  size_t seen = 0;
  ASSERT_TRUE(store_->export_lines([&](std::string_view line) -> Status {
    ++seen;
    for (const std::string& one : secrets) {
      EXPECT_EQ(line.find(one), std::string_view::npos) << line;
      EXPECT_EQ(line.find(to_base64(one)), std::string_view::npos) << line;
    }
    return {};
  }));
  EXPECT_GT(seen, 20u);
  Vault without("", env_), another(directory_ + "/another", env_);
  const auto person = identity_->people.person(anna_.person.id);
  const std::string& sealed = (*person)->second_factor.sealed;
  EXPECT_EQ(without.open(sealed, second_factor_purpose(anna_.person.id)).error().code, Code::unavailable);
  EXPECT_EQ(another.open(sealed, second_factor_purpose(anna_.person.id)).error().code, Code::invalid);
  EXPECT_EQ(identity_->vault.open(sealed, second_factor_purpose("usr_other")).error().code, Code::invalid) << "nobody else's";
  EXPECT_EQ(identity_->vault.open(sealed, second_factor_purpose(anna_.person.id)).value_or(""), secret);
}

TEST_F(SignInTest, TheSecretFileIsItsOwnersAlone) {
  begin_codes();
  struct stat facts{};
  ASSERT_EQ(stat((directory_ + "/secret").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
  Vault again(directory_ + "/secret", env_);
  EXPECT_EQ(again.open(*identity_->vault.seal("x", "test"), "test").value_or(""), "x") << "another server reads the same key";
}

TEST(PasswordTest, IsLongAndNotTheCommonest) {
  for (const char* good :
       {"rainy harbour at dawn", "xK9-mv2!Qw4z", "\u6d77\u6e2f\u57ce\u5e02\u7684\u65e9\u6668\u5f88\u5b89\u9759\u554a\u554a"})
    EXPECT_TRUE(check_password(good, kEmail)) << good;
  const std::string longest(kPasswordCharactersMax - 8, 'a');
  EXPECT_TRUE(check_password(longest + "bcdefghi", kEmail));
  for (const std::string& bad :
       {std::string("short"), std::string("elevenchars"), longest + "bcdefghij", std::string("Password1234"), std::string("aaaaaaaaaaaa"),
        std::string("Anna@Line.example"), std::string("ababababababab"), std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")})
    EXPECT_EQ(check_password(bad, kEmail).error().code, Code::invalid) << bad;
}

}  // namespace
}  // namespace fairway::access
