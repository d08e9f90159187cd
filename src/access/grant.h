// Grant: one party lets another see, for a purpose and until a time, what it sees itself.
//
//   delegation   a forwarder acts for a shipper: of what the shipper has a part in, or of some references of it
//   nomination   a forwarder names the haulier, driver or warehouse that does a job
//   consent      a bank reads of one consignment what its customer lets it
//   legal_basis  an authority reads by law, with its reason; nobody gives it, and the reading is told to the owners at once, or, where the
//                investigation needs it, after a time
//   guest        somebody without an account follows one reference by a link
//
// It opens nothing that its giver does not see, and never more than need_to_know.h lets its receiver's role see. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/need_to_know.h"
#include "base/status.h"
#include "model/party.h"
#include "model/reference.h"

namespace fairway::access {

enum class GrantKind : uint8_t { delegation, nomination, consent, legal_basis, guest };
[[nodiscard]] std::string_view name(GrantKind kind);
[[nodiscard]] Result<GrantKind> grant_kind_from(std::string_view name);

enum class GrantState : uint8_t { offered, accepted, declined, revoked };
[[nodiscard]] std::string_view name(GrantState state);
[[nodiscard]] Result<GrantState> grant_state_from(std::string_view name);

struct Grant {
  std::string id;  // "gr_…"
  GrantKind kind = GrantKind::nomination;
  PartyId from, to;                   // a legal basis: the authority is both
  std::vector<Reference> references;  // empty: whatever the giver has a part in; only a delegation may be so wide
  std::vector<Data> data;             // empty: all that the receiver's role may see
  std::string purpose;                // for people; a legal basis: its reason
  int64_t expires_us = 0;             // 0: never
  GrantState state = GrantState::offered;
  int64_t created_us = 0;
  int64_t decided_us = 0;  // accepted, declined or revoked then
  bool sealed = false;     // a legal basis of which the owners hear later
  std::string key_id;      // a guest's key, which ends with the grant
  uint64_t version = 0;    // of the state record

  [[nodiscard]] bool covers_everything() const { return references.empty(); }
  [[nodiscard]] bool holds_at(int64_t now_us) const { return state == GrantState::accepted && (expires_us == 0 || now_us < expires_us); }
  // What it says of itself at that time: its state's name, or "expired".
  [[nodiscard]] std::string_view state_at(int64_t now_us) const;
};

// As the store and the log keep it.
[[nodiscard]] std::string to_json(const Grant& grant);
[[nodiscard]] Result<Grant> grant_from_json(std::string_view text);

// As somebody asks for it: {"kind", "to"?, "scope", "fields"?, "purpose" | "reason", "expires"?, "sealed"?}. `to` is left as it was
// written: an id or SCHEME:VALUE. Code::invalid names the member that is wrong.
struct GrantWish {
  Grant grant;     // without parties
  std::string to;  // as written
};
[[nodiscard]] Result<GrantWish> grant_wish_from_json(std::string_view text, int64_t now_us);

// Whether parties of these roles may give each other such a grant; Code::forbidden says why not.
[[nodiscard]] Status may_pass(GrantKind kind, Role from, Role to);

}  // namespace fairway::access
