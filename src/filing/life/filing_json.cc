// A filing as the store keeps it. Times are microseconds since 1970; the sources of fields stand once, fields name them by number.
#include <map>
#include <utility>

#include "base/json.h"
#include "base/json_writer.h"
#include "filing/life/filing.h"
#include "filing/life/json_parts.h"

namespace fairway::filing {
namespace {

class Sources {
 public:
  [[nodiscard]] size_t number(const SourcePtr& source) {
    const auto [found, fresh] = numbers_.try_emplace(source.get(), order_.size());
    if (fresh) order_.push_back(source);
    return found->second;
  }
  void append(JsonWriter& writer) const {
    writer.key("sources").begin_array();
    for (const SourcePtr& source : order_) {
      writer.begin_object().member("kind", name(source->kind)).optional_member("document", source->document);
      writer.optional_member("party", source->party).optional_member("person", source->person).member("at", source->at_us);
      writer.member("confidence", static_cast<int>(source->confidence)).end_object();
    }
    writer.end_array();
  }

 private:
  std::map<const Source*, size_t> numbers_;
  std::vector<SourcePtr> order_;
};

void append(JsonWriter& writer, std::string_view member, const Draft& draft, Sources& sources) {
  writer.key(member).begin_object().member("day", draft.day).key("fields").begin_array();
  for (const FilledField& field : draft.fields) {
    writer.begin_object().member("name", field.name).member("value", field.value).member("group", field.group);
    if (!field.from.empty()) append_texts(writer, "from", field.from);
    writer.optional_member("working", field.working);
    if (field.source) writer.member("source", sources.number(field.source));
    if (field.typed) writer.member("typed", true);
    writer.end_object();
  }
  writer.end_array();
  append_texts(writer, "missing", draft.missing);
  writer.end_object();
}

void append(JsonWriter& writer, const GroupConfirmation& one) {
  writer.begin_object().member("group", one.group).member("person", one.person).optional_member("name", one.name);
  writer.member("at", one.at_us).member("digest", one.digest).end_object();
}

void append(JsonWriter& writer, const Lodgement& one) {
  writer.begin_object().member("id", one.id).member("kind", name(one.kind)).member("by", one.by).optional_member("reason", one.reason);
  writer.member("digest", one.digest).member("ordered", one.ordered_us).member("sent", one.sent_us).member("answered", one.answered_us);
  writer.optional_member("outcome", one.outcome).end_object();
}

void append(JsonWriter& writer, const Answer& one) {
  writer.begin_object().member("id", one.id).member("status", one.status).optional_member("number", one.number);
  writer.optional_member("text", one.text);
  if (!one.remarks.empty()) {
    writer.key("remarks").begin_array();
    for (const auto& [field, remark] : one.remarks) writer.begin_array().value(field).value(remark).end_array();
    writer.end_array();
  }
  if (!one.containers.empty()) append_texts(writer, "containers", one.containers);
  writer.member("at", one.at_us).member("received", one.received_us).optional_member("lodgement", one.lodgement);
  if (one.contradicts) writer.member("contradicts", true);
  writer.end_object();
}

template <typename Item>
void append_all(JsonWriter& writer, std::string_view member, const std::vector<Item>& items) {
  writer.key(member).begin_array();
  for (const Item& item : items) append(writer, item);
  writer.end_array();
}

Result<std::vector<SourcePtr>> sources_in(const json::object& object) {
  std::vector<SourcePtr> sources;
  TRY_OK(each_object(object, "sources", [&](const json::object& item) -> Status {
    Source source;
    source.kind = TRY(source_kind_from(text_of(item, "kind")));
    source.document = text_of(item, "document");
    source.party = text_of(item, "party");
    source.person = text_of(item, "person");
    source.at_us = integer_of(item, "at").value_or(0);
    source.confidence = static_cast<uint8_t>(integer_of(item, "confidence").value_or(0));
    sources.push_back(std::make_shared<const Source>(std::move(source)));
    return {};
  }));
  return sources;
}

Result<Draft> draft_from(const json::object& object, const FormKey& key, const std::vector<SourcePtr>& sources) {
  Draft draft;
  draft.key = key;
  draft.day = text_of(object, "day");
  draft.missing = texts_in(object, "missing");
  TRY_OK(each_object(object, "fields", [&](const json::object& item) -> Status {
    FilledField field;
    field.name = text_of(item, "name");
    field.value = text_of(item, "value");
    field.group = text_of(item, "group");
    field.from = texts_in(item, "from");
    field.working = text_of(item, "working");
    field.typed = truth_of(item, "typed").value_or(false);
    if (const auto number = integer_of(item, "source")) {
      if (*number < 0 || static_cast<size_t>(*number) >= sources.size())
        return fail(Code::invalid, "a field names a source that is not there", field.name);
      field.source = sources[static_cast<size_t>(*number)];
    }
    draft.fields.push_back(std::move(field));
    return {};
  }));
  return draft;
}

Result<std::optional<Draft>> draft_in(const json::object& object, std::string_view member, const FormKey& key,
                                      const std::vector<SourcePtr>& sources) {
  const json::object* draft = object_of(object, member);
  if (draft == nullptr) return std::nullopt;
  return TRY(draft_from(*draft, key, sources));
}

Status read_life(const json::object& object, Filing& filing) {
  TRY_OK(each_object(object, "confirmations", [&](const json::object& item) -> Status {
    filing.confirmations.push_back({std::string(text_of(item, "group")), std::string(text_of(item, "person")),
                                    std::string(text_of(item, "name")), integer_of(item, "at").value_or(0),
                                    std::string(text_of(item, "digest"))});
    return {};
  }));
  TRY_OK(each_object(object, "lodgements", [&](const json::object& item) -> Status {
    filing.lodgements.push_back({std::string(text_of(item, "id")), TRY(kind_from(text_of(item, "kind"))), std::string(text_of(item, "by")),
                                 std::string(text_of(item, "reason")), std::string(text_of(item, "digest")),
                                 integer_of(item, "ordered").value_or(0), integer_of(item, "sent").value_or(0),
                                 integer_of(item, "answered").value_or(0), std::string(text_of(item, "outcome"))});
    return {};
  }));
  return each_object(object, "answers", [&](const json::object& item) -> Status {
    Answer answer;
    answer.id = text_of(item, "id");
    answer.status = text_of(item, "status");
    answer.number = text_of(item, "number");
    answer.text = text_of(item, "text");
    answer.containers = texts_in(item, "containers");
    answer.at_us = integer_of(item, "at").value_or(0);
    answer.received_us = integer_of(item, "received").value_or(0);
    answer.lodgement = text_of(item, "lodgement");
    answer.contradicts = truth_of(item, "contradicts").value_or(false);
    if (const json::array* remarks = array_of(item, "remarks"))
      for (const json::value& remark : *remarks)
        if (const json::array* pair = remark.if_array();
            pair != nullptr && pair->size() == 2 && (*pair)[0].is_string() && (*pair)[1].is_string())
          answer.remarks.emplace_back(std::string((*pair)[0].get_string()), std::string((*pair)[1].get_string()));
    filing.answers.push_back(std::move(answer));
    return {};
  });
}

}  // namespace

std::string to_json(const Filing& filing) {
  std::string out;
  JsonWriter writer(out);
  Sources sources;
  writer.begin_object().member("id", filing.id).member("consignment", filing.consignment).member("party", filing.party);
  writer.member("form", filing.key.text()).member("authority", filing.authority).member("message", filing.message);
  writer.member("state", name(filing.state)).member("standing", name(filing.standing)).member("recordVersion", filing.record_version);
  writer.member("stale", filing.stale).optional_member("bundle", filing.bundle).key("overrides").begin_object();
  for (const auto& [field, value] : filing.overrides) writer.member(field, value);
  writer.end_object();
  append(writer, "draft", filing.draft, sources);
  if (filing.lodged) append(writer, "lodged", *filing.lodged, sources);
  if (filing.offered) append(writer, "offered", *filing.offered, sources);
  append_findings(writer, "findings", filing.findings);
  append_all(writer, "confirmations", filing.confirmations);
  append_all(writer, "lodgements", filing.lodgements);
  append_all(writer, "answers", filing.answers);
  writer.optional_member("number", filing.number).member("paid", filing.paid);
  if (filing.latest_us) writer.member("latest", *filing.latest_us);
  writer.member("created", filing.created_us).member("changed", filing.changed_us);
  sources.append(writer);
  writer.end_object();
  return out;
}

Result<Filing> filing_from_json(std::string_view text) {
  const json::value parsed = TRY(parse_json(text));
  const json::object* object = parsed.if_object();
  if (object == nullptr) return fail(Code::invalid, "a filing is a JSON object");
  const std::vector<SourcePtr> sources = TRY(sources_in(*object));
  Filing filing;
  filing.id = text_of(*object, "id");
  filing.consignment = text_of(*object, "consignment");
  filing.party = text_of(*object, "party");
  filing.key = TRY(FormKey::parse(text_of(*object, "form")));
  filing.authority = text_of(*object, "authority");
  filing.message = text_of(*object, "message");
  filing.state = TRY(state_from(text_of(*object, "state")));
  filing.standing = TRY(state_from(text_of(*object, "standing")));
  filing.record_version = static_cast<uint64_t>(integer_of(*object, "recordVersion").value_or(0));
  filing.stale = truth_of(*object, "stale").value_or(false);
  filing.bundle = text_of(*object, "bundle");
  if (const json::object* overrides = object_of(*object, "overrides"))
    for (const auto& [field, value] : *overrides)
      if (const json::string* said = value.if_string()) filing.overrides.emplace(std::string(field), std::string(*said));
  filing.draft = TRY(draft_in(*object, "draft", filing.key, sources)).value_or(Draft());
  filing.lodged = TRY(draft_in(*object, "lodged", filing.key, sources));
  filing.offered = TRY(draft_in(*object, "offered", filing.key, sources));
  filing.findings = TRY(findings_in(*object, "findings"));
  TRY_OK(read_life(*object, filing));
  filing.number = text_of(*object, "number");
  filing.paid = truth_of(*object, "paid").value_or(false);
  filing.latest_us = integer_of(*object, "latest");
  filing.created_us = integer_of(*object, "created").value_or(0);
  filing.changed_us = integer_of(*object, "changed").value_or(0);
  return filing;
}

}  // namespace fairway::filing
