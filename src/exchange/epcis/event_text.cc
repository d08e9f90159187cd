// Events as answers write them.
#include <algorithm>
#include <array>

#include "base/instant.h"
#include "base/json_writer.h"
#include "exchange/epcis/search.h"
#include "gateway/epcis/epc_uri.h"

namespace fairway::exchange::epcis {
namespace {

// Members whose URIs may be EPCs; those of extensions are their owners' affair.
constexpr auto kEpcMembers = std::to_array<std::string_view>(
    {"epcList", "childEPCs", "inputEPCList", "outputEPCList", "parentID", "transformationID", "quantityList", "childQuantityList",
     "inputQuantityList", "outputQuantityList", "readPoint", "bizLocation", "bizTransactionList", "sourceList", "destinationList"});
constexpr auto kInnerMembers = std::to_array<std::string_view>({"epcClass", "id", "bizTransaction", "source", "destination"});

json::value as_links(const json::value& value) {
  if (value.is_string()) return json::value(gateway::epcis::canonical_uri(std::string_view(value.get_string())));
  if (const json::array* items = value.if_array()) {
    json::array links;
    for (const json::value& item : *items) links.push_back(as_links(item));
    return links;
  }
  if (!value.is_object()) return value;
  json::object links;
  for (const auto& member : value.get_object()) {
    const bool epc = std::ranges::find(kInnerMembers, std::string_view(member.key())) != kInnerMembers.end() && member.value().is_string();
    links.emplace(member.key(), epc ? as_links(member.value()) : member.value());
  }
  return links;
}

json::value translated(std::string_view name, const json::value& value) {
  return std::ranges::find(kEpcMembers, name) == kEpcMembers.end() ? value : as_links(value);
}

}  // namespace

void append_event(std::string& out, const Hit& hit, EpcFormat format) {
  JsonWriter json(out);
  json.begin_object();
  for (const auto& member : hit.event.body) {
    if (member.key() == "recordTime" || member.key() == "@context") continue;
    std::string value;
    gateway::epcis::append_json(value, format == EpcFormat::digital_link ? translated(member.key(), member.value()) : member.value());
    json.key(member.key()).raw(value);
  }
  json.member("recordTime", to_rfc3339_utc(hit.recorded_us));
  json.key("@context").begin_array().value(kContextAddress);
  if (!hit.event.namespaces.declared().empty()) {
    json.begin_object();
    for (const auto& [prefix, uri] : hit.event.namespaces.declared()) json.member(prefix, uri);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string query_document(const std::vector<Hit>& hits, const DocumentHead& head, EpcFormat format) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("@context").begin_array().value(kContextAddress).end_array();
  json.member("type", "EPCISQueryDocument").member("schemaVersion", "2.0").member("creationDate", to_rfc3339_utc(head.now_us));
  json.key("epcisBody").begin_object().key("queryResults").begin_object().optional_member("subscriptionID", head.subscription);
  json.member("queryName", head.query_name);
  json.key("resultsBody").begin_object().key("eventList").begin_array();
  for (const Hit& hit : hits) {
    std::string event;
    append_event(event, hit, format);
    json.raw(event);
  }
  json.end_array().end_object().end_object().end_object().end_object();
  return out;
}

}  // namespace fairway::exchange::epcis
