// Sha256: the hash of the tree over several pieces, one after the other, without allocating. The ledger hashes about a hundred inputs of
// less than 128 bytes an entry, where what surrounds the hashing costs more than the hashing (sha256.cc says how much).
// Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace fairway::ledger {

[[nodiscard]] std::array<uint8_t, 32> sha256_of(std::span<const std::string_view> pieces);
[[nodiscard]] inline std::array<uint8_t, 32> sha256_of(std::initializer_list<std::string_view> pieces) {
  return sha256_of(std::span(pieces.begin(), pieces.size()));
}

}  // namespace fairway::ledger
