// Group: what becomes of batches that are made durable together, worked out before anything is written.
//
// The holder of the sequencer's lease is the only writer of entries, identities and state, so what it has looked up stands until
// its own next transaction; the fence in that transaction proves that it is still the holder. Pure functions over values; any
// thread. A plan refers to the batches it was made of and must not outlive them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/store.h"

namespace fairway::store::postgres {

// What a group has to know of the store before it can be planned.
struct Names {
  std::vector<std::string_view> identities;
  std::vector<std::string_view> states;
};
[[nodiscard]] Names names_in(std::span<const Batch* const> batches);

struct Standing {  // an identity's first entry
  Position position = 0;
  std::string digest;
};
// The store's answer to Names; what it does not have is absent.
struct Known {
  std::unordered_map<std::string, Standing> identities;
  std::unordered_map<std::string, uint64_t> versions;
};

struct EntryRow {
  Position position = 0;
  const NewEntry* entry = nullptr;
};
struct TermRow {
  const Term* term = nullptr;
  Position position = 0;
};
struct StateRow {
  std::string_view key;
  uint64_t version = 0;                // 0: erased
  const std::string* value = nullptr;  // null: erased
};

struct GroupPlan {
  Position first = 1;                     // the next position before the group
  Position next = 1;                      // and after it
  std::vector<EntryRow> entries;          // by position
  std::vector<EntryRow> identities;       // entries with an identity, by identity: neighbours in the index are written together
  std::vector<TermRow> terms;             // by key, then position
  std::vector<StateRow> states;           // by key: the last of several writes
  std::vector<const Erasure*> erasures;   // before everything else
  std::vector<Result<Receipt>> receipts;  // one a batch
  uint64_t repeats = 0;

  [[nodiscard]] bool writes() const { return !entries.empty() || !states.empty() || !erasures.empty(); }
};

// Batches take effect in order, each wholly or, where an expectation fails, not at all.
[[nodiscard]] GroupPlan plan_group(std::span<const Batch* const> batches, Position next, Known known);

}  // namespace fairway::store::postgres
