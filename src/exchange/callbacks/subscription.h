// Subscription: a party's standing wish to be told of new entries at a URL of its own, whatever standard it was made by.
//
// Value types; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "model/entry.h"
#include "model/party.h"

namespace fairway::exchange::callbacks {

// Shared with the receiver, who knows by it that a delivery is ours. Sealed by access/people/vault.h for "callback/ID".
struct SealedSecret {
  std::string sealed;
  int64_t ends_us = 0;  // 0: the one in use; others sign beside it until then
};

enum class State : uint8_t { active, paused };
[[nodiscard]] std::string_view name(State state);

struct Subscription {
  std::string id;
  std::string kind;  // Kind::name()
  PartyId party;
  std::string url;                    // http:// or https://
  std::string label;                  // for people
  std::string filter;                 // a JSON object in the kind's own terms, as Kind::read_filter() gave it back
  std::vector<SealedSecret> secrets;  // the newest first; none where the kind has none
  State state = State::active;
  std::string reason;  // of the pause, where Fairway made it
  int64_t created_us = 0;
  uint64_t version = 0;  // of the state record
};

// As the store keeps it.
[[nodiscard]] std::string to_json(const Subscription& subscription);
[[nodiscard]] Result<Subscription> subscription_from_json(std::string_view id, std::string_view text);

// Where a callback goes: what http::Client takes, and the path and query behind it.
struct Address {
  std::string server;  // "https://host:port"
  std::string target;  // "/path?query"
};
// Code::invalid unless it is http:// or https:// with a host, without user, fragment or blanks, and at most
// limits::kCallbackUrlBytesMax long.
[[nodiscard]] Result<Address> address_from(std::string_view url);

}  // namespace fairway::exchange::callbacks
