// The simple query language: what is read, what is refused, what matches, and by which keys an event is found.
#include "exchange/epcis/query.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "exchange/epcis/query_fields.h"
#include "gateway/epcis/kept.h"

namespace fairway::exchange::epcis::query_test {
namespace {

CapturedEvent event(std::string_view members) {
  CapturedEvent captured{parse_json("{" + std::string(members) + "}")->as_object(), {}};
  EXPECT_TRUE(captured.namespaces.declare("ex", "https://ns.example.com/"));
  return captured;
}

bool finds(const http::Fields& parameters, const CapturedEvent& captured, int64_t recorded_us = 0) {
  const auto query = parse_query(parameters);
  EXPECT_TRUE(query) << query.error().text();
  return query && query->matches(captured, recorded_us);
}

TEST(EpcisQuery, EveryFixedParameterFindsItsMember) {
  const CapturedEvent whole =
      event(R"("type":"ObjectEvent","eventID":"urn:e:1","eventTime":"2026-11-21T08:00:00Z","action":"ADD","bizStep":"storing",
    "disposition":"damaged","persistentDisposition":{"set":["conformant"],"unset":["stolen"]},"readPoint":{"id":"urn:r:1"},"bizLocation":{"id":"urn:l:1"},
    "epcList":["urn:c:1"],"parentID":"urn:p:1","inputEPCList":["urn:i:1"],"outputEPCList":["urn:o:1"],"quantityList":[{"epcClass":"urn:k:1","quantity":5}],
    "inputQuantityList":[{"epcClass":"urn:ik:1"}],"outputQuantityList":[{"epcClass":"urn:ok:1"}],"transformationID":"urn:t:1",
    "errorDeclaration":{"declarationTime":"2026-11-22T08:00:00Z","reason":"incorrect_data","correctiveEventIDs":["urn:e:2"]},
    "sensorElementList":[{"sensorMetadata":{"startTime":"2026-11-20T08:00:00Z","endTime":"2026-11-21T08:00:00Z","deviceID":"urn:d:1","bizRules":"urn:b:1",
    "dataProcessingMethod":"urn:m:1","deviceMetadata":"urn:dm:1"},"sensorReport":[{"type":"Temperature","value":3,"uom":"CEL","microorganism":"urn:mo:1",
    "chemicalSubstance":"urn:cs:1","stringValue":"x","hexBinaryValue":"ff","uriValue":"urn:u:1","booleanValue":true}]}])");
  const CapturedEvent bare = event(R"("type":"AggregationEvent","eventTime":"2026-11-21T08:00:00Z")");
  const http::Fields fields = {{"eventType", "ObjectEvent"},
                               {"EQ_action", "ADD"},
                               {"EQ_bizStep", "storing"},
                               {"EQ_disposition", "damaged"},
                               {"EQ_persistentDisposition_set", "conformant"},
                               {"EQ_persistentDisposition_unset", "stolen"},
                               {"EQ_readPoint", "urn:r:1"},
                               {"EQ_bizLocation", "urn:l:1"},
                               {"EQ_transformationID", "urn:t:1"},
                               {"EQ_eventID", "urn:e:1"},
                               {"MATCH_epc", "urn:c:1"},
                               {"MATCH_parentID", "urn:p:1"},
                               {"MATCH_inputEPC", "urn:i:1"},
                               {"MATCH_outputEPC", "urn:o:1"},
                               {"MATCH_anyEPC", "urn:p:1"},
                               {"MATCH_epcClass", "urn:k:1"},
                               {"MATCH_inputEPCClass", "urn:ik:1"},
                               {"MATCH_outputEPCClass", "urn:ok:1"},
                               {"MATCH_anyEPCClass", "urn:ok:1"},
                               {"EQ_quantity", "5.0"},
                               {"GE_errorDeclarationTime", "2026-11-22T08:00:00Z"},
                               {"EQ_errorReason", "incorrect_data"},
                               {"EQ_correctiveEventID", "urn:e:2"},
                               {"GE_startTime", "2026-11-20T08:00:00Z"},
                               {"LT_endTime", "2026-11-21T08:00:01Z"},
                               {"EQ_type", "Temperature"},
                               {"EQ_deviceID", "urn:d:1"},
                               {"EQ_deviceMetadata", "urn:dm:1"},
                               {"EQ_dataProcessingMethod", "urn:m:1"},
                               {"EQ_microorganism", "urn:mo:1"},
                               {"EQ_chemicalSubstance", "urn:cs:1"},
                               {"EQ_bizRules", "urn:b:1"},
                               {"EQ_stringValue", "x"},
                               {"EQ_hexBinaryValue", "ff"},
                               {"EQ_uriValue", "urn:u:1"},
                               {"EQ_booleanValue", "true"},
                               {"EXISTS_errorDeclaration", "true"},
                               {"EQ_value_CEL", "3"}};
  for (const auto& field : fields) {
    EXPECT_TRUE(finds({field}, whole)) << field.first;
    EXPECT_FALSE(finds({field}, bare)) << field.first;
  }
  EXPECT_TRUE(finds(fields, whole)) << "conditions are joined by and";
  // Every row but the times of the event itself is among them.
  EXPECT_EQ(field_rows().size(), fields.size() - 2 + 2);
}

TEST(EpcisQuery, TimesAreInclusiveBelowAndExclusiveAbove) {
  const CapturedEvent captured = event(R"("eventTime":"2026-11-21T08:00:00.000+08:00")");
  EXPECT_TRUE(finds({{"GE_eventTime", "2026-11-21T00:00:00Z"}}, captured));
  EXPECT_FALSE(finds({{"LT_eventTime", "2026-11-21T00:00:00Z"}}, captured));
  EXPECT_TRUE(finds({{"LT_eventTime", "2026-11-21T00:00:00.001Z"}}, captured));
  EXPECT_TRUE(finds({{"GE_recordTime", "1970-01-01T00:00:01Z"}}, captured, 1'000'000));
  EXPECT_FALSE(finds({{"GE_recordTime", "1970-01-01T00:00:01Z"}}, captured, 999'999));
}

TEST(EpcisQuery, MatchEpcLooksNotAtTheParent) {
  const CapturedEvent captured = event(R"("parentID":"urn:p:1","childEPCs":["urn:epc:id:sgtin:0614141.107346.2017"])");
  EXPECT_FALSE(finds({{"MATCH_epc", "urn:p:1"}}, captured));
  EXPECT_TRUE(finds({{"MATCH_anyEPC", "urn:p:1"}}, captured));
  EXPECT_TRUE(finds({{"MATCH_epc", "https://id.gs1.org/01/10614141073464/21/2017"}}, captured));
  EXPECT_TRUE(finds({{"MATCH_epc", "urn:epc:idpat:sgtin:0614141.107346.*"}}, captured));
  EXPECT_FALSE(finds({{"MATCH_epc", "urn:epc:idpat:sgtin:0614141.107347.*"}}, captured));
  EXPECT_TRUE(finds({{"MATCH_epc", "urn:x:none|urn:epc:id:sgtin:0614141.107346.2017"}}, captured));
}

TEST(EpcisQuery, ExtensionsAtTheTopAndWithin) {
  const CapturedEvent captured = event(
      R"("ex:a":"1.50","ex:list":["x","y"],"ilmd":{"ex:lot":{"ex:number":"L7"}},"errorDeclaration":{"ex:why":"w"},"readPoint":{"id":"urn:r:1","ex:dock":"3"})");
  for (const auto& [name, value] : http::Fields{{"EQ_ex:a", "1.50"},
                                                {"GT_ex:a", "1.4"},
                                                {"LE_ex:a", "1.5"},
                                                {"EXISTS_ex:a", ""},
                                                {"EQ_ex:list", "y"},
                                                {"EQ_https://ns.example.com/a", "1.50"},
                                                {"EXISTS_ILMD_ex:lot", ""},
                                                {"EQ_INNER_ILMD_ex:number", "L7"},
                                                {"EXISTS_INNER_ILMD_ex:number", ""},
                                                {"EQ_ERROR_DECLARATION_ex:why", "w"},
                                                {"EQ_readPoint_ex:dock", "3"}})
    EXPECT_TRUE(finds({{name, value}}, captured)) << name;
  for (const auto& [name, value] :
       http::Fields{{"EQ_ex:number", "L7"}, {"EQ_ILMD_ex:number", "L7"}, {"EXISTS_INNER_ex:a", ""}, {"GT_ex:a", "1.5"}, {"EQ_ex:b", "1"}})
    EXPECT_FALSE(finds({{name, value}}, captured)) << name;
}

TEST(EpcisQuery, WhatIsNotUnderstoodIsRefused) {
  for (const auto& [name, value] : http::Fields{{"EQ_bizSteps", "x"},
                                                {"bizStep", "x"},
                                                {"GE_bizStep", "x"},
                                                {"EQ_eventTime", "2026-11-21T00:00:00Z"},
                                                {"GE_eventTime", "today"},
                                                {"GE_eventTime", "2026-11-21T00:00:00"},
                                                {"EQ_quantity", "many"},
                                                {"EQ_booleanValue", "maybe"},
                                                {"EQ_bizStep", ""},
                                                {"EQ_bizStep", "a||b"},
                                                {"orderBy", "colour"},
                                                {"orderDirection", "UP"},
                                                {"eventCountLimit", "0"},
                                                {"maxEventCount", "-1"},
                                                {"GE_value_CEL", "warm"},
                                                {"EXISTS_bizStep", ""},
                                                {"MATCH_nothing", "x"},
                                                {"LT_ex:a", "soon"}}) {
    const auto query = parse_query({{name, value}});
    EXPECT_TRUE(!query && query.error().code == Code::invalid) << name << "=" << value;
  }
  EXPECT_FALSE(parse_query({{"eventCountLimit", "5"}}));
  EXPECT_TRUE(parse_query({{"eventCountLimit", "5"}, {"orderBy", "eventTime"}}));
  EXPECT_FALSE(parse_query({{"eventCountLimit", "5"}, {"orderBy", "eventTime"}, {"maxEventCount", "5"}}));
  EXPECT_EQ(parse_query(http::Fields(limits::kEpcisQueryParametersMax + 1, {"EQ_action", "ADD"})).error().code, Code::too_large);
  std::string many = "x";
  for (size_t i = 0; i < limits::kEpcisQueryValuesMax; ++i) many += "|x";
  EXPECT_FALSE(parse_query({{"EQ_action", many}}));
  EXPECT_TRUE(parse_query({{"perPage", "x"}, {"nextPageToken", "y"}})) << "no part of a query";
}

TEST(EpcisQuery, KeysAreWhatEveryMatchHas) {
  EXPECT_TRUE(parse_query({{"EQ_bizStep", "storing"}})->keys().empty());
  EXPECT_TRUE(parse_query({{"MATCH_epc", "urn:x:*"}})->keys().empty());
  EXPECT_EQ(parse_query({{"MATCH_epc", "urn:x:1|urn:x:2"}})->keys().size(), 2U);
  EXPECT_EQ(parse_query({{"MATCH_epc", "urn:x:1"}, {"EQ_eventID", "urn:e:1"}, {"MATCH_parentID", "urn:p:1"}})->keys(),
            std::vector{gateway::epcis::event_key("urn:e:1")});
}

TEST(EpcisQuery, AsJson) {
  const auto fields =
      parameters_of(parse_json(R"({"EQ_bizStep":["shipping","receiving"],"GE_quantity":5.5,"EXISTS_errorDeclaration":true})")->as_object());
  ASSERT_TRUE(fields);
  EXPECT_EQ(*fields, (http::Fields{{"EQ_bizStep", "shipping|receiving"}, {"GE_quantity", "5.5"}, {"EXISTS_errorDeclaration", "true"}}));
  EXPECT_FALSE(parameters_of(parse_json(R"({"EQ_bizStep":{"a":1}})")->as_object()));
  EXPECT_FALSE(parameters_of(parse_json(R"({"EQ_bizStep":[[1]]})")->as_object()));
}

}  // namespace
}  // namespace fairway::exchange::epcis::query_test
