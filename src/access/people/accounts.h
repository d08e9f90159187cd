// Accounts: what people do with their own account, and what those who manage the organisation do with it.
//
// Whatever takes trust away ends sessions and personal keys in the same write: a password that changes, a suspension. Guesses at the old
// password and at codes count like those at the door. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "access/hasher.h"
#include "access/people/attempts.h"
#include "access/people/people.h"
#include "access/people/sessions.h"
#include "access/people/vault.h"

namespace fairway::access {

struct PendingFactor {
  std::string secret;  // to be typed
  std::string uri;     // to be shown as a QR code
};

class Accounts {
 public:
  Accounts(People& people, Sessions& sessions, Hasher& hasher, Attempts& attempts, Vault& vault, Env& env)
      : people_(people), sessions_(sessions), hasher_(hasher), attempts_(attempts), vault_(vault), env_(env) {}

  // All sessions end but that of the token `kept`. Code::forbidden where the old password is wrong, Code::invalid for a new one that will
  // not do, Code::throttled after too many guesses; Code::conflict for who has no password.
  [[nodiscard]] Status change_password(const PersonId& id, std::string_view old, std::string_view wanted, std::string_view kept);

  // A new secret, which is in force once a code of it was shown. Code::conflict where one is in force.
  [[nodiscard]] Result<PendingFactor> begin_second_factor(const PersonId& id);
  // Code::invalid for a wrong code, Code::conflict where nothing waits for one.
  [[nodiscard]] Status confirm_second_factor(const PersonId& id, std::string_view code);
  [[nodiscard]] Status drop_second_factor(const PersonId& id, std::string_view code);

  // People::set_terms(); who is suspended is signed out.
  [[nodiscard]] Result<Person> set_terms(const PersonId& id, const People::Terms& terms);

 private:
  Status check_old_password(const Person& person, std::string_view old);
  Result<int64_t> check_code(const Person& person, const std::string& sealed, std::string_view code);

  People& people_;
  Sessions& sessions_;
  Hasher& hasher_;
  Attempts& attempts_;
  Vault& vault_;
  Env& env_;
};

// What guesses at this account count against.
[[nodiscard]] std::string guarded_account(std::string_view folded_email);

}  // namespace fairway::access
