// Viewer: who asks, and what it may see and do. Every answer to "may this party…?" is given in this folder and nowhere else.
//
// Value type; any thread.
#pragma once

#include <string>
#include <string_view>

#include "access/key.h"
#include "base/status.h"
#include "model/party.h"

namespace fairway::access {

struct Viewer {
  Party party;
  KeyScopes scopes = KeyScopes::all();  // of the key that was shown, or the rights of the person
  std::string person;                   // "usr_…" where somebody signed in or showed a personal key; "" for machines
  bool in_session = false;              // signed in, not by a key

  [[nodiscard]] bool is_operator() const { return party.role == Role::operator_; }

  // A party sees whole what it sent itself, and the operator sees everything. What else it sees follows from what others say and grant:
  // need_to_know.h and grant.h, applied event by event in journey/visibility.h.
  [[nodiscard]] bool sees_sent_by(const PartyId& sender) const;

  // What the key that was shown is for; Code::forbidden otherwise.
  [[nodiscard]] Status may_read() const;
  // May it hand in messages and events? Banks and insurers read; everybody else may send, with a key that is for it.
  [[nodiscard]] Status may_send() const;
  // May it give and withdraw keys of its own organisation, and invite its people?
  [[nodiscard]] Status may_manage() const;
  // May it give and accept grants in its organisation's name?
  [[nodiscard]] Status may_grant() const;
  // May it say something that a named person must stand for: that fields are right, that a filing goes to the authority? Code::forbidden
  // for machines.
  [[nodiscard]] Status may_stand_for() const;
  // May it hold cargo, and let it go? Authorities.
  [[nodiscard]] Status may_hold() const;
  // May it change its own account: password, second factor, personal keys? Somebody who found a key may not.
  [[nodiscard]] Status may_change_own_account() const;
};

[[nodiscard]] Viewer make_viewer(Party party, KeyScopes scopes = KeyScopes::all());

}  // namespace fairway::access
