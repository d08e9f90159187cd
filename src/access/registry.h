// Registry: the parties, their API keys and their certificates, kept in the store.
//
// A key is shown once, when it is made: "fw_" id "_" secret. The store keeps only its argon2id hash (state "key/ID", listed under
// "keys/PARTY/ID") beside the party (state "party/ID") and the claim on each identifier (state "identifier/SCHEME:VALUE", and "named/HASH"
// as heads of events carry it); adding a party, and giving, rotating and withdrawing a key are entries of the log. Certificates likewise
// (access/certificates.cc). Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/certificate.h"
#include "access/key.h"
#include "base/env.h"
#include "base/status.h"
#include "model/party.h"
#include "store/store.h"

namespace fairway::access {

struct NewParty {
  std::string name;
  Role role = Role::shipper;
  std::vector<PartyIdentifier> identifiers;
};

struct IssuedKey {
  Party party;
  KeyRecord record;
  std::string key;  // the whole key; exists only here
};

class Registry {
 public:
  Registry(store::Store& store, Env& env) : store_(store), env_(env) {}

  // Code::conflict where another party holds one of the identifiers, Code::invalid for an empty or overlong name.
  [[nodiscard]] Result<IssuedKey> add_party(const NewParty& party);
  // Somebody who follows one reference by a link: a party without identifiers, and a key that reads until then.
  [[nodiscard]] Result<IssuedKey> add_guest(const std::string& label, Role role, int64_t expires_us);
  // The same without a key, and with what else the batch does: nothing is there until the caller commits it.
  [[nodiscard]] Result<Party> prepare_party(const NewParty& party, store::Batch& batch);
  // What a batch with a party in it failed of, once it did: names the identifier that another party holds, if that was it.
  [[nodiscard]] Error explain(const Error& error, const NewParty& party);
  // Code::too_large past limits::kKeysPerPartyMax that work.
  // A person's own: kKeysPerPersonMax, and they do not count among the party's.
  [[nodiscard]] Result<IssuedKey> add_key(const PartyId& party, const KeyWish& wish = {}, const KeyHolder& holder = {});
  // A new key for what the old one was for; the old one works for `overlap_us` more, so that nothing stands still meanwhile.
  // Code::conflict for a key that works no more.
  [[nodiscard]] Result<IssuedKey> rotate_key(const KeyRecord& old, int64_t overlap_us);
  // From the next request on the key is refused (a server that checked it before: within kTrustSeconds).
  [[nodiscard]] Status withdraw_key(const std::string& key_id);

  [[nodiscard]] Result<Party> party(const PartyId& id);
  // By id, or by SCHEME:VALUE. Guests are not found: they are nobody's counterpart.
  [[nodiscard]] Result<Party> find_party(std::string_view id_or_identifier);
  [[nodiscard]] Result<std::vector<Party>> parties();
  [[nodiscard]] Result<std::optional<KeyRecord>> key(std::string_view key_id);
  // All that were ever given to the party, the oldest first.
  [[nodiscard]] Result<std::vector<KeyRecord>> keys(const PartyId& party);

  // From now on the certificate acts for the party, until it ends or the wish does. Code::conflict while it acts for a party already,
  // Code::too_large past limits::kCertificatesPerPartyMax that work.
  [[nodiscard]] Result<CertificateRecord> add_certificate(const PartyId& party, const Certificate& certificate, const KeyWish& wish = {});
  // As withdraw_key().
  [[nodiscard]] Status withdraw_certificate(std::string_view fingerprint);
  [[nodiscard]] Result<std::optional<CertificateRecord>> certificate(std::string_view fingerprint);
  // Those of the party, the oldest first.
  [[nodiscard]] Result<std::vector<CertificateRecord>> certificates(const PartyId& party);

 private:
  Result<IssuedKey> issue(Party party, const KeyWish& wish, const KeyHolder& holder, store::Batch batch);

  store::Store& store_;
  Env& env_;
};

// The state key of a party's record.
[[nodiscard]] std::string party_key(std::string_view id);
[[nodiscard]] std::string party_json(const Party& party);
[[nodiscard]] Result<Party> party_from_json(std::string_view text);

}  // namespace fairway::access
