// Registry: the parties and their API keys, kept in the store.
//
// A key is shown once, when it is made: "fw_" id "_" secret. The store keeps only its argon2id hash (state "key/ID") beside the
// party (state "party/ID") and the claim on each identifier (state "identifier/SCHEME:VALUE"); adding a party or a key and
// withdrawing a key are entries of the log. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  std::string key_id;
  std::string key;  // the whole key; exists only here
};

struct KeyRecord {
  std::string id;
  PartyId party;
  std::string hash;  // argon2id, as libsodium writes it
  int64_t created_us = 0;
  bool withdrawn = false;
  uint64_t version = 0;  // of the state record
};

class Registry {
 public:
  Registry(store::Store& store, Env& env) : store_(store), env_(env) {}

  // Code::conflict where another party holds one of the identifiers, Code::invalid for an empty or overlong name.
  [[nodiscard]] Result<IssuedKey> add_party(const NewParty& party);
  [[nodiscard]] Result<IssuedKey> add_key(const PartyId& party);
  // From the next request on the key is refused (a server that checked it before: within kKeyTrustSeconds).
  [[nodiscard]] Status withdraw_key(const std::string& key_id);

  [[nodiscard]] Result<Party> party(const PartyId& id);
  [[nodiscard]] Result<std::vector<Party>> parties();
  [[nodiscard]] Result<std::optional<KeyRecord>> key(std::string_view key_id);

 private:
  Result<IssuedKey> issue(Party party, store::Batch batch);

  store::Store& store_;
  Env& env_;
};

[[nodiscard]] std::string party_json(const Party& party);
[[nodiscard]] Result<Party> party_from_json(std::string_view text);

}  // namespace fairway::access
