// Online: whether nodes of the chain confirm an anchor that evidence carries. Each node is asked by itself, so that a reader sees whom to
// believe; what they say of the block's state is left out where a node no longer keeps it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/node.h"
#include "ledger/anchor/record.h"

namespace fairway::ledger::anchor {

struct NodeVerdict {
  std::string node;
  Status confirms;          // Code::conflict where it says otherwise, Code::unavailable where it cannot be asked
  bool state_seen = false;  // the contract's own state after the block, and not only the receipt's event
};
[[nodiscard]] NodeVerdict confirm_at(Node& node, const AnchorRecord& record);
// `urls`: nodes that the reader trusts, two or more; the bundle's own word on where to ask is nobody's. Code::invalid for a URL that is
// none.
[[nodiscard]] Result<std::vector<NodeVerdict>> confirm_online(const AnchorRecord& record, std::span<const std::string> urls);
// Ok where all of them confirm it, and there are two at least; else what the first one says that does not.
[[nodiscard]] Status all_confirm(std::span<const NodeVerdict> verdicts);

}  // namespace fairway::ledger::anchor
