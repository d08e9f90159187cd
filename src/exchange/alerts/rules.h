// Alert rules: what of its cargo a party wants to be told of, from when on, and in which language.
//
//   state "alert-rule/PARTY/ID"   the rule, as rule_to_json() writes it
//
// Making, changing and deleting one is an entry of the log. Values and pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "journey/alert_text.h"
#include "journey/alerts.h"
#include "model/entry.h"
#include "model/party.h"
#include "model/reference.h"
#include "store/store.h"

namespace fairway::exchange {

struct AlertRule {
  std::string id;
  PartyId party;
  std::string label;                  // for people
  std::vector<Reference> references;  // journeys that name one of them; none: all that the party sees
  journey::AlertSettings settings;
  journey::Language language = journey::Language::en;
  Position since = 0;      // what was over before it is not told
  int64_t created_us = 0;  //
};

inline constexpr std::string_view kAlertRulePrefix = "alert-rule/";
[[nodiscard]] std::string alert_rule_prefix(const PartyId& party);
[[nodiscard]] std::string alert_rule_key(const PartyId& party, std::string_view id);

// What a party sends: {"kinds"?, "references"?, "language"?, "label"?, "lateHoursSea"?, …}. Code::invalid says what is wrong.
[[nodiscard]] Result<AlertRule> alert_rule_from_request(std::string_view body);
// As the store keeps it, and as its party is shown it.
[[nodiscard]] std::string to_json(const AlertRule& rule);
[[nodiscard]] Result<AlertRule> alert_rule_from_state(std::string_view key, std::string_view value);
// Every party's, as this snapshot has them; one that cannot be read is left out.
[[nodiscard]] Result<std::vector<AlertRule>> all_alert_rules(store::Snapshot& snapshot);

[[nodiscard]] store::NewEntry alert_rule_entry(const AlertRule& rule, std::string_view action, int64_t now_us);

}  // namespace fairway::exchange
