// Transaction: what is sent to a chain, in the two forms that are used: EIP-1559 (type 2) and, for chains without a base fee, the one
// before it with the chain's id in its signature (EIP-155). Pure; any thread. Errors are the signer's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/status.h"
#include "ledger/anchor/address.h"
#include "ledger/anchor/tx_signer.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

// What a unit of gas may cost, in wei.
struct Fee {
  bool legacy = false;
  uint64_t max = 0;       // the price of a legacy transaction; else the most for base fee and tip together
  uint64_t priority = 0;  // the tip; 0 in a legacy transaction
  friend bool operator==(const Fee&, const Fee&) = default;
};
struct Transaction {
  uint64_t chain_id = 0;
  uint64_t nonce = 0;
  Fee fee;
  uint64_t gas = 0;           // at most
  std::optional<Address> to;  // nullopt makes a contract
  uint64_t value_wei = 0;     // anchors carry none
  std::string data;
};
struct SignedTransaction {
  std::string raw;  // bytes, as nodes take them
  Hash hash{};      // by which its receipt is asked for
};
[[nodiscard]] Hash signing_digest(const Transaction& transaction);
[[nodiscard]] Result<SignedTransaction> sign(const Transaction& transaction, const TxSigner& signer);

}  // namespace fairway::ledger::anchor
