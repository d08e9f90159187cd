// The registry's certificates: state "certificate/FINGERPRINT", listed under "certificates/PARTY/FINGERPRINT".
#include <algorithm>

#include "access/registry.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

std::string certificate_key(std::string_view fingerprint) { return "certificate/" + std::string(fingerprint); }
std::string certificates_prefix(const PartyId& party) { return "certificates/" + party + "/"; }

// What the log says of a certificate: that it was given the right to act, or lost it.
store::NewEntry certificate_entry(const CertificateRecord& certificate, std::string_view action, int64_t at_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::key;
  entry.party = certificate.party;
  entry.received_us = at_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("certificate", certificate.fingerprint).member("party", certificate.party);
  writer.member("action", action).end_object();
  return entry;
}

Status check_free(const std::optional<CertificateRecord>& found, const PartyId& party, int64_t now_us) {
  if (!found || !found->works_at(now_us)) return {};
  if (found->party == party) return fail(Code::conflict, "the certificate acts for your organisation already", found->fingerprint);
  return fail(Code::conflict, "the certificate acts for another organisation", found->fingerprint, "use one certificate an organisation");
}

}  // namespace

Result<CertificateRecord> Registry::add_certificate(const PartyId& party, const Certificate& certificate, const KeyWish& wish) {
  TRY(this->party(party));
  const int64_t now_us = env_.now_us();
  const auto found = TRY(this->certificate(certificate.fingerprint));
  TRY_OK(check_free(found, party, now_us));
  const std::vector<CertificateRecord> known = TRY(certificates(party));
  const auto working = std::ranges::count_if(known, [&](const CertificateRecord& one) { return one.works_at(now_us); });
  if (static_cast<size_t>(working) >= limits::kCertificatesPerPartyMax)
    return fail(Code::too_large, "the party has too many certificates", std::to_string(working), "withdraw one that nobody uses");

  CertificateRecord record{certificate.fingerprint, certificate.subject, party, wish, now_us};
  if (wish.expires_us == 0 || wish.expires_us > certificate.not_after_us) record.wish.expires_us = certificate.not_after_us;
  const uint64_t seen_version = found ? found->version : 0;
  store::Batch batch;
  batch.state.push_back({certificate_key(record.fingerprint), to_json(record), seen_version});
  batch.state.push_back({certificates_prefix(party) + record.fingerprint, "", std::nullopt});
  batch.entries.push_back(certificate_entry(record, "given", now_us));
  TRY(store_.commit_and_wait(std::move(batch)));
  record.version = seen_version + 1;
  return record;
}

Status Registry::withdraw_certificate(std::string_view fingerprint) {
  const auto found = TRY(certificate(fingerprint));
  if (!found) return fail(Code::not_found, "no such certificate", std::string(fingerprint));
  CertificateRecord record = *found;
  record.withdrawn = true;
  store::Batch batch;
  batch.state.push_back({certificate_key(fingerprint), to_json(record), record.version});
  batch.entries.push_back(certificate_entry(record, "withdrawn", env_.now_us()));
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Result<std::optional<CertificateRecord>> Registry::certificate(std::string_view fingerprint) {
  const auto snapshot = TRY(store_.snapshot());
  const auto found = TRY(snapshot->state(certificate_key(fingerprint)));
  if (!found) return std::nullopt;
  CertificateRecord record = TRY(certificate_record_from_json(fingerprint, found->value));
  record.version = found->version;
  return record;
}

Result<std::vector<CertificateRecord>> Registry::certificates(const PartyId& party) {
  constexpr size_t kPage = 1000;
  const std::string prefix = certificates_prefix(party);
  const auto snapshot = TRY(store_.snapshot());
  std::vector<CertificateRecord> all;
  for (std::string after;;) {
    const auto page = TRY(snapshot->state_scan(prefix, after, kPage));
    for (const auto& [name, value] : page) {
      const std::string fingerprint = name.substr(prefix.size());
      const auto found = TRY(snapshot->state(certificate_key(fingerprint)));
      if (!found) return fail(Code::internal, "a listed certificate is not there", fingerprint);
      CertificateRecord record = TRY(certificate_record_from_json(fingerprint, found->value));
      record.version = found->version;
      if (record.party == party) all.push_back(std::move(record));  // else it acts for another since this party withdrew it
    }
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  std::ranges::sort(all, {}, &CertificateRecord::created_us);
  return all;
}

}  // namespace fairway::access
