#include "access/identity.h"

namespace fairway::access {

Identity::Identity(store::Store& store, Env& env, const IdentitySettings& settings)
    : registry(store, env),
      vault(settings.secret_file, env),
      attempts(env),
      people(store, env),
      sessions(store, env),
      accounts(people, sessions, hasher, attempts, vault, env),
      invitations(store, registry, people, sessions, env),
      sign_in(people, sessions, hasher, attempts, vault, env),
      service_accounts(store, env),
      relying_party(settings.oidc, settings.fetch ? settings.fetch : oidc::fetch_over_http(env), vault, env),
      authenticator(registry, people, sessions, service_accounts, relying_party, hasher, env) {}

}  // namespace fairway::access
