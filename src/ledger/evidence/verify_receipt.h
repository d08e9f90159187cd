// What a receipt proves, and whether the log has kept the promise in it: checked from texts and a policy alone.
//
// Pure; any thread. Nothing fails but in a finding, as in verify.h.
#pragma once

#include <string>
#include <string_view>

#include "ledger/evidence/verify.h"

namespace fairway::ledger::evidence {

// What shows how far the tree had come: the first that is not empty counts.
struct ReceiptEvidence {
  std::string bundle;      // an evidence bundle with the promised entries
  std::string proof;       // a tlog-proof of one of them
  std::string checkpoint;  // a checkpoint that witnesses cosigned
};

// Without evidence the report says what was promised, by whom and by when; with it, whether that was kept. A promise that was broken, and
// one of which the evidence does not tell, are failures.
[[nodiscard]] Report verify_receipt(std::string_view text, const Policy& policy, const ReceiptEvidence& evidence);

}  // namespace fairway::ledger::evidence
