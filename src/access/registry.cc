#include "access/registry.h"

#include <algorithm>

#include "access/directory.h"
#include "access/hasher.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr size_t kPartyIdCharacters = 10;  // 50 bits
constexpr size_t kKeyIdCharacters = 12;    // 60 bits
constexpr size_t kSecretCharacters = 32;   // 160 bits

std::string key_key(std::string_view id) { return "key/" + std::string(id); }
std::string keys_prefix(const PartyId& party) { return "keys/" + party + "/"; }
std::string identifier_key(const PartyIdentifier& identifier) { return "identifier/" + identifier.key(); }

// What the log says of a key: that it was given or withdrawn, never the hash.
std::string key_entry_json(const KeyRecord& key, std::string_view action) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("key", key.id).member("party", key.party).optional_member("person", key.holder.person);
  writer.member("action", action).end_object();
  return out;
}

store::NewEntry entry_of(EntryKind kind, const PartyId& party, int64_t at_us, std::string body) {
  store::NewEntry entry;
  entry.kind = kind;
  entry.party = party;
  entry.received_us = at_us;
  entry.body = std::move(body);
  return entry;
}

Status check_new(const NewParty& party) {
  if (trim(party.name).empty() || party.name.size() > limits::kIdentifierBytesMax || !is_valid_utf8(party.name))
    return fail(Code::invalid, "a party needs a name", "1 to " + std::to_string(limits::kIdentifierBytesMax) + " bytes of UTF-8");
  return {};
}

}  // namespace

std::string party_key(std::string_view id) { return "party/" + std::string(id); }

std::string party_json(const Party& party) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", party.id).member("name", party.name).member("role", name(party.role));
  writer.key("identifiers").begin_array();
  for (const PartyIdentifier& identifier : party.identifiers)
    writer.begin_object().member("scheme", identifier.scheme).member("value", identifier.value).end_object();
  writer.end_array().member("created", to_rfc3339_utc(party.created_us));
  if (party.guest) writer.member("guest", true);
  writer.end_object();
  return out;
}

Result<Party> party_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a party is not a JSON object");
  Party party;
  party.id = text_of(*object, "id");
  party.name = text_of(*object, "name");
  party.role = TRY(role_from(text_of(*object, "role")));
  party.created_us = TRY(parse_rfc3339(text_of(*object, "created"))).micros;
  party.guest = truth_of(*object, "guest").value_or(false);
  if (const json::array* identifiers = array_of(*object, "identifiers"))
    for (const json::value& item : *identifiers)
      if (const json::object* o = item.if_object())
        party.identifiers.push_back({std::string(text_of(*o, "scheme")), std::string(text_of(*o, "value"))});
  return party;
}

Result<Party> Registry::prepare_party(const NewParty& wanted, store::Batch& batch) {
  TRY_OK(check_new(wanted));
  Party party;
  party.id = "pty_" + random_id(env_, kPartyIdCharacters);
  party.name = trim(wanted.name);
  party.role = wanted.role;
  party.identifiers = wanted.identifiers;
  party.created_us = env_.now_us();
  batch.state.push_back({party_key(party.id), party_json(party), 0});
  for (const PartyIdentifier& identifier : party.identifiers) {
    batch.state.push_back({identifier_key(identifier), party.id, 0});
    batch.state.push_back({name_key(name_hash(identifier)), party.id, 0});
  }
  batch.entries.push_back(entry_of(EntryKind::party, party.id, party.created_us, party_json(party)));
  return party;
}

Error Registry::explain(const Error& error, const NewParty& party) {
  if (error.code != Code::conflict) return error;
  const auto snapshot = store_.snapshot();
  if (!snapshot) return error;
  for (const PartyIdentifier& identifier : party.identifiers) {
    const auto holder = (*snapshot)->state(identifier_key(identifier));
    if (holder && *holder)
      return {Code::conflict, "another party holds this identifier", identifier.key(), "leave it out, or ask the operator who holds it"};
  }
  return error;
}

Result<IssuedKey> Registry::add_party(const NewParty& wanted) {
  store::Batch batch;
  Party party = TRY(prepare_party(wanted, batch));
  auto issued = issue(std::move(party), {}, {}, std::move(batch));
  if (!issued) return std::unexpected(explain(issued.error(), wanted));
  return issued;
}

Result<IssuedKey> Registry::add_guest(const std::string& label, Role role, int64_t expires_us) {
  TRY_OK(check_new({label, role, {}}));
  Party guest;
  guest.id = "pty_" + random_id(env_, kPartyIdCharacters);
  guest.name = trim(label);
  guest.role = role;
  guest.guest = true;
  guest.created_us = env_.now_us();
  store::Batch batch;
  batch.state.push_back({party_key(guest.id), party_json(guest), 0});
  Party nameless = guest;  // a label may well be somebody's name, and the log forgets nothing
  nameless.name.clear();
  batch.entries.push_back(entry_of(EntryKind::party, guest.id, guest.created_us, party_json(nameless)));
  const KeyWish wish{"", TRY(KeyScopes::from_names({"read"})), expires_us};
  return issue(std::move(guest), wish, {}, std::move(batch));
}

Result<Party> Registry::find_party(std::string_view id_or_identifier) {
  const auto nobody = [&] {
    return fail(Code::not_found, "no such party", legible(id_or_identifier), "its id, or an identifier such as SMDG:OOL");
  };
  std::string id(id_or_identifier);
  if (const auto identifier = parse_party_identifier(id_or_identifier)) {
    const auto holder = TRY(TRY(store_.snapshot())->state(identifier_key(*identifier)));
    if (!holder) return nobody();
    id = holder->value;
  }
  Result<Party> found = party(id);
  if (!found && found.error().code == Code::not_found) return nobody();
  if (found && found->guest) return nobody();
  return found;
}

Result<IssuedKey> Registry::add_key(const PartyId& id, const KeyWish& wish, const KeyHolder& holder) {
  Party party = TRY(this->party(id));
  const int64_t now_us = env_.now_us();
  const std::vector<KeyRecord> known = TRY(keys(id));
  const auto working = std::ranges::count_if(known, [&](const KeyRecord& key) {
    return key.works_at(now_us) && key.holder.person == holder.person && key.holder.generation == holder.generation;
  });
  const bool is_personal = !holder.person.empty();
  if (static_cast<size_t>(working) >= (is_personal ? limits::kKeysPerPersonMax : limits::kKeysPerPartyMax))
    return fail(Code::too_large, is_personal ? "you have too many personal keys" : "the party has too many keys", std::to_string(working),
                "withdraw one that nobody uses");
  return issue(std::move(party), wish, holder, {});
}

Result<IssuedKey> Registry::rotate_key(const KeyRecord& old, int64_t overlap_us) {
  const int64_t now_us = env_.now_us();
  if (!old.works_at(now_us)) return fail(Code::conflict, "the key works no more", old.id, "make a new one");
  KeyRecord ending = old;
  const int64_t end_us = now_us + overlap_us;
  ending.wish.expires_us = old.wish.expires_us == 0 ? end_us : std::min(old.wish.expires_us, end_us);
  store::Batch batch;
  batch.state.push_back({key_key(old.id), to_json(ending), old.version});
  batch.entries.push_back(entry_of(EntryKind::key, old.party, now_us, key_entry_json(old, "rotated")));
  return issue(TRY(party(old.party)), old.wish, old.holder, std::move(batch));
}

Result<IssuedKey> Registry::issue(Party party, const KeyWish& wish, const KeyHolder& holder, store::Batch batch) {
  KeyRecord record;
  record.id = random_id(env_, kKeyIdCharacters);
  record.party = party.id;
  record.holder = holder;
  record.wish = wish;
  record.created_us = env_.now_us();
  const std::string key = "fw_" + record.id + "_" + random_id(env_, kSecretCharacters);
  record.hash = TRY(Hasher::hash(key));
  batch.state.push_back({key_key(record.id), to_json(record), 0});
  batch.state.push_back({keys_prefix(party.id) + record.id, "", 0});
  batch.entries.push_back(entry_of(EntryKind::key, party.id, record.created_us, key_entry_json(record, "given")));
  TRY(store_.commit_and_wait(std::move(batch)));
  record.version = 1;
  return IssuedKey{std::move(party), std::move(record), key};
}

Status Registry::withdraw_key(const std::string& key_id) {
  const std::optional<KeyRecord> found = TRY(key(key_id));
  if (!found) return fail(Code::not_found, "no such key", key_id);
  KeyRecord record = *found;
  record.withdrawn = true;
  store::Batch batch;
  batch.state.push_back({key_key(key_id), to_json(record), record.version});
  batch.entries.push_back(entry_of(EntryKind::key, record.party, env_.now_us(), key_entry_json(record, "withdrawn")));
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Result<Party> Registry::party(const PartyId& id) {
  const auto snapshot = TRY(store_.snapshot());
  const auto found = TRY(snapshot->state(party_key(id)));
  if (!found) return fail(Code::not_found, "no such party", id);
  return party_from_json(found->value);
}

Result<std::vector<Party>> Registry::parties() {
  constexpr size_t kPage = 1000;
  const auto snapshot = TRY(store_.snapshot());
  std::vector<Party> all;
  std::string after;
  while (true) {
    const auto page = TRY(snapshot->state_scan("party/", after, kPage));
    for (const auto& [key, value] : page) all.push_back(TRY(party_from_json(value.value)));
    if (page.size() < kPage) return all;
    after = page.back().first;
  }
}

Result<std::optional<KeyRecord>> Registry::key(std::string_view key_id) {
  const auto snapshot = TRY(store_.snapshot());
  const auto found = TRY(snapshot->state(key_key(key_id)));
  if (!found) return std::nullopt;
  KeyRecord record = TRY(key_from_json(key_id, found->value));
  record.version = found->version;
  return record;
}

Result<std::vector<KeyRecord>> Registry::keys(const PartyId& party) {
  constexpr size_t kPage = 1000;
  const std::string prefix = keys_prefix(party);
  const auto snapshot = TRY(store_.snapshot());
  std::vector<KeyRecord> all;
  for (std::string after;;) {
    const auto page = TRY(snapshot->state_scan(prefix, after, kPage));
    for (const auto& [name, value] : page) {
      const std::string id = name.substr(prefix.size());
      const auto found = TRY(snapshot->state(key_key(id)));
      if (!found) return fail(Code::internal, "a listed key is not there", id);
      all.push_back(TRY(key_from_json(id, found->value)));
      all.back().version = found->version;
    }
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  std::ranges::sort(all, {}, &KeyRecord::created_us);
  return all;
}

}  // namespace fairway::access
