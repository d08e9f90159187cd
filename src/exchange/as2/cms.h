// CMS (RFC 5652) for AS2, by OpenSSL and nothing else: signatures checked and made, envelopes opened, digests taken. Thread-safe.
//
// A good signature says that the holder of a certificate signed these bytes. Whose certificate that is, and whether it still counts, its
// fingerprint tells whoever knows it (access/registry.h).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/certificate.h"
#include "base/status.h"

namespace fairway::exchange::as2 {

// A digest that AS2 names: "sha-256" (RFC 5751), or "sha256" and "sha1" as older partners write. Code::unsupported for others, MD5 among
// them.
enum class Digest : uint8_t { sha1, sha256, sha384, sha512 };
[[nodiscard]] Result<Digest> digest_from(std::string_view name);
[[nodiscard]] std::string_view name(Digest digest);  // "sha-256"
[[nodiscard]] std::string digest_of(std::string_view bytes, Digest digest);

struct Signed {
  Certificate signer;
  Digest digest = Digest::sha256;  // that the signer used
  std::string content;             // where it stood in the signature; "" where it stands beside it
};
// A detached signature over `content`, and one that holds its content. One signer, whose certificate is in it. Code::unauthorized where it
// does not fit, Code::invalid where it cannot be read.
[[nodiscard]] Result<Signed> verify_detached(std::string_view content, std::string_view signature_der);
[[nodiscard]] Result<Signed> verify_opaque(std::string_view der);

// This server's own key and certificate.
class Identity {
 public:
  // PEM files; a key without a password. Code::invalid where they cannot be used or do not belong together.
  [[nodiscard]] static Result<Identity> load(const std::string& certificate_file, const std::string& key_file);
  Identity(Identity&&) noexcept;
  ~Identity();

  // What an envelope for this server holds. Code::invalid where it is none, or not for it: whatever was wrong, with one and the same
  // message.
  [[nodiscard]] Result<std::string> decrypt(std::string_view der) const;
  // A detached signature, DER, with the certificate in it.
  [[nodiscard]] Result<std::string> sign(std::string_view content, Digest digest) const;

 private:
  struct Impl;
  explicit Identity(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fairway::exchange::as2
