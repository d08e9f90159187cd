// Abi: how the contract's functions are called and what they answer, of the Contract ABI only what contracts/FairwayAnchor.sol needs.
// Pure; any thread. Code::invalid for an answer that is not of its form.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/address.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

// 32 bytes each: numbers and addresses are padded on the left.
[[nodiscard]] std::string abi_word(uint64_t number);
[[nodiscard]] std::string abi_word(const Address& address);
[[nodiscard]] std::string abi_word(const Hash& hash);

// The set of witnesses as the contract has it.
struct WitnessSet {
  std::vector<Address> witnesses;  // ascending
  uint64_t threshold = 0;
  friend bool operator==(const WitnessSet&, const WitnessSet&) = default;
};
struct Anchored {
  uint64_t size = 0;
  Hash root{};
  friend bool operator==(const Anchored&, const Anchored&) = default;
};

// What a transaction or a call carries. `code` is the contract's own, without arguments.
[[nodiscard]] std::string deploy_data(std::string_view code, std::string_view origin, const WitnessSet& set, uint64_t delay_s);
[[nodiscard]] std::string anchor_data(uint64_t size, const Hash& root, std::string_view signatures);
[[nodiscard]] std::string call_data(std::string_view signature);  // of a function without arguments: "latest()"

[[nodiscard]] Result<Anchored> anchored_from(std::string_view answer);     // of latest()
[[nodiscard]] Result<WitnessSet> witnesses_from(std::string_view answer);  // of witnesses()
[[nodiscard]] Result<Hash> word_from(std::string_view answer);             // of originHash()
[[nodiscard]] Hash anchored_topic();                                       // of event Anchored(bytes32,uint64,bytes32)

}  // namespace fairway::ledger::anchor
