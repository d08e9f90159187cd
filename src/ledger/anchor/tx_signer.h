// TxSigner: whose secp256k1 key signs, for transactions and for what witnesses say to the contract. A key in a file today; a token behind
// PKCS#11 or a remote signer is a further implementation of the two functions.
//
// Thread-safe. Errors: Code::forbidden for a key file that others may read, Code::invalid for one that holds no key, Code::unavailable
// where a signer does not answer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/env.h"
#include "base/status.h"
#include "ledger/anchor/address.h"
#include "ledger/merkle.h"

namespace fairway::ledger::anchor {

struct Signature {
  Hash r{};
  Hash s{};              // the lower of the two (EIP-2)
  uint8_t y_parity = 0;  // 0 or 1
  friend bool operator==(const Signature&, const Signature&) = default;
};
// r, s and 27 + y_parity: 65 bytes, as contracts take them.
[[nodiscard]] std::string to_bytes(const Signature& signature);
// Code::invalid where it is not 65 bytes, v is not 27, 28, 0 or 1, or s is the higher one.
[[nodiscard]] Result<Signature> signature_from(std::string_view bytes);
// Who has signed the 32 bytes. Code::forbidden where nobody can have.
[[nodiscard]] Result<Address> signer_of(const Hash& digest, const Signature& signature);

class TxSigner {
 public:
  virtual ~TxSigner() = default;
  [[nodiscard]] virtual const Address& address() const = 0;
  [[nodiscard]] virtual Result<Signature> sign(const Hash& digest) const = 0;  // deterministic (RFC 6979) where the key is a file's
};

// `secret`: 32 bytes.
[[nodiscard]] Result<std::unique_ptr<TxSigner>> make_tx_signer(std::string_view secret);
// From a file of its owner alone (0600) that holds 64 hex digits, with 0x before them or not. With `make`, one that does not exist is made,
// durable before the call returns.
[[nodiscard]] Result<std::unique_ptr<TxSigner>> load_tx_signer(const std::string& path, bool make, Env& env);

}  // namespace fairway::ledger::anchor
