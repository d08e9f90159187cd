#include "access/certificate.h"

#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"

namespace fairway::access {

std::string to_json(const CertificateRecord& certificate) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("party", certificate.party).member("subject", certificate.subject);
  writer.key("wish").raw(to_json(certificate.wish));
  writer.member("created", certificate.created_us).member("withdrawn", certificate.withdrawn).end_object();
  return out;
}

Result<CertificateRecord> certificate_record_from_json(std::string_view fingerprint, std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  const json::object* wish = object != nullptr ? object_of(*object, "wish") : nullptr;
  if (wish == nullptr) return fail(Code::internal, "the record of a certificate cannot be read", std::string(fingerprint));
  CertificateRecord certificate;
  certificate.fingerprint = fingerprint;
  certificate.subject = text_of(*object, "subject");
  certificate.party = text_of(*object, "party");
  certificate.wish = TRY(key_wish_from_json(json::serialize(*wish), 0));  // past ends, too
  certificate.created_us = integer_of(*object, "created").value_or(0);
  certificate.withdrawn = truth_of(*object, "withdrawn").value_or(true);
  return certificate;
}

std::string describe(const CertificateRecord& certificate, int64_t now_us) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", certificate.fingerprint).member("fingerprint", certificate.fingerprint);
  writer.member("subject", certificate.subject).optional_member("label", certificate.wish.label).key("scopes").begin_array();
  for (const std::string_view scope : certificate.wish.scopes.names()) writer.value(scope);
  writer.end_array().member("expires", to_rfc3339_utc(certificate.wish.expires_us));
  writer.member("created", to_rfc3339_utc(certificate.created_us));
  writer.member("status", certificate.withdrawn ? "withdrawn" : certificate.works_at(now_us) ? "active" : "expired").end_object();
  return out;
}

Result<CertificateWish> certificate_wish_from_json(std::string_view text, int64_t now_us) {
  KeyWish wish = TRY(key_wish_from_json(text, now_us));
  const json::value parsed = TRY(parse_json(text));
  Certificate certificate = TRY(certificate_from_pem(text_of(parsed.get_object(), "certificate")));
  if (certificate.not_after_us <= now_us)
    return fail(Code::invalid, "a certificate that has expired already", to_rfc3339_utc(certificate.not_after_us), "send the renewed one");
  return CertificateWish{std::move(certificate), std::move(wish)};
}

}  // namespace fairway::access
