#include "base/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "base/bytes.h"
#include "base/freed_by.h"

namespace fairway {
namespace {

using X509Ptr = std::unique_ptr<X509, FreedBy<X509_free>>;
using BioPtr = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;

std::unexpected<Error> unreadable() {
  ERR_clear_error();
  return fail(Code::invalid, "this is no X.509 certificate", "", "send it as PEM, from -----BEGIN CERTIFICATE----- to the end line");
}

std::string der_of(const X509& certificate) {
  const int size = i2d_X509(&certificate, nullptr);
  if (size <= 0) return {};
  std::string der(static_cast<size_t>(size), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(&certificate, &out);
  return der;
}

std::string subject_of(const X509& certificate) {
  const BioPtr text(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(text.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return size > 0 ? std::string(data, static_cast<size_t>(size)) : std::string();
}

Result<int64_t> micros_of(const ASN1_TIME* time) {
  std::tm civil{};
  if (ASN1_TIME_to_tm(time, &civil) != 1) return unreadable();
  return static_cast<int64_t>(timegm(&civil)) * 1'000'000;
}

Result<Certificate> read(const X509& certificate) {
  // One after the other: g++ 12 loses the members before a TRY that returns from inside braces.
  Certificate out;
  out.not_before_us = TRY(micros_of(X509_get0_notBefore(&certificate)));
  out.not_after_us = TRY(micros_of(X509_get0_notAfter(&certificate)));
  out.fingerprint = to_hex(sha256(der_of(certificate)));
  out.subject = subject_of(certificate);
  return out;
}

}  // namespace

Result<Certificate> certificate_from_pem(std::string_view text) {
  const BioPtr in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const X509Ptr certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  return certificate ? read(*certificate) : unreadable();
}

Result<Certificate> certificate_from_der(std::string_view bytes) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const X509Ptr certificate(d2i_X509(nullptr, &data, static_cast<long>(bytes.size())));
  return certificate ? read(*certificate) : unreadable();
}

}  // namespace fairway
