// Viewer: who asks, and what it may see and do. Every answer to "may this party…?" is given in this folder and nowhere else.
//
// Value type; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/key.h"
#include "base/status.h"
#include "model/party.h"

namespace fairway::access {

struct Viewer {
  Party party;
  // name_hash() of each of the party's identifiers, sorted.
  std::vector<uint64_t> identifier_hashes;
  KeyScopes scopes = KeyScopes::all();  // of the key that was shown, or the rights of the person
  std::string person;                   // "usr_…" where somebody signed in; "" for machines

  [[nodiscard]] bool is_operator() const { return party.role == Role::operator_; }

  // The rule of who sees what has two halves. A party sees what it sent itself, and the operator sees everything…
  [[nodiscard]] bool sees_sent_by(const PartyId& sender) const;
  // …and a party sees every event of a journey on which somebody else's event names it (`named`: name_hash of the identifiers on
  // that event). Its own events open nothing: nobody lets itself in by writing its own name.
  [[nodiscard]] bool opens_journey(const PartyId& sender, std::span<const uint64_t> named) const;

  // What the key that was shown is for; Code::forbidden otherwise.
  [[nodiscard]] Status may_read() const;
  // May it hand in messages and events? Banks and insurers read; everybody else may send, with a key that is for it.
  [[nodiscard]] Status may_send() const;
  // May it give and withdraw keys of its own organisation, and invite its people?
  [[nodiscard]] Status may_manage() const;
  // May it give and accept grants in its organisation's name?
  [[nodiscard]] Status may_grant() const;
};

[[nodiscard]] Viewer make_viewer(Party party, KeyScopes scopes = KeyScopes::all());

}  // namespace fairway::access
