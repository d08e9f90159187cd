#include "gateway/epcis/rules.h"

#include <algorithm>
#include <array>

namespace fairway::gateway::epcis {
namespace {

using enum Form;
using V = Vocabulary;

constexpr auto kQuantity = std::to_array<MemberRule>({{"epcClass", uri, true}, {"quantity", decimal}, {"uom", uom}});
constexpr ObjectRule kQuantityRule = {kQuantity};

constexpr auto kTransaction = std::to_array<MemberRule>({{"type", word, false, V::biz_transaction_type}, {"bizTransaction", uri, true}});
constexpr ObjectRule kTransactionRule = {kTransaction};
constexpr auto kSource = std::to_array<MemberRule>({{"type", word, true, V::source_dest_type}, {"source", uri, true}});
constexpr ObjectRule kSourceRule = {kSource};
constexpr auto kDestination = std::to_array<MemberRule>({{"type", word, true, V::source_dest_type}, {"destination", uri, true}});
constexpr ObjectRule kDestinationRule = {kDestination};

constexpr auto kPlace = std::to_array<MemberRule>({{"id", uri, true}});
constexpr ObjectRule kPlaceRule = {kPlace, true};

constexpr auto kDispositions =
    std::to_array<MemberRule>({{"set", unique_words, false, V::disposition}, {"unset", unique_words, false, V::disposition}});
constexpr ObjectRule kDispositionsRule = {kDispositions};

constexpr auto kError = std::to_array<MemberRule>({
    {"declarationTime", time, true},
    {"reason", word, false, V::error_reason},
    {"correctiveEventIDs", uris},
});
constexpr ObjectRule kErrorRule = {kError, true};

constexpr auto kMetadata = std::to_array<MemberRule>({
    {"time", time},
    {"startTime", time},
    {"endTime", time},
    {"deviceID", uri},
    {"deviceMetadata", uri},
    {"rawData", uri},
    {"dataProcessingMethod", uri},
    {"bizRules", uri},
});
constexpr ObjectRule kMetadataRule = {kMetadata, true};

constexpr auto kReport = std::to_array<MemberRule>({
    {"type", word, true, V::measurement_type},
    {"exception", word, false, V::alert_type},
    {"deviceID", uri},
    {"deviceMetadata", uri},
    {"rawData", uri},
    {"dataProcessingMethod", uri},
    {"bizRules", uri},
    {"time", time},
    {"microorganism", uri},
    {"chemicalSubstance", uri},
    {"coordinateReferenceSystem", uri},
    {"value", decimal},
    {"component", word, false, V::component},
    {"stringValue", text},
    {"booleanValue", truth},
    {"hexBinaryValue", hex},
    {"uriValue", uri},
    {"minValue", decimal},
    {"maxValue", decimal},
    {"meanValue", decimal},
    {"sDev", decimal},
    {"percRank", decimal},
    {"percValue", decimal},
    {"uom", text},
});
constexpr ObjectRule kReportRule = {kReport, true};

constexpr auto kSensor = std::to_array<MemberRule>({
    {"sensorMetadata", object, false, {}, &kMetadataRule},
    {"sensorReport", objects, true, {}, &kReportRule, true},
});
constexpr ObjectRule kSensorRule = {kSensor, true};

constexpr ObjectRule kIlmdRule = {{}, true};

constexpr auto kCommon = std::to_array<MemberRule>({
    {"@context"},
    {"type", text, true},
    {"eventTime", time, true},
    {"recordTime", time},
    {"eventTimeZoneOffset", offset, true},
    {"eventID", uri},
    {"certificationInfo", uri_or_uris},
    {"errorDeclaration", object, false, {}, &kErrorRule},
});

// What all of the five types have beside the common members.
constexpr auto kShared = std::to_array<MemberRule>({
    {"bizStep", word, false, V::biz_step},
    {"disposition", word, false, V::disposition},
    {"readPoint", object, false, {}, &kPlaceRule},
    {"bizLocation", object, false, {}, &kPlaceRule},
    {"sourceList", objects, false, {}, &kSourceRule},
    {"destinationList", objects, false, {}, &kDestinationRule},
    {"sensorElementList", objects, false, {}, &kSensorRule},
});

template <size_t N>
constexpr auto joined(const std::array<MemberRule, N>& own) {
  std::array<MemberRule, kCommon.size() + kShared.size() + N> all{};
  auto end = std::ranges::copy(kCommon, all.begin()).out;
  end = std::ranges::copy(kShared, end).out;
  std::ranges::copy(own, end);
  return all;
}

constexpr auto kObject = joined(std::to_array<MemberRule>({
    {"action", action, true},
    {"epcList", unique_uris},
    {"quantityList", objects, false, {}, &kQuantityRule},
    {"bizTransactionList", objects, false, {}, &kTransactionRule},
    {"persistentDisposition", object, false, {}, &kDispositionsRule},
    {"ilmd", object, false, {}, &kIlmdRule},
}));
constexpr auto kAggregation = joined(std::to_array<MemberRule>({
    {"action", action, true},
    {"parentID", uri},
    {"childEPCs", uris},
    {"childQuantityList", objects, false, {}, &kQuantityRule},
    {"bizTransactionList", objects, false, {}, &kTransactionRule},
}));
constexpr auto kAssociation = joined(std::to_array<MemberRule>({
    {"action", action, true},
    {"parentID", uri, true},
    {"childEPCs", uris},
    {"childQuantityList", objects, false, {}, &kQuantityRule},
    {"bizTransactionList", objects, false, {}, &kTransactionRule},
}));
constexpr auto kTransactionEvent = joined(std::to_array<MemberRule>({
    {"action", action, true},
    {"bizTransactionList", objects, true, {}, &kTransactionRule, true},
    {"parentID", uri},
    {"epcList", uris},
    {"quantityList", objects, false, {}, &kQuantityRule},
}));
constexpr auto kTransformation = joined(std::to_array<MemberRule>({
    {"inputEPCList", unique_uris},
    {"inputQuantityList", objects, false, {}, &kQuantityRule},
    {"outputEPCList", unique_uris},
    {"outputQuantityList", objects, false, {}, &kQuantityRule},
    {"transformationID", uri},
    {"bizTransactionList", objects, false, {}, &kTransactionRule},
    {"persistentDisposition", object, false, {}, &kDispositionsRule},
    {"ilmd", object, false, {}, &kIlmdRule},
}));

struct TypeRow {
  std::string_view type;
  ObjectRule rule;
};
constexpr std::array kTypes = {
    TypeRow{"ObjectEvent", {kObject, true}},
    TypeRow{"AggregationEvent", {kAggregation, true}},
    TypeRow{"TransactionEvent", {kTransactionEvent, true}},
    TypeRow{"TransformationEvent", {kTransformation, true}},
    TypeRow{"AssociationEvent", {kAssociation, true}},
};
constexpr ObjectRule kCommonRule = {kCommon, true};

}  // namespace

const ObjectRule* rule_of(std::string_view event_type) {
  const auto found = std::ranges::find(kTypes, event_type, &TypeRow::type);
  return found == kTypes.end() ? nullptr : &found->rule;
}

const ObjectRule& common_rule() { return kCommonRule; }

}  // namespace fairway::gateway::epcis
