#include "access/viewer.h"

namespace fairway::access {
namespace {

Status needs(KeyScopes scopes, KeyScope scope) {
  if (scopes.has(scope)) return {};
  return fail(Code::forbidden, "this key is not for that", "it lacks the scope " + std::string(name(scope)),
              "use another of your organisation's keys");
}

}  // namespace

bool Viewer::sees_sent_by(const PartyId& sender) const { return is_operator() || sender == party.id; }

Status Viewer::may_send() const {
  if (party.role == Role::bank || party.role == Role::insurer)
    return fail(Code::forbidden, "this party only reads", "role " + std::string(name(party.role)),
                "ask the operator for a party that may send");
  return needs(scopes, KeyScope::send);
}

Status Viewer::may_read() const { return needs(scopes, KeyScope::read); }
Status Viewer::may_manage() const { return needs(scopes, KeyScope::manage); }
Status Viewer::may_grant() const { return needs(scopes, KeyScope::grant); }

Status Viewer::may_stand_for() const {
  if (person.empty())
    return fail(Code::forbidden, "a named person must stand for this", "the key that was shown is a machine's",
                "sign in, or use a personal key: POST /v1/me/keys in a session makes one");
  return needs(scopes, KeyScope::send);
}

Status Viewer::may_hold() const {
  if (party.role != Role::authority) return fail(Code::forbidden, "only authorities hold cargo", "role " + std::string(name(party.role)));
  return needs(scopes, KeyScope::send);
}

Status Viewer::may_change_own_account() const {
  if (person.empty()) return fail(Code::forbidden, "this is for people", {}, "sign in; a machine has no account of its own");
  if (!in_session) return fail(Code::forbidden, "a personal key does not change the account", {}, "sign in");
  return {};
}

Viewer make_viewer(Party party, KeyScopes scopes) {
  Viewer viewer;
  viewer.scopes = scopes;
  viewer.party = std::move(party);
  return viewer;
}

}  // namespace fairway::access
