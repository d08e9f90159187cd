#include "exchange/alerts/told.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/limits.h"

namespace fairway::exchange {
namespace {

constexpr size_t kDigestBytes = 16;

std::string digest_of(std::string_view text) { return to_hex(std::string_view(sha256(text)).substr(0, kDigestBytes)); }

void write_place(JsonWriter& writer, std::string_view member, const Place& place) {
  if (place.empty()) return;
  writer.key(member).begin_object().optional_member("unlocode", place.unlocode).optional_member("facility", place.facility);
  writer.optional_member("name", place.name).end_object();
}

// What the alert is about first, then what else its journey goes by.
std::vector<Reference> references_of(const journey::Journey& journey, const journey::Alert& alert) {
  std::vector<Reference> out;
  const auto add = [&](const Reference& reference) {
    if (out.size() < limits::kAlertReferencesMax && std::ranges::find(out, reference) == out.end()) out.push_back(reference);
  };
  for (const size_t claim : alert.evidence)
    for (const Reference& reference : journey.claims[claim].event.references)
      if (reference.value() == alert.subject) add(reference);
  add(journey.reference.reference);
  for (const size_t claim : alert.evidence)
    for (const Reference& reference : journey.claims[claim].event.references) add(reference);
  for (const journey::JourneyReference& reference : journey.references)
    if (journey::joins(reference.reference.kind())) add(reference.reference);
  return out;
}

void write_evidence(JsonWriter& writer, const journey::Journey& journey, const journey::Alert& alert, PartyNames& names) {
  writer.key("evidence").begin_array();
  for (const size_t index : alert.evidence) {
    const journey::Claim& claim = journey.claims[index];
    writer.begin_object().member("entry", claim.position).key("party");
    names.append(writer, claim.sender);
    writer.member("milestone", name(claim.event.milestone)).member("classifier", name(claim.event.classifier));
    writer.member("at", to_rfc3339(claim.event.occurred));
    write_place(writer, "place", claim.event.place);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

std::string alerts_term(const PartyId& party) { return "alerts/" + party; }
std::string alerts_term(const PartyId& party, const Reference& reference) { return "alerts/" + party + "/" + digest_of(reference.key()); }
std::string alert_identity(const PartyId& party, std::string_view id) { return "alert/" + party + "/" + std::string(id); }
std::string alert_seen_key(const PartyId& party, std::string_view id) { return "alert-seen/" + party + "/" + std::string(id); }
std::string alert_fact_key(const PartyId& party, std::string_view fact) { return "alert/" + party + "/" + digest_of(fact); }

std::string to_json(const ToldFact& fact) {
  std::string out;
  JsonWriter(out).begin_object().member("step", fact.step).member("alert", fact.alert).end_object();
  return out;
}

ToldFact told_fact_from_json(std::string_view text) {
  const auto parsed = parse_json(text);
  const json::object* object = parsed ? parsed->if_object() : nullptr;
  if (object == nullptr) return {};
  return {static_cast<int>(integer_of(*object, "step").value_or(0)), std::string(text_of(*object, "alert"))};
}

std::string alert_id(const PartyId& party, const journey::Alert& alert) {
  return "al_" + digest_of(party + "|" + alert.facts.front() + "|" + std::to_string(alert.step)).substr(0, 24);
}

store::NewEntry alert_entry(const AlertRule& rule, const journey::Journey& journey, const journey::Alert& alert, std::string_view id,
                            PartyNames& names, int64_t now_us) {
  store::NewEntry entry;
  entry.kind = EntryKind::alert;
  entry.party = rule.party;
  entry.received_us = now_us;
  entry.identity = alert_identity(rule.party, id);
  const std::vector<Reference> references = references_of(journey, alert);
  JsonWriter writer(entry.body);
  writer.begin_object().member("alert", id).member("rule", rule.id).member("kind", name(alert.kind)).member("reason", name(alert.reason));
  writer.member("severity", name(alert.severity)).optional_member("subject", alert.subject).member("milestone", name(alert.milestone));
  write_place(writer, "place", alert.place);
  write_place(writer, "insteadOf", alert.instead);
  if (alert.planned) writer.member("planned", to_rfc3339(*alert.planned));
  if (alert.found) writer.member("found", to_rfc3339(*alert.found));
  if (alert.apart_us != 0) writer.member("minutes", alert.apart_us / 60'000'000);
  writer.optional_member("detail", alert.detail).member("step", alert.step).member("language", name(rule.language));
  writer.member("text", journey::text_of(alert, rule.language)).member("journey", journey.reference.reference.key());
  writer.key("references").begin_array();
  for (const Reference& reference : references) writer.value(reference.key());
  writer.end_array();
  write_evidence(writer, journey, alert, names);
  writer.end_object();
  const std::string kind(name(alert.kind));
  entry.terms.push_back({alerts_term(rule.party), kind});
  for (const Reference& reference : references) entry.terms.push_back({alerts_term(rule.party, reference), kind});
  return entry;
}

Result<AlertHead> alert_head_from(std::string_view body) {
  const json::value parsed = TRY(parse_json(body));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::internal, "an alert is not as it should be");
  const auto text = [&](std::string_view member) { return std::string(text_of(*object, member)); };
  AlertHead head{text("alert"),
                 text("rule"),
                 text("kind"),
                 text("severity"),
                 text("subject"),
                 text("text"),
                 text("language"),
                 text("journey"),
                 {},
                 {}};
  if (const json::array* references = array_of(*object, "references"))
    for (const json::value& reference : *references)
      if (const json::string* key = reference.if_string()) head.references.emplace_back(*key);
  if (const json::array* evidence = array_of(*object, "evidence")) {
    for (const json::value& item : *evidence) {
      const json::object* claim = item.if_object();
      if (claim == nullptr) continue;
      AlertHead::Evidence told{static_cast<Position>(integer_of(*claim, "entry").value_or(0)),
                               "",
                               std::string(text_of(*claim, "milestone")),
                               std::string(text_of(*claim, "classifier")),
                               std::string(text_of(*claim, "at")),
                               ""};
      if (const json::object* party = object_of(*claim, "party")) told.party = text_of(*party, party->contains("name") ? "name" : "id");
      if (const json::object* place = object_of(*claim, "place"))
        told.place = journey::place_text({.unlocode = std::string(text_of(*place, "unlocode")),
                                          .facility = std::string(text_of(*place, "facility")),
                                          .name = std::string(text_of(*place, "name"))});
      head.evidence.push_back(std::move(told));
    }
  }
  return head;
}

}  // namespace fairway::exchange
