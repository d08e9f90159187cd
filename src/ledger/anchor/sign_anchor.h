// SignAnchor: what passes between a log and a witness that signs a tree for the contract, both sides of it.
//
//   POST URL/sign-anchor  {"origin":…,"size":N,"root":BASE64,"chainId":N,"contract":"0x…","note":…}  →  {"signature":"0x…"}, 65 bytes
//
// `note` is the checkpoint with its cosignatures, by which a witness that has forgotten it knows its own; it may be left out. Pure; any
// thread. Code::invalid for what is not of this form; a witness's refusal is its own.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "ledger/anchor/digest.h"
#include "ledger/anchor/tx_signer.h"
#include "ledger/checkpoint.h"

namespace fairway::ledger::anchor {

struct AnchorRequest {
  Site site;
  Checkpoint checkpoint;  // origin, size and root
  std::string note;
};
[[nodiscard]] std::string to_json(const AnchorRequest& request);
[[nodiscard]] Result<AnchorRequest> anchor_request_from_json(std::string_view text);
[[nodiscard]] Result<Signature> signature_of_answer(std::string_view answer);

// The witness's side: the answer to a request's body. `has_cosigned` says whether it has cosigned this very tree; for any other it signs
// nothing. For which chain and contract it is asked does not matter: what it signs is true of the log everywhere.
using HasCosigned = std::function<Status(const Checkpoint& checkpoint, std::string_view note)>;
[[nodiscard]] Result<std::string> sign_anchor(std::string_view body, const TxSigner& signer, const HasCosigned& has_cosigned);

}  // namespace fairway::ledger::anchor
