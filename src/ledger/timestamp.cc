#include "ledger/timestamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <memory>

#include "base/bytes.h"
#include "base/freed_by.h"

namespace fairway::ledger {
namespace {

constexpr size_t kReplyBytesMax = 128u << 10;
constexpr size_t kTrustBytesMax = 4u << 20;
constexpr size_t kNonceBytes = 16;

using Request = std::unique_ptr<TS_REQ, FreedBy<TS_REQ_free>>;
using Reply = std::unique_ptr<TS_RESP, FreedBy<TS_RESP_free>>;
using Info = std::unique_ptr<TS_TST_INFO, FreedBy<TS_TST_INFO_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, FreedBy<TS_MSG_IMPRINT_free>>;
using Check = std::unique_ptr<TS_VERIFY_CTX, FreedBy<TS_VERIFY_CTX_free>>;
using Authorities = std::unique_ptr<X509_STORE, FreedBy<X509_STORE_free>>;
using Bytes = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, FreedBy<X509_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, FreedBy<ASN1_INTEGER_free>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;

// What OpenSSL has to say, and its queue emptied.
std::string why() {
  std::array<char, 256> text{};
  const unsigned long error = ERR_peek_last_error();
  if (error != 0) ERR_error_string_n(error, text.data(), text.size());
  ERR_clear_error();
  return error == 0 ? std::string() : legible(text.data(), 200);
}

std::unexpected<Error> out_of_memory() { return fail(Code::unavailable, "a time stamp cannot be handled now", why()); }

Bytes reader_of(std::string_view bytes) { return Bytes(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }

template <typename Object>
std::string encoded(const Object* object, int (*encode)(const Object*, unsigned char**)) {
  unsigned char* bytes = nullptr;
  const int size = encode(object, &bytes);
  if (size <= 0) return {};
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return out;
}

Result<Authorities> authorities_of(const TimestampTrust& trust) {
  Authorities store(X509_STORE_new());
  if (!store) return out_of_memory();
  if (trust.ca_pem.empty()) {
    if (X509_STORE_set_default_paths(store.get()) != 1) return fail(Code::unavailable, "the system's authorities cannot be read", why());
    return store;
  }
  if (trust.ca_pem.size() > kTrustBytesMax) return fail(Code::too_large, "too many authorities for time stamps");
  const Bytes pem = reader_of(trust.ca_pem);
  int count = 0;
  while (const Certificate authority{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)}) {
    if (X509_STORE_add_cert(store.get(), authority.get()) != 1) return out_of_memory();
    ++count;
  }
  ERR_clear_error();  // the end of the text is an error to it
  if (count == 0) return fail(Code::invalid, "no certificate of an authority for time stamps", {}, "certificates in PEM form");
  return store;
}

Result<int64_t> seconds_of(const TS_TST_INFO* info) {
  std::tm time{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &time) != 1) return fail(Code::invalid, "a time stamp without a time", why());
  return static_cast<int64_t>(timegm(&time));
}

Result<Info> info_of(PKCS7* token) {
  Info info(PKCS7_to_TS_TST_INFO(token));
  if (!info) return fail(Code::invalid, "not a time stamp token", why());
  const X509_ALGOR* algorithm = TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(info.get()));
  const ASN1_OBJECT* name = nullptr;
  X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
  if (OBJ_obj2nid(name) != NID_sha256) return fail(Code::forbidden, "a time stamp over another digest than SHA-256");
  return info;
}

// Names the certificate that signed, which the request asked to have along.
std::string signer_of(PKCS7* token) {
  STACK_OF(X509)* signers = PKCS7_get0_signers(token, nullptr, 0);
  if (signers == nullptr) return ERR_clear_error(), std::string();
  std::string name;
  if (sk_X509_num(signers) > 0) {
    const Bytes text(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(text.get(), X509_get_subject_name(sk_X509_value(signers, 0)), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(text.get(), &bytes);
    if (size > 0) name = legible({bytes, static_cast<size_t>(size)}, 256);
  }
  sk_X509_free(signers);
  return name;
}

std::string serial_of(const TS_TST_INFO* info) {
  const Number number(ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(info), nullptr));
  if (!number) return ERR_clear_error(), std::string();
  char* text = BN_bn2hex(number.get());
  std::string out = text == nullptr ? std::string() : std::string(text);
  OPENSSL_free(text);
  return out;
}

// The chain is judged at the time that the token states.
Status give_authorities(TS_VERIFY_CTX* check, const TimestampTrust& trust, int64_t at_s) {
  Authorities store = TRY(authorities_of(trust));
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), static_cast<time_t>(at_s));
  TS_VERIFY_CTX_set_store(check, store.release());
  return {};
}

Result<Imprint> imprint_of(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  Imprint imprint(TS_MSG_IMPRINT_new());
  const std::unique_ptr<X509_ALGOR, FreedBy<X509_ALGOR_free>> algorithm(X509_ALGOR_new());
  if (!imprint || !algorithm || X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) != 1 ||
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) != 1)
    return out_of_memory();
  return imprint;
}

// Of one length, and not negative.
Result<Integer> nonce_of(std::string bytes) {
  if (bytes.size() != kNonceBytes) return fail(Code::invalid, "a nonce of a time stamp is of 16 bytes");
  bytes.front() = static_cast<char>((bytes.front() & 0x7F) | 0x40);
  const Number number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
  Integer nonce(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
  if (!nonce) return out_of_memory();
  return nonce;
}

// Whether the authority gave a token at all.
Status check_granted(TS_RESP* reply) {
  TS_STATUS_INFO* info = TS_RESP_get_status_info(reply);
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
  if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return {};
  std::string text;
  const STACK_OF(ASN1_UTF8STRING)* words = TS_STATUS_INFO_get0_text(info);
  if (words != nullptr && sk_ASN1_UTF8STRING_num(words) > 0) {
    const ASN1_UTF8STRING* word = sk_ASN1_UTF8STRING_value(words, 0);
    text = legible({reinterpret_cast<const char*>(ASN1_STRING_get0_data(word)), static_cast<size_t>(ASN1_STRING_length(word))}, 120);
  }
  return fail(Code::unavailable, "the time-stamping authority refused", "status " + std::to_string(status) + " " + text);
}

Result<Reply> reply_of(std::string_view bytes) {
  if (bytes.size() > kReplyBytesMax) return fail(Code::too_large, "a time stamp is too large");
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* const end = at + bytes.size();
  Reply reply(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
  if (!reply || at != end) return fail(Code::invalid, "not the reply of a time-stamping authority", why());
  TRY_OK(check_granted(reply.get()));
  PKCS7* token = TS_RESP_get_token(reply.get());
  if (token == nullptr || PKCS7_type_is_signed(token) == 0)
    return fail(Code::invalid, "the reply of a time-stamping authority without a token");
  return reply;
}

}  // namespace

Result<TimestampTrust> timestamp_trust_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  TimestampTrust trust;
  trust.ca_pem.resize(kTrustBytesMax);
  file.read(trust.ca_pem.data(), kTrustBytesMax);
  trust.ca_pem.resize(static_cast<size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (trust.ca_pem.empty()) return fail(Code::invalid, "no certificates of authorities for time stamps", path, "a file in PEM form");
  TRY(authorities_of(trust));
  return trust;
}

Result<TimestampRequest> make_timestamp_request(std::string_view bytes, std::string nonce_bytes) {
  const Imprint imprint = TRY(imprint_of(bytes));
  const Integer nonce = TRY(nonce_of(std::move(nonce_bytes)));
  const Request request(TS_REQ_new());
  if (!request || TS_REQ_set_version(request.get(), 1) != 1 || TS_REQ_set_msg_imprint(request.get(), imprint.get()) != 1 ||
      TS_REQ_set_nonce(request.get(), nonce.get()) != 1 || TS_REQ_set_cert_req(request.get(), 1) != 1)
    return out_of_memory();
  TimestampRequest made{encoded<TS_REQ>(request.get(), i2d_TS_REQ)};
  if (made.der.empty()) return out_of_memory();
  return made;
}

Status check_reply(std::string_view reply, const TimestampRequest& request, const TimestampTrust& trust) {
  const Reply read = TRY(reply_of(reply));
  const Info info = TRY(info_of(TS_RESP_get_token(read.get())));
  const auto* asked_at = reinterpret_cast<const unsigned char*>(request.der.data());
  const Request asked(d2i_TS_REQ(nullptr, &asked_at, static_cast<long>(request.der.size())));
  const Check check(asked ? TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr) : nullptr);
  if (!check) return fail(Code::invalid, "not a request for a time stamp", why());
  TS_VERIFY_CTX_add_flags(check.get(), TS_VFY_SIGNATURE);
  TRY_OK(give_authorities(check.get(), trust, TRY(seconds_of(info.get()))));
  if (TS_RESP_verify_response(check.get(), read.get()) != 1)
    return fail(Code::forbidden, "the time stamp does not hold", why(), "is the authority's certificate trusted? (--timestamp-ca)");
  return {};
}

Result<StampedTime> verify_timestamp(std::string_view reply, std::string_view bytes, const TimestampTrust& trust) {
  const Reply read = TRY(reply_of(reply));
  PKCS7* token = TS_RESP_get_token(read.get());
  const Info info = TRY(info_of(token));
  const int64_t at_s = TRY(seconds_of(info.get()));
  const Check check(TS_VERIFY_CTX_new());
  if (!check) return out_of_memory();
  TS_VERIFY_CTX_set_flags(check.get(), TS_VFY_VERSION | TS_VFY_DATA | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_data(check.get(), reader_of(bytes).release());
  TRY_OK(give_authorities(check.get(), trust, at_s));
  if (TS_RESP_verify_token(check.get(), token) != 1) return fail(Code::forbidden, "the time stamp does not hold", why());
  return StampedTime{at_s * 1'000'000, signer_of(token), serial_of(info.get())};
}

}  // namespace fairway::ledger
