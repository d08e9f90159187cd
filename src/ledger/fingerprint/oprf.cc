#include "ledger/fingerprint/oprf.h"

#include <sodium.h>

#include <algorithm>

namespace fairway::ledger::oprf {
namespace {

constexpr size_t kHashBytes = crypto_hash_sha512_BYTES, kHashBlockBytes = 128;
constexpr size_t kUniformBytes = 64;  // hashed to one element or scalar
constexpr int kKeyAttempts = 256;

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// "OPRFV1-", the mode (1: verifiable), the suite: section 3.1.
std::string context() {
  std::string text = "OPRFV1-";
  text += '\x01';
  return text + "-ristretto255-SHA512";
}

void append_length(std::string& text, size_t length) {
  text += static_cast<char>(length >> 8);
  text += static_cast<char>(length & 0xFF);
}
void append_framed(std::string& text, std::string_view bytes) {
  append_length(text, bytes.size());
  text += bytes;
}

std::string sha512(std::string_view bytes) {
  std::string hash(kHashBytes, '\0');
  crypto_hash_sha512(out(hash), in(bytes), bytes.size());
  return hash;
}

// expand_message_xmd of RFC 9380, section 5.3.1, for the 64 bytes that both hashes below take: one block of SHA-512.
std::string expand(std::string_view message, std::string_view tag) {
  const std::string tagged = std::string(tag) + static_cast<char>(tag.size());
  std::string first(kHashBlockBytes, '\0');
  first += message;
  append_length(first, kUniformBytes);
  first += '\0';
  const std::string b0 = sha512(first + tagged);
  return sha512(b0 + '\x01' + tagged);
}

std::string hash_to_scalar(std::string_view message, std::string_view tag) {
  const std::string uniform = expand(message, tag);
  std::string scalar(kScalarBytes, '\0');
  crypto_core_ristretto255_scalar_reduce(out(scalar), in(uniform));
  return scalar;
}
std::string hash_to_scalar(std::string_view message) { return hash_to_scalar(message, "HashToScalar-" + context()); }

bool is_zero(std::string_view bytes) { return sodium_is_zero(in(bytes), bytes.size()) == 1; }

// The identity is no element that anybody sends: it would give the key's value of nothing.
bool is_element(std::string_view bytes) {
  return bytes.size() == kElementBytes && !is_zero(bytes) && crypto_core_ristretto255_is_valid_point(in(bytes)) == 1;
}
// In its one spelling: less than the order of the group.
bool is_scalar(std::string_view bytes) {
  if (bytes.size() != kScalarBytes) return false;
  std::string wide(bytes);
  wide.resize(crypto_core_ristretto255_NONREDUCEDSCALARBYTES, '\0');
  std::string reduced(kScalarBytes, '\0');
  crypto_core_ristretto255_scalar_reduce(out(reduced), in(wide));
  return reduced == bytes;
}

Result<std::string> multiply(std::string_view scalar, std::string_view element) {
  std::string product(kElementBytes, '\0');
  if (crypto_scalarmult_ristretto255(out(product), in(scalar), in(element)) != 0)
    return fail(Code::invalid, "a product in the group is the identity");
  return product;
}
Result<std::string> multiply_base(std::string_view scalar) {
  std::string product(kElementBytes, '\0');
  if (crypto_scalarmult_ristretto255_base(out(product), in(scalar)) != 0)
    return fail(Code::invalid, "a product in the group is the identity");
  return product;
}
Result<std::string> add(std::string_view a, std::string_view b) {
  std::string sum(kElementBytes, '\0');
  if (crypto_core_ristretto255_add(out(sum), in(a), in(b)) != 0) return fail(Code::invalid, "not an element of the group");
  return sum;
}

// ComputeComposites of section 2.2.1 for one pair: the scalar by which both sides weigh it.
std::string weight_of(std::string_view public_key, std::string_view blinded, std::string_view evaluated) {
  std::string seed_transcript;
  append_framed(seed_transcript, public_key);
  append_framed(seed_transcript, "Seed-" + context());
  std::string transcript;
  append_framed(transcript, sha512(seed_transcript));
  append_length(transcript, 0);
  append_framed(transcript, blinded);
  append_framed(transcript, evaluated);
  return hash_to_scalar(transcript + "Composite");
}

std::string challenge_of(std::string_view public_key, std::string_view m, std::string_view z, std::string_view t2, std::string_view t3) {
  std::string transcript;
  for (const std::string_view element : {public_key, m, z, t2, t3}) append_framed(transcript, element);
  return hash_to_scalar(transcript + "Challenge");
}

std::unexpected<Error> bad_proof() {
  return fail(Code::invalid, "the server does not prove that it used its published key", {}, "do not trust the fingerprint");
}

// VerifyProof of section 2.2.2.
Status verify(std::string_view public_key, std::string_view blinded, const Evaluation& evaluation) {
  if (!is_element(public_key) || !is_element(evaluation.element) || evaluation.proof.size() != kProofBytes) return bad_proof();
  const std::string_view c = std::string_view(evaluation.proof).substr(0, kScalarBytes);
  const std::string_view s = std::string_view(evaluation.proof).substr(kScalarBytes);
  if (!is_scalar(c) || !is_scalar(s)) return bad_proof();
  const std::string weight = weight_of(public_key, blinded, evaluation.element);
  const std::string m = TRY(multiply(weight, blinded)), z = TRY(multiply(weight, evaluation.element));
  const std::string t2 = TRY(add(TRY(multiply_base(s)), TRY(multiply(c, public_key))));
  const std::string t3 = TRY(add(TRY(multiply(s, m)), TRY(multiply(c, z))));
  if (sodium_memcmp(challenge_of(public_key, m, z, t2, t3).data(), c.data(), kScalarBytes) != 0) return bad_proof();
  return {};
}

}  // namespace

Result<KeyPair> derive_key_pair(std::string_view seed, std::string_view info) {
  std::string input(seed);
  append_framed(input, info);
  for (int counter = 0; counter < kKeyAttempts; ++counter) {
    KeyPair key{hash_to_scalar(input + static_cast<char>(counter), "DeriveKeyPair" + context()), {}};
    if (is_zero(key.secret)) continue;
    key.public_key = TRY(multiply_base(key.secret));
    return key;
  }
  return fail(Code::internal, "no key comes of the seed");
}

std::string random_scalar() {
  std::string scalar(kScalarBytes, '\0');
  crypto_core_ristretto255_scalar_random(out(scalar));
  return scalar;
}

Result<std::string> blind(std::string_view input, std::string_view blind) {
  if (!is_scalar(blind) || is_zero(blind)) return fail(Code::invalid, "not a scalar to blind with");
  if (input.size() > 0xFFFF) return fail(Code::too_large, "the input is too long");
  const std::string uniform = expand(input, "HashToGroup-" + context());
  std::string element(kElementBytes, '\0');
  if (crypto_core_ristretto255_from_hash(out(element), in(uniform)) != 0 || is_zero(element))
    return fail(Code::invalid, "the input cannot be blinded");
  return multiply(blind, element);
}

Result<Evaluation> evaluate(const KeyPair& key, std::string_view blinded, std::string_view random) {
  if (!is_element(blinded))
    return fail(Code::invalid, "not a blinded element", {}, "32 bytes: an element of ristretto255, not the identity");
  Evaluation evaluation{TRY(multiply(key.secret, blinded)), {}};
  const std::string weight = weight_of(key.public_key, blinded, evaluation.element);
  const std::string m = TRY(multiply(weight, blinded)), z = TRY(multiply(key.secret, m));
  const std::string c = challenge_of(key.public_key, m, z, TRY(multiply_base(random)), TRY(multiply(random, m)));
  std::string weighed(kScalarBytes, '\0'), s(kScalarBytes, '\0');
  crypto_core_ristretto255_scalar_mul(out(weighed), in(c), in(key.secret));
  crypto_core_ristretto255_scalar_sub(out(s), in(random), in(weighed));
  evaluation.proof = c + s;
  return evaluation;
}

Result<std::string> finalize(std::string_view input, std::string_view blind, std::string_view blinded, const Evaluation& evaluation,
                             std::string_view public_key) {
  TRY_OK(verify(public_key, blinded, evaluation));
  std::string inverse(kScalarBytes, '\0');
  if (!is_scalar(blind) || crypto_core_ristretto255_scalar_invert(out(inverse), in(blind)) != 0)
    return fail(Code::invalid, "not a scalar to blind with");
  std::string text;
  append_framed(text, input);
  append_framed(text, TRY(multiply(inverse, evaluation.element)));
  return sha512(text + "Finalize");
}

}  // namespace fairway::ledger::oprf
