// Eraser: takes what an entry says out of the store: its body, party, terms and identity, and the salt that the tree's leaf stands on, in
// one batch with a tombstone entry that says by whose authority; then has the store's files forget it. Proofs of every other entry hold as
// before, and so does the proof of the erased entry's place; what it said can be shown to nobody any more.
//
// Any thread. Slow: it reads the log and the indexes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "model/party.h"
#include "store/store.h"

namespace fairway::ledger {

struct ErasureWish {
  Position entry = 0;
  std::string authority;  // who demands it: a law, a court, the person concerned; no name of a person
  std::string reason;
  PartyId by;  // the operator's party; "" from the command line
};
// {"entry","authority","reason"}; Code::invalid with what is missing.
[[nodiscard]] Result<ErasureWish> erasure_wish_from_json(std::string_view text);
[[nodiscard]] std::string to_json(const ErasureWish& wish);

struct Erased {
  struct One {
    Position entry = 0;
    EntryKind kind = EntryKind::event;  // what it was
    Position tombstone = 0;
  };
  std::vector<One> entries;          // the one that was named, then what went with it
  std::vector<Position> still_in;    // the message that still holds the event's text
  std::vector<Position> amended_by;  // entries that correct or retract it, which stay
  bool purged = false;               // out of the store's files, too; false: it is tried again
};
[[nodiscard]] std::string to_json(const Erased& erased);

class Eraser {
 public:
  Eraser(store::Store& store, Env& env) : store_(store), env_(env) {}

  // Erases a message with the events that it told, an event, an alert or a reading, and the alerts that quote it. Code::invalid for another
  // kind of entry, Code::conflict where it was erased before (what is left of it in files is purged then), Code::unavailable where it is
  // not in the tree yet.
  [[nodiscard]] Result<Erased> erase(const ErasureWish& wish);

  // Purges what a crash or a long read kept in the store's files. Nothing to do where there is nothing.
  [[nodiscard]] Status finish_purges();

  // Tombstones, the newest first: the JSON of each.
  struct Page {
    std::vector<std::string> items;
    Position next = 0;  // 0: no more
  };
  [[nodiscard]] Result<Page> list(Position before, size_t limit);

 private:
  [[nodiscard]] Result<store::Batch> plan(store::Snapshot& snapshot, const ErasureWish& wish, Erased& erased);

  store::Store& store_;
  Env& env_;
};

}  // namespace fairway::ledger
