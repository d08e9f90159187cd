// Address: who sends or signs on an Ethereum-like chain, and which contract is called: the last 20 bytes of Keccak-256 of a public key.
// Pure values; any thread. Code::invalid for a text that is none.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

using Address = std::array<uint8_t, 20>;

using ledger::view;  // of a Hash, beside that of an Address
[[nodiscard]] inline std::string_view view(const Address& address) {
  return {reinterpret_cast<const char*>(address.data()), address.size()};
}
[[nodiscard]] Result<Address> address_from_bytes(std::string_view bytes);
// "0x" and 40 hex digits. Where they are of both cases the case must be that of EIP-55, which tells most slips.
[[nodiscard]] Result<Address> address_from(std::string_view text);
[[nodiscard]] std::string to_text(const Address& address);  // in the case of EIP-55
// `public_key`: 64 bytes, x and y.
[[nodiscard]] Address address_of(std::string_view public_key);
// Of the contract that the sender's transaction with this nonce makes.
[[nodiscard]] Address contract_address(const Address& sender, uint64_t nonce);

}  // namespace fairway::ledger::anchor
