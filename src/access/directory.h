// Directory: who is called what in documents, and what that makes of them. Remembered, because every journey asks it of every name.
//
// A party's names and its role do not change once it is registered; that nobody is called so is asked again each time. Thread-safe.
#pragma once

#include <memory>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "access/need_to_know.h"
#include "base/status.h"
#include "model/party.h"
#include "store/store.h"

namespace fairway::access {

// The state key under which a name leads to the party that holds it.
[[nodiscard]] std::string name_key(uint64_t name);

struct Standing {
  PartyId party;
  Column column = Column::bank;
  // Those to whom the whole consignment is open may pass on what they see by naming others; who sees a part of it may not.
  bool passes_on = false;
  // Lines, terminals, authorities and other ports are registered with proof of who they are, and theirs are the papers that say who has a
  // part in a consignment.
  bool vouches = false;
};
[[nodiscard]] Standing standing_of(const Party& party);

class Directory {
 public:
  // null where nobody is called so. What is handed out lasts as long as the directory.
  [[nodiscard]] Result<const Standing*> by_name(store::Snapshot& snapshot, uint64_t name);
  [[nodiscard]] Result<const Standing*> by_id(store::Snapshot& snapshot, const PartyId& party);

 private:
  const Standing* recall_name(uint64_t name);
  const Standing* recall_id(const PartyId& party);

  std::shared_mutex mutex_;
  std::unordered_map<PartyId, std::unique_ptr<const Standing>> parties_;
  std::unordered_map<uint64_t, const Standing*> names_;
};

}  // namespace fairway::access
