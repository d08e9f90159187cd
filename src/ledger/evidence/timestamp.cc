#include "ledger/evidence/timestamp.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ts.h>

#include <memory>

#include "base/bytes.h"
#include "base/freed_by.h"
#include "base/instant.h"
#include "ledger/evidence/checks.h"

namespace fairway::ledger::evidence {
namespace {

using ResponsePtr = std::unique_ptr<TS_RESP, FreedBy<TS_RESP_free>>;
using CmsPtr = std::unique_ptr<CMS_ContentInfo, FreedBy<CMS_ContentInfo_free>>;
using BioPtr = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
struct SignersRelease {
  void operator()(STACK_OF(X509) * signers) const { sk_X509_free(signers); }
};
using SignersPtr = std::unique_ptr<STACK_OF(X509), SignersRelease>;
struct BytesRelease {
  void operator()(unsigned char* bytes) const { OPENSSL_free(bytes); }
};

std::unexpected<Error> unreadable(std::string_view what) {
  ERR_clear_error();
  return fail(Code::invalid, "not a time-stamp response", std::string(what));
}

// All of the bytes, in the one spelling of DER.
Result<ResponsePtr> response_from(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ResponsePtr response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (!response) return unreadable("it is not DER of one");
  unsigned char* again = nullptr;
  const int size = i2d_TS_RESP(response.get(), &again);
  const std::unique_ptr<unsigned char, BytesRelease> owned(again);
  if (size < 0 || std::string_view(reinterpret_cast<const char*>(again), static_cast<size_t>(size)) != der)
    return unreadable("it is not spelt as DER is");
  return response;
}

Status check_imprint(TS_TST_INFO* info, std::string_view digest) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* message = TS_MSG_IMPRINT_get_msg(imprint);
  const std::string_view stamped(reinterpret_cast<const char*>(ASN1_STRING_get0_data(message)),
                                 static_cast<size_t>(ASN1_STRING_length(message)));
  if (OBJ_obj2nid(algorithm) != NID_sha256 || stamped != digest)
    return fail(Code::forbidden, "the time stamp is of something else", "its imprint is not the checkpoint's SHA-256");
  return {};
}

// Whose signature it is, where it holds.
Result<std::string> check_signature(PKCS7* token) {
  unsigned char* der = nullptr;
  const int size = i2d_PKCS7(token, &der);
  const std::unique_ptr<unsigned char, BytesRelease> owned(der);
  const unsigned char* at = der;
  const CmsPtr cms(size > 0 ? d2i_CMS_ContentInfo(nullptr, &at, size) : nullptr);
  if (!cms) return unreadable("its token is no CMS");
  if (CMS_verify(cms.get(), nullptr, nullptr, nullptr, nullptr, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1) {
    ERR_clear_error();
    return fail(Code::forbidden, "the time stamp's signature does not hold", "", "or it does not bring its certificate along");
  }
  const SignersPtr signers(CMS_get0_signers(cms.get()));
  if (!signers || sk_X509_num(signers.get()) != 1) return unreadable("it has not one signer");
  const BioPtr out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(sk_X509_value(signers.get(), 0)), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return legible(std::string_view(text, static_cast<size_t>(length)), 256);
}

Result<std::string> time_of(TS_TST_INFO* info) {
  tm parts{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1) return unreadable("its time is none");
  const int64_t micros =
      TRY(micros_of({parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec}, 0));
  return to_rfc3339_utc(micros);
}

}  // namespace

Result<Stamp> stamp_from(std::string_view response_der, std::string_view digest) {
  const ResponsePtr response = TRY(response_from(response_der));
  const ASN1_INTEGER* status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
  const long granted = ASN1_INTEGER_get(status);
  PKCS7* token = TS_RESP_get_token(response.get());
  TS_TST_INFO* info = TS_RESP_get_tst_info(response.get());
  if ((granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) || token == nullptr || info == nullptr)
    return fail(Code::forbidden, "the time stamp was not granted");
  TRY_OK(check_imprint(info, digest));
  Stamp stamp;
  stamp.authority = TRY(check_signature(token));
  stamp.time = TRY(time_of(info));
  return stamp;
}

void check_timestamp(Inspection& inspection) {
  const Part* part = inspection.bundle.find(kTimestampPart);
  if (part == nullptr || inspection.note.empty()) return;
  const auto stamp = stamp_from(part->bytes, sha256(inspection.note));
  if (!stamp) return inspection.fails(kTimestampPart, stamp.error().text());
  inspection.holds(kTimestampPart, stamp->authority + " stamped this checkpoint at " + stamp->time);
  inspection.notes(kTimestampPart,
                   "whether that authority is one that you believe is not checked here: openssl ts -verify, with its own certificate");
}

}  // namespace fairway::ledger::evidence
