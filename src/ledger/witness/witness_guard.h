// WitnessGuard: before the log signs, every witness is asked what it has cosigned last. Where one proves a tree that the store does not
// have, nothing is signed; where so many give no proof of what they remember that they alone could be a quorum, it is waited for them.
//
// A proof is a note with the signatures of the log and of the witness: what a witness merely says can hold the log up only together with as
// many others as make a quorum. Errors as guard.h has them.
#pragma once

#include <atomic>
#include <chrono>
#include <vector>

#include "ledger/guard.h"
#include "ledger/policy.h"
#include "ledger/witness/ask.h"

namespace fairway::ledger::witness {

class WitnessGuard final : public Guard {
 public:
  explicit WitnessGuard(Policy policy, std::chrono::milliseconds patience = std::chrono::seconds(3));
  [[nodiscard]] std::string_view name() const override { return "witnesses"; }
  [[nodiscard]] Status agree(const GuardQuestion& question) override;
  // Ends every wait, for good.
  void stop() { stopping_ = true; }

 private:
  // Ok: what it remembers is in the tree. Code::conflict: it proves that it is not. Any other: it cannot be told.
  [[nodiscard]] Status ask(const PolicyWitness& witness, const GuardQuestion& question, const NodeReader& nodes) const;

  const Policy policy_;
  const std::chrono::milliseconds patience_;
  std::vector<VerifierKey> log_keys_;
  std::atomic<bool> stopping_{false};
};

}  // namespace fairway::ledger::witness
