#include "ledger/anchor/keccak.h"

#include <cryptopp/keccak.h>

namespace fairway::ledger::anchor {

std::string keccak256(std::string_view bytes) {
  CryptoPP::Keccak_256 hash;
  std::string digest(CryptoPP::Keccak_256::DIGESTSIZE, '\0');
  hash.CalculateDigest(reinterpret_cast<CryptoPP::byte*>(digest.data()), reinterpret_cast<const CryptoPP::byte*>(bytes.data()),
                       bytes.size());
  return digest;
}

}  // namespace fairway::ledger::anchor
