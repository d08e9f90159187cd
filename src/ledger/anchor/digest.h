// Digest: the 32 bytes that a witness signs for the contract (EIP-712), so that a signature counts for one chain, one contract, one log and
// one tree. contracts/FairwayAnchor.sol computes the same. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ledger/anchor/address.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

// Where an anchor lies.
struct Site {
  uint64_t chain_id = 0;
  Address contract{};
  friend bool operator==(const Site&, const Site&) = default;
};

[[nodiscard]] Hash origin_hash(std::string_view origin);  // SHA-256: what the contract knows of the log's name

// That the log of this origin had this root at this size.
[[nodiscard]] Hash anchor_digest(const Site& site, std::string_view origin, uint64_t size, const Hash& root);
// That these shall be the witnesses. `nonce`: how many changes the contract has announced so far.
[[nodiscard]] Hash change_digest(const Site& site, std::string_view origin, std::span<const Address> witnesses, uint64_t threshold,
                                 uint64_t nonce);

}  // namespace fairway::ledger::anchor
