// How the head of the tree is kept: {"size":N,"root":BASE64,"at":MICROSECONDS}. Pure; any thread.
#pragma once

#include <string>

#include "base/status.h"
#include "ledger/tree_store.h"
#include "store/store.h"

namespace fairway::ledger {

[[nodiscard]] Result<TreeHead> head_from_json(const store::StateValue& kept);
[[nodiscard]] std::string to_json(const TreeHead& head);

}  // namespace fairway::ledger
