// What becomes of EPCIS events, what is wrong with broken ones, and that no bytes do harm.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/limits.h"
#include "gateway/decoded.h"
#include "gateway/epcis/epcis.h"
#include "gateway/epcis/kept.h"
#include "gateway/epcis/vocabulary.h"

namespace fairway::gateway::epcis::map_test {
namespace {

constexpr std::string_view kContext =
    R"("@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}])";

std::vector<DecodedMessage> decoded(std::string_view bytes) {
  std::vector<DecodedMessage> messages;
  const Status read = decode_epcis(bytes, [&](DecodedMessage message) { messages.push_back(std::move(message)); });
  EXPECT_TRUE(read) << read.error().text();
  return messages;
}

constexpr std::string_view kMinimal =
    R"("type":"ObjectEvent","eventTime":"2026-11-21T08:00:00.123Z","eventTimeZoneOffset":"+08:00","action":"OBSERVE")";

DecodedMessage one(std::string_view more, std::string_view head = kMinimal) {
  auto messages = decoded("{" + std::string(kContext) + "," + std::string(head) + std::string(more) + "}");
  EXPECT_EQ(messages.size(), 1U);
  return messages.empty() ? DecodedMessage() : std::move(messages.front());
}

Event event_of(std::string_view more, std::string_view head = kMinimal) {
  DecodedMessage message = one(more, head);
  EXPECT_TRUE(message.ok) << (message.diagnostics.empty() ? "" : message.diagnostics.front().message);
  return message.events.empty() ? Event() : message.events.front();
}

// "code pointer" of each error.
std::vector<std::string> errors(const DecodedMessage& message) {
  std::vector<std::string> found;
  for (const Diagnostic& finding : message.diagnostics)
    if (finding.severity == Severity::error) found.push_back(finding.code + " " + finding.position);
  return found;
}

bool names(const Event& event, ReferenceKind kind, std::string_view value) {
  return std::ranges::any_of(event.references, [&](const Reference& r) { return r.kind() == kind && r.value() == value; });
}

TEST(EpcisMap, AContainerAtTheGate) {
  const Event event = event_of(
      R"(,"eventID":"urn:uuid:1","epcList":["urn:epc:id:bic:CSQU3054383"],"bizStep":"arriving","readPoint":{"id":"urn:epc:id:sgln:4012345.00011.987"},
         "bizLocation":{"id":"geo:22.3193,114.1694"},"bizTransactionList":[{"type":"bol","bizTransaction":"urn:epcglobal:cbv:bt:4012345000009:HLCU1234567"},
         {"type":"po","bizTransaction":"https://acme.example/po/4711"}],"destinationList":[{"type":"possessing_party","destination":"urn:epc:id:pgln:4000001.00000"}])");
  EXPECT_EQ(event.id, "urn:uuid:1");
  EXPECT_EQ(event.milestone, Milestone::gate_in);
  EXPECT_EQ(event.reason, "");
  EXPECT_TRUE(names(event, ReferenceKind::equipment, "CSQU3054383"));
  EXPECT_TRUE(names(event, ReferenceKind::transport_document, "HLCU1234567"));
  EXPECT_TRUE(names(event, ReferenceKind::purchase_order, "4711"));
  EXPECT_EQ(event.place.facility, "4012345000115");
  EXPECT_EQ(event.place.facility_provider, "GLN");
  EXPECT_EQ(event.place.latitude, 22.3193);
  EXPECT_EQ(event.place.longitude, 114.1694);
  ASSERT_EQ(event.parties.size(), 1U);
  EXPECT_EQ(event.parties.front(), (NamedParty{"CN", {"GLN", "4000001000005"}, ""}));
  EXPECT_EQ(to_rfc3339(event.occurred), "2026-11-21T16:00:00.123+08:00");
  EXPECT_EQ(event.occurred.text, "2026-11-21T08:00:00.123Z");
}

TEST(EpcisMap, EveryBusinessStepHasAPlace) {
  const auto milestone = [](std::string_view step, std::string_view epc) {
    return event_of(R"(,"epcList":[")" + std::string(epc) + R"("],"bizStep":")" + std::string(step) + "\"");
  };
  size_t observed = 0;
  for (const std::string_view step : words(Vocabulary::biz_step)) {
    const Event event = milestone(step, "urn:epc:id:bic:CSQU3054383");
    if (event.milestone != Milestone::observed) continue;
    ++observed;
    EXPECT_EQ(event.reason, step);
  }
  EXPECT_EQ(words(Vocabulary::biz_step).size(), 41U);
  EXPECT_EQ(observed, 30U);
  EXPECT_EQ(milestone("loading", "urn:x:1").milestone, Milestone::loaded);
  EXPECT_EQ(milestone("departing", "urn:epc:id:imovn:9176187").milestone, Milestone::departed);
  EXPECT_EQ(milestone("departing", "urn:epc:id:imovn:9176187").transport.vessel_imo, "9176187");
  EXPECT_EQ(milestone("https://acme.example/step/lashing", "urn:x:1").reason, "https://acme.example/step/lashing");
  EXPECT_EQ(words(Vocabulary::disposition).size(), 33U);
  EXPECT_EQ(words(Vocabulary::biz_transaction_type).size(), 13U);
  EXPECT_EQ(words(Vocabulary::measurement_type).size(), 72U);
}

TEST(EpcisMap, ContainersInGraisAndUrisOfOnesOwn) {
  for (const char* uri : {"urn:epc:id:grai:4012345.55555.CSQU3054383", "https://id.gs1.org/8003/04012345555554CSQU3054383",
                          "https://acme.example/box/CSQU3054383", "urn:acme:box:CSQU3054383"})
    EXPECT_TRUE(names(event_of(R"(,"epcList":[")" + std::string(uri) + "\"]"), ReferenceKind::equipment, "CSQU3054383")) << uri;
  for (const char* uri : {"https://acme.example/box/CSQU3054384", "urn:epc:id:grai:4012345.55555.98765", "urn:acme:box:CSQA3054383"}) {
    const Event event = event_of(R"(,"epcList":[")" + std::string(uri) + "\"]");
    EXPECT_EQ(event.reference(ReferenceKind::equipment), nullptr) << uri;
    EXPECT_NE(event.reference(ReferenceKind::epc), nullptr);
  }
  EXPECT_TRUE(names(event_of(R"(,"epcList":["urn:epc:id:sgtin:4012345.011111.aB9"])"), ReferenceKind::epc,
                    "https://id.gs1.org/01/04012345111118/21/aB9"))
      << "the case of an EPC is kept";
}

TEST(EpcisMap, SensorsAreReadings) {
  const std::string_view sensors =
      R"(,"readPoint":{"id":"urn:x:1"},"sensorElementList":[{"sensorMetadata":{"deviceID":"urn:epc:id:giai:4000001.111"},
         "sensorReport":[{"type":"Temperature","value":-18.5,"minValue":-19,"uom":"CEL"},{"type":"RelativeHumidity","meanValue":44,"uom":"P1"}%}]}])";
  const auto with = [&](std::string_view more) {
    std::string text(sensors);
    text.replace(text.find("%}"), 2, more);
    return event_of(text);
  };
  const Event plain = with("");
  EXPECT_EQ(plain.milestone, Milestone::measured);
  ASSERT_EQ(plain.readings.size(), 3U);
  EXPECT_EQ(plain.readings[0], (Reading{"temperature", -18.5, "CEL", {}, {}}));
  EXPECT_EQ(plain.readings[1].kind, "temperature_min");
  EXPECT_EQ(plain.readings[2], (Reading{"humidity_mean", 44, "P1", {}, {}}));
  EXPECT_NE(plain.reference(ReferenceKind::sensor), nullptr);
  EXPECT_EQ(with(R"(,{"type":"Temperature","exception":"ALARM_CONDITION"})").milestone, Milestone::excursion);
  const Event weighed = with(R"(,{"type":"Mass","value":21.5,"uom":"TNE"})");
  EXPECT_EQ(weighed.milestone, Milestone::weighed);
  EXPECT_EQ(weighed.equipment.gross_kg, 21500);
}

TEST(EpcisMap, ADeclaredErrorIsARetraction) {
  const std::string_view event = R"(,"eventID":"urn:uuid:7","epcList":["urn:x:1"],"bizStep":"storing")";
  const Event wrong = event_of(event);
  const std::string declaration =
      std::string(event) + R"(,"errorDeclaration":{"declarationTime":"2026-11-22T00:00:00Z","reason":"incorrect_data"})";
  const Event declared = event_of(declaration);
  EXPECT_EQ(declared.amendment, Amendment::retraction);
  EXPECT_EQ(declared.amends, wrong.id);
  EXPECT_NE(declared.id, wrong.id);
  EXPECT_EQ(event_of(declaration).id, declared.id);
}

TEST(EpcisMap, TheEventIsKeptAsItWasSent) {
  const Event event = event_of(R"(,"epcList":["urn:epc:id:sgtin:4012345.011111.aB9"],"ex:a":{"ex:b":[1.5,"x",true,null]})");
  const auto captured = kept(event);
  ASSERT_TRUE(captured);
  std::string text;
  append_json(text, *captured->body.if_contains("ex:a"));
  EXPECT_EQ(text, R"({"ex:b":[1.5,"x",true,null]})");
  EXPECT_EQ(captured->namespaces.find("ex"), "https://ns.example.com/");
  EXPECT_EQ(text_of(captured->body, "eventID"), event.id) << "an event without an id gets its hash";
  EXPECT_TRUE(event.id.starts_with("ni:///sha-256;"));
  const auto keys = index_keys(event);
  EXPECT_NE(std::ranges::find(keys, epc_key("https://id.gs1.org/01/04012345111118/21/aB9")), keys.end());
  EXPECT_NE(std::ranges::find(keys, event_key(event.id)), keys.end());
  const auto stored = event_from_json(to_json(event));
  ASSERT_TRUE(stored);
  EXPECT_EQ(to_json(*stored), to_json(event));
}

TEST(EpcisMap, OneEventIsTheSameByItselfAndInADocument) {
  const std::string members = std::string(kMinimal) + R"(,"eventID":"urn:uuid:1","epcList":["urn:x:1"],"ex:a":1)";
  const auto bare = decoded("[{" + members + "," + std::string(kContext) + "}]");
  const auto otherwise = decoded(R"([{"epcList":["urn:x:1"],)" + std::string(kContext) + R"(,"ex:a":1.0,"eventID":"urn:uuid:1",)" +
                                 std::string(kMinimal) + "}]");
  EXPECT_EQ(content_digest(bare.front().events.front()), content_digest(otherwise.front().events.front()));
  const auto in_document = decoded(
      R"({"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-11-21T08:00:00Z","@context":[{"ex":"https://ns.example.com/",
               "unused":"https://other.example/"}],"epcisBody":{"eventList":[{)" +
      members + "}]}}");
  ASSERT_TRUE(bare.size() == 1 && in_document.size() == 1 && bare.front().ok && in_document.front().ok);
  EXPECT_EQ(content_digest(bare.front().events.front()), content_digest(in_document.front().events.front()));
}

TEST(EpcisMap, MoreIdentifiersThanAnEventHasReferences) {
  std::string list;
  for (int i = 0; i < 300; ++i) list += (i > 0 ? ",\"urn:x:" : "\"urn:x:") + std::to_string(i) + "\"";
  const DecodedMessage message = one(R"(,"epcList":[)" + list + R"(,"urn:epc:id:bic:CSQU3054383"])");
  ASSERT_TRUE(message.ok);
  EXPECT_EQ(message.events.front().references.size(), limits::kReferencesPerEventMax);
  EXPECT_EQ(message.events.front().references.front().kind(), ReferenceKind::equipment) << "the container first";
  EXPECT_EQ(message.diagnostics.front().code, "epcis.references_left_out");
  EXPECT_EQ(index_keys(message.events.front()).size(), 303U);
}

TEST(EpcisValidate, EachRuleAtItsPlace) {
  struct Case {
    const char* more;
    std::vector<std::string> errors;
  };
  const std::string epcs = R"(,"epcList":["urn:x:1"])";
  const Case cases[] = {
      {R"(,"epcList":["urn:x:1","urn:x:1"])", {"epcis.duplicate_item /epcList/1"}},
      {R"(,"epcList":["no uri"])", {"epcis.value /epcList/0"}},
      {R"(,"epcList":["urn:epc:id:sgtin:1.2.3"])", {"epcis.epc_uri /epcList/0"}},
      {R"(,"bizStep":"storing")", {"epcis.rule "}},
      {R"(,"epcList":[],"ilmd":{})", {"epcis.rule "}},
      {R"(,"epcList":[],"bizStep":"sailing")", {"epcis.word /bizStep"}},
      {R"(,"epcList":[],"bizStep":"urn:epcglobal:cbv:bizstep:storing")", {"epcis.word /bizStep"}},
      {R"(,"epcList":[],"disposition":"urn:acme:disp:rusty")", {}},
      {R"(,"epcList":[],"unknown":1)", {"epcis.member_unknown /unknown"}},
      {R"(,"epcList":[],"no:a":1)", {"epcis.prefix_undeclared /no:a"}},
      {R"(,"epcList":[],"ex:a":{"no:b":1})", {"epcis.prefix_undeclared /ex:a/no:b"}},
      {R"(,"epcList":[],"http://ns.example.com/x#a":{"bare":1})", {}},
      {R"(,"quantityList":[{"epcClass":"urn:x:c","quantity":"12"}])", {"epcis.type /quantityList/0/quantity"}},
      {R"(,"quantityList":[{"quantity":1,"uom":"kg"}])", {"epcis.member_missing /quantityList/0", "epcis.value /quantityList/0/uom"}},
      {R"(,"epcList":[],"parentID":"urn:x:1")", {"epcis.member_unknown /parentID"}},
      {R"(,"epcList":[],"persistentDisposition":{})", {"epcis.rule /persistentDisposition"}},
      {R"(,"epcList":[],"sensorElementList":[{"sensorReport":[]}])", {"epcis.rule /sensorElementList/0/sensorReport"}},
      {R"(,"epcList":[],"errorDeclaration":{"reason":"boredom"})",
       {"epcis.member_missing /errorDeclaration", "epcis.word /errorDeclaration/reason"}},
      {R"(,"epcList":[],"@context":"https://evil.example/context.jsonld")", {"epcis.context_remote /@context"}},
      {R"(,"epcList":[],"@context":{"gs1":"https://evil.example/"})", {"epcis.context_invalid /@context"}},
      {R"(,"epcList":[],"recordTime":"2026-11-21T08:00:00")", {"epcis.value /recordTime"}},
  };
  for (const Case& one_case : cases) EXPECT_EQ(errors(one(one_case.more)), one_case.errors) << one_case.more;
  for (const char* offset : {"+14:00", "-13:59", "+00:00"})
    EXPECT_TRUE(one(epcs, R"("type":"ObjectEvent","eventTime":"2026-11-21T08:00:00Z","action":"ADD","eventTimeZoneOffset":")" +
                              std::string(offset) + "\"")
                    .ok)
        << offset;
  for (const char* offset : {"+14:01", "08:00", "+8:00", "Z", "+08:60"})
    EXPECT_FALSE(one(epcs, R"("type":"ObjectEvent","eventTime":"2026-11-21T08:00:00Z","action":"ADD","eventTimeZoneOffset":")" +
                               std::string(offset) + "\"")
                     .ok)
        << offset;
}

TEST(EpcisValidate, DepthAndSizeAreBounded) {
  std::string deep = "1";
  for (int i = 0; i < 25; ++i) deep = R"({"ex:a":)" + deep + "}";
  EXPECT_EQ(errors(one(R"(,"epcList":[],"ex:a":)" + deep)), std::vector<std::string>{"epcis.too_deep "});
  EXPECT_EQ(errors(one(R"(,"epcList":[],"ex:a":")" + std::string(limits::kEventBytesMax, 'x') + "\"")),
            std::vector<std::string>{"epcis.too_large "});
  const std::string xml_deep = "<EPCISDocument>" + [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "<a>";
    return text;
  }();
  EXPECT_FALSE(decode_epcis(xml_deep, [](const DecodedMessage&) {}));
}

TEST(EpcisValidate, WhatIsNotEpcisIsAnError) {
  for (const char* bytes :
       {"", "abc", "{}", "[1,2", R"({"type":"EPCISDocument")", "<a/>", "<EPCISDocument/>",
        "<!DOCTYPE x [<!ENTITY e \"x\">]><EPCISDocument><EPCISBody><EventList/></EPCISBody></EPCISDocument>", "\xff\xfe<EPCISDocument/>"})
    EXPECT_FALSE(decode_epcis(bytes, [](const DecodedMessage&) {})) << bytes;
  const auto broken = decoded(R"({"type":"EPCISDocument","epcisBody":{"eventList":[]}})");
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_EQ(errors(broken.front()), (std::vector<std::string>{"epcis.context_missing ", "epcis.member_missing ", "epcis.member_missing "}));
}

TEST(EpcisDetect, ByTheFirstBytes) {
  EXPECT_EQ(detect(R"({"epcisBody":{},"type":"EPCISDocument"})"), Format::epcis);
  EXPECT_EQ(detect("<?xml version=\"1.0\"?>\n<epcis:EPCISDocument/>"), Format::epcis);
  EXPECT_EQ(detect(R"([{"type":"ObjectEvent","eventTimeZoneOffset":"+00:00"}])", "application/json"), Format::epcis);
  EXPECT_EQ(detect(R"([{"eventType":"EQUIPMENT"}])"), Format::dcsa);
}

RC_GTEST_PROP(EpcisProperty, ChangedBytesNeverHurt, ()) {
  static const std::string sample =
      "{" + std::string(kContext) + "," + std::string(kMinimal) +
      R"(,"epcList":["urn:epc:id:sgtin:4012345.011111.1"],"readPoint":{"id":"geo:1,2"},"ex:a":[1e5,{"ex:b":"x"}]})";
  static const std::string xml =
      "<e:EPCISDocument xmlns:e=\"urn:epcglobal:epcis:xsd:2\" "
      "xmlns:x=\"urn:x\"><EPCISBody><EventList><ObjectEvent><eventTime>2026-11-21T08:00:00Z</eventTime>"
      "<eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcList><epc>urn:x:1</epc></epcList><action>ADD</action><x:a "
      "b=\"1\"><x:c>2</x:c></x:a></ObjectEvent>"
      "</EventList></EPCISBody></e:EPCISDocument>";
  std::string bytes = *rc::gen::element(sample, xml);
  const int changes = *rc::gen::inRange(1, 8);
  for (int i = 0; i < changes; ++i) {
    const auto at = *rc::gen::inRange<size_t>(0, bytes.size());
    if (*rc::gen::arbitrary<bool>())
      bytes[at] = *rc::gen::arbitrary<char>();
    else
      bytes.erase(at, *rc::gen::inRange<size_t>(1, 20));
    if (bytes.empty()) break;
  }
  const Status read = decode_epcis(bytes, [](const DecodedMessage& message) {
    RC_ASSERT(message.ok == !message.events.empty());
    for (const Event& event : message.events) RC_ASSERT(fairway::validate(event).has_value());
  });
  RC_ASSERT(read.has_value() || !read.error().message.empty());
}

}  // namespace
}  // namespace fairway::gateway::epcis::map_test
