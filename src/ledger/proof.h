// Proof: that an entry is in the log, as one text that anybody can check offline: C2SP tlog-proof (draft of 2026-05-22,
// "c2sp.org/tlog-proof@v1"). Fairway's `extra` line carries the entry itself, so that the text needs nothing beside it; its bytes are bound
// by the leaf's hash. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/merkle.h"
#include "ledger/policy.h"

namespace fairway::ledger {

struct Proof {
  std::string extra;  // bytes; Fairway: the entry of the log
  uint64_t index = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;  // the signed note, verbatim
};
[[nodiscard]] std::string to_text(const Proof& proof);
[[nodiscard]] Result<Proof> proof_from(std::string_view text);
// That `entry` is in a log that the policy believes, under a checkpoint with a quorum. Strict, as policy.h has it.
[[nodiscard]] Result<Witnessed> verify(const Proof& proof, std::string_view entry, const Policy& policy);

}  // namespace fairway::ledger
