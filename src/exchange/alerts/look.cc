// One look at one journey of one party: what its rules find there, and what of it is told.
#include <algorithm>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/log.h"
#include "exchange/alerts/told.h"
#include "exchange/alerts/watch.h"
#include "journey/assemble.h"

namespace fairway::exchange {
namespace {

constexpr int64_t kDayUs = 24 * journey::AlertSettings::kHour;

std::string due_key(const PartyId& party, const Reference& reference) {
  constexpr size_t kDigestBytes = 16;
  return "alert-due/" + party + "/" + to_hex(std::string_view(sha256(reference.key())).substr(0, kDigestBytes));
}

bool is_of_transport(const Reference& reference) {
  return reference.kind() == ReferenceKind::vessel || reference.kind() == ReferenceKind::voyage ||
         reference.kind() == ReferenceKind::transport_call;
}

// A vessel's journey names all that ever was on it: there a rule for some cargo does not mean the vessel, only one that names it does.
bool concerns(const AlertRule& rule, const journey::Journey& journey, bool of_transport) {
  if (rule.references.empty()) return true;
  return std::ranges::any_of(rule.references, [&](const Reference& wanted) {
    if (of_transport && !is_of_transport(wanted)) return false;
    if (wanted == journey.reference.reference) return true;
    return std::ranges::find(journey.references, wanted, &journey::JourneyReference::reference) != journey.references.end();
  });
}

// Whether the alert is of something from before the rule.
bool is_history(const AlertRule& rule, const journey::Journey& journey, const journey::Alert& alert) {
  const bool new_word = std::ranges::any_of(alert.evidence, [&](size_t claim) { return journey.claims[claim].position > rule.since; });
  if (new_word) return false;
  if (alert.over) return true;
  return rule.references.empty() && alert.reason == journey::Reason::silent && alert.planned->micros < rule.created_us - kDayUs;
}

}  // namespace

struct AlertWatch::Findings {
  std::vector<std::pair<const AlertRule*, journey::Alert>> alerts;
  int64_t next_us = INT64_MAX;
};

void AlertWatch::find(const Owner& owner, const journey::Journey& journey, bool of_transport, Findings& findings) const {
  for (const AlertRule& rule : owner.rules) {
    if (!concerns(rule, journey, of_transport)) continue;
    journey::AlertsFound found = journey::find_alerts(journey, rule.settings, env_.now_us());
    findings.next_us = std::min(findings.next_us, found.next_look_us);
    for (journey::Alert& alert : found.alerts)
      if (!is_history(rule, journey, alert)) findings.alerts.emplace_back(&rule, std::move(alert));
  }
}

Status AlertWatch::look(store::Snapshot& snapshot, const PartyId& party, const Reference& seed,
                        std::map<Reference, std::set<Position>>& news, std::set<Reference>& more) {
  const auto owner = owners_.find(party);
  Findings findings;
  std::optional<journey::Journey> journey;
  if (owner != owners_.end()) {
    auto found = journey::find(snapshot, seed, *owner->second.sight);
    if (!found && found.error().code != Code::not_found) return std::unexpected(found.error());
    if (found) journey = std::move(*found);
  }
  store::Batch nothing;
  if (!journey) {  // nothing of it is to be seen any more, or nobody asks
    plan_next(party, seed, INT64_MAX, nothing);
    if (nothing.state.empty()) return {};
    TRY(store_.commit_and_wait(std::move(nothing)));
    return {};
  }
  const bool of_transport = is_of_transport(seed);
  find(owner->second, *journey, of_transport, findings);
  TRY_OK(tell(owner->second, *journey, findings));
  std::set<Position> held;
  for (const journey::Claim& claim : journey->claims) held.insert(claim.position);
  for (auto one = news.begin(); one != news.end();) {
    const bool by_entries = !one->second.empty() && one->first != seed;
    std::erase_if(one->second, [&](Position position) { return held.contains(position); });
    one = by_entries && one->second.empty() ? news.erase(one) : std::next(one);
  }
  if (!of_transport) return {};
  // What calls with the vessel depends on it: a connection may be missed.
  for (const journey::JourneyReference& reference : journey->references) {
    const Reference& on_board = reference.reference;
    const bool asked = std::ranges::any_of(owner->second.rules, [&](const AlertRule& rule) {
      if (!rule.references.empty()) return std::ranges::find(rule.references, on_board) != rule.references.end();
      return on_board.kind() == ReferenceKind::equipment && wants(rule.settings, journey::AlertKind::missed_connection);
    });
    if (asked && journey::joins(on_board.kind()) && more.size() < limits::kAlertBoxesPerVesselMax) more.insert(on_board);
  }
  return {};
}

Status AlertWatch::tell(const Owner& owner, const journey::Journey& journey, Findings& findings) {
  const PartyId& party = owner.viewer->party.id;
  store::Batch batch;
  std::map<std::string, int> written;            // facts of this batch
  const auto snapshot = TRY(store_.snapshot());  // what was told a moment ago counts
  access::Looks looks(*owner.viewer, access::Channel::journey);
  for (const auto& [rule, alert] : findings.alerts) {
    if (alert.facts.empty()) continue;
    std::vector<std::string> keys;
    for (const std::string& fact : alert.facts) keys.push_back(alert_fact_key(party, fact));
    const auto known = TRY(snapshot->states(keys));
    int told = -1;
    for (size_t i = 0; i < keys.size(); ++i) {
      if (known[i]) told = std::max(told, told_fact_from_json(known[i]->value).step);
      if (const auto here = written.find(keys[i]); here != written.end()) told = std::max(told, here->second);
    }
    if (told >= alert.step) continue;
    const std::string id = alert_id(party, alert);
    batch.entries.push_back(alert_entry(*rule, journey, alert, id, names_, env_.now_us()));
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!written.emplace(keys[i], alert.step).second) continue;
      batch.state.push_back({keys[i], to_json(ToldFact{alert.step, id}), known[i] ? known[i]->version : 0});
    }
    for (const size_t claim : alert.evidence) {
      const journey::Claim& shown = journey.claims[claim];
      saw(looks, shown.sender, shown.event, shown.grant ? &*shown.grant : nullptr);
    }
  }
  if (!batch.entries.empty()) TRY_OK(access_log_.note(std::move(looks)));
  plan_next(party, journey.reference.reference, findings.next_us, batch);
  if (batch.entries.empty() && batch.state.empty()) return {};
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

// Notes when the journey is looked at again; INT64_MAX: not by itself.
void AlertWatch::plan_next(const PartyId& party, const Reference& seed, int64_t at_us, store::Batch& batch) {
  const std::string key = due_key(party, seed);
  const auto known = dues_.find(key);
  if (known == dues_.end() ? at_us == INT64_MAX : known->second.at_us == at_us) return;
  if (known != dues_.end()) {
    by_time_.erase({known->second.at_us, key});
    dues_.erase(known);
  }
  if (at_us == INT64_MAX) {
    batch.state.push_back({key, std::nullopt, std::nullopt});
    return;
  }
  std::string value;
  JsonWriter(value).begin_object().member("reference", seed.key()).member("at", at_us).end_object();
  batch.state.push_back({key, std::move(value), std::nullopt});
  dues_.emplace(key, Due{party, seed, at_us});
  by_time_.emplace(at_us, key);
}

}  // namespace fairway::exchange
