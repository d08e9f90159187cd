// Signatures: asks witnesses to sign a tree for the contract, and puts what they answer in the order that the contract wants.
//
// sign_anchor.h has the form of both. Errors: Code::unavailable where fewer than the threshold have signed, with what each said.
#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/abi.h"
#include "ledger/anchor/digest.h"
#include "ledger/anchor/profile.h"
#include "ledger/checkpoints.h"

namespace fairway::ledger::anchor {

// Sends the request to one witness; gives what it answers.
using AskWitness = std::function<Result<std::string>(const AnchorWitness& witness, const std::string& request)>;
[[nodiscard]] AskWitness ask_over_http(const std::atomic<bool>* give_up);

// As many as the threshold asks for, each checked to be of a witness of `set` that the profile says how to reach, ascending by address.
[[nodiscard]] Result<std::string> collect_signatures(const Site& site, const SignedCheckpoint& checkpoint, const WitnessSet& set,
                                                     std::span<const AnchorWitness> witnesses, const AskWitness& ask);

}  // namespace fairway::ledger::anchor
