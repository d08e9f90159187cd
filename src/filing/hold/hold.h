// Hold: an authority's detention or inspection notice: what is held, where it must be, who has to know, who has seen it, and its release.
//
// A hold is an entry of the log and an event on the journeys of what it holds; whatever depends on what is held asks Holds::on() and is
// refused while one stands. Values, and a class over the store; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "filing/life/book.h"
#include "model/event.h"
#include "model/party.h"
#include "model/reference.h"
#include "store/store.h"

namespace fairway::filing {

enum class HoldKind : uint8_t { detention, inspection };
[[nodiscard]] std::string_view name(HoldKind kind);
[[nodiscard]] Result<HoldKind> hold_kind_from(std::string_view name);

struct Acknowledgement {
  PartyId party;
  std::string person;
  int64_t at_us = 0;
};

struct Hold {
  std::string id;  // "hld_…"
  HoldKind kind = HoldKind::detention;
  PartyId authority;
  std::string notice;            // the authority's number
  std::vector<Reference> scope;  // bills, containers, filings' numbers
  std::string reason;            // class of reason: "documents", "examination", "intelligence", …
  std::string place;             // where it must go or stay
  std::vector<PartyId> addressees;
  std::string text;
  int64_t placed_us = 0;
  std::vector<Acknowledgement> acknowledgements;
  int64_t released_us = 0;  // 0: stands
  std::string released_by, release_text;
  uint64_t version = 0;
  [[nodiscard]] bool stands() const { return released_us == 0; }
};

class Holds {
 public:
  Holds(store::Store& store, Env& env) : store_(store), env_(env) {}
  [[nodiscard]] Result<Hold> place(Hold hold, std::string_view person);
  [[nodiscard]] Result<Hold> acknowledge(std::string_view id, const PartyId& party, std::string_view person);
  [[nodiscard]] Result<Hold> release(std::string_view id, const PartyId& authority, std::string_view person, std::string_view text);
  [[nodiscard]] Result<std::optional<Hold>> find(std::string_view id);
  // Of which the party is authority or addressee, the newest first.
  [[nodiscard]] Result<PageOf<Hold>> list(const PartyId& party, bool standing_only, std::string_view after, size_t limit);
  // Those that stand on any of these.
  [[nodiscard]] Result<std::vector<Hold>> on(std::span<const Reference> references);

 private:
  store::Store& store_;
  Env& env_;
};

// What the step is on the journeys of what is held: an event for each container and each document of the scope, in the authority's name.
// The ids follow from the hold, so that telling it twice tells it once.
enum class HoldStep : uint8_t { placed, acknowledged, released };
[[nodiscard]] std::vector<Event> hold_events(const Hold& hold, HoldStep step);

[[nodiscard]] std::string to_json(const Hold& hold);
[[nodiscard]] Result<Hold> hold_from_json(std::string_view text);

}  // namespace fairway::filing
