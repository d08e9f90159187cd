#include "gateway/cargo_xml/raw.h"

#include <map>

#include "base/json_writer.h"

namespace fairway::gateway::cargo_xml {
namespace {

// NOLINTNEXTLINE(misc-no-recursion): no deeper than limits::kCargoXmlDepthMax
void append(JsonWriter& json, const Document& document, uint32_t index) {
  const Element& element = document.elements[index];
  if (element.children.empty() && element.attributes.empty()) {
    json.value(element.text);
    return;
  }
  json.begin_object();
  std::map<std::string_view, bool> written;  // a name twice would be no JSON that everybody reads alike
  for (const auto& [name, value] : element.attributes)
    if (written.emplace(name, true).second) json.member("@" + name, value);
  if (!element.text.empty()) json.member("#text", element.text);
  std::map<std::string_view, std::vector<uint32_t>> by_name;
  for (const uint32_t child : element.children) by_name[document.elements[child].name].push_back(child);
  for (const uint32_t child : element.children) {
    const Element& at = document.elements[child];
    if (at.ordinal > 1) continue;  // written with the first of its name
    const std::vector<uint32_t>& same = by_name[at.name];
    json.key(at.name);
    if (same.size() > 1) json.begin_array();
    for (const uint32_t one : same) append(json, document, one);
    if (same.size() > 1) json.end_array();
  }
  json.end_object();
}

}  // namespace

std::string raw_json(const Document& document, const DecodedMessage& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("message", message.type).key("fields").begin_object().key(document.root().name);
  append(json, document, 0);
  json.end_object().key("diagnostics").begin_array();
  for (const Diagnostic& diagnostic : message.diagnostics) append_json(json, diagnostic);
  json.end_array().end_object();
  return out;
}

}  // namespace fairway::gateway::cargo_xml
