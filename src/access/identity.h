// Identity: everything that proves who somebody is, put together on one store. Owned by app/serve.cc, or by a command that works on the
// store itself; alive as long as whoever uses it. Thread-safe, as each of its parts is.
#pragma once

#include <string>

#include "access/authenticator.h"
#include "access/hasher.h"
#include "access/oidc/relying_party.h"
#include "access/people/accounts.h"
#include "access/people/attempts.h"
#include "access/people/invitations.h"
#include "access/people/people.h"
#include "access/people/sessions.h"
#include "access/people/sign_in.h"
#include "access/people/vault.h"
#include "access/registry.h"
#include "access/service_accounts.h"

namespace fairway::access {

struct IdentitySettings {
  std::string secret_file;  // of the vault
  oidc::RelyingPartySettings oidc;
  oidc::Fetch fetch;  // how providers are asked; null: over HTTP
};

struct Identity {
  Identity(store::Store& store, Env& env, const IdentitySettings& settings);

  Registry registry;
  Hasher hasher;
  Vault vault;
  Attempts attempts;
  People people;
  Sessions sessions;
  Accounts accounts;
  Invitations invitations;
  SignIn sign_in;
  ServiceAccounts service_accounts;
  oidc::RelyingParty relying_party;
  Authenticator authenticator;
};

}  // namespace fairway::access
