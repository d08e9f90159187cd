// GrantBook: the grants, kept in the store, and the one question that every read asks: what does this party hold of these references?
//
//   state "grant/ID"                the grant
//   state "grants/PARTY/given/…"    a list of ids, the newest first, for each of the two sides; "…/received/…" likewise
//   state "granted/PARTY"           there once the party has ever held one: who has none is not asked further
//   state "granted/PARTY/r/REF"     what it holds of a reference, and "granted/PARTY/p/FROM" of all that another has a part in
//
// A question costs one small read a reference, however many grants the party holds. Every step of a grant is an entry of the log. What is
// revoked holds no more from the next snapshot on, on every server. Thread-safe. Errors are the store's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/grant.h"
#include "base/env.h"
#include "store/store.h"

namespace fairway::access {

// What of a grant its effect needs.
struct HeldGrant {
  std::string id;
  GrantKind kind = GrantKind::nomination;
  PartyId from;
  std::vector<Data> data;
  std::string purpose;
  int64_t expires_us = 0;
  bool sealed = false;
  std::vector<std::string> found_by;  // of the references that were asked for; none where it was by the giver
};

class GrantBook {
 public:
  GrantBook(store::Store& store, Env& env) : store_(store), env_(env) {}

  // A legal basis and a guest's link hold at once, every other is an offer. Completes id, state and times.
  // Code::too_large where the receiver holds too many of one reference.
  [[nodiscard]] Result<Grant> give(Grant grant);
  // Code::conflict where it is not the grant's turn: declined, revoked or expired already.
  [[nodiscard]] Result<Grant> accept(const Grant& grant);
  [[nodiscard]] Result<Grant> decline(const Grant& grant);
  // By either side, while it is offered or accepted.
  [[nodiscard]] Result<Grant> revoke(const Grant& grant, const PartyId& by);

  [[nodiscard]] Result<std::optional<Grant>> find(std::string_view id);
  enum class Side : uint8_t { given, received };
  struct Page {
    std::vector<Grant> grants;  // the newest first
    std::string next;           // the cursor of the page after it, "" at the end
  };
  // `state`: only those that say so at this time, "" for all. Code::invalid for a cursor that is none.
  [[nodiscard]] Result<Page> list(const PartyId& party, Side side, std::string_view state, std::string_view cursor, size_t limit);

  // What `party` holds, at this time, of the references (Reference::key()) and of all that these parties have a part in.
  [[nodiscard]] Result<std::vector<HeldGrant>> held(store::Snapshot& snapshot, const PartyId& party,
                                                    std::span<const std::string> references, std::span<const PartyId> from);

 private:
  Result<Grant> commit_step(Grant grant, std::string_view action, const PartyId& by, bool is_new);
  Status put(store::Batch& batch, store::Snapshot& snapshot, const Grant& grant, bool holds);

  store::Store& store_;
  Env& env_;
};

}  // namespace fairway::access
