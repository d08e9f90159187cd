#include "filing/form/plan_json.h"

#include "base/instant.h"
#include "filing/life/json_parts.h"

namespace fairway::filing {
namespace {

void append_key(JsonWriter& writer, const FormKey& key) {
  writer.member("key", key.text()).member("regime", key.regime).member("form", key.form);
  if (key.leg != 0) writer.member("leg", key.leg);
}

void append_filing(JsonWriter& writer, const PlannedFiling& filing, const Regimes& regimes) {
  writer.begin_object();
  append_key(writer, filing.key);
  append_words(writer, "title", filing.title);
  writer.optional_member("family", filing.family).member("filer", filing.filer).member("authority", filing.authority);
  writer.optional_member("message", filing.message).optional_member("reason", filing.reason).optional_member("source", filing.source);
  writer.key("items").begin_array();
  for (const uint32_t item : filing.items) writer.value(item);
  writer.end_array();
  if (filing.deadline) append_deadline(writer, "deadline", *filing.deadline);
  writer.optional_member("deadlineWaitsFor", filing.deadline_waits_for);
  if (filing.charge) append_charge(writer, "charge", *filing.charge);
  append_fields(writer, "fields", filing.draft, regimes);
  append_texts(writer, "missing", filing.draft.missing);
  append_findings(writer, "findings", filing.findings);
  writer.end_object();
}

void append_exempted(JsonWriter& writer, const Exempted& exempted) {
  writer.begin_object();
  append_key(writer, exempted.key);
  writer.member("category", exempted.category);
  append_words(writer, "title", exempted.title);
  writer.optional_member("evidence", exempted.evidence).end_object();
}

}  // namespace

void append_json(JsonWriter& writer, const Plan& plan, const Regimes& regimes) {
  writer.begin_object();
  append_members(writer, plan, regimes);
  writer.end_object();
}

void append_members(JsonWriter& writer, const Plan& plan, const Regimes& regimes) {
  writer.key("filings").begin_array();
  for (const PlannedFiling& filing : plan.filings) append_filing(writer, filing, regimes);
  writer.end_array().key("exempted").begin_array();
  for (const Exempted& exempted : plan.exempted) append_exempted(writer, exempted);
  writer.end_array();
  append_findings(writer, "across", plan.across);
  writer.key("typing").begin_object().member("typed", plan.typing.typed).member("total", plan.typing.total);
  writer.member("rate", plan.typing.rate()).end_object();
}

void append_fields(JsonWriter& writer, std::string_view member, const Draft& draft, const Regimes& regimes) {
  const Regime* regime = regimes.find(draft.key.regime);
  writer.key(member).begin_array();
  for (const FilledField& field : draft.fields) {
    writer.begin_object().member("name", field.name).member("value", field.value);
    if (regime != nullptr) append_words(writer, "title", field_title(*regime, draft.key.form, field.name));
    writer.member("group", field.group);
    append_texts(writer, "from", field.from);
    writer.optional_member("working", field.working).member("confidence", static_cast<int>(field.confidence()));
    if (field.source != nullptr)
      writer.key("source")
          .begin_object()
          .member("kind", name(field.source->kind))
          .optional_member("document", field.source->document)
          .end_object();
    if (field.typed) writer.member("typed", true);
    writer.end_object();
  }
  writer.end_array();
}

void append_words(JsonWriter& writer, std::string_view member, const Words& words) {
  writer.key(member).begin_object().optional_member("en", words.en).optional_member("hant", words.hant);
  writer.optional_member("hans", words.hans).end_object();
}

void append_charge(JsonWriter& writer, std::string_view member, const Charge& charge) {
  writer.key(member).begin_object().member("currency", charge.currency).member("total", charge.total.text(2));
  writer.key("lines").begin_array();
  for (const ChargeLine& line : charge.lines)
    writer.begin_object()
        .member("what", line.what)
        .member("amount", line.amount.text(2))
        .optional_member("working", line.working)
        .optional_member("source", line.source)
        .end_object();
  writer.end_array().end_object();
}

void append_deadline(JsonWriter& writer, std::string_view member, const Deadline& deadline) {
  writer.key(member).begin_object().member("id", deadline.id);
  if (deadline.earliest) writer.member("earliest", to_rfc3339(*deadline.earliest));
  writer.member("latest", to_rfc3339(deadline.latest)).key("reminders").begin_array();
  for (const Instant& reminder : deadline.reminders) writer.value(to_rfc3339(reminder));
  writer.end_array();
  append_texts(writer, "working", deadline.working);
  writer.optional_member("caution", deadline.caution);
  writer.optional_member("source", deadline.source).end_object();
}

}  // namespace fairway::filing
