// The kinds of signature of note.h: what each signs, and who signs it.
#include <sodium.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/bytes.h"
#include "ledger/note.h"

namespace fairway::ledger {
namespace {

constexpr size_t kTimeBytes = 8;
constexpr uint64_t kTimeMax = std::numeric_limits<int64_t>::max();

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

bool is_sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

std::string plain_text(std::string_view text, uint64_t /*time_s*/) { return std::string(text); }

// tlog-cosignature v1.0.1, "Ed25519 signatures".
std::string cosigned_text(std::string_view text, uint64_t time_s) {
  return "cosignature/v1\ntime " + std::to_string(time_s) + "\n" + std::string(text);
}

// All of them are Ed25519 over a text, after a time where the kind has one.
struct Kind {
  SignatureKind kind;
  bool is_timed;  // eight bytes of time stand before the signature
  std::string (*signed_text)(std::string_view text, uint64_t time_s);
};
constexpr std::array kKinds = {
    Kind{SignatureKind::ed25519, false, plain_text},
    Kind{SignatureKind::cosignature, true, cosigned_text},
};

Result<Kind> kind_of(SignatureKind kind) {
  const auto found = std::ranges::find(kKinds, kind, &Kind::kind);
  if (found == kKinds.end()) return fail(Code::invalid, "a kind of signature that is not known", std::to_string(static_cast<int>(kind)));
  return *found;
}

struct Payload {
  uint64_t time_s = 0;
  std::string_view signature;
};
Result<Payload> payload_of(const Kind& kind, std::string_view bytes) {
  Payload payload{0, bytes};
  if (bytes.size() != crypto_sign_BYTES + (kind.is_timed ? kTimeBytes : 0))
    return fail(Code::forbidden, "a signature of the wrong length", std::to_string(bytes.size()) + " bytes");
  if (!kind.is_timed) return payload;
  payload.time_s = read_u64(bytes.data());
  payload.signature.remove_prefix(kTimeBytes);
  if (payload.time_s > kTimeMax) return fail(Code::forbidden, "a cosignature of no time that can be", std::to_string(payload.time_s));
  return payload;
}

class Ed25519Signer final : public Signer {
 public:
  Ed25519Signer(VerifierKey key, const Kind& kind, std::string secret) : key_(std::move(key)), kind_(kind), secret_(std::move(secret)) {}
  ~Ed25519Signer() override { sodium_memzero(secret_.data(), secret_.size()); }
  Ed25519Signer(const Ed25519Signer&) = delete;
  Ed25519Signer& operator=(const Ed25519Signer&) = delete;

  const VerifierKey& key() const override { return key_; }

  Result<NoteSignature> sign(std::string_view text, uint64_t time_s) const override {
    if (time_s > kTimeMax) return fail(Code::invalid, "a time that cannot be signed", std::to_string(time_s));
    NoteSignature signature{key_.name, key_.id, {}};
    if (kind_.is_timed) append_u64(signature.bytes, time_s);
    std::string bytes(crypto_sign_BYTES, '\0');
    const std::string message = kind_.signed_text(text, time_s);
    if (crypto_sign_detached(bytes_of(bytes), nullptr, bytes_of(message), message.size(), bytes_of(secret_)) != 0)
      return fail(Code::internal, "libsodium could not sign");
    signature.bytes += bytes;
    return signature;
  }

 private:
  VerifierKey key_;
  Kind kind_;
  std::string secret_;  // seed and public key, as libsodium has them
};

}  // namespace

Result<uint64_t> time_of(const NoteSignature& signature, SignatureKind kind) {
  return TRY(payload_of(TRY(kind_of(kind)), signature.bytes)).time_s;
}

Status verify(const VerifierKey& key, std::string_view text, const NoteSignature& signature) {
  if (!is_sodium_ready()) return fail(Code::internal, "libsodium could not start");
  if (signature.name != key.name || signature.id != key.id)
    return fail(Code::forbidden, "the signature is of another key", legible(signature.name), legible(key.name));
  const Kind kind = TRY(kind_of(key.kind));
  const Payload payload = TRY(payload_of(kind, signature.bytes));
  if (key.bytes.size() != crypto_sign_PUBLICKEYBYTES) return fail(Code::invalid, "an Ed25519 key has 32 bytes", legible(key.name));
  const std::string message = kind.signed_text(text, payload.time_s);
  if (crypto_sign_verify_detached(bytes_of(payload.signature), bytes_of(message), message.size(), bytes_of(key.bytes)) != 0)
    return fail(Code::forbidden, "the signature does not hold", legible(key.name));
  return {};
}

Result<std::unique_ptr<Signer>> make_signer(std::string_view name, SignatureKind kind, std::string_view seed) {
  if (!is_sodium_ready()) return fail(Code::internal, "libsodium could not start");
  if (seed.size() != crypto_sign_SEEDBYTES) return fail(Code::invalid, "a seed has 32 bytes", std::to_string(seed.size()) + " bytes");
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0'), secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(bytes_of(public_key), bytes_of(secret), bytes_of(seed));
  VerifierKey key = TRY(make_verifier_key(name, kind, public_key));
  return std::make_unique<Ed25519Signer>(std::move(key), TRY(kind_of(kind)), std::move(secret));
}

}  // namespace fairway::ledger
