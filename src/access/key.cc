#include "access/key.h"

#include <algorithm>
#include <array>

#include "access/rights_json.h"
#include "base/bytes.h"
#include "base/instant.h"
#include "base/limits.h"

namespace fairway::access {
namespace {

constexpr std::array<std::string_view, kKeyScopes> kScopeNames = {"read", "send", "manage", "grant"};

// The members that a key's owner gave it.
void write_wish(JsonWriter& writer, const KeyWish& wish) {
  writer.optional_member("label", wish.label);
  write_rights(writer, "scopes", wish.scopes);
  if (wish.expires_us != 0) writer.member("expires", to_rfc3339_utc(wish.expires_us));
}

Result<KeyWish> read_wish(const json::object& object) {
  KeyWish wish;
  wish.label = trim(text_of(object, "label"));
  if (wish.label.size() > limits::kKeyLabelBytesMax || !is_valid_utf8(wish.label))
    return fail(Code::invalid, "a key's label is too long", std::to_string(wish.label.size()) + " bytes",
                "at most " + std::to_string(limits::kKeyLabelBytesMax) + " bytes of UTF-8");
  if (array_of(object, "scopes") != nullptr) wish.scopes = TRY(rights_of(object, "scopes"));
  if (const std::string_view expires = text_of(object, "expires"); !expires.empty()) wish.expires_us = TRY(parse_rfc3339(expires)).micros;
  return wish;
}

Result<json::value> object_from(std::string_view text) {
  json::value parsed = TRY(parse_json(text));
  if (!parsed.is_object()) return fail(Code::invalid, "a key is a JSON object");
  return parsed;
}

}  // namespace

std::string_view name(KeyScope scope) { return kScopeNames.at(static_cast<size_t>(scope)); }

Result<KeyScope> key_scope_from(std::string_view name) {
  const auto found = std::ranges::find(kScopeNames, name);
  if (found == kScopeNames.end()) return fail(Code::invalid, "not a scope of a key", legible(name), "read, send, manage or grant");
  return static_cast<KeyScope>(found - kScopeNames.begin());
}

KeyScopes KeyScopes::all() {
  KeyScopes scopes;
  for (const KeyScope scope : {KeyScope::read, KeyScope::send, KeyScope::manage, KeyScope::grant}) scopes.bits_ |= bit(scope);
  return scopes;
}

Result<KeyScopes> KeyScopes::from_names(const std::vector<std::string>& names) {
  KeyScopes scopes;
  for (const std::string& name : names) scopes.bits_ |= bit(TRY(key_scope_from(name)));
  if (scopes.bits_ == 0) return fail(Code::invalid, "a key needs a scope", {}, "read, send, manage, grant, or several of them");
  return scopes;
}

KeyScopes KeyScopes::with(KeyScopes others) const {
  others.bits_ |= bits_;
  return others;
}

KeyScopes KeyScopes::shared_with(KeyScopes others) const {
  others.bits_ &= bits_;
  return others;
}

std::vector<std::string_view> KeyScopes::names() const {
  std::vector<std::string_view> names;
  for (size_t i = 0; i < kKeyScopes; ++i)
    if (has(static_cast<KeyScope>(i))) names.push_back(kScopeNames.at(i));
  return names;
}

std::string to_json(const KeyRecord& key) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("party", key.party).member("hash", key.hash);
  if (!key.holder.person.empty()) writer.member("person", key.holder.person).member("generation", key.holder.generation);
  write_wish(writer, key.wish);
  writer.member("created", key.created_us).member("withdrawn", key.withdrawn).end_object();
  return out;
}

Result<KeyRecord> key_from_json(std::string_view id, std::string_view text) {
  const json::value parsed = TRY(object_from(text));
  const json::object& object = parsed.get_object();
  KeyRecord key;
  key.id = id;
  key.party = text_of(object, "party");
  key.hash = text_of(object, "hash");
  key.holder = {std::string(text_of(object, "person")), static_cast<uint64_t>(integer_of(object, "generation").value_or(0))};
  key.wish = TRY(read_wish(object));
  key.created_us = integer_of(object, "created").value_or(0);
  key.withdrawn = truth_of(object, "withdrawn").value_or(true);
  return key;
}

std::string to_json(const KeyWish& wish) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  write_wish(writer, wish);
  writer.end_object();
  return out;
}

std::string describe(const KeyRecord& key, int64_t now_us) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("keyID", key.id).optional_member("person", key.holder.person);
  write_wish(writer, key.wish);
  writer.member("created", to_rfc3339_utc(key.created_us));
  writer.member("status", key.withdrawn ? "withdrawn" : key.works_at(now_us) ? "active" : "expired").end_object();
  return out;
}

Result<KeyWish> key_wish_from_json(std::string_view text, int64_t now_us) {
  const json::value parsed = TRY(object_from(text));
  KeyWish wish = TRY(read_wish(parsed.get_object()));
  if (wish.expires_us != 0 && wish.expires_us <= now_us)
    return fail(Code::invalid, "a key that has expired already", to_rfc3339_utc(wish.expires_us), "give a time to come, or none");
  return wish;
}

}  // namespace fairway::access
