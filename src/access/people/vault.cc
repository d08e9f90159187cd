#include "access/people/vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/log.h"

namespace fairway::access {
namespace {

constexpr size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::unexpected<Error> unusable(const std::string& file, std::string_view reason) {
  return fail(Code::unavailable, "the secret file cannot be used", file + ": " + std::string(reason),
              "serve --secret-file names it; it holds 64 hexadecimal digits");
}

Result<std::string> read_key(const std::string& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() < 0) return unusable(file, strerror(errno));
  struct stat facts{};
  if (fstat(descriptor.number(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    log::warn("{} can be read by others than its owner: chmod 600 mends that", file);
  std::array<char, 4 * kKeyBytes> text{};
  const ssize_t size = ::read(descriptor.number(), text.data(), text.size());
  if (size < 0) return unusable(file, strerror(errno));
  auto key = from_hex(trim({text.data(), static_cast<size_t>(size)}));
  if (!key || key->size() != kKeyBytes) return unusable(file, "not a key");
  return *key;
}

// Written whole under another name and then linked, so that of two servers that begin together both read the same key.
Status make_key(const std::string& file, Env& env) {
  const std::string draft = file + "." + random_id(env, 8);
  const std::string text = to_hex(env.random_bytes(kKeyBytes)) + "\n";
  {
    const Descriptor descriptor(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (descriptor.number() < 0) return unusable(file, strerror(errno));
    if (::write(descriptor.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) || fsync(descriptor.number()) != 0) {
      unlink(draft.c_str());
      return unusable(file, strerror(errno));
    }
  }
  const int linked = link(draft.c_str(), file.c_str());
  const int reason = errno;
  unlink(draft.c_str());
  if (linked != 0 && reason != EEXIST) return unusable(file, strerror(reason));
  return {};
}

}  // namespace

Result<std::string> Vault::key() {
  {
    const std::lock_guard lock(mutex_);
    if (!key_.empty()) return key_;
  }
  if (file_.empty())
    return fail(Code::unavailable, "this server has no secret file", {},
                "start it with --secret-file FILE, the same for all servers of a store");
  if (sodium_init() < 0) return fail(Code::internal, "libsodium could not start");
  if (::access(file_.c_str(), F_OK) != 0) TRY_OK(make_key(file_, env_));
  // Two threads may read it at one time: they read the same.
  std::string key = TRY(read_key(file_));
  const std::lock_guard lock(mutex_);
  return key_ = std::move(key);
}

Result<std::string> Vault::seal(std::string_view secret, std::string_view purpose) {
  const std::string key = TRY(this->key());
  const std::string nonce = env_.random_bytes(kNonceBytes);
  std::string sealed(secret.size() + kTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed), nullptr, bytes_of(secret), secret.size(), bytes_of(purpose), purpose.size(),
                                             nullptr, bytes_of(nonce), bytes_of(key));
  return to_base64(nonce + sealed);
}

Result<std::string> Vault::open(std::string_view sealed, std::string_view purpose) {
  const std::string key = TRY(this->key());
  const auto bytes = from_base64(sealed);
  const auto refused = fail(Code::invalid, "this was not sealed here", {}, "is the secret file the one that the store was used with?");
  if (!bytes || bytes->size() < kNonceBytes + kTagBytes) return refused;
  const std::string_view nonce = std::string_view(*bytes).substr(0, kNonceBytes), body = std::string_view(*bytes).substr(kNonceBytes);
  std::string secret(body.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(secret), nullptr, nullptr, bytes_of(body), body.size(), bytes_of(purpose),
                                                 purpose.size(), bytes_of(nonce), bytes_of(key)) != 0)
    return refused;
  return secret;
}

}  // namespace fairway::access
