// TLS client certificates as credentials: which one acts for which organisation, for what and until when. Value types; any thread.
//
// Whether a certificate is good is settled in the TLS handshake, by its authority; what is kept here says only whom it stands for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "access/key.h"
#include "base/certificate.h"
#include "base/status.h"
#include "model/party.h"

namespace fairway::access {

struct CertificateRecord {
  std::string fingerprint;  // SHA-256, hex: its id
  std::string subject;      // RFC 2253
  PartyId party;
  KeyWish wish;  // its end is the certificate's own, or an earlier one
  int64_t created_us = 0;
  bool withdrawn = false;
  uint64_t version = 0;  // of the state record
  [[nodiscard]] bool works_at(int64_t now_us) const { return !withdrawn && now_us < wish.expires_us; }
};

// As the store keeps it.
[[nodiscard]] std::string to_json(const CertificateRecord& certificate);
[[nodiscard]] Result<CertificateRecord> certificate_record_from_json(std::string_view fingerprint, std::string_view text);
// As its owner sees it: {"id", "fingerprint", "subject", "label", "scopes", "expires", "created", "status"}.
[[nodiscard]] std::string describe(const CertificateRecord& certificate, int64_t now_us);

// What an organisation sends: {"certificate": PEM, "label", "scopes": […], "expires": RFC 3339}; all but the first are optional.
struct CertificateWish {
  Certificate certificate;
  KeyWish wish;
};
// Code::invalid where there is no certificate that can be read, or it, or the wish, has ended already.
[[nodiscard]] Result<CertificateWish> certificate_wish_from_json(std::string_view text, int64_t now_us);

}  // namespace fairway::access
