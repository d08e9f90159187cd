// Filing: one form of one consignment on its way: drafted, checked, confirmed by named persons, lodged, answered, amended, cancelled, paid.
//
// The state machine is advance(), pure; book.h keeps what it decides. Every step is an entry of the log. Values; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "filing/form/draft.h"
#include "model/party.h"

namespace fairway::filing {

enum class State : uint8_t {
  draft,
  checked,    // nothing blocking was found
  confirmed,  // every group by a named person
  lodging,    // on its way to the authority, or waiting for its hours
  lodged,     // the authority has it
  accepted,
  queried,     // the authority asks: amend or answer
  rejected,    // counts as not lodged: mend and lodge again
  released,    // 放行
  closed,      // 结关
  cancelling,  // a cancellation is on its way
  cancelled,
};
[[nodiscard]] std::string_view name(State state);
[[nodiscard]] Result<State> state_from(std::string_view name);

enum class Kind : uint8_t { original, amendment, cancellation };
[[nodiscard]] std::string_view name(Kind kind);
[[nodiscard]] Result<Kind> kind_from(std::string_view name);

// A group of fields that somebody stands for.
struct GroupConfirmation {
  std::string group;
  std::string person;  // "usr_…"
  std::string name;    // as the person was called then
  int64_t at_us = 0;
  std::string digest;  // Draft::digest(group): a later change of the group undoes the confirmation
};

// What the authority said, in the order in which it came; each once, by its id.
struct Answer {
  std::string id;      // the authority's own: a second one with it is a repeat
  std::string status;  // "received", "accepted", "queried", "rejected", "amended", "cancelled", "inspection", "released", "closed", "paid"
  std::string number;  // that it gave: declaration number, CCRN, manifest number
  std::string text;    // its words
  std::vector<std::pair<std::string, std::string>> remarks;  // field → what is asked or wrong with it
  std::vector<std::string> containers;                       // that it is of; empty: all
  int64_t at_us = 0;                                         // when the authority said it
  int64_t received_us = 0;                                   // when Fairway heard of it
  std::string lodgement;     // that it is of; empty: the authority names none, and it is of the one that it fits
  bool contradicts = false;  // it does not agree with what was said before: kept, without effect, for somebody to look at
};

// One sending to the authority. At most one is open at a time.
struct Lodgement {
  std::string id;  // "ldg_…": the authority knows it again by this, whatever happens on the way
  Kind kind = Kind::original;
  std::string by;      // person who said so
  std::string reason;  // of an amendment or a cancellation
  std::string digest;  // Draft::digest() of what is sent
  int64_t ordered_us = 0;
  int64_t sent_us = 0;      // 0: not yet
  int64_t answered_us = 0;  // 0: open
  std::string outcome;      // the status of the answer that decided it, "" while none has
};

struct Filing {
  std::string id;           // "fil_…"
  std::string consignment;  // "cns_…"
  PartyId party;            // whose filing it is: it alone, and the authority, sees it
  FormKey key;
  std::string authority, message;  // channel and format
  State state = State::draft;      // what is to be done with it
  State standing = State::draft;   // what the authority has made of what it has; draft: it has nothing
  uint64_t record_version = 0;     // that it was last filled from
  bool stale = false;              // the record has changed in a field that it uses
  std::string bundle;              // "bnd_…": it is bundled and must not be changed
  Overrides overrides;
  Draft draft;                   // as last filled
  std::optional<Draft> lodged;   // what the authority has
  std::optional<Draft> offered;  // an amendment that it has been sent and has not taken yet
  std::vector<Finding> findings;
  std::vector<GroupConfirmation> confirmations;
  std::vector<Lodgement> lodgements;
  std::vector<Answer> answers;
  std::string number;  // the authority's
  bool paid = false;
  std::optional<int64_t> latest_us;  // the last moment in time
  int64_t created_us = 0, changed_us = 0;
  uint64_t version = 0;  // of the state record
};

// The groups that have no good confirmation of the draft as it is now.
[[nodiscard]] std::vector<std::string> unconfirmed(const Filing& filing);

// That is on its way, or that the authority has not answered: null where there is none.
[[nodiscard]] const Lodgement* open_lodgement(const Filing& filing);
// Whether its state lets somebody do that: "check", "confirm", "withdraw", "original", "amendment", "cancellation", "bundle". The table of
// docs/reference/filing.md; what else a step wants (groups confirmed, nothing stale) it says itself.
[[nodiscard]] bool may(const Filing& filing, std::string_view step);

// Steps. Each changes the filing or says why not (Code::conflict, with the way out in the hint).
[[nodiscard]] Status refill(Filing& filing, Draft draft, std::vector<Finding> findings, uint64_t record_version, int64_t now_us);
// `person` empty: a machine, Code::forbidden. `digest` empty: whatever the group says now, else it must be that. A group with a field below
// kConfident must be named in `looked_at`.
[[nodiscard]] Status confirm(Filing& filing, std::string_view group, GroupConfirmation confirmation, bool looked_at, int64_t now_us);
[[nodiscard]] Status withdraw_confirmation(Filing& filing, std::string_view group, int64_t now_us);
[[nodiscard]] Status order_lodgement(Filing& filing, Lodgement lodgement, int64_t now_us);
[[nodiscard]] Status note_sent(Filing& filing, std::string_view lodgement, int64_t now_us);
// False where it is a repeat, which changes nothing. Whatever contradicts what is known is kept and flagged; nothing takes a later state
// back.
[[nodiscard]] Result<bool> take_answer(Filing& filing, Answer answer, int64_t now_us);
// The record has gone on to a version in which these paths differ.
[[nodiscard]] bool mark_stale(Filing& filing, const std::vector<std::string>& changed_paths, int64_t now_us);

[[nodiscard]] std::string to_json(const Filing& filing);  // whole, as the store keeps it
[[nodiscard]] Result<Filing> filing_from_json(std::string_view text);

}  // namespace fairway::filing
