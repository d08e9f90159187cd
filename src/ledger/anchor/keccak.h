// Keccak-256 as Ethereum has it: the submission's padding, which is not that of SHA3-256. Crypto++ computes it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace fairway::ledger::anchor {

[[nodiscard]] std::string keccak256(std::string_view bytes);  // 32 bytes

}  // namespace fairway::ledger::anchor
