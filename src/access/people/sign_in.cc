#include "access/people/sign_in.h"

#include "access/people/accounts.h"
#include "access/people/password.h"
#include "access/people/totp.h"
#include "base/bytes.h"

namespace fairway::access {
namespace {

constexpr size_t kPasswordBytesMax = 4 * kPasswordCharactersMax;

std::unexpected<Error> refused() {
  return fail(Code::unauthorized, "the e-mail address or the password is wrong", {},
              "who manages your organisation can send a new invitation");
}

std::unexpected<Error> code_wanted() {
  return fail(Code::second_factor, "a one-time code is needed", {}, "send the one that your authenticator app shows now as \"code\"");
}

}  // namespace

Result<OpenedSession> SignIn::with_password(const Knock& knock) {
  const auto folded = fold_email(knock.email);
  const std::string email = folded ? *folded : legible(knock.email);
  const std::string account = guarded_account(email), peer = "peer " + std::string(knock.peer);
  TRY_OK(attempts_.admit(peer));
  TRY_OK(attempts_.begin(account));
  auto opened = check(knock, email);
  const bool is_guess =
      !opened && (opened.error().code == Code::unauthorized || (opened.error().code == Code::second_factor && !knock.code.empty()));
  if (is_guess) {
    attempts_.count(peer);
  } else if (opened) {
    // An office behind one address makes mistakes all day; each good sign-in makes up for one of them.
    attempts_.forget(account);
    attempts_.forgive(peer);
  } else {
    attempts_.forgive(account);
  }
  return opened;
}

Result<OpenedSession> SignIn::check(const Knock& knock, const std::string& email) {
  const Person person = TRY(person_with_password(email, knock.password));
  if (person.has_second_factor() && knock.code.empty()) return code_wanted();
  return open(person, knock.code, true);
}

Result<Person> SignIn::person_with_password(const std::string& email, std::string_view password) {
  const std::string_view bounded = password.substr(0, kPasswordBytesMax + 1);
  auto person = TRY(people_.by_email(email));
  if (!person || person->password_hash.empty()) {
    TRY_OK(hasher_.pretend(bounded));
    return refused();
  }
  const bool right = TRY(hasher_.verify(person->password_hash, bounded));
  if (!right || person->suspended) return refused();
  return std::move(*person);
}

Status SignIn::use_code(Person& person, std::string_view code) {
  const std::string secret = TRY(vault_.open(person.second_factor.sealed, second_factor_purpose(person.id)));
  const auto step = totp_step(secret, code, env_.now_us(), person.second_factor.used_step);
  if (!step) return code_wanted();
  person.second_factor.used_step = *step;
  return {};
}

// Whatever was checked is looked at again in the write, so that a code that two requests bring at one time opens one session.
Result<OpenedSession> SignIn::open(const Person& person, std::string_view code, bool by_password) {
  OpenedSession opened;
  TRY(people_.change(person.id, [&](Person& now, store::Batch& batch) -> Status {
    if (now.suspended || now.generation != person.generation) return refused();
    if (by_password && now.has_second_factor()) TRY_OK(use_code(now, code));
    now.last_sign_in_us = env_.now_us();
    opened = TRY(sessions_.prepare(now, batch));
    return {};
  }));
  return opened;
}

Result<OpenedSession> SignIn::with_subject(const Subject& subject) {
  const auto person = TRY(people_.by_subject(subject));
  if (!person || person->suspended)
    return fail(Code::unauthorized, "nobody here is known by this sign-in", {}, "accept your invitation through the provider first");
  return open(*person, {}, false);
}

}  // namespace fairway::access
