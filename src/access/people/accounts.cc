#include "access/people/accounts.h"

#include "access/people/password.h"
#include "access/people/totp.h"
#include "base/bytes.h"

namespace fairway::access {

std::string guarded_account(std::string_view folded_email) { return "account " + sha256(folded_email); }

Status Accounts::check_old_password(const Person& person, std::string_view old) {
  if (person.password_hash.empty())
    return fail(Code::conflict, "this account has no password", {}, "you sign in through your organisation's provider");
  const std::string guarded = guarded_account(person.email);
  TRY_OK(attempts_.begin(guarded));
  const auto right = hasher_.verify(person.password_hash, old);
  if (!right) {
    attempts_.forgive(guarded);
    return std::unexpected(right.error());
  }
  if (!*right) return fail(Code::forbidden, "the old password is wrong");
  attempts_.forget(guarded);
  return {};
}

Status Accounts::change_password(const PersonId& id, std::string_view old, std::string_view wanted, std::string_view kept) {
  const auto person = TRY(people_.person(id));
  if (!person) return fail(Code::not_found, "no such person", id);
  TRY_OK(check_old_password(*person, old));
  TRY_OK(check_password(wanted, person->email));
  const std::string hash = TRY(Hasher::hash(wanted));
  TRY(people_.change(id, [&](Person& now, store::Batch& batch) -> Status {
    if (now.password_hash != person->password_hash) return fail(Code::conflict, "the password has changed meanwhile");
    now.password_hash = hash;
    ++now.generation;
    batch.entries.push_back(person_entry(now.party, id, "password changed", env_.now_us()));
    return sessions_.prepare_end(now, kept, batch);
  }));
  return {};
}

Result<PendingFactor> Accounts::begin_second_factor(const PersonId& id) {
  const std::string secret = new_totp_secret(env_);
  const std::string sealed = TRY(vault_.seal(secret, second_factor_purpose(id)));
  const Person person = TRY(people_.change(id, [&](Person& now, store::Batch&) -> Status {
    if (now.has_second_factor()) return fail(Code::conflict, "a second factor is in force", {}, "switch it off first, with a code of it");
    now.second_factor.pending = sealed;
    return {};
  }));
  return PendingFactor{totp_text(secret), totp_uri(secret, person.email)};
}

// The step that the code belongs to.
Result<int64_t> Accounts::check_code(const Person& person, const std::string& sealed, std::string_view code) {
  const std::string secret = TRY(vault_.open(sealed, second_factor_purpose(person.id)));
  const std::string guarded = guarded_account(person.email);
  TRY_OK(attempts_.begin(guarded));
  const auto step = totp_step(secret, code, env_.now_us(), person.second_factor.used_step);
  if (!step) return fail(Code::invalid, "the code is not right", {}, "take the one that your app shows now; each is good once");
  attempts_.forgive(guarded);
  return *step;
}

Status Accounts::confirm_second_factor(const PersonId& id, std::string_view code) {
  TRY(people_.change(id, [&](Person& now, store::Batch& batch) -> Status {
    if (now.second_factor.pending.empty())
      return fail(Code::conflict, "no second factor waits for its first code", {}, "POST /v1/me/second-factor begins");
    const int64_t step = TRY(check_code(now, now.second_factor.pending, code));
    now.second_factor = {now.second_factor.pending, {}, step};
    batch.entries.push_back(person_entry(now.party, id, "second factor on", env_.now_us()));
    return {};
  }));
  return {};
}

Status Accounts::drop_second_factor(const PersonId& id, std::string_view code) {
  TRY(people_.change(id, [&](Person& now, store::Batch& batch) -> Status {
    if (!now.has_second_factor()) return fail(Code::conflict, "no second factor is in force");
    TRY(check_code(now, now.second_factor.sealed, code));
    now.second_factor = {};
    batch.entries.push_back(person_entry(now.party, id, "second factor off", env_.now_us()));
    return {};
  }));
  return {};
}

Result<Person> Accounts::set_terms(const PersonId& id, const People::Terms& terms) {
  return people_.set_terms(id, terms, [&](Person& person, store::Batch& batch) -> Status {
    if (!person.suspended) return {};
    ++person.generation;  // what was given before ends for good: sessions and personal keys
    return sessions_.prepare_end(person, {}, batch);
  });
}

}  // namespace fairway::access
