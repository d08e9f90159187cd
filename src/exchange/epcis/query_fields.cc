#include "exchange/epcis/query_fields.h"

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

// A member of the event itself, or of an object in it.
template <const char* member>
void own(const json::object& event, Texts& values) {
  add(event, member, values);
}
template <const char* parent, const char* member>
void within(const json::object& event, Texts& values) {
  if (const json::object* object = object_of(event, parent)) add(*object, member, values);
}
template <const char* member>
void of_report(const json::object& event, Texts& values) {
  each_sensor_object(event, "sensorReport", [&](const json::object& report) { add(report, member, values); });
}
// What a report may say for itself and its metadata for all of them.
template <const char* member>
void of_both(const json::object& event, Texts& values) {
  of_report<member>(event, values);
  each_sensor_object(event, "sensorMetadata", [&](const json::object& metadata) { add(metadata, member, values); });
}
template <const char* member, const char* other>
void of_metadata(const json::object& event, Texts& values) {
  each_sensor_object(event, "sensorMetadata", [&](const json::object& metadata) {
    add(metadata, member, values);
    add(metadata, other, values);
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

#define FAIRWAY_NAME(name) constexpr char k_##name[] = #name
FAIRWAY_NAME(type);
FAIRWAY_NAME(eventTime);
FAIRWAY_NAME(action);
FAIRWAY_NAME(bizStep);
FAIRWAY_NAME(disposition);
FAIRWAY_NAME(persistentDisposition);
FAIRWAY_NAME(set);
FAIRWAY_NAME(unset);
FAIRWAY_NAME(readPoint);
FAIRWAY_NAME(bizLocation);
FAIRWAY_NAME(id);
FAIRWAY_NAME(transformationID);
FAIRWAY_NAME(eventID);
FAIRWAY_NAME(errorDeclaration);
FAIRWAY_NAME(declarationTime);
FAIRWAY_NAME(reason);
FAIRWAY_NAME(correctiveEventIDs);
FAIRWAY_NAME(time);
FAIRWAY_NAME(startTime);
FAIRWAY_NAME(endTime);
FAIRWAY_NAME(deviceID);
FAIRWAY_NAME(deviceMetadata);
FAIRWAY_NAME(dataProcessingMethod);
FAIRWAY_NAME(microorganism);
FAIRWAY_NAME(chemicalSubstance);
FAIRWAY_NAME(bizRules);
FAIRWAY_NAME(stringValue);
FAIRWAY_NAME(hexBinaryValue);
FAIRWAY_NAME(uriValue);
FAIRWAY_NAME(booleanValue);
#undef FAIRWAY_NAME

using I = gateway::epcis::Identifiers;

constexpr auto kRows = std::to_array<FieldRow>({
    {"eventType", text, false, own<k_type>},
    {"eventTime", time, true, own<k_eventTime>},
    {"recordTime", time, true, nullptr},  // not of the event, but of its capture
    {"action", text, false, own<k_action>},
    {"bizStep", word, false, own<k_bizStep>, V::biz_step},
    {"disposition", word, false, own<k_disposition>, V::disposition},
    {"persistentDisposition_set", word, false, within<k_persistentDisposition, k_set>, V::disposition},
    {"persistentDisposition_unset", word, false, within<k_persistentDisposition, k_unset>, V::disposition},
    {"readPoint", uri, false, within<k_readPoint, k_id>},
    {"bizLocation", uri, false, within<k_bizLocation, k_id>},
    {"transformationID", uri, false, own<k_transformationID>},
    {"eventID", text, false, own<k_eventID>},
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
    {"errorDeclarationTime", time, true, within<k_errorDeclaration, k_declarationTime>},
    {"errorReason", word, false, within<k_errorDeclaration, k_reason>, V::error_reason},
    {"correctiveEventID", text, false, within<k_errorDeclaration, k_correctiveEventIDs>},
    {"startTime", time, true, of_metadata<k_startTime, k_time>},
    {"endTime", time, true, of_metadata<k_endTime, k_time>},
    {"type", word, false, of_report<k_type>, V::measurement_type},
    {"deviceID", uri, false, of_both<k_deviceID>},
    {"deviceMetadata", uri, false, of_both<k_deviceMetadata>},
    {"dataProcessingMethod", uri, false, of_both<k_dataProcessingMethod>},
    {"microorganism", uri, false, of_report<k_microorganism>},
    {"chemicalSubstance", uri, false, of_report<k_chemicalSubstance>},
    {"bizRules", uri, false, of_both<k_bizRules>},
    {"stringValue", text, false, of_report<k_stringValue>},
    {"hexBinaryValue", text, false, of_report<k_hexBinaryValue>},
    {"uriValue", uri, false, of_report<k_uriValue>},
    {"booleanValue", truth, false, of_report<k_booleanValue>},
});

}  // namespace

std::span<const FieldRow> field_rows() { return kRows; }

}  // namespace fairway::exchange::epcis
