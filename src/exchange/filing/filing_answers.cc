#include "exchange/filing/filing_answers.h"

#include <algorithm>

#include "base/instant.h"
#include "base/json_writer.h"
#include "base/zone.h"
#include "exchange/filing/rooms.h"
#include "filing/form/plan_json.h"
#include "filing/life/json_parts.h"

namespace fairway::exchange {
namespace {

using filing::Draft;
using filing::Filing;
using filing::State;

size_t blocking_in(const Filing& filing) {
  return static_cast<size_t>(std::ranges::count(filing.findings, filing::Weight::blocking, &filing::Finding::weight));
}

bool has_standing(const Filing& filing) { return filing.lodged.has_value(); }

// In the time of the place whose regime it is.
std::string local(const filing::Regime* regime, int64_t micros) {
  Instant instant;
  instant.micros = micros;
  if (regime != nullptr) instant.offset_minutes = static_cast<int16_t>(offset_minutes_at(micros, regime->setting("zone")).value_or(0));
  return to_rfc3339(instant);
}

void append_head(JsonWriter& writer, Services& services, const Filing& filing) {
  const filing::Regime* regime = services.filings->regimes.find(filing.key.regime);
  writer.begin_object().member("id", filing.id).member("consignment", filing.consignment).key("party");
  services.names.append(writer, filing.party);
  writer.member("key", filing.key.text()).member("regime", filing.key.regime).member("form", filing.key.form);
  if (filing.key.leg != 0) writer.member("leg", filing.key.leg);
  if (regime != nullptr) filing::append_words(writer, "title", filing::form_title(*regime, filing.key.form));
  writer.member("authority", filing.authority).member("message", filing.message).member("state", filing::name(filing.state));
  if (has_standing(filing)) writer.member("standing", filing::name(filing.standing));
  writer.member("stale", filing.stale).member("recordVersion", filing.record_version).optional_member("number", filing.number);
  writer.optional_member("bundle", filing.bundle).member("paid", filing.paid);
  if (filing.latest_us) writer.member("latest", local(regime, *filing.latest_us));
  writer.member("late", is_late(filing, services.env.now_us())).optional_member("next", next_step(filing));
  writer.member("digest", filing.draft.digest()).member("created", to_rfc3339_utc(filing.created_us));
  writer.member("changed", to_rfc3339_utc(filing.changed_us));
}

void append_group(JsonWriter& writer, const Filing& filing, const std::string& group) {
  const std::string digest = filing.draft.digest(group);
  writer.begin_object().member("group", group).member("digest", digest).key("lookAt").begin_array();
  for (const filing::FilledField& field : filing.draft.fields)
    if (field.group == group && field.confidence() < filing::kConfident) writer.value(field.name);
  writer.end_array();
  const auto by = std::ranges::find_if(filing.confirmations,
                                       [&](const filing::GroupConfirmation& one) { return one.group == group && one.digest == digest; });
  if (by != filing.confirmations.end())
    writer.key("confirmed")
        .begin_object()
        .member("person", by->person)
        .member("name", by->name)
        .member("at", to_rfc3339_utc(by->at_us))
        .end_object();
  writer.end_object();
}

void append_lodgement(JsonWriter& writer, const filing::Lodgement& one) {
  writer.begin_object().member("id", one.id).member("kind", filing::name(one.kind)).member("by", one.by);
  writer.optional_member("reason", one.reason).member("digest", one.digest).member("ordered", to_rfc3339_utc(one.ordered_us));
  if (one.sent_us != 0) writer.member("sent", to_rfc3339_utc(one.sent_us));
  if (one.answered_us != 0) writer.member("answered", to_rfc3339_utc(one.answered_us));
  writer.optional_member("outcome", one.outcome).end_object();
}

void append_answer(JsonWriter& writer, const filing::Answer& answer) {
  writer.begin_object().member("id", answer.id).member("status", answer.status).optional_member("number", answer.number);
  writer.optional_member("text", answer.text).key("remarks").begin_array();
  for (const auto& [field, text] : answer.remarks) writer.begin_object().optional_member("field", field).member("text", text).end_object();
  writer.end_array();
  filing::append_texts(writer, "containers", answer.containers);
  writer.member("at", to_rfc3339_utc(answer.at_us)).member("received", to_rfc3339_utc(answer.received_us));
  if (answer.contradicts) writer.member("contradicts", true);
  writer.end_object();
}

void append_work(JsonWriter& writer, Services& services, const Filing& filing) {
  writer.member("day", filing.draft.day).key("groups").begin_array();
  for (const std::string& group : groups_of(filing.draft)) append_group(writer, filing, group);
  writer.end_array();
  filing::append_fields(writer, "fields", filing.draft, services.filings->regimes);
  filing::append_texts(writer, "missing", filing.draft.missing);
  filing::append_findings(writer, "findings", filing.findings);
  writer.key("overrides").begin_object();
  for (const auto& [field, value] : filing.overrides) writer.member(field, value);
  writer.end_object();
}

}  // namespace

std::vector<std::string> groups_of(const Draft& draft) {
  std::vector<std::string> groups;
  for (const filing::FilledField& field : draft.fields)
    if (std::ranges::find(groups, field.group) == groups.end()) groups.push_back(field.group);
  return groups;
}

bool is_late(const Filing& filing, int64_t now_us) { return !has_standing(filing) && filing.latest_us && now_us > *filing.latest_us; }

std::string_view next_step(const Filing& filing) {
  if (filing.stale) return has_standing(filing) ? "amend" : "check";
  switch (filing.state) {
    case State::draft: return blocking_in(filing) != 0 ? "mend" : "check";
    case State::checked: return "confirm";
    case State::confirmed: return "lodge";
    case State::queried: return "answer";
    case State::rejected: return "mend";
    case State::lodging:
    case State::lodged:
    case State::cancelling: return "wait";
    default: return "";
  }
}

int attention(const Filing& filing, int64_t now_us) {
  if (filing.state == State::rejected) return 0;
  if (filing.state == State::queried) return 1;
  if (is_late(filing, now_us)) return 2;
  if (filing.stale) return 3;
  const std::string_view next = next_step(filing);
  if (next == "wait") return 5;
  return next.empty() ? 6 : 4;
}

std::string whole_json(Services& services, const Filing& filing) {
  std::string out;
  JsonWriter writer(out);
  append_head(writer, services, filing);
  append_work(writer, services, filing);
  writer.key("lodgements").begin_array();
  for (const filing::Lodgement& one : filing.lodgements) append_lodgement(writer, one);
  writer.end_array().key("answers").begin_array();
  for (const filing::Answer& answer : filing.answers) append_answer(writer, answer);
  writer.end_array().end_object();
  return out;
}

std::string short_json(Services& services, const Filing& filing) {
  std::string out;
  JsonWriter writer(out);
  append_head(writer, services, filing);
  filing::append_texts(writer, "unconfirmed", filing::unconfirmed(filing));
  writer.member("missing", filing.draft.missing.size()).member("blocking", blocking_in(filing));
  writer.member("warnings", filing.findings.size() - blocking_in(filing)).end_object();
  return out;
}

}  // namespace fairway::exchange
