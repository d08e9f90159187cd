#include "ledger/anchor/tx_signer.h"

#include <fcntl.h>
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/bytes.h"
#include "base/descriptor.h"

namespace fairway::ledger::anchor {
namespace {

constexpr size_t kKeyFileBytesMax = 256;

const uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

// For checking; signing has a context of each signer's own, blinded by its own randomness.
const secp256k1_context* checking_context() {
  static const secp256k1_context* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
  return context;
}

Address address_of(const secp256k1_context* context, const secp256k1_pubkey& key) {
  std::string point(65, '\0');
  size_t length = point.size();
  secp256k1_ec_pubkey_serialize(context, reinterpret_cast<uint8_t*>(point.data()), &length, &key, SECP256K1_EC_UNCOMPRESSED);
  return anchor::address_of(std::string_view(point).substr(1));
}

class KeySigner final : public TxSigner {
 public:
  KeySigner(secp256k1_context* context, std::string secret, const Address& address)
      : context_(context), secret_(std::move(secret)), address_(address) {}
  KeySigner(const KeySigner&) = delete;
  KeySigner& operator=(const KeySigner&) = delete;
  ~KeySigner() override {
    sodium_memzero(secret_.data(), secret_.size());
    secp256k1_context_destroy(context_);
  }

  const Address& address() const override { return address_; }

  Result<Signature> sign(const Hash& digest) const override {
    secp256k1_ecdsa_recoverable_signature signature;
    if (secp256k1_ecdsa_sign_recoverable(context_, &signature, digest.data(), bytes_of(secret_), secp256k1_nonce_function_rfc6979,
                                         nullptr) != 1)
      return fail(Code::internal, "the key did not sign");
    std::array<uint8_t, 64> compact{};
    int parity = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context_, compact.data(), &parity, &signature);
    Signature out;
    std::copy_n(compact.begin(), 32, out.r.begin());
    std::copy_n(compact.begin() + 32, 32, out.s.begin());
    out.y_parity = static_cast<uint8_t>(parity & 1);
    return out;
  }

 private:
  secp256k1_context* const context_;
  std::string secret_;
  const Address address_;
};

Result<std::string> read_key_file(const std::string& path, int file) {
  struct stat about{};
  if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return fail(Code::invalid, "this is no file", path);
  if ((about.st_mode & 077) != 0) return fail(Code::forbidden, "others may read the key file", path, "chmod 600 it, or make a new key");
  std::string text(kKeyFileBytesMax, '\0');
  const ssize_t length = ::read(file, text.data(), text.size());
  if (length < 0) return fail(Code::unavailable, "cannot read the key file", path);
  text.resize(static_cast<size_t>(length));
  std::string_view digits = trim(text);
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  Result<std::string> secret = from_hex(to_lower(digits));
  sodium_memzero(text.data(), text.size());
  if (!secret || secret->size() != 32) return fail(Code::invalid, "the key file does not hold 64 hex digits", path);
  return secret;
}

Status sync_folder(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor file(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.good() || ::fsync(file.number()) != 0) return fail(Code::unavailable, "cannot make the key file durable", path);
  return {};
}

Result<std::string> make_key_file(const std::string& path, Env& env) {
  std::string secret = env.random_bytes(32);
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.good()) return fail(Code::unavailable, "cannot make the key file", path + ": " + std::strerror(errno));
  const std::string text = "0x" + to_hex(secret) + "\n";
  if (::write(file.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) || ::fsync(file.number()) != 0)
    return fail(Code::unavailable, "cannot write the key file", path + ": " + std::strerror(errno));
  TRY_OK(sync_folder(path));
  return secret;
}

}  // namespace

std::string to_bytes(const Signature& signature) {
  std::string bytes(view(signature.r));
  bytes += view(signature.s);
  bytes += static_cast<char>(27 + signature.y_parity);
  return bytes;
}

Result<Signature> signature_from(std::string_view bytes) {
  if (bytes.size() != 65) return fail(Code::invalid, "a signature has 65 bytes", std::to_string(bytes.size()));
  const auto v = static_cast<uint8_t>(bytes[64]);
  if (v != 0 && v != 1 && v != 27 && v != 28) return fail(Code::invalid, "a signature's last byte is 27 or 28", std::to_string(v));
  secp256k1_ecdsa_signature parsed;
  if (secp256k1_ecdsa_signature_parse_compact(checking_context(), &parsed, bytes_of(bytes)) != 1)
    return fail(Code::invalid, "r or s of a signature is past the curve's order");
  if (secp256k1_ecdsa_signature_normalize(checking_context(), nullptr, &parsed) == 1)
    return fail(Code::invalid, "a signature's s is the higher of the two");
  Signature signature;
  std::copy_n(bytes.begin(), 32, signature.r.begin());
  std::copy_n(bytes.begin() + 32, 32, signature.s.begin());
  signature.y_parity = v >= 27 ? v - 27 : v;
  return signature;
}

Result<Address> signer_of(const Hash& digest, const Signature& signature) {
  const std::string bytes = to_bytes(signature);
  secp256k1_ecdsa_recoverable_signature parsed;
  secp256k1_pubkey key;
  if (signature.y_parity > 1 ||
      secp256k1_ecdsa_recoverable_signature_parse_compact(checking_context(), &parsed, bytes_of(bytes), signature.y_parity) != 1 ||
      secp256k1_ecdsa_recover(checking_context(), &key, &parsed, digest.data()) != 1)
    return fail(Code::forbidden, "nobody can have made this signature");
  return address_of(checking_context(), key);
}

Result<std::unique_ptr<TxSigner>> make_tx_signer(std::string_view secret) {
  if (secret.size() != 32 || secp256k1_ec_seckey_verify(checking_context(), bytes_of(secret)) != 1)
    return fail(Code::invalid, "these 32 bytes are no secp256k1 key");
  secp256k1_context* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
  const std::string blinding = Env::system().random_bytes(32);  // against who measures; it changes no signature
  secp256k1_pubkey key;
  if (secp256k1_context_randomize(context, bytes_of(blinding)) != 1 || secp256k1_ec_pubkey_create(context, &key, bytes_of(secret)) != 1) {
    secp256k1_context_destroy(context);
    return fail(Code::internal, "the key cannot be used");
  }
  return std::make_unique<KeySigner>(context, std::string(secret), address_of(context, key));
}

Result<std::unique_ptr<TxSigner>> load_tx_signer(const std::string& path, bool make, Env& env) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.good()) return make_tx_signer(TRY(read_key_file(path, file.number())));
  if (errno != ENOENT || !make)
    return fail(errno == ENOENT ? Code::not_found : Code::unavailable, "cannot open the key file", path + ": " + std::strerror(errno));
  return make_tx_signer(TRY(make_key_file(path, env)));
}

}  // namespace fairway::ledger::anchor
