// Status: how far the ledger has come, and what holds it up. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "base/status.h"
#include "ledger/log.h"
#include "store/store.h"

namespace fairway::ledger {

struct LedgerStatus {
  std::string origin;  // "": the store has no ledger yet
  uint64_t last = 0;   // entry of the log
  TreeHead head;
  Checkpoint checkpoint, witnessed;  // of size 0: none yet
  int64_t waiting_since_us = 0;      // when the oldest entry was received that no checkpoint has; 0: they have all
  // Of this server alone: what it does, where it is the one that takes the steps.
  bool keeps = false;  // it has the key
  Sequencer::Figures sequencing;
  Publisher::Figures publishing;
};
// `log` is null on a server that keeps no ledger.
[[nodiscard]] Result<LedgerStatus> status_of(store::Snapshot& snapshot, const Log* log);

// How old the oldest entry is that no checkpoint has; 0 where there is none.
[[nodiscard]] double lag_seconds(const LedgerStatus& status, int64_t now_us);

// What should trouble whoever runs the server, in a sentence each.
[[nodiscard]] std::vector<std::string> warnings_of(const LedgerStatus& status, int64_t promise_s, int64_t now_us);

// {"origin","entries","size","root","sequencedAt","lag":{"entries","seconds"},"checkpoint":{"size","root"},"witnessed":{…},"warnings":[…]},
// open at its end, so that others can add members.
void begin_json(JsonWriter& writer, const LedgerStatus& status, const std::vector<std::string>& warnings, int64_t now_us);

}  // namespace fairway::ledger
