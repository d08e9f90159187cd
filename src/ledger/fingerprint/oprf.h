// OPRF: the verifiable oblivious pseudorandom function VOPRF(ristretto255, SHA-512) of RFC 9497, one input at a time.
//
// The client blinds its input, the server evaluates the blinded element under its secret key and proves that it was this key, the client
// unblinds. The client learns F(key, input) and nothing of the key, the server learns nothing of the input. Scalars and elements are 32
// bytes as RFC 9496 encodes them. The group and the hash are libsodium's. Pure but for randomness; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::ledger::oprf {

inline constexpr size_t kScalarBytes = 32, kElementBytes = 32, kProofBytes = 64, kOutputBytes = 64;

struct KeyPair {
  std::string secret;      // a scalar
  std::string public_key;  // an element
};
// DeriveKeyPair of section 3.2.1.
[[nodiscard]] Result<KeyPair> derive_key_pair(std::string_view seed, std::string_view info);

[[nodiscard]] std::string random_scalar();

// Section 3.3.2. `blind` is a random scalar that is used once. Code::invalid for an input that no one can blind (which nobody finds).
[[nodiscard]] Result<std::string> blind(std::string_view input, std::string_view blind);

struct Evaluation {
  std::string element;
  std::string proof;
};
// `random` is a random scalar that is used once. Code::invalid for what is no element.
[[nodiscard]] Result<Evaluation> evaluate(const KeyPair& key, std::string_view blinded, std::string_view random);

// The function's value, 64 bytes. Code::invalid where the proof does not show that the key behind `public_key` was used.
[[nodiscard]] Result<std::string> finalize(std::string_view input, std::string_view blind, std::string_view blinded,
                                           const Evaluation& evaluation, std::string_view public_key);

}  // namespace fairway::ledger::oprf
