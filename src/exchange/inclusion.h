// Inclusion: what the answer to a submission says of the ledger: by when it is in the tree, and the log's signed receipt for that.
#pragma once

#include <functional>
#include <string>

#include "intake/outcome.h"
#include "ledger/receipt.h"
#include "ledger/receipt_signer.h"
#include "model/party.h"

namespace fairway::exchange {

// What may be promised of a submission: everything of it that the log has. `sent`: SHA-256 of what was sent.
[[nodiscard]] ledger::Promise promise_of(const intake::Outcome& outcome, const PartyId& party, const ledger::Hash& sent);

// Calls `done` exactly once with the member `inclusion` of the answer, as JSON: {"by":…,"receipt":…}, or {"receipt":null,"why":…} where
// nothing is signed. From this thread or the signer's; it must not block. `signer`: null where no ledger is kept.
void ask_inclusion(ledger::ReceiptSigner* signer, ledger::Promise promise, std::function<void(std::string)> done);

}  // namespace fairway::exchange
