// JSON-LD in and out: contexts, forms, bounds, and the standard's own examples.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "gateway/onerecord/graph.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/vocabulary.h"
#include "gateway/onerecord/writer.h"

namespace fairway::gateway::onerecord {
namespace {

const std::filesystem::path kExamples = std::filesystem::path(FAIRWAY_SOURCE_DIR) / ".." / "shared" / "corpora" / "onerecord" / "examples";

std::string example(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Node read(std::string_view text) {
  auto node = read_object(text);
  EXPECT_TRUE(node) << node.error().text();
  return node ? *node : Node();
}

constexpr std::string_view kCompact = R"({"@context":{"cargo":"https://onerecord.iata.org/ns/cargo#"},"@id":"http://h/logistics-objects/s",
  "@type":"cargo:Sensor","cargo:name":"TPx14-a","cargo:sensorType":{"@id":"cargo:THERMOMETER"},"cargo:coload":false,"cargo:slac":7})";
constexpr std::string_view kExpanded = R"([{"@id":"http://h/logistics-objects/s","@type":["https://onerecord.iata.org/ns/cargo#Sensor"],
  "https://onerecord.iata.org/ns/cargo#name":[{"@value":"TPx14-a"}],
  "https://onerecord.iata.org/ns/cargo#sensorType":[{"@id":"https://onerecord.iata.org/ns/cargo#THERMOMETER"}],
  "https://onerecord.iata.org/ns/cargo#coload":[{"@value":false}],"https://onerecord.iata.org/ns/cargo#slac":[{"@value":7}]}])";

TEST(OneRecordDocument, CompactAndExpandedFormsAreOneNode) { EXPECT_EQ(read(kCompact), read(kExpanded)); }

TEST(OneRecordDocument, ShortNamesBecomeFullOnes) {
  const Node node = read(kCompact);
  EXPECT_EQ(node.type(), cargo("Sensor"));
  EXPECT_EQ(node.text(cargo("name")), "TPx14-a");
  EXPECT_EQ(node.text(cargo("sensorType")), cargo("THERMOMETER"));
  ASSERT_NE(node.find(cargo("coload")), nullptr);
  EXPECT_EQ(node.find(cargo("coload"))->front(), Value::literal("false", xsd("boolean")));
  EXPECT_EQ(node.find(cargo("slac"))->front(), Value::literal("7", xsd("integer")));
}

TEST(OneRecordDocument, VocabularyLanguageAndCoercionOfAContext) {
  const Node node =
      read(R"({"@context":{"@vocab":"https://onerecord.iata.org/ns/cargo#","@language":"en-US","xsd":"http://www.w3.org/2001/XMLSchema#",
    "partOf":{"@id":"ofShipment","@type":"@id"},"upid":{"@type":"xsd:anyURI"}},"@type":"Piece","goodsDescription":"Books","partOf":"http://h/x",
    "upid":"urn:1"})");
  EXPECT_EQ(node.type(), cargo("Piece"));
  EXPECT_EQ(node.find(cargo("goodsDescription"))->front().language, "en-US");
  EXPECT_TRUE(node.find(cargo("ofShipment"))->front().is_node());
  EXPECT_EQ(node.find(cargo("upid"))->front().datatype, xsd("anyURI"));
}

TEST(OneRecordDocument, ARemoteContextIsRefusedAndItsOwnAreKnown) {
  for (const std::string_view context :
       {R"("https://example.com/context.jsonld")", R"({"@import":"https://example.com/c"})", R"([{"a":"http://a/"},"http://evil/"])",
        R"("https://onerecord.iata.org.evil.example/ns/cargo")"}) {
    const auto node = read_object(std::string(R"({"@context":)").append(context).append(R"(,"@type":"x:y"})"));
    ASSERT_FALSE(node) << context;
    EXPECT_EQ(node.error().code, Code::unsupported) << context;
  }
  EXPECT_EQ(read(R"({"@context":"https://onerecord.iata.org/ns/cargo/3.2.0","@type":"cargo:Piece"})").type(), cargo("Piece"));
}

TEST(OneRecordDocument, DeviationsAreReportedWithTheirPlaces) {
  const auto document = read_document(R"({"@type":"Subscription","@id":" http://h/1","_comment":"left out"})");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->nodes.front().type(), api("Subscription"));
  EXPECT_EQ(document->nodes.front().id, "http://h/1");
  std::set<std::string> found;
  for (const Diagnostic& diagnostic : document->diagnostics) found.insert(diagnostic.code + diagnostic.position);
  EXPECT_EQ(found,
            (std::set<std::string>{"onerecord.unqualified_type/@type", "onerecord.blank_in_id/@id", "onerecord.unknown_member/_comment"}));
}

TEST(OneRecordDocument, AFlattenedDocumentIsPutTogether) {
  const Node node = read(R"({"@context":{"cargo":"https://onerecord.iata.org/ns/cargo#"},"@graph":[
    {"@id":"_:b1","@type":"cargo:Value","cargo:numericalValue":{"@type":"http://www.w3.org/2001/XMLSchema#double","@value":"20.0"}},
    {"@id":"http://h/p","@type":"cargo:Piece","cargo:grossWeight":{"@id":"_:b1"}}]})");
  EXPECT_EQ(node.id, "http://h/p");
  ASSERT_NE(node.object(cargo("grossWeight")), nullptr);
  EXPECT_EQ(node.object(cargo("grossWeight"))->text(cargo("numericalValue")), "20.0");
}

TEST(OneRecordDocument, ADocumentAboutTwoObjectsIsRefused) {
  EXPECT_FALSE(read_object(R"([{"@id":"http://h/1"},{"@id":"http://h/2"}])"));
  EXPECT_FALSE(
      read_object(R"([{"@id":"http://h/1","http://p/":{"@id":"http://h/2"}},{"@id":"http://h/2","http://p/":{"@id":"http://h/1"}}])"));
  EXPECT_FALSE(read_object("[]"));
  for (const std::string_view wrong :
       {"1", "\"x\"", "{", R"({"@id":1})", R"({"@type":{}})", R"({"@graph":1})", R"({"http://p/":{"@value":{}}})"})
    EXPECT_FALSE(read_object(wrong)) << wrong;
}

TEST(OneRecordDocument, BoundsHold) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += R"({"http://p/":)";
  deep += "1";
  deep.append(100, '}');
  EXPECT_FALSE(read_object(deep));
  std::string wide = R"({"http://p/":[)";
  for (size_t i = 0; i <= limits::kLinkedDataValuesMax; ++i) wide += i == 0 ? "1" : ",1";
  wide += "]}";
  const auto node = read_object(wide);
  ASSERT_FALSE(node);
  EXPECT_EQ(node.error().code, Code::too_large);
}

TEST(OneRecordDocument, WhatIsWrittenReadsBackTheSame) {
  for (const std::string_view text : {kCompact, kExpanded}) {
    const Node node = read(text);
    EXPECT_EQ(read(write_document(node)), node);
    EXPECT_EQ(read(write_document(node, Form::expanded)), node);
  }
  EXPECT_EQ(
      write_document(read(R"({"@type":"https://onerecord.iata.org/ns/cargo#Piece","https://onerecord.iata.org/ns/cargo#coload":true})")),
      R"({"@context":{"cargo":"https://onerecord.iata.org/ns/cargo#","api":"https://onerecord.iata.org/ns/api#"},"@type":"cargo:Piece",)"
      R"("cargo:coload":{"@type":"http://www.w3.org/2001/XMLSchema#boolean","@value":"true"}})");
}

TEST(OneRecordDocument, ATreeTakenApartAndPutTogetherIsTheSame) {
  Node node = read(
      R"({"@id":"http://h/p","@type":"t:P","c:a":[{"@type":"t:V","c:n":"1"},{"@id":"_:b7","c:n":"2"}],"c:b":{"@id":"_:b7"},"c:l":{"@id":"http://h/other"}})");
  int number = 0;
  name_embedded(node, [&] { return "internal:" + std::to_string(++number); });
  EXPECT_EQ(number, 2) << "one blank name is one object";
  const Flat flat = take_apart(node);
  EXPECT_EQ(flat.size(), 3u);
  const auto again = put_together(flat, "http://h/p");
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, node);
}

TEST(OneRecordDocument, EveryExampleOfTheStandardReadsAndRoundTrips) {
  if (!std::filesystem::exists(kExamples)) GTEST_SKIP() << "no " << kExamples;
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kExamples)) {
    const std::string text = example(entry.path());
    const auto node = read_object(text);
    ASSERT_TRUE(node) << entry.path() << ": " << node.error().text();
    EXPECT_FALSE(node->type().empty()) << entry.path();
    EXPECT_NE(node->type().find("://"), std::string_view::npos) << entry.path();
    EXPECT_EQ(read(write_document(*node)), *node) << entry.path();
    EXPECT_EQ(read(write_document(*node, Form::expanded)), *node) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 57u);
  EXPECT_EQ(read(example(kExamples / "Sensor.compacted.json")), [] {
    Node expanded = read(example(kExamples / "Sensor.expanded.json"));
    return expanded;
  }());
}

}  // namespace
}  // namespace fairway::gateway::onerecord
