// Person: somebody's account in an organisation, as the store's state keeps it. Names and addresses stand in the state alone; the log
// knows a person by the id only. Value types; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/key.h"
#include "base/status.h"
#include "model/party.h"

namespace fairway::access {

// Fairway's own identifier of a person, "usr_" and sixteen base-32 characters.
using PersonId = std::string;

// Somebody, or a machine, as an OpenID provider knows it (OpenID Connect Core, 2: issuer and subject together, and nothing else, say
// who it is).
struct Subject {
  std::string issuer;
  std::string subject;
  friend bool operator==(const Subject&, const Subject&) = default;
};

// Codes of an authenticator app: secrets sealed by the vault, for second_factor_purpose().
struct SecondFactor {
  std::string sealed;     // in force; "": none is
  std::string pending;    // shown, and not yet proven
  int64_t used_step = 0;  // the latest code that was used
};

struct Person {
  PersonId id;
  PartyId party;
  std::string email;  // folded
  std::string name;
  KeyScopes rights = KeyScopes::all();
  bool suspended = false;
  std::string password_hash;  // argon2id; "" for who signs in through a provider only
  SecondFactor second_factor;
  std::vector<Subject> subjects;
  uint64_t generation = 1;  // of the password: sessions of an earlier one have ended
  int64_t created_us = 0;
  int64_t last_sign_in_us = 0;  // 0: never
  uint64_t version = 0;         // of the state record

  [[nodiscard]] bool has_second_factor() const { return !second_factor.sealed.empty(); }
  // Whether the personal key acts for this person now.
  [[nodiscard]] bool holds(const KeyRecord& key) const;
  [[nodiscard]] bool may_manage() const { return !suspended && rights.has(KeyScope::manage); }
};

[[nodiscard]] std::string second_factor_purpose(const PersonId& id);

// As the store keeps it.
[[nodiscard]] std::string to_json(const Person& person);
[[nodiscard]] Result<Person> person_from_json(std::string_view id, std::string_view text);
// As the person sees itself: {"id","email","name","rights","secondFactor","ways"}.
[[nodiscard]] std::string describe_self(const Person& person);
// As those who manage the organisation see it: {"id","email","name","rights","status","secondFactor","lastSignIn"?}.
[[nodiscard]] std::string describe(const Person& person);

// The address in the form that is compared and kept: without blanks around it, lower case. Code::invalid for what is no address.
[[nodiscard]] Result<std::string> fold_email(std::string_view email);
// A person's name without blanks around it. Code::invalid where it is empty or longer than limits::kPersonNameBytesMax.
[[nodiscard]] Result<std::string> check_name(std::string_view name);

}  // namespace fairway::access
