#include "exchange/epcis/query_fields.h"

#include <algorithm>
#include <array>

#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis {
namespace {

using V = gateway::epcis::Vocabulary;
using enum ValueKind;

void add(const json::object& object, std::string_view member, Texts& values) {
  const json::value* found = object.if_contains(member);
  if (found == nullptr) return;
  if (const json::array* items = found->if_array()) {
    for (const json::value& item : *items) values.push_back(gateway::epcis::scalar_text(item));
  } else if (!found->is_object()) {
    values.push_back(gateway::epcis::scalar_text(*found));
  }
}

// A member's name as a template argument.
template <size_t N>
struct Name {
  constexpr Name(const char (&name)[N]) { std::ranges::copy(name, text.begin()); }
  [[nodiscard]] constexpr std::string_view view() const { return {text.data(), N - 1}; }
  std::array<char, N> text{};
};

// A member of the event itself, or of an object in it.
template <Name member>
void own(const json::object& event, Texts& values) {
  add(event, member.view(), values);
}
template <Name parent, Name member>
void within(const json::object& event, Texts& values) {
  if (const json::object* object = object_of(event, parent.view())) add(*object, member.view(), values);
}
template <Name member>
void of_report(const json::object& event, Texts& values) {
  each_sensor_object(event, "sensorReport", [&](const json::object& report) { add(report, member.view(), values); });
}
// What a report may say for itself and its metadata for all of them.
template <Name member>
void of_both(const json::object& event, Texts& values) {
  of_report<member>(event, values);
  each_sensor_object(event, "sensorMetadata", [&](const json::object& metadata) { add(metadata, member.view(), values); });
}
template <Name member, Name other>
void of_metadata(const json::object& event, Texts& values) {
  each_sensor_object(event, "sensorMetadata", [&](const json::object& metadata) {
    add(metadata, member.view(), values);
    add(metadata, other.view(), values);
  });
}

void quantities(const json::object& event, Texts& values) {
  for (const std::string_view list : {"quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList"}) {
    const json::array* items = array_of(event, list);
    if (items == nullptr) continue;
    for (const json::value& item : *items)
      if (const json::object* quantity = item.if_object()) add(*quantity, "quantity", values);
  }
}

template <std::vector<std::string> gateway::epcis::Identifiers::*... lists>
void named(const json::object& event, Texts& values) {
  const gateway::epcis::Identifiers found = gateway::epcis::identifiers_of(event);
  (values.insert(values.end(), (found.*lists).begin(), (found.*lists).end()), ...);
}

using I = gateway::epcis::Identifiers;

constexpr auto kRows = std::to_array<FieldRow>({
    {"eventType", text, false, own<"type">},
    {"eventTime", time, true, own<"eventTime">},
    {"recordTime", time, true, nullptr},  // not of the event, but of its capture
    {"action", text, false, own<"action">},
    {"bizStep", word, false, own<"bizStep">, V::biz_step},
    {"disposition", word, false, own<"disposition">, V::disposition},
    {"persistentDisposition_set", word, false, within<"persistentDisposition", "set">, V::disposition},
    {"persistentDisposition_unset", word, false, within<"persistentDisposition", "unset">, V::disposition},
    {"readPoint", uri, false, within<"readPoint", "id">},
    {"bizLocation", uri, false, within<"bizLocation", "id">},
    {"transformationID", uri, false, own<"transformationID">},
    {"eventID", text, false, own<"eventID">},
    {"MATCH_epc", pattern, false, named<&I::epcs>},
    {"MATCH_parentID", pattern, false, named<&I::parents>},
    {"MATCH_inputEPC", pattern, false, named<&I::inputs>},
    {"MATCH_outputEPC", pattern, false, named<&I::outputs>},
    {"MATCH_anyEPC", pattern, false, named<&I::epcs, &I::parents, &I::inputs, &I::outputs>},
    {"MATCH_epcClass", pattern, false, named<&I::classes>},
    {"MATCH_inputEPCClass", pattern, false, named<&I::input_classes>},
    {"MATCH_outputEPCClass", pattern, false, named<&I::output_classes>},
    {"MATCH_anyEPCClass", pattern, false, named<&I::classes, &I::input_classes, &I::output_classes>},
    {"quantity", number, true, quantities},
    {"errorDeclarationTime", time, true, within<"errorDeclaration", "declarationTime">},
    {"errorReason", word, false, within<"errorDeclaration", "reason">, V::error_reason},
    {"correctiveEventID", text, false, within<"errorDeclaration", "correctiveEventIDs">},
    {"startTime", time, true, of_metadata<"startTime", "time">},
    {"endTime", time, true, of_metadata<"endTime", "time">},
    {"type", word, false, of_report<"type">, V::measurement_type},
    {"deviceID", uri, false, of_both<"deviceID">},
    {"deviceMetadata", uri, false, of_both<"deviceMetadata">},
    {"dataProcessingMethod", uri, false, of_both<"dataProcessingMethod">},
    {"microorganism", uri, false, of_report<"microorganism">},
    {"chemicalSubstance", uri, false, of_report<"chemicalSubstance">},
    {"bizRules", uri, false, of_both<"bizRules">},
    {"stringValue", text, false, of_report<"stringValue">},
    {"hexBinaryValue", text, false, of_report<"hexBinaryValue">},
    {"uriValue", uri, false, of_report<"uriValue">},
    {"booleanValue", truth, false, of_report<"booleanValue">},
});

}  // namespace

std::span<const FieldRow> field_rows() { return kRows; }

}  // namespace fairway::exchange::epcis
