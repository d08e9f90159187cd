#include "exchange/onerecord/told.h"

#include <algorithm>

#include "base/json.h"
#include "base/json_writer.h"
#include "exchange/onerecord/requests.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::exchange::onerecord {
namespace {

void append_list(JsonWriter& writer, std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  writer.key(name).begin_array();
  for (const std::string& value : values) writer.value(value);
  writer.end_array();
}

std::vector<std::string> list_in(const json::object& object, std::string_view name) {
  std::vector<std::string> values;
  if (const json::array* array = array_of(object, name))
    for (const json::value& item : *array)
      if (const json::string* text = item.if_string()) values.emplace_back(text->data(), text->size());
  return values;
}

Result<json::value> body_in(const Entry& entry) {
  json::value body = TRY(parse_json(entry.body));
  const json::object* object = body.if_object();
  if (object == nullptr || text_of(*object, "format") != "ONERECORD") return fail(Code::invalid, "no entry of ONE Record");
  return body;
}

// The types that a request was made about, as make_request() and check_delegation() noted them.
std::vector<std::string> texts_of(const ld::Node& node, std::string_view property) {
  std::vector<std::string> texts;
  if (const std::vector<ld::Value>* values = node.find(property))
    for (const ld::Value& value : *values) texts.push_back(value.is_node() ? value.node.front().id : value.text);
  return texts;
}

}  // namespace

void tell(store::Batch& batch, const Call& call, const Told& told, const ld::Node& document) {
  store::NewEntry entry;
  entry.kind = EntryKind::document;
  entry.party = call.party();
  entry.received_us = call.services.env.now_us();
  JsonWriter writer(entry.body);
  writer.begin_object().member("format", "ONERECORD").member("step", told.step);
  append_list(writer, "objects", told.objects);
  append_list(writer, "types", told.types);
  if (told.revision != 0) writer.member("revision", told.revision);
  append_list(writer, "changed", told.changed);
  if (told.of_request()) {
    writer.member("request", told.request).member("requestType", told.request_type).member("requester", told.requester);
    writer.member("holder", told.holder).member("notify", told.notify);
  }
  writer.key("document").raw(ld::write_document(document)).end_object();
  batch.entries.push_back(std::move(entry));
}

Told told_of(std::string_view step, const Head& head) {
  Told told;
  told.step = step;
  told.objects = {head.address()};
  told.types = {head.type};
  told.revision = head.revision;
  return told;
}

Told told_of_request(std::string_view step, const ld::Node& request) {
  Told told;
  told.step = step;
  told.request = request_id(request);
  told.request_type = ld::local_name(request.type());
  told.requester = requester_of(request);
  told.holder = holder_of(request);
  if (const std::string_view object = object_of(request); !object.empty()) told.objects = {std::string(kObjects).append(object)};
  told.types = texts_of(request, kept_property("type"));
  const ld::Node* payload = payload_of(request);
  if (payload == nullptr) return told;
  if (is(request, kDelegation)) told.objects = texts_of(*payload, ld::api("hasLogisticsObject"));
  if (is(request, kDelegation)) told.types = texts_of(*payload, kept_property("type"));
  told.notify = payload->text(ld::api("notifyRequestStatusChange")) == "true";
  return told;
}

Result<Told> told_in(const Entry& entry) {
  const json::value body = TRY(body_in(entry));
  const json::object& object = body.get_object();
  Told told;
  told.step = text_of(object, "step");
  told.objects = list_in(object, "objects");
  told.types = list_in(object, "types");
  told.revision = static_cast<uint64_t>(integer_of(object, "revision").value_or(0));
  told.changed = list_in(object, "changed");
  told.request = text_of(object, "request");
  told.request_type = text_of(object, "requestType");
  told.requester = text_of(object, "requester");
  told.holder = text_of(object, "holder");
  told.notify = truth_of(object, "notify").value_or(false);
  return told;
}

Result<ld::Node> document_in(const Entry& entry) {
  const json::value body = TRY(body_in(entry));
  const json::value* document = body.get_object().if_contains("document");
  if (document == nullptr) return fail(Code::invalid, "an entry without its document");
  return ld::read_object(json::serialize(*document));
}

}  // namespace fairway::exchange::onerecord
