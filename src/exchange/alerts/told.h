// Told: an alert as the log has it, and what is kept so that no fact is told twice.
//
//   entry `alert`               the alert, with its words and its evidence as the party saw it then
//   term "alerts/PARTY"         every alert of a party; "alerts/PARTY/DIGEST": those that name a reference; the value is the kind
//   state "alert/PARTY/DIGEST"  {"step","alert"}: how far the fact with this digest has been told
//   state "alert-seen/PARTY/ID" when somebody said that it has been seen
//
// Values and pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "exchange/alerts/rules.h"
#include "exchange/party_names.h"
#include "journey/alerts.h"
#include "journey/journey.h"
#include "model/entry.h"
#include "store/store.h"

namespace fairway::exchange {

[[nodiscard]] std::string alerts_term(const PartyId& party);
[[nodiscard]] std::string alerts_term(const PartyId& party, const Reference& reference);
[[nodiscard]] std::string alert_identity(const PartyId& party, std::string_view id);
[[nodiscard]] std::string alert_seen_key(const PartyId& party, std::string_view id);
[[nodiscard]] std::string alert_fact_key(const PartyId& party, std::string_view fact);

// How far a fact has been told.
struct ToldFact {
  int step = 0;
  std::string alert;
};
[[nodiscard]] std::string to_json(const ToldFact& fact);
[[nodiscard]] ToldFact told_fact_from_json(std::string_view text);

// The entry of an alert that this rule found in this journey, whose id it is given.
[[nodiscard]] store::NewEntry alert_entry(const AlertRule& rule, const journey::Journey& journey, const journey::Alert& alert,
                                          std::string_view id, PartyNames& names, int64_t now_us);
[[nodiscard]] std::string alert_id(const PartyId& party, const journey::Alert& alert);

// Of an alert's entry: what lists, streams and mails need to know of it.
struct AlertHead {
  std::string id, rule, kind, severity, subject, text, language, journey;
  std::vector<std::string> references;
  struct Evidence {
    Position entry = 0;
    std::string party;  // its name
    std::string milestone, classifier, at, place;
  };
  std::vector<Evidence> evidence;
};
[[nodiscard]] Result<AlertHead> alert_head_from(std::string_view body);

}  // namespace fairway::exchange
