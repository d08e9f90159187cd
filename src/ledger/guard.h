// Guard: who must agree before the log signs. A store that came back from a backup has forgotten checkpoints that others have seen; were
// it to sign on, there would be two trees of one name. So those who remember are asked first: witnesses, the contract that anchors.
//
// A guard is asked on the publisher's thread before the first signature after start, after another server has taken a step, and after
// Publisher::doubt(). It answers within a few seconds, and may be asked again every few seconds.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"

namespace fairway::ledger {

struct GuardQuestion {
  std::string_view signed_note;  // the latest note that this log has signed, as the store has it; "" before the first
  const Checkpoint& head;        // what it would sign now: durable in the store
  const NodeReader& nodes;       // of the tree up to `head`
};

class Guard {
 public:
  virtual ~Guard() = default;
  // For the status and the log: "witnesses", "anchor".
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Ok if what it remembers of this origin is in the tree of `head`. Code::conflict where it has seen what the tree does not have, with
  // the cure as hint; any other code where it cannot tell (nobody reached). Nothing is signed before it is ok.
  [[nodiscard]] virtual Status agree(const GuardQuestion& question) = 0;
};

}  // namespace fairway::ledger
