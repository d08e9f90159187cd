#include "ledger/anchor/signatures.h"

#include <algorithm>
#include <map>

#include "ledger/anchor/json_rpc.h"
#include "ledger/anchor/sign_anchor.h"

namespace fairway::ledger::anchor {
namespace {

Result<Signature> signature_by(const AnchorWitness& witness, const Hash& digest, const std::string& request, const AskWitness& ask) {
  const std::string answer = TRY(ask(witness, request));
  const Signature signature = TRY(signature_of_answer(answer));
  const Address signer = TRY(signer_of(digest, signature));
  if (signer != witness.address) return fail(Code::forbidden, "the signature is another's", to_text(signer));
  return signature;
}

}  // namespace

AskWitness ask_over_http(const std::atomic<bool>* give_up) {
  return [give_up](const AnchorWitness& witness, const std::string& request) -> Result<std::string> {
    if (witness.url.empty()) return fail(Code::not_found, "the profile has no URL of this witness");
    const JsonRpc::Post post = TRY(json_poster(witness.url + "/sign-anchor", give_up));
    return post(request);
  };
}

Result<std::string> collect_signatures(const Site& site, const SignedCheckpoint& checkpoint, const WitnessSet& set,
                                       std::span<const AnchorWitness> witnesses, const AskWitness& ask) {
  const Checkpoint& tree = checkpoint.checkpoint;
  const Hash digest = anchor_digest(site, tree.origin, tree.size, tree.root);
  const std::string request = to_json(AnchorRequest{site, tree, checkpoint.note});
  std::map<Address, Signature> signatures;
  std::string refusals;
  for (const AnchorWitness& witness : witnesses) {
    if (signatures.size() == set.threshold) break;
    if (!std::ranges::binary_search(set.witnesses, witness.address)) continue;
    const Result<Signature> signature = signature_by(witness, digest, request, ask);
    if (signature)
      signatures[witness.address] = *signature;
    else
      refusals += (refusals.empty() ? "" : "; ") + to_text(witness.address) + ": " + signature.error().text();
  }
  if (signatures.size() < set.threshold)
    return fail(Code::unavailable,
                std::to_string(signatures.size()) + " witnesses have signed for the contract, " + std::to_string(set.threshold) + " must",
                refusals.empty() ? "the profile names too few of the contract's witnesses" : refusals);
  std::string bytes;
  for (const auto& [address, signature] : signatures) bytes += to_bytes(signature);
  return bytes;
}

}  // namespace fairway::ledger::anchor
