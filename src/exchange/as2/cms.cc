#include "exchange/as2/cms.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/bytes.h"
#include "base/freed_by.h"

namespace fairway::exchange::as2 {
namespace {

using Bio = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, FreedBy<CMS_ContentInfo_free>>;
using Key = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, FreedBy<X509_free>>;
struct SignersFreer {  // OpenSSL's stacks are macros: no address to take
  void operator()(STACK_OF(X509) * signers) const { sk_X509_free(signers); }
};
using Signers = std::unique_ptr<STACK_OF(X509), SignersFreer>;

struct DigestRow {
  Digest digest;
  std::string_view name, plain;
  int nid;
  const EVP_MD* (*method)();
};
constexpr std::array kDigests = {
    DigestRow{Digest::sha1, "sha-1", "sha1", NID_sha1, EVP_sha1},
    DigestRow{Digest::sha256, "sha-256", "sha256", NID_sha256, EVP_sha256},
    DigestRow{Digest::sha384, "sha-384", "sha384", NID_sha384, EVP_sha384},
    DigestRow{Digest::sha512, "sha-512", "sha512", NID_sha512, EVP_sha512},
};
const DigestRow& row(Digest digest) { return *std::ranges::find(kDigests, digest, &DigestRow::digest); }

Bio reading(std::string_view bytes) {
  if (bytes.size() > static_cast<size_t>(std::numeric_limits<int>::max())) return nullptr;
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string taken_from(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<size_t>(size)) : std::string();
}

// The reason of OpenSSL's latest error; its queue is empty then.
std::string reason() {
  const char* text = ERR_reason_error_string(ERR_peek_last_error());
  std::string out = text != nullptr ? text : "";
  ERR_clear_error();
  return out;
}

Result<Cms> parse_cms(std::string_view der) {
  const Bio bio = reading(der);
  Cms cms(bio ? d2i_CMS_bio(bio.get(), nullptr) : nullptr);
  if (!cms) return fail(Code::invalid, "not a CMS message", reason());
  return cms;
}

Result<Certificate> certificate_of(X509* x509) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(x509, &der);
  if (size <= 0) return fail(Code::invalid, "the signer's certificate cannot be read", reason());
  auto certificate = certificate_from_der({reinterpret_cast<const char*>(der), static_cast<size_t>(size)});
  OPENSSL_free(der);
  return certificate;
}

// The one digest of the one signer; nullopt where there are more, or it is none of ours.
std::optional<Digest> digest_in(CMS_ContentInfo* cms) {
  STACK_OF(CMS_SignerInfo)* infos = CMS_get0_SignerInfos(cms);
  if (infos == nullptr || sk_CMS_SignerInfo_num(infos) != 1) return std::nullopt;
  X509_ALGOR* algorithm = nullptr;
  CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(infos, 0), nullptr, nullptr, &algorithm, nullptr);
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  const auto* const found = std::ranges::find(kDigests, OBJ_obj2nid(object), &DigestRow::nid);
  return found == kDigests.end() ? std::nullopt : std::optional(found->digest);
}

// The signer's certificate is not held to an authority here: it counts because it is registered, or not at all.
Result<Signed> verify(CMS_ContentInfo* cms, BIO* beside) {
  if (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed) return fail(Code::invalid, "not a signature");
  const std::optional<Digest> digest = digest_in(cms);
  if (!digest) return fail(Code::unauthorized, "not one signer with SHA-1 or SHA-2", {}, "sign once, with SHA-256");
  const Bio content(BIO_new(BIO_s_mem()));
  if (!content || CMS_verify(cms, nullptr, nullptr, beside, content.get(), CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1)
    return fail(Code::unauthorized, "the signature does not fit", reason(), "sign these very bytes, and send your certificate along");
  const Signers signers(CMS_get0_signers(cms));
  if (!signers || sk_X509_num(signers.get()) != 1) return fail(Code::unauthorized, "not one signer");
  Signed out;
  out.signer = TRY(certificate_of(sk_X509_value(signers.get(), 0)));
  out.digest = *digest;
  if (beside == nullptr) out.content = taken_from(content.get());
  return out;
}

}  // namespace

Result<Digest> digest_from(std::string_view text) {
  const std::string lower = to_lower(trim(text));
  for (const DigestRow& known : kDigests)
    if (lower == known.name || lower == known.plain) return known.digest;
  return fail(Code::unsupported, "unknown digest", legible(text), "sha-256");
}

std::string_view name(Digest digest) { return row(digest).name; }

std::string digest_of(std::string_view bytes, Digest digest) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, row(digest).method(), nullptr);
  out.resize(size);
  return out;
}

Result<Signed> verify_detached(std::string_view content, std::string_view signature_der) {
  const Cms cms = TRY(parse_cms(signature_der));
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) == NID_pkcs7_signed && CMS_is_detached(cms.get()) != 1)
    return fail(Code::invalid, "the signature holds a content of its own", {}, "leave it out, or send it as signed-data");
  const Bio beside = reading(content);
  if (!beside) return fail(Code::too_large, "the content is too large");
  return verify(cms.get(), beside.get());
}

Result<Signed> verify_opaque(std::string_view der) {
  const Cms cms = TRY(parse_cms(der));
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) == NID_pkcs7_signed && CMS_is_detached(cms.get()) == 1)
    return fail(Code::invalid, "the signature holds no content");
  return verify(cms.get(), nullptr);
}

struct Identity::Impl {
  X509Ptr certificate;
  Key key;
};

Identity::Identity(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Identity::Identity(Identity&&) noexcept = default;
Identity::~Identity() = default;

Result<Identity> Identity::load(const std::string& certificate_file, const std::string& key_file) {
  auto impl = std::make_unique<Impl>();
  const Bio certificate(BIO_new_file(certificate_file.c_str(), "r"));
  if (certificate) impl->certificate.reset(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
  if (!impl->certificate)
    return fail(Code::invalid, "the AS2 certificate cannot be used", certificate_file + ": " + reason(), "a PEM file");
  const Bio key(BIO_new_file(key_file.c_str(), "r"));
  const auto no_password = [](char*, int, int, void*) { return 0; };
  if (key) impl->key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, no_password, nullptr));
  if (!impl->key) return fail(Code::invalid, "the AS2 key cannot be used", key_file + ": " + reason(), "a PEM file without a password");
  if (X509_check_private_key(impl->certificate.get(), impl->key.get()) != 1)
    return fail(Code::invalid, "the AS2 key does not belong to the certificate", key_file + ": " + reason());
  return Identity(std::move(impl));
}

Result<std::string> Identity::decrypt(std::string_view der) const {
  const auto refused = fail(Code::invalid, "the message cannot be decrypted", {}, "encrypt it for this server's certificate, with AES");
  const auto cms = parse_cms(der);
  if (!cms) return refused;
  const Bio content(BIO_new(BIO_s_mem()));
  const bool opened = content && CMS_decrypt(cms->get(), impl_->key.get(), impl_->certificate.get(), nullptr, content.get(), 0) == 1;
  ERR_clear_error();
  if (!opened) return refused;
  return taken_from(content.get());
}

Result<std::string> Identity::sign(std::string_view content, Digest digest) const {
  constexpr unsigned kFlags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP;
  const Bio bio = reading(content);
  const Cms cms(bio ? CMS_sign(nullptr, nullptr, nullptr, nullptr, kFlags) : nullptr);
  if (!cms || CMS_add1_signer(cms.get(), impl_->certificate.get(), impl_->key.get(), row(digest).method(), kFlags) == nullptr ||
      CMS_final(cms.get(), bio.get(), nullptr, kFlags & ~static_cast<unsigned>(CMS_PARTIAL)) != 1)
    return fail(Code::internal, "the receipt cannot be signed", reason());
  const Bio out(BIO_new(BIO_s_mem()));
  if (!out || i2d_CMS_bio(out.get(), cms.get()) != 1) return fail(Code::internal, "the receipt cannot be signed", reason());
  return taken_from(out.get());
}

}  // namespace fairway::exchange::as2
