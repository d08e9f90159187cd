// Timestamp: that a checkpoint existed at a time, said by an authority that is no part of the log (RFC 3161). What is stamped is SHA-256 of
// the witnessed checkpoint's signed note, byte for byte. OpenSSL does the ASN.1, the signatures and the chain of certificates.
//
// A stamp is the authority's whole reply. Its token is checked at the time that it states: it stays good after the authority's certificate
// has expired, as stamps are meant to. The check does not ask whether the certificate was revoked, nor whether the authority's key was
// stolen since.
//
// Functions are safe from any thread. Errors: Code::invalid for what is no reply, Code::forbidden for a token that does not hold
// (another imprint or nonce, no trusted chain, a certificate that had expired, a clock far from ours), Code::unavailable for an authority
// that cannot be reached or refuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "model/entry.h"
#include "store/store.h"

namespace fairway::ledger {

// Whose certificates are trusted to say what time it is. Text of PEM certificates; "" for those that the system trusts.
struct TimestampTrust {
  std::string ca_pem;
};

[[nodiscard]] Result<TimestampTrust> timestamp_trust_in(const std::string& path);

struct TimestampRequest {
  std::string der;  // to be sent as application/timestamp-query
};
// Over SHA-256 of `bytes`, asking for the authority's certificate. `nonce`: 16 unpredictable bytes.
[[nodiscard]] Result<TimestampRequest> make_timestamp_request(std::string_view bytes, std::string nonce);
// Whether an authority's reply (application/timestamp-reply) answers that very request, and holds.
[[nodiscard]] Status check_reply(std::string_view reply, const TimestampRequest& request, const TimestampTrust& trust);

struct StampedTime {
  int64_t at_us = 0;      // the authority's clock
  std::string authority;  // subject of the certificate that signed, RFC 2253
  std::string serial;     // of the token, hexadecimal
};
// That the reply's token is over SHA-256 of `bytes`, and by whom and when.
[[nodiscard]] Result<StampedTime> verify_timestamp(std::string_view reply, std::string_view bytes, const TimestampTrust& trust);

// A stamp that the store keeps: state ledger/timestamp/SIZE (16 hex digits), and the newest as ledger/timestamp.
struct Timestamp {
  uint64_t size = 0;  // of the tree
  int64_t at_us = 0;
  std::string authority;
  std::string note;   // the witnessed checkpoint, byte for byte: what was stamped
  std::string reply;  // the authority's, DER: what `openssl ts -verify -in` takes
};
[[nodiscard]] std::string to_json(const Timestamp& stamp);
[[nodiscard]] Result<Timestamp> timestamp_from_json(std::string_view text);
[[nodiscard]] store::Batch keeping(const Timestamp& stamp);
[[nodiscard]] Result<std::optional<Timestamp>> latest_timestamp(store::Snapshot& snapshot);
// The first stamp whose tree holds the entry: no other shows an earlier time for it.
[[nodiscard]] Result<std::optional<Timestamp>> timestamp_of(store::Snapshot& snapshot, Position entry);

}  // namespace fairway::ledger
