#include "exchange/filing/deadline_watch.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/zone.h"
#include "exchange/alerts/told.h"

namespace fairway::exchange {
namespace {

constexpr size_t kPage = 200;
constexpr size_t kDueAtOnce = 200;
constexpr Position kSaveEntries = 1'000;  // that are none of it and that a restart may read again
constexpr std::string_view kDuePrefix = "deadline-due/";

// Today in the regime's zone.
filing::Setting setting_of(const filing::Regime& regime, int64_t now_us) {
  filing::Setting setting;
  setting.now_us = now_us;
  const CivilTime local = civil_of(now_us, offset_minutes_at(now_us, regime.setting("zone")).value_or(0));
  setting.today = fmt::format("{:04}-{:02}-{:02}", local.year, local.month, local.day);
  return setting;
}

bool concerns(const AlertRule& rule, const std::vector<Reference>& references) {
  if (!wants(rule.settings, journey::AlertKind::deadline)) return false;
  if (rule.references.empty()) return true;
  return std::ranges::any_of(rule.references,
                             [&](const Reference& wanted) { return std::ranges::find(references, wanted) != references.end(); });
}

// A rule for everything looks at what comes from now on.
bool is_history(const AlertRule& rule, const filing::Consignment& consignment, const DeadlineStep& step) {
  return rule.references.empty() && step.reached_us < rule.created_us && consignment.created_us < rule.created_us;
}

store::NewEntry entry_of(const AlertRule& rule, const filing::Consignment& consignment, const DeadlineStep& step,
                         const std::vector<Reference>& references, int64_t now_us) {
  journey::Alert alert = step.alert;
  alert.detail = step.title.in(name(rule.language)) + " (" + step.form + ")";
  store::NewEntry entry;
  entry.kind = EntryKind::alert;
  entry.party = rule.party;
  entry.received_us = now_us;
  const std::string id = alert_id(rule.party, alert);
  entry.identity = alert_identity(rule.party, id);
  JsonWriter writer(entry.body);
  writer.begin_object().member("alert", id).member("rule", rule.id).member("kind", name(alert.kind)).member("reason", name(alert.reason));
  writer.member("severity", name(alert.severity)).member("subject", alert.subject).member("milestone", name(alert.milestone));
  writer.member("planned", to_rfc3339(*alert.planned)).member("minutes", alert.apart_us / 60'000'000).member("detail", alert.detail);
  writer.member("consignment", consignment.id).member("form", step.form).member("step", alert.step);
  writer.member("language", name(rule.language)).member("text", journey::text_of(alert, rule.language));
  writer.member("journey", references.empty() ? std::string() : references.front().key()).key("references").begin_array();
  const size_t named = std::min(references.size(), limits::kAlertReferencesMax);
  for (size_t i = 0; i < named; ++i) writer.value(references[i].key());
  writer.end_array().key("evidence").begin_array().end_array().end_object();
  const std::string kind(name(alert.kind));
  entry.terms.push_back({alerts_term(rule.party), kind});
  for (size_t i = 0; i < named; ++i) entry.terms.push_back({alerts_term(rule.party, references[i]), kind});
  return entry;
}

}  // namespace

DeadlineWatch::DeadlineWatch(store::Store& store, filing::Book& book, const filing::Regimes& regimes, Env& env)
    : store_(store), book_(book), regimes_(regimes), env_(env) {}

Status DeadlineWatch::turn() {
  const auto snapshot = TRY(store_.snapshot());
  if (!leads_) TRY_OK(take_over(*snapshot));
  TRY_OK(catch_up(*snapshot));
  return look_at_due();
}

Status DeadlineWatch::take_over(store::Snapshot& snapshot) {
  position_ = TRY(kept_.read(snapshot));
  rules_.clear();
  for (AlertRule& rule : TRY(all_alert_rules(snapshot))) rules_[rule.party].push_back(std::move(rule));
  dues_.clear();
  by_time_.clear();
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(kDuePrefix, after, kPage));
    for (const auto& [key, stored] : page) {
      const auto parsed = parse_json(stored.value);
      const json::object* object = parsed ? parsed->if_object() : nullptr;
      if (object == nullptr) continue;
      const std::string consignment = key.substr(kDuePrefix.size());
      dues_[consignment] = integer_of(*object, "at").value_or(0);
      by_time_.emplace(dues_[consignment], consignment);
    }
    if (page.size() < kPage) break;
    after = page.back().first;
  }
  leads_ = true;
  return {};
}

Status DeadlineWatch::catch_up(store::Snapshot& snapshot) {
  const Position last = snapshot.last();
  while (position_ < last && !follower_.stopping()) {
    const std::vector<Entry> page = TRY(snapshot.range(position_ + 1, kPage));
    if (page.empty()) return {};
    std::set<std::string> changed;
    for (const Entry& entry : page) {
      if (entry.kind == EntryKind::alert_rule) {
        rules_.clear();
        for (AlertRule& rule : TRY(all_alert_rules(snapshot))) rules_[rule.party].push_back(std::move(rule));
      }
      TRY_OK(read_entry(entry, changed));
    }
    for (const std::string& consignment : changed) {
      if (follower_.stopping()) return {};
      TRY_OK(look(consignment));
    }
    position_ = page.back().position;
    if (!changed.empty() || position_ >= kept_.last() + kSaveEntries) TRY_OK(kept_.keep(position_));
  }
  return {};
}

// Of a party whose rules have changed, all that it has to file is looked at.
Status DeadlineWatch::read_entry(const Entry& entry, std::set<std::string>& changed) {
  if (entry.kind == EntryKind::alert_rule) {
    for (std::string after;;) {
      const auto page = TRY(book_.consignments(entry.party, after, kPage));
      for (const filing::Consignment& consignment : page.items) changed.insert(consignment.id);
      if (page.next.empty()) return {};
      after = page.next;
    }
  }
  if (entry.kind != EntryKind::filing && entry.kind != EntryKind::document) return {};
  const auto parsed = parse_json(entry.body);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object != nullptr && !text_of(*object, "consignment").empty()) changed.emplace(text_of(*object, "consignment"));
  return {};
}

Status DeadlineWatch::look_at_due() {
  const int64_t now_us = env_.now_us();
  for (size_t count = 0; count < kDueAtOnce && !by_time_.empty() && by_time_.begin()->first <= now_us && !follower_.stopping(); ++count)
    TRY_OK(look(std::string(by_time_.begin()->second)));
  return {};
}

Status DeadlineWatch::look(const std::string& id) {
  const auto consignment = TRY(book_.find_consignment(id));
  DeadlineSteps found;
  if (consignment) found = TRY(steps_of(*consignment));
  const auto snapshot = TRY(store_.snapshot());
  store::Batch batch;
  for (DeadlineStep& step : found.steps) TRY_OK(tell(*snapshot, *consignment, step, batch));
  plan_next(id, found.next_look_us, batch);
  if (batch.entries.empty() && batch.state.empty()) return {};
  TRY(store_.commit_and_wait(std::move(batch)));
  return {};
}

Result<DeadlineSteps> DeadlineWatch::steps_of(const filing::Consignment& consignment) {
  const std::vector<filing::Filing> filings = TRY(book_.filings_of(consignment.id));
  const int64_t now_us = env_.now_us();
  std::vector<filing::PlannedFiling> planned;
  for (const filing::Regime& regime : regimes_.all()) {
    std::map<std::string, filing::Overrides, std::less<>> overrides;
    for (const filing::Filing& filing : filings)
      if (filing.key.regime == regime.code()) overrides[filing.key.text()] = filing.overrides;
    auto plan = filing::make_plan(regimes_, consignment.record, setting_of(regime, now_us), overrides, {&regime.code(), 1});
    if (!plan) {  // what cannot be planned is shown where it is asked for; the others' deadlines go on
      log::warn("{}: no plan of {}: {}", consignment.id, regime.code(), plan.error().text());
      continue;
    }
    std::ranges::move(plan->filings, std::back_inserter(planned));
  }
  return deadline_steps(consignment, filings, planned, now_us);
}

Status DeadlineWatch::tell(store::Snapshot& snapshot, const filing::Consignment& consignment, DeadlineStep& step, store::Batch& batch) {
  const auto rules = rules_.find(step.party);
  if (rules == rules_.end()) return {};
  const std::vector<Reference> references = filing::carried(consignment, filing::Filing{});
  const auto rule = std::ranges::find_if(
      rules->second, [&](const AlertRule& one) { return concerns(one, references) && !is_history(one, consignment, step); });
  if (rule == rules->second.end()) return {};
  const std::string key = alert_fact_key(step.party, step.alert.facts.front());
  const auto known = TRY(snapshot.state(key));
  if (known && told_fact_from_json(known->value).step >= step.alert.step) return {};
  batch.entries.push_back(entry_of(*rule, consignment, step, references, env_.now_us()));
  batch.state.push_back({key, to_json(ToldFact{step.alert.step, alert_id(step.party, step.alert)}), known ? known->version : 0});
  return {};
}

// Notes when the consignment is looked at again; INT64_MAX: not by itself.
void DeadlineWatch::plan_next(const std::string& consignment, int64_t at_us, store::Batch& batch) {
  const auto known = dues_.find(consignment);
  if (known == dues_.end() ? at_us == INT64_MAX : known->second == at_us) return;
  if (known != dues_.end()) {
    by_time_.erase({known->second, consignment});
    dues_.erase(known);
  }
  const std::string key = std::string(kDuePrefix) + consignment;
  if (at_us == INT64_MAX) {
    batch.state.push_back({key, std::nullopt, std::nullopt});
    return;
  }
  std::string value;
  JsonWriter(value).begin_object().member("at", at_us).end_object();
  batch.state.push_back({key, std::move(value), std::nullopt});
  dues_.emplace(consignment, at_us);
  by_time_.emplace(at_us, consignment);
}

}  // namespace fairway::exchange
