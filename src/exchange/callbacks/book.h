// Book: the subscriptions, kept in the store.
//
//   state "callback/ID"          the subscription, its secrets sealed
//   state "callbacks/PARTY/ID"   its kind: the list of a party's
//
// and what delivery.h says of deliveries. Making, changing and deleting one, a new secret, and asking for dead letters again are entries of
// the log, by which the dispatcher hears of it, on whichever server. Thread-safe. Errors are the store's and the vault's beside those
// said here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/people/vault.h"
#include "base/env.h"
#include "exchange/callbacks/delivery.h"
#include "exchange/callbacks/subscription.h"
#include "store/store.h"

namespace fairway::exchange::callbacks {

struct Wish {
  std::string id;  // "": one is made, "cb_" and twelve characters
  std::string kind;
  PartyId party;
  std::string url;
  std::string label;
  std::string filter = "{}";      // that the kind has read
  std::string secret;             // in clear; "" for a kind that has none
  std::optional<Position> after;  // the last entry that the receiver has; from now on where it is not given
};

class Book {
 public:
  // `to_private`: http:// and addresses of the machine and its networks may be called, too.
  Book(store::Store& store, access::Vault& vault, Env& env, bool to_private)
      : store_(store), vault_(vault), env_(env), to_private_(to_private) {}

  // Code::invalid for a URL or a secret that will not do, Code::too_large past limits::kCallbacksPerPartyMax.
  [[nodiscard]] Result<Subscription> add(const Wish& wish);
  // The same in somebody else's batch: it stands, and its first entry is read, once that is committed.
  [[nodiscard]] Result<Subscription> put(store::Snapshot& snapshot, store::Batch& batch, const Wish& wish);
  // Whether such a URL may be called at all: Code::invalid.
  [[nodiscard]] Status check_url(std::string_view url) const;
  // As it is now: URL, label, filter, state. Code::conflict where it has been changed meanwhile.
  [[nodiscard]] Result<Subscription> change(Subscription subscription, std::string_view action = "changed");
  // From now on letters are signed with this secret, and for `overlap_us` with those before it, too.
  [[nodiscard]] Result<Subscription> rotate(Subscription subscription, std::string_view secret, int64_t overlap_us);
  // With all that is remembered of it.
  [[nodiscard]] Status remove(const Subscription& subscription);
  // The same in somebody else's batch.
  [[nodiscard]] Status take_out(store::Snapshot& snapshot, store::Batch& batch, const Subscription& subscription);

  [[nodiscard]] Result<std::optional<Subscription>> find(std::string_view id);
  struct Page {
    std::vector<Subscription> subscriptions;
    std::string next;  // "" at the end
  };
  // A party's of one kind, by id.
  [[nodiscard]] Result<Page> list(const PartyId& party, std::string_view kind, std::string_view after, size_t limit);
  // In clear, the newest first: those that are in use or still overlap.
  [[nodiscard]] Result<std::vector<std::string>> secrets(const Subscription& subscription);

  [[nodiscard]] Result<Progress> progress(std::string_view id);
  struct Deliveries {
    std::vector<Delivery> deliveries;
    std::string next;
  };
  // Dead ones by entry, delivered ones the latest first (limits::kCallbackRecentMax of them at most), or the one that waits.
  [[nodiscard]] Result<Deliveries> deliveries(std::string_view id, Fate fate, std::string_view after, size_t limit);
  // Sends dead letters again: that one, or all of them for "". How many; Code::not_found where there is no such one.
  [[nodiscard]] Result<size_t> replay(const Subscription& subscription, std::string_view delivery);

 private:
  Status check(const Subscription& subscription) const;
  Result<Subscription> commit(Subscription subscription, store::Batch batch);
  Result<std::vector<std::pair<std::string, Delivery>>> dead(store::Snapshot& snapshot, std::string_view id, std::string_view after,
                                                             size_t limit);

  store::Store& store_;
  access::Vault& vault_;
  Env& env_;
  const bool to_private_;
};

// The subscription that an entry of kind `callback` is about.
[[nodiscard]] std::string subscription_in(const Entry& entry);
// All there are, as this snapshot has them.
[[nodiscard]] Result<std::vector<Subscription>> all_subscriptions(store::Snapshot& snapshot);
[[nodiscard]] Result<Progress> read_progress(store::Snapshot& snapshot, std::string_view id);

}  // namespace fairway::exchange::callbacks
