// Scope: what goes with an entry that is erased, and what else in the log may tell the same. Reads from a snapshot; any thread.
#pragma once

#include <vector>

#include "base/status.h"
#include "store/store.h"

namespace fairway::ledger {

struct ErasureScope {
  std::vector<Entry> entries;        // the one that was named, then what goes with it: the events of a message, the alerts that quote them
  std::vector<Position> still_in;    // the message that holds an event's own text, where that stays
  std::vector<Position> amended_by;  // entries of the same sender that correct or retract what goes: records of their own, which stay
};

// Code::not_found, Code::conflict where it was erased before, Code::invalid for a kind of entry that is never erased, Code::too_large past
// what one batch takes. Reads the log from the entry on: minutes in a large store.
[[nodiscard]] Result<ErasureScope> scope_of(store::Snapshot& snapshot, Position entry);

}  // namespace fairway::ledger
