#include "gateway/onerecord/writer.h"

#include "gateway/onerecord/vocabulary.h"

namespace fairway::gateway::onerecord {
namespace {

std::string name_in(std::string_view iri, Form form) { return form == Form::compact ? compact(iri) : std::string(iri); }

// A number that every JSON reader takes as it stands, and that reads back as the same literal.
bool is_plain_integer(const Value& value) {
  constexpr size_t kDigitsMax = 15;
  if (value.datatype != xsd("integer") || value.text.empty() || value.text.size() > kDigitsMax) return false;
  const bool digits = value.text.find_first_not_of("0123456789") == std::string::npos;
  return digits && (value.text == "0" || value.text.front() != '0');
}

void append_literal(JsonWriter& writer, const Value& value, Form form) {
  const bool plain = value.datatype.empty() && value.language.empty();
  if (plain && form == Form::compact) return void(writer.value(value.text));
  if (form == Form::compact && is_plain_integer(value)) return void(writer.raw(value.text));
  writer.begin_object();
  if (!value.datatype.empty()) writer.member("@type", value.datatype);
  if (!value.language.empty()) writer.member("@language", value.language);
  writer.member("@value", value.text).end_object();
}

void append_value(JsonWriter& writer, const Value& value, Form form) {
  if (value.is_node())
    append_node(writer, value.node.front(), form);
  else
    append_literal(writer, value, form);
}

void append_types(JsonWriter& writer, const Node& node, Form form) {
  if (node.types.empty()) return;
  if (node.types.size() == 1 && form == Form::compact) return void(writer.member("@type", name_in(node.types.front(), form)));
  writer.key("@type").begin_array();
  for (const std::string& type : node.types) writer.value(name_in(type, form));
  writer.end_array();
}

void append_members(JsonWriter& writer, const Node& node, Form form) {
  if (!node.id.empty()) writer.member("@id", name_in(node.id, form));
  append_types(writer, node, form);
  for (const Property& property : node.properties) {
    writer.key(name_in(property.iri, form));
    const bool alone = property.values.size() == 1 && form == Form::compact;
    if (!alone) writer.begin_array();
    for (const Value& value : property.values) append_value(writer, value, form);
    if (!alone) writer.end_array();
  }
}

}  // namespace

void append_node(JsonWriter& writer, const Node& node, Form form) {
  writer.begin_object();
  append_members(writer, node, form);
  writer.end_object();
}

std::string write_document(const Node& node, Form form) {
  std::string out;
  JsonWriter writer(out);
  if (form == Form::expanded) {
    writer.begin_array();
    append_node(writer, node, form);
    writer.end_array();
    return out;
  }
  writer.begin_object().key("@context").begin_object().member("cargo", kCargo).member("api", kApi).end_object();
  append_members(writer, node, form);
  writer.end_object();
  return out;
}

}  // namespace fairway::gateway::onerecord
