// SignIn: from a password and a code, or from what a provider says, to a session.
//
// An unknown address, a wrong password and a suspended account get the same answer after the same work. Guesses count against the
// account and against the address they come from. Thread-safe.
#pragma once

#include <string_view>

#include "access/hasher.h"
#include "access/people/attempts.h"
#include "access/people/people.h"
#include "access/people/sessions.h"
#include "access/people/vault.h"

namespace fairway::access {

struct Knock {
  std::string_view email, password;
  std::string_view code;  // "" where none was given
  std::string_view peer;  // the address it comes from
};

class SignIn {
 public:
  SignIn(People& people, Sessions& sessions, Hasher& hasher, Attempts& attempts, Vault& vault, Env& env)
      : people_(people), sessions_(sessions), hasher_(hasher), attempts_(attempts), vault_(vault), env_(env) {}

  // Code::unauthorized, and never why; Code::second_factor where the password is right and the code is missing or wrong;
  // Code::throttled, with the time to wait; Code::overloaded.
  [[nodiscard]] Result<OpenedSession> with_password(const Knock& knock);
  // Of a person that has accepted an invitation through the provider. The provider's word stands for password and second factor.
  // Code::unauthorized for anybody else.
  [[nodiscard]] Result<OpenedSession> with_subject(const Subject& subject);

 private:
  Result<OpenedSession> check(const Knock& knock, const std::string& email);
  Result<Person> person_with_password(const std::string& email, std::string_view password);
  Status use_code(Person& person, std::string_view code);
  Result<OpenedSession> open(const Person& person, std::string_view code, bool by_password);

  People& people_;
  Sessions& sessions_;
  Hasher& hasher_;
  Attempts& attempts_;
  Vault& vault_;
  Env& env_;
};

}  // namespace fairway::access
