#include "gateway/epcis/kept.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/bytes.h"
#include "base/limits.h"
#include "gateway/epcis/epc_uri.h"

namespace fairway::gateway::epcis {
namespace {

constexpr size_t kPlainKeyBytesMax = 200;  // longer ones are keys by their hash

std::string key(std::string_view kind, std::string_view value) {
  std::string text = "epcis/" + std::string(kind) + "/";
  return text.append(value.size() <= kPlainKeyBytesMax ? std::string(value) : to_hex(sha256(value)));
}

void collect(const json::object& body, std::string_view list, std::vector<std::string>& into) {
  const json::array* items = array_of(body, list);
  if (items == nullptr) return;
  for (const json::value& item : *items) {
    if (item.is_string()) into.emplace_back(std::string_view(item.get_string()));
    if (const json::object* quantity = item.if_object(); quantity != nullptr && !text_of(*quantity, "epcClass").empty())
      into.emplace_back(text_of(*quantity, "epcClass"));
  }
}

// What stands before the colon of names and values: their prefixes, where they have any. Depth is bounded by validation.
void collect_prefixes(const json::value& value, std::set<std::string, std::less<>>& used) {
  const auto add = [&](std::string_view text) {
    if (const size_t colon = text.find(':'); colon != std::string_view::npos) used.emplace(text.substr(0, colon));
  };
  if (value.is_string()) add(value.get_string());
  if (const json::array* items = value.if_array())
    for (const json::value& item : *items) collect_prefixes(item, used);
  if (const json::object* object = value.if_object())
    for (const auto& member : *object) {
      add(member.key());
      collect_prefixes(member.value(), used);
    }
}

}  // namespace

std::string keep(const CapturedEvent& event) {
  json::object body = event.body;
  body.erase("@context");  // said by the namespaces, and not always by the event itself
  std::set<std::string, std::less<>> used;
  collect_prefixes(body, used);
  json::object original, namespaces;
  for (const auto& [prefix, uri] : event.namespaces.declared())
    if (used.contains(prefix)) namespaces.emplace(prefix, uri);
  original.emplace("epcis", std::move(body));
  if (!namespaces.empty()) original.emplace("namespaces", std::move(namespaces));
  std::string out;
  append_json(out, original);
  return out;
}

std::optional<CapturedEvent> kept(const Event& event) {
  if (event.source.format != "EPCIS" || event.original.empty()) return std::nullopt;
  auto original = parse_json(event.original);
  const json::object* found = original && original->is_object() ? object_of(original->get_object(), "epcis") : nullptr;
  if (found == nullptr) return std::nullopt;
  CapturedEvent captured{*found, {}};
  if (const json::object* namespaces = object_of(original->get_object(), "namespaces"))
    for (const auto& member : *namespaces)
      if (member.value().is_string()) captured.namespaces.declare(member.key(), std::string_view(member.value().get_string()));
  return captured;
}

std::string event_key(std::string_view event_id) { return key("id", event_id); }
std::string epc_key(std::string_view uri) { return key("epc", canonical_uri(uri)); }

std::vector<std::string> index_keys(const Event& event) {
  const auto captured = kept(event);
  if (!captured) return {};
  const json::object& body = captured->body;
  std::set<std::string> seen;
  std::vector<std::string> keys;
  const auto add = [&](std::string text) {
    if (keys.size() < limits::kEpcisIndexKeysMax && seen.insert(text).second) keys.push_back(std::move(text));
  };
  add(kAllKey);
  if (const std::string_view id = text_of(body, "eventID"); !id.empty()) add(event_key(id));
  const Identifiers named = identifiers_of(body);
  for (const auto* list :
       {&named.parents, &named.epcs, &named.inputs, &named.outputs, &named.classes, &named.input_classes, &named.output_classes})
    for (const std::string& uri : *list) add(epc_key(uri));
  return keys;
}

Identifiers identifiers_of(const json::object& body) {
  Identifiers found;
  collect(body, "epcList", found.epcs);
  collect(body, "childEPCs", found.epcs);
  collect(body, "quantityList", found.classes);
  collect(body, "childQuantityList", found.classes);
  collect(body, "inputEPCList", found.inputs);
  collect(body, "outputEPCList", found.outputs);
  collect(body, "inputQuantityList", found.input_classes);
  collect(body, "outputQuantityList", found.output_classes);
  if (const std::string_view parent = text_of(body, "parentID"); !parent.empty()) found.parents.emplace_back(parent);
  return found;
}

}  // namespace fairway::gateway::epcis
