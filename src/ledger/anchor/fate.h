// Fate: what has become of a transaction, as one node sees it, and as enough of them do.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/status.h"
#include "ledger/anchor/nodes.h"
#include "ledger/anchor/profile.h"
#include "ledger/anchor/queue.h"

namespace fairway::ledger::anchor {

enum class Stage : uint8_t {
  missing,   // in no block
  mined,     // in one, not deep enough
  reverted,  // in one, deep enough, and the contract has refused it
  final,     // in one, deep enough, and the contract has it
};
struct Fate {
  Stage stage = Stage::missing;
  TxReceipt receipt;  // but where it is missing
  Block block;        // that it is in, where it is final
  // The same word on the same transaction in the same block; how a node writes its answers does not matter.
  friend bool operator==(const Fate& a, const Fate& b) {
    return a.stage == b.stage && a.receipt.transaction == b.receipt.transaction && a.receipt.block == b.receipt.block &&
           a.block.time_s == b.block.time_s;
  }
};
[[nodiscard]] std::string describe(const Fate& fate);

// Of any of these transactions. Whether a block is deep enough is the profile's matter: so many confirmations, or the tag "finalized".
// nullopt for `anchored` asks for no event: of a transaction that makes a contract.
struct FateQuestion {
  const Address* contract = nullptr;
  Hash origin_hash{};
  std::optional<Anchored> anchored;
  std::span<const Attempt> attempts;
  std::optional<uint64_t> confirmations;
};
[[nodiscard]] Result<Fate> fate_at(Node& node, const FateQuestion& question);
[[nodiscard]] Result<Fate> fate_of(Nodes& nodes, const FateQuestion& question);

}  // namespace fairway::ledger::anchor
