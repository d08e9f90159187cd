#include <algorithm>
#include <span>

#include "base/json_writer.h"
#include "gateway/cargo_imp/message.h"

namespace fairway::gateway::cargo_imp {
namespace {

// A field of one part as its value, one of several as an object, one whose parts repeat as an array of objects.
void append(JsonWriter& json, const Field& field) {
  if (!field.read()) {
    json.begin_object().member("unread", field.text).end_object();
    return;
  }
  const std::string_view first = field.parts.front().name;
  const bool repeats = field.parts_repeat;
  if (first.empty() && !repeats) return void(json.value(field.parts.front().value));
  if (repeats) json.begin_array();
  for (size_t i = 0; i < field.parts.size(); ++i) {
    const NamedPart& part = field.parts[i];
    if (first.empty()) {
      json.value(part.value);
      continue;
    }
    if (i == 0 || part.name == first) {
      if (i > 0) json.end_object();
      json.begin_object();
    }
    json.member(part.name, part.value);
  }
  if (!first.empty()) json.end_object();
  if (repeats) json.end_array();
}

// The fields under their names, those of one name as an array. The grammar has few names a segment, however many fields there are.
void append_fields(JsonWriter& json, std::span<const Field> fields) {
  std::vector<std::string_view> written;
  for (const Field& field : fields) {
    if (std::ranges::find(written, field.name) != written.end()) continue;
    written.push_back(field.name);
    json.key(field.name);
    const bool several = field.list || std::ranges::count(fields, field.name, &Field::name) > 1;
    if (several) json.begin_array();
    for (const Field& same : fields)
      if (same.name == field.name) append(json, same);
    if (several) json.end_array();
  }
}

// The rows of a segment one by one, since their fields belong together.
void append_rows(JsonWriter& json, std::span<const Field> fields) {
  json.key("rows").begin_array();
  while (!fields.empty()) {
    const auto other = std::ranges::find_if(fields, [&](const Field& f) { return f.place.line != fields.front().place.line; });
    const auto count = static_cast<size_t>(other - fields.begin());
    append_fields(json.begin_object(), fields.first(count));
    json.end_object();
    fields = fields.subspan(count);
  }
  json.end_array();
}

// The segments under `parent` in their order; levels are few, so the depth is.
// NOLINTNEXTLINE(misc-no-recursion)
size_t append_children(JsonWriter& json, const Message& message, size_t from, size_t parent) {
  json.begin_array();
  size_t i = from;
  while (i < message.segments.size()) {
    const Segment& segment = message.segments[i];
    if (segment.parent != parent) break;
    json.begin_object().member("segment", segment.name).optional_member("tag", segment.tag).member("line", segment.place.line);
    if (segment.rows)
      append_rows(json, segment.fields);
    else
      append_fields(json, segment.fields);
    const size_t self = i++;
    if (i < message.segments.size() && message.segments[i].parent == self) {
      json.key("segments");
      i = append_children(json, message, i, self);
    }
    json.end_object();
  }
  json.end_array();
  return i;
}

void append(JsonWriter& json, const Envelope& envelope) {
  if (envelope.empty()) return;
  json.key("envelope").begin_object().optional_member("priority", envelope.priority);
  json.key("addresses").begin_array();
  for (const std::string& address : envelope.addresses) json.value(address);
  json.end_array().optional_member("origin", envelope.origin).optional_member("stamp", envelope.stamp).end_object();
}

}  // namespace

std::string to_json(const Message& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("message", message.id).member("name", message.name).optional_member("version", message.version);
  append(json, message.envelope);
  json.key("segments");
  append_children(json, message, 0, kNoParent);
  json.optional_member("echo", message.echo);
  json.key("diagnostics").begin_array();
  for (const Finding& finding : message.findings.all()) append_json(json, to_diagnostic(finding));
  json.end_array().end_object();
  return out;
}

}  // namespace fairway::gateway::cargo_imp
