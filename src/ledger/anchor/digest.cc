#include "ledger/anchor/digest.h"

#include <algorithm>
#include <string>

#include "base/bytes.h"
#include "ledger/anchor/abi.h"
#include "ledger/anchor/keccak.h"

namespace fairway::ledger::anchor {
namespace {

constexpr std::string_view kDomainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
constexpr std::string_view kAnchorType = "Anchor(bytes32 originHash,uint64 size,bytes32 root)";
constexpr std::string_view kChangeType = "WitnessChange(bytes32 originHash,address[] witnesses,uint256 threshold,uint64 nonce)";

Hash hash_of(std::string_view bytes) {
  Hash hash{};
  std::ranges::copy(keccak256(bytes), hash.begin());
  return hash;
}

// Keccak-256(0x19 0x01 ‖ the domain's hash ‖ the content's hash).
Hash typed(const Site& site, std::string_view content) {
  std::string domain = keccak256(kDomainType) + keccak256("FairwayAnchor") + keccak256("1");
  domain += abi_word(site.chain_id) + abi_word(site.contract);
  return hash_of("\x19\x01" + keccak256(domain) + keccak256(content));
}

}  // namespace

Hash origin_hash(std::string_view origin) {
  Hash hash{};
  std::ranges::copy(sha256(origin), hash.begin());
  return hash;
}

Hash anchor_digest(const Site& site, std::string_view origin, uint64_t size, const Hash& root) {
  return typed(site, keccak256(kAnchorType) + abi_word(origin_hash(origin)) + abi_word(size) + abi_word(root));
}

Hash change_digest(const Site& site, std::string_view origin, std::span<const Address> witnesses, uint64_t threshold, uint64_t nonce) {
  std::string set;
  for (const Address& witness : witnesses) set += abi_word(witness);
  return typed(site, keccak256(kChangeType) + abi_word(origin_hash(origin)) + keccak256(set) + abi_word(threshold) + abi_word(nonce));
}

}  // namespace fairway::ledger::anchor
