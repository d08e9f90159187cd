// API keys: what one may be used for, and until when. Value types; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "model/party.h"

namespace fairway::access {

enum class KeyScope : uint8_t {
  read,    // journeys, events, streams, exports
  send,    // messages and events
  manage,  // the organisation's own keys and people
  grant,   // grants given and accepted in the organisation's name
};
inline constexpr size_t kKeyScopes = 4;
[[nodiscard]] std::string_view name(KeyScope scope);
[[nodiscard]] Result<KeyScope> key_scope_from(std::string_view name);

class KeyScopes {
 public:
  [[nodiscard]] static KeyScopes all();
  // "read", "send" …; Code::invalid for an unknown name, and for none at all.
  [[nodiscard]] static Result<KeyScopes> from_names(const std::vector<std::string>& names);
  [[nodiscard]] bool has(KeyScope scope) const { return (bits_ & bit(scope)) != 0; }
  // Whether each of these is among the others.
  [[nodiscard]] bool within(KeyScopes others) const { return (bits_ & ~others.bits_) == 0; }
  [[nodiscard]] std::vector<std::string_view> names() const;
  // Those of either.
  [[nodiscard]] KeyScopes with(KeyScopes others) const;
  // Those of both.
  [[nodiscard]] KeyScopes shared_with(KeyScopes others) const;
  friend bool operator==(const KeyScopes&, const KeyScopes&) = default;

 private:
  static constexpr unsigned bit(KeyScope scope) { return 1u << static_cast<unsigned>(scope); }
  unsigned bits_ = 0;
};

struct KeyWish {
  std::string label;  // for people: "gate system"; at most limits::kKeyLabelBytesMax
  KeyScopes scopes = KeyScopes::all();
  int64_t expires_us = 0;  // 0: never
};

// Whose a personal key is. It acts as the person does, and ends where the person's sessions end: with the account, with a suspension, with
// a new password.
struct KeyHolder {
  std::string person;       // "usr_…"; "" for a key of the organisation, that is of a machine
  uint64_t generation = 0;  // of the person's password when the key was given
};

struct KeyRecord {
  std::string id;  // the part between "fw_" and the next "_"
  PartyId party;
  KeyHolder holder;
  std::string hash;  // argon2id, as libsodium writes it
  KeyWish wish;
  int64_t created_us = 0;
  bool withdrawn = false;
  uint64_t version = 0;  // of the state record
  [[nodiscard]] bool works_at(int64_t now_us) const { return !withdrawn && (wish.expires_us == 0 || now_us < wish.expires_us); }
};

// As the store keeps it, hash and all.
[[nodiscard]] std::string to_json(const KeyRecord& key);
[[nodiscard]] Result<KeyRecord> key_from_json(std::string_view id, std::string_view text);
// As its owner may see it: everything but the hash.
[[nodiscard]] std::string describe(const KeyRecord& key, int64_t now_us);
// A wish as somebody sends it: {"label", "scopes": […], "expires": RFC 3339}; all members optional. Code::invalid where the end is
// past already.
[[nodiscard]] std::string to_json(const KeyWish& wish);
[[nodiscard]] Result<KeyWish> key_wish_from_json(std::string_view text, int64_t now_us);

}  // namespace fairway::access
