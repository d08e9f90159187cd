// People: the accounts of an organisation, kept in the store.
//
// A person is state "person/ID", listed under "people/PARTY/EMAIL", found by "email/EMAIL" and by "subject/DIGEST" of each provider's
// name for it. What changes is an entry of the log, which has the id and what was done, and neither name nor address.
// Thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/people/person.h"
#include "base/env.h"
#include "store/store.h"

namespace fairway::access {

struct PeoplePage {
  std::vector<Person> people;  // by address
  std::string next;            // the address to go on after; "" at the end
};

class People {
 public:
  People(store::Store& store, Env& env) : store_(store), env_(env) {}

  [[nodiscard]] Result<std::optional<Person>> person(const PersonId& id);
  [[nodiscard]] Result<std::optional<Person>> by_email(const std::string& folded);
  [[nodiscard]] Result<std::optional<Person>> by_subject(const Subject& subject);
  [[nodiscard]] Result<PeoplePage> list(const PartyId& party, const std::string& after, size_t limit);

  // A new person's writes and its entry "joined", for the caller to commit: Code::conflict then where the address or a subject has an
  // account.
  void prepare(const Person& person, store::Batch& batch) const;

  // Reads the person, lets `change` alter it and add to the batch, and commits both; again from the start where somebody else was
  // faster. Code::not_found where there is none, and whatever `change` fails with.
  using Change = std::function<Status(Person& person, store::Batch& batch)>;
  [[nodiscard]] Result<Person> change(const PersonId& id, const Change& change);

  // What those who manage may change of somebody. Code::conflict where nobody would be left who may manage the organisation.
  struct Terms {
    std::optional<KeyScopes> rights;
    std::optional<bool> suspended;
  };
  // `also` adds to the batch once the person is as wanted: the end of its sessions.
  [[nodiscard]] Result<Person> set_terms(const PersonId& id, const Terms& terms, const Change& also);

 private:
  Result<bool> has_other_manager(const Person& person);

  store::Store& store_;
  Env& env_;
};

// The entry that says what was done to whose account: "joined", "rights changed", …
[[nodiscard]] store::NewEntry person_entry(const PartyId& party, const PersonId& id, std::string_view action, int64_t at_us);
// The state key of whatever belongs to a subject: the hash keeps keys short, whatever a provider calls people.
[[nodiscard]] std::string subject_key(std::string_view prefix, const Subject& subject);

}  // namespace fairway::access
