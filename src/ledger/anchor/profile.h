// Profile: which chain and contract a log is anchored on, read from a small text of lines "name = value"; '#' begins a comment.
// docs/reference/ledger.md, "Anchor", has the names; contracts/profiles has examples. Pure; any thread. Code::invalid names the line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/abi.h"
#include "ledger/anchor/address.h"

namespace fairway::ledger::anchor {

enum class FeeKind : uint8_t { zero, legacy, eip1559 };
struct FeePolicy {
  FeeKind kind = FeeKind::eip1559;
  uint64_t gas_price_wei = 0;                 // of legacy
  uint64_t priority_fee_wei = 1'000'000'000;  // the tip of eip1559
  uint64_t max_fee_wei = 200'000'000'000;     // nothing ever pays more for a unit of gas, not even a replacement
};

struct AnchorWitness {
  Address address{};
  std::string url;  // POST URL/sign-anchor; "" for one that is asked elsewhere
};

struct Profile {
  std::string name;
  uint64_t chain_id = 0;
  std::vector<std::string> nodes;  // URLs, at least two
  size_t agree = 0;                // how many of them must say the same; more than half where it is not given
  std::optional<Address> contract;
  std::string sender_key_file;
  FeePolicy fee;
  std::optional<uint64_t> confirmations;  // blocks, the anchor's own counted; nullopt asks for the tag "finalized"
  int64_t interval_s = 300;               // between two anchors
  int64_t stuck_s = 120;                  // after which a transaction is replaced by a dearer one
  int64_t poll_ms = 5'000;                // between two looks at the chain
  std::vector<AnchorWitness> witnesses;   // ascending by address
};
[[nodiscard]] Result<Profile> profile_from(std::string_view text);
[[nodiscard]] Result<Profile> load_profile(const std::string& path);
// Ok where the contract would take such a set: at most 32, each once, the threshold more than half. Sorts it.
[[nodiscard]] Status check_set(WitnessSet& set);

}  // namespace fairway::ledger::anchor
