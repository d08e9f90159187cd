#include "exchange/alerts/rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::exchange {
namespace {

using journey::AlertSettings;

constexpr double kHoursMin = 0.25, kHoursMax = 24.0 * 60;
constexpr int kFreeDaysMax = 365;

struct HoursRow {
  std::string_view member;
  int64_t AlertSettings::* field;
};
constexpr std::array kHours = {
    HoursRow{"lateHoursSea", &AlertSettings::late_sea_us},           HoursRow{"lateHoursOther", &AlertSettings::late_other_us},
    HoursRow{"freeWarningHours", &AlertSettings::free_warning_us},   HoursRow{"stoppedHoursLand", &AlertSettings::stopped_land_us},
    HoursRow{"stoppedHoursOther", &AlertSettings::stopped_other_us},
};
constexpr std::array<std::string_view, 7> kOthers = {"kinds", "references", "language", "label", "freeDays", "freeDaysAt", "id"};
constexpr std::array<std::string_view, 2> kOurs = {"since", "created"};  // that only the store has

std::unexpected<Error> wrong(std::string_view member, std::string hint) {
  return fail(Code::invalid, "the rule is not right", legible(member), std::move(hint));
}

Result<std::vector<std::string>> texts_in(const json::object& object, std::string_view member, size_t most) {
  std::vector<std::string> out;
  const json::value* value = object.if_contains(member);
  if (value == nullptr) return out;
  const json::array* items = value->if_array();
  if (items == nullptr || items->empty()) return wrong(member, "a list of texts; leave it out for all");
  if (items->size() > most) return wrong(member, "at most " + std::to_string(most));
  for (const json::value& item : *items) {
    const json::string* text = item.if_string();
    if (text == nullptr || text->size() > limits::kIdentifierBytesMax + 32) return wrong(member, "a list of texts");
    out.emplace_back(*text);
  }
  return out;
}

Result<std::string> text_in(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr) return std::string();
  const json::string* text = value->if_string();
  if (text == nullptr) return wrong(member, "a text");
  return std::string(*text);
}

Status read_hours(const json::object& object, const HoursRow& row, AlertSettings& settings) {
  if (!object.contains(row.member)) return {};
  const auto hours = number_of(object, row.member);
  if (!hours || !std::isfinite(*hours) || *hours < kHoursMin || *hours > kHoursMax) return wrong(row.member, "hours, 0.25 to 1440");
  settings.*row.field = static_cast<int64_t>(std::llround(*hours * static_cast<double>(AlertSettings::kHour)));
  return {};
}

Result<int> days_from(const json::value& value, std::string_view member) {
  const int64_t days = value.is_int64() ? value.get_int64() : -1;
  if (days < 0 || days > kFreeDaysMax) return wrong(member, "whole days, 0 to " + std::to_string(kFreeDaysMax));
  return static_cast<int>(days);
}

Status read_free_days(const json::object& object, AlertSettings& settings) {
  if (const json::value* days = object.if_contains("freeDays")) settings.free_days = TRY(days_from(*days, "freeDays"));
  const json::value* value = object.if_contains("freeDaysAt");
  if (value == nullptr) return {};
  const json::object* places = value->if_object();
  if (places == nullptr) return wrong("freeDaysAt", "{\"HKHKG/HIT\": 5}: days by UN/LOCODE, with the facility or without");
  if (places->size() > limits::kAlertRulePlacesMax) return wrong("freeDaysAt", "at most " + std::to_string(limits::kAlertRulePlacesMax));
  for (const auto& [place, days] : *places) {
    const std::string key = to_upper(std::string_view(place));
    if (key.size() > limits::kIdentifierBytesMax || !is_unlocode_form(std::string_view(key).substr(0, 5)) ||
        (key.size() > 5 && key[5] != '/'))
      return wrong("freeDaysAt", "HKHKG or HKHKG/HIT");
    settings.free_days_at[key] = TRY(days_from(days, "freeDaysAt"));
  }
  return {};
}

Status only_known(const json::object& object, bool ours) {
  for (const auto& [member, value] : object) {
    const std::string_view name(member);
    const bool known =
        std::ranges::find(kOthers, name) != kOthers.end() || std::ranges::find(kHours, name, &HoursRow::member) != kHours.end();
    if (!known && !(ours && std::ranges::find(kOurs, name) != kOurs.end())) return wrong(name, "a rule has no such member");
  }
  return {};
}

Result<AlertRule> rule_from(std::string_view text, bool ours) {
  if (text.size() > limits::kAlertRuleBytesMax)
    return fail(Code::too_large, "the rule is too long", std::to_string(text.size()) + " bytes",
                "at most " + std::to_string(limits::kAlertRuleBytesMax));
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "the body is not a JSON object");
  TRY_OK(only_known(*object, ours));
  AlertRule rule;
  const std::vector<std::string> kinds = TRY(texts_in(*object, "kinds", journey::kAlertKinds));
  if (!kinds.empty()) rule.settings.kinds = 0;
  for (const std::string& kind : kinds) rule.settings.kinds |= 1u << static_cast<unsigned>(TRY(journey::alert_kind_from(kind)));
  for (const std::string& key : TRY(texts_in(*object, "references", limits::kAlertRuleReferencesMax)))
    rule.references.push_back(TRY(Reference::from_key(key)));
  const std::string language = TRY(text_in(*object, "language"));
  if (!language.empty()) rule.language = TRY(journey::language_from(language));
  rule.label = TRY(text_in(*object, "label"));
  if (rule.label.size() > limits::kKeyLabelBytesMax)
    return wrong("label", "at most " + std::to_string(limits::kKeyLabelBytesMax) + " bytes");
  for (const HoursRow& row : kHours) TRY_OK(read_hours(*object, row, rule.settings));
  TRY_OK(read_free_days(*object, rule.settings));
  rule.since = static_cast<Position>(std::max<int64_t>(0, integer_of(*object, "since").value_or(0)));
  rule.created_us = integer_of(*object, "created").value_or(0);
  return rule;
}

}  // namespace

std::string alert_rule_prefix(const PartyId& party) { return std::string(kAlertRulePrefix) + party + "/"; }
std::string alert_rule_key(const PartyId& party, std::string_view id) { return alert_rule_prefix(party) + std::string(id); }

Result<AlertRule> alert_rule_from_request(std::string_view body) { return rule_from(body, false); }

std::string to_json(const AlertRule& rule) {
  const AlertSettings& settings = rule.settings;
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("id", rule.id).optional_member("label", rule.label).key("kinds").begin_array();
  for (size_t i = 0; i < journey::kAlertKinds; ++i)
    if (const auto kind = static_cast<journey::AlertKind>(i); wants(settings, kind)) writer.value(name(kind));
  writer.end_array();
  if (!rule.references.empty()) {
    writer.key("references").begin_array();
    for (const Reference& reference : rule.references) writer.value(reference.key());
    writer.end_array();
  }
  writer.member("language", name(rule.language));
  for (const HoursRow& row : kHours)
    writer.member(row.member, static_cast<double>(settings.*row.field) / static_cast<double>(AlertSettings::kHour));
  if (settings.free_days) writer.member("freeDays", *settings.free_days);
  if (!settings.free_days_at.empty()) {
    writer.key("freeDaysAt").begin_object();
    for (const auto& [place, days] : settings.free_days_at) writer.member(place, days);
    writer.end_object();
  }
  writer.member("since", rule.since).member("created", rule.created_us).end_object();
  return out;
}

Result<AlertRule> alert_rule_from_state(std::string_view key, std::string_view value) {
  AlertRule rule = TRY(rule_from(value, true));
  key.remove_prefix(std::min(key.size(), kAlertRulePrefix.size()));
  const size_t slash = key.find('/');
  if (slash == std::string_view::npos) return fail(Code::internal, "a rule's key is not as it should be", legible(key));
  rule.party = key.substr(0, slash);
  rule.id = key.substr(slash + 1);
  return rule;
}

Result<std::vector<AlertRule>> all_alert_rules(store::Snapshot& snapshot) {
  constexpr size_t kPage = 500;
  std::vector<AlertRule> rules;
  for (std::string after;;) {
    const auto page = TRY(snapshot.state_scan(kAlertRulePrefix, after, kPage));
    for (const auto& [key, stored] : page)
      if (auto rule = alert_rule_from_state(key, stored.value)) rules.push_back(std::move(*rule));
    if (page.size() < kPage) return rules;
    after = page.back().first;
  }
}

store::NewEntry alert_rule_entry(const AlertRule& rule, std::string_view action, int64_t now_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::alert_rule;
  entry.party = rule.party;
  entry.received_us = now_us;
  JsonWriter writer(entry.body);
  writer.begin_object().member("rule", rule.id).member("action", action).end_object();
  return entry;
}

}  // namespace fairway::exchange
