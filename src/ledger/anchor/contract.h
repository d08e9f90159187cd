// Contract: the code of contracts/FairwayAnchor.sol as it is deployed, compiled into the program. contracts/README.md says how it is made.
#pragma once

#include <string_view>

namespace fairway::ledger::anchor {

extern const std::string_view kContractCode;  // hex digits; the constructor's arguments follow it

}  // namespace fairway::ledger::anchor
