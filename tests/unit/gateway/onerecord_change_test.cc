// Changes of logistics objects: read, checked, and applied whole or not at all.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/onerecord/change.h"
#include "gateway/onerecord/reader.h"
#include "gateway/onerecord/vocabulary.h"

namespace fairway::gateway::onerecord {
namespace {

constexpr std::string_view kPiece = "https://1r.example.com/logistics-objects/1a8ded38-1804-467c-a369-81a411416b7c";

struct Bench {
  int names = 0;
  MakeId make_id = [this] { return "internal:new" + std::to_string(++names); };
};

Node piece() {
  Node node;
  node.id = kPiece;
  node.types = {cargo("Piece")};
  node.add(cargo("coload"), Value::literal("false", xsd("boolean")));
  return node;
}

Operation operation(bool adds, std::string subject, std::string_view property, std::string value, std::string datatype = {}) {
  return {adds, std::move(subject), cargo(property), {{std::move(datatype), std::move(value)}}};
}

Change change_of(std::vector<Operation> operations) {
  Change change;
  change.logistics_object = kPiece;
  change.revision = 1;
  change.operations = std::move(operations);
  return change;
}

Node applied(const Node& node, const Change& change, Bench& bench) {
  auto after = apply(node, change, bench.make_id);
  EXPECT_TRUE(after) << after.error().text();
  return after ? *after : Node();
}

Result<Change> example_change(int number) {
  const auto path = std::filesystem::path(FAIRWAY_SOURCE_DIR) / ".." / "shared" / "corpora" / "onerecord" / "examples" /
                    ("Change_example" + std::to_string(number) + ".json");
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  if (text.str().empty()) return fail(Code::not_found, "no " + path.string());
  return change_from(TRY(read_object(text.str())));
}

TEST(OneRecordChange, DeletesComeBeforeAddsWhateverTheirOrder) {
  Bench bench;
  const Node after = applied(piece(),
                             change_of({operation(true, std::string(kPiece), "coload", "true", xsd("boolean")),
                                        operation(false, std::string(kPiece), "coload", "false", xsd("boolean"))}),
                             bench);
  ASSERT_EQ(after.find(cargo("coload"))->size(), 1u);
  EXPECT_EQ(after.text(cargo("coload")), "true");
}

TEST(OneRecordChange, OneFailingOperationFailsAll) {
  Bench bench;
  const Node before = piece();
  const auto after = apply(before,
                           change_of({operation(true, std::string(kPiece), "goodsDescription", "Books"),
                                      operation(false, std::string(kPiece), "coload", "true", xsd("boolean"))}),
                           bench.make_id);
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, Code::conflict);
  EXPECT_EQ(before, piece());
}

TEST(OneRecordChange, SubjectsOutsideTheObjectAreRefused) {
  Bench bench;
  EXPECT_FALSE(apply(piece(), change_of({operation(true, "http://other/", "goodsDescription", "x")}), bench.make_id));
  EXPECT_FALSE(apply(piece(), change_of({operation(true, "_:b0", "numericalValue", "20.0", xsd("double"))}), bench.make_id))
      << "an embedded object that nothing links to";
}

TEST(OneRecordChange, AddingWhatIsThereChangesNothing) {
  Bench bench;
  const Node after = applied(piece(), change_of({operation(true, std::string(kPiece), "coload", "0", xsd("boolean"))}), bench);
  EXPECT_EQ(after, piece());
}

TEST(OneRecordChange, NumbersAreDeletedByValue) {
  Bench bench;
  Node node = piece();
  node.add(cargo("slac"), Value::literal("20.0", xsd("double")));
  const Node after = applied(node, change_of({operation(false, std::string(kPiece), "slac", "20", xsd("double"))}), bench);
  EXPECT_EQ(after, piece());
  EXPECT_FALSE(apply(node, change_of({operation(false, std::string(kPiece), "slac", "21", xsd("double"))}), bench.make_id));
}

// The standard's examples C1 to C5, one after the other on one piece.
TEST(OneRecordChange, TheExamplesOfTheStandardApplyInTurn) {
  if (!example_change(1)) GTEST_SKIP() << example_change(1).error().text();
  Bench bench;
  Node node = applied(piece(), *example_change(1), bench);
  EXPECT_EQ(node.text(cargo("goodsDescription")), "ONE Record Advertisement Materials");
  EXPECT_EQ(node.text(cargo("coload")), "true");

  node = applied(node, *example_change(2), bench);
  const Node* weight = node.object(cargo("grossWeight"));
  ASSERT_NE(weight, nullptr);
  EXPECT_EQ(weight->id, "internal:new1");
  EXPECT_EQ(weight->type(), cargo("Value"));
  EXPECT_EQ(weight->text(cargo("numericalValue")), "20.0");
  EXPECT_EQ(weight->text(cargo("unit")), "https://onerecord.iata.org/ns/code-lists/MeasurementUnitCode#KGM");

  // The examples call the embedded object by the name that their server gave it.
  const auto renamed = [&](int number) {
    Change change = *example_change(number);
    const std::string theirs = "internal:7fc81d1d-6c75-568b-9e47-48c947ed2a07";
    for (Operation& each : change.operations) {
      if (each.subject == theirs) each.subject = "internal:new1";
      for (auto& object : each.objects)
        if (object.value == theirs) object.value = "internal:new1";
    }
    return change;
  };
  const Node heavier = applied(node, renamed(3), bench);
  EXPECT_EQ(heavier.object(cargo("grossWeight"))->text(cargo("numericalValue")), "25.0");
  const Node without = applied(node, renamed(4), bench);
  EXPECT_EQ(without.find(cargo("grossWeight")), nullptr);
  const Node customs = applied(without, *example_change(5), bench);
  ASSERT_NE(customs.find(cargo("customsInformation")), nullptr);
  EXPECT_EQ(customs.find(cargo("customsInformation"))->size(), 2u);
  EXPECT_EQ(changed_properties(without, customs), std::vector{cargo("customsInformation")});
}

TEST(OneRecordChange, EventsAreNotPatched) {
  if (!example_change(1)) GTEST_SKIP();
  const auto change = example_change(7);
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, Code::invalid);
  EXPECT_NE(change.error().message.find("can not be updated using PATCH"), std::string::npos);
}

TEST(OneRecordChange, WhatIsNoChangeIsRefused) {
  const std::string head =
      R"({"@context":{"api":"https://onerecord.iata.org/ns/api#","cargo":"https://onerecord.iata.org/ns/cargo#"},"@type":"api:Change",)";
  const std::string fine =
      R"("api:hasOperation":{"api:op":{"@id":"api:ADD"},"api:s":"http://h/","api:p":"https://onerecord.iata.org/ns/cargo#name","api:o":"x"})";
  const auto change = [&](const std::string& members) { return change_from(*read_object(head + members + "}")); };
  EXPECT_TRUE(change(R"("api:hasRevision":1,)" + fine));
  EXPECT_TRUE(change(R"("api:hasRevision":"3",)" + fine));
  EXPECT_FALSE(change(fine));
  EXPECT_FALSE(change(R"("api:hasRevision":0,)" + fine));
  EXPECT_FALSE(change(R"("api:hasRevision":1)"));
  for (
      const std::string wrong :
      {R"({"api:op":{"@id":"api:MOVE"},"api:s":"http://h/","api:p":"c:d","api:o":"x"})",
       R"({"api:op":{"@id":"api:ADD"},"api:p":"c:d","api:o":"x"})", R"({"api:op":{"@id":"api:ADD"},"api:s":"http://h/","api:o":"x"})",
       R"({"api:op":{"@id":"api:ADD"},"api:s":"http://h/","api:p":"c:d"})",
       R"({"api:op":{"@id":"api:ADD"},"api:s":"http://h/","api:p":"https://onerecord.iata.org/ns/api#hasRevision","api:o":"2"})",
       R"({"api:op":{"@id":"api:ADD"},"api:s":"http://h/","api:p":"c:d","api:o":{"api:hasDatatype":"http://www.w3.org/2001/XMLSchema#double","api:hasValue":"heavy"}})"})
    EXPECT_FALSE(change(R"("api:hasRevision":1,"api:hasOperation":)" + wrong)) << wrong;
}

}  // namespace
}  // namespace fairway::gateway::onerecord
