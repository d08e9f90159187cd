// Entry: one accepted record of the append-only log, of whatever kind. Journeys, feeds and the ledger are derived from entries.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

enum class EntryKind : uint8_t {
  event = 1,         // body: model/event.h as JSON
  message = 2,       // body: what was received, with its text and envelope: docs/reference/log.md
  party = 3,         // body: a party, or a change to one
  key = 4,           // body: an API key given, rotated or withdrawn; never the key itself
  document = 5,      // body: a version of something kept: reference data, a logistics object, a consignment's record
  grant = 6,         // body: a grant offered, accepted, declined or revoked
  read = 7,          // body: who looked at whose data; docs/reference/log.md
  person = 8,        // body: a change to somebody's account or to an invitation; never a name, an address or a secret
  callback = 9,      // body: a subscription that Fairway calls back made, changed or deleted; never its secret
  alert = 10,        // body: what a rule of the party found: docs/reference/alerts.md
  alert_rule = 11,   // body: a rule for alerts made, changed or deleted
  erasure = 12,      // body: which entry was erased, by whose authority and why; never what it said
  fingerprint = 13,  // body: that a party registered the blinded fingerprint of a document: docs/reference/ledger.md
  erased = 14,       // what is left of an entry that was erased; body: of what kind it was; its party is empty
  filing = 15,       // body: a step of a declaration, its digests, never what it says: docs/reference/log.md
  bundle = 16,       // body: road consignments bound to a vehicle, and what became of it
  hold = 17,         // body: an authority's hold placed, acknowledged or released
};
inline constexpr EntryKind kLastEntryKind = EntryKind::hold;
[[nodiscard]] std::string_view name(EntryKind kind);
[[nodiscard]] Result<EntryKind> entry_kind_from(std::string_view name);

// Place in the log: 1 for the first entry, without gaps.
using Position = uint64_t;

struct Entry {
  Position position = 0;
  EntryKind kind = EntryKind::event;
  std::string party;        // PartyId of whoever sent it
  int64_t received_us = 0;  // when Fairway accepted it, microseconds UTC
  std::string body;         // JSON
};

}  // namespace fairway
