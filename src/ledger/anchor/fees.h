// Fees: what a unit of gas may cost, by the profile's policy and what the chain asks for now. Pure but for asking the nodes.
#pragma once

#include <optional>

#include "ledger/anchor/nodes.h"
#include "ledger/anchor/profile.h"
#include "ledger/anchor/transaction.h"

namespace fairway::ledger::anchor {

// Never past max-fee of the profile, whatever a node says that blocks cost.
[[nodiscard]] Fee fee_for(const FeePolicy& policy, uint64_t base_fee_wei);
// Of a transaction that takes the place of one with `old`: an eighth more at least, as nodes ask for a tenth; nullopt where the profile's
// max-fee does not allow it, or gas costs nothing.
[[nodiscard]] std::optional<Fee> dearer(const FeePolicy& policy, const Fee& old, const Fee& now);
// The base fee of the newest block as the nodes say it: of several the one in the middle, 0 where nobody answers or gas has none.
[[nodiscard]] uint64_t base_fee(Nodes& nodes);

}  // namespace fairway::ledger::anchor
