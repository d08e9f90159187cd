// ServiceAccounts: machines that act for an organisation with an access token of an OpenID provider, instead of a key of ours.
//
// An account says which subject of which issuer it is, and for what; state "service/ID", listed under "services/PARTY/ID", found by
// "machine/DIGEST" of issuer and subject, which belong to one account only. Giving and withdrawing one are entries of the log.
// Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/key.h"
#include "access/people/person.h"
#include "base/env.h"
#include "store/store.h"

namespace fairway::access {

struct ServiceAccount {
  std::string id;  // "svc_…"
  PartyId party;
  Subject subject;
  KeyWish wish;
  int64_t created_us = 0;
  bool withdrawn = false;
  uint64_t version = 0;  // of the state record
  [[nodiscard]] bool works_at(int64_t now_us) const { return !withdrawn && (wish.expires_us == 0 || now_us < wish.expires_us); }
};

struct ServiceAccountPage {
  std::vector<ServiceAccount> accounts;
  std::string next;  // "" at the end
};

class ServiceAccounts {
 public:
  ServiceAccounts(store::Store& store, Env& env) : store_(store), env_(env) {}

  // Code::conflict where the subject has an account, here or with another organisation; Code::invalid for an empty or overlong one;
  // Code::too_large past limits::kServiceAccountsPerPartyMax.
  [[nodiscard]] Result<ServiceAccount> add(const PartyId& party, const Subject& subject, const KeyWish& wish);
  [[nodiscard]] Result<ServiceAccountPage> list(const PartyId& party, const std::string& after, size_t limit);
  // Code::not_found where the party has no such account. The subject may then have another one.
  [[nodiscard]] Status withdraw(const PartyId& party, const std::string& id);

  [[nodiscard]] Result<std::optional<ServiceAccount>> account(const std::string& id);
  [[nodiscard]] Result<std::optional<ServiceAccount>> by_subject(const Subject& subject);

 private:
  store::Store& store_;
  Env& env_;
};

// As its owner sees it: {"id","issuer","subject","label"?,"scopes","expires"?,"created","status"}.
[[nodiscard]] std::string describe(const ServiceAccount& account, int64_t now_us);

}  // namespace fairway::access
