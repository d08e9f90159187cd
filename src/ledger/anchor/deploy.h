// Deploy: makes the contract of a log on a chain, for `fairway admin ledger anchor deploy`, and tells how it stands there.
#pragma once

#include <functional>
#include <string>

#include "base/env.h"
#include "base/status.h"
#include "ledger/anchor/nodes.h"
#include "ledger/anchor/profile.h"
#include "ledger/anchor/tx_signer.h"

namespace fairway::ledger::anchor {

struct Deployment {
  std::string origin;
  WitnessSet set;
  uint64_t delay_s = 0;  // between the announcement of other witnesses and their turn
};
struct Deployed {
  Address contract{};
  uint64_t gas = 0;
};
// Sends the transaction and waits until enough nodes say that it is as deep as the profile asks for. Code::unavailable past `patience_s`:
// the transaction may still come into a block, and its hash is in the detail. `wait`: a pause between two looks.
[[nodiscard]] Result<Deployed> deploy(Nodes& nodes, const Profile& profile, const Deployment& wanted, const TxSigner& signer, Env& env,
                                      int64_t patience_s, const std::function<void()>& wait);

// {"chain","chainId","contract","size","root":BASE64,"threshold","witnesses":["0x…"],"sender":"0x…","nonce","troubles":[…]}: what enough
// nodes say of the profile's contract.
[[nodiscard]] Result<std::string> contract_status(Nodes& nodes, const Profile& profile, const Address* sender);

}  // namespace fairway::ledger::anchor
