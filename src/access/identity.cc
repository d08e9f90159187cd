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
      authenticator(registry, people, sessions, hasher, env) {}

}  // namespace fairway::access
