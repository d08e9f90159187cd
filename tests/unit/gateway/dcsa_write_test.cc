#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/bytes.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "gateway/dcsa/tnt2_members.h"
#include "unit/gateway/dcsa_support.h"
#include "unit/model/event_generator.h"

namespace fairway::gateway::dcsa_test {
namespace {

constexpr int64_t kReceived = 1'795'336'200'000'000;

json::object written(const Event& event) { return parse_json(dcsa::to_dcsa(event, kReceived)).value().as_object(); }

Event arrival() {
  Event event;
  event.id = "3cecb101-7a1a-43a4-9d62-e88a131651e2";
  event.milestone = Milestone::arrived;
  event.occurred = *parse_rfc3339("2026-11-22T08:30:00+08:00");
  event.references = {*Reference::make(ReferenceKind::equipment, "CSQU3054383")};
  return event;
}

std::vector<std::string> assumed(const json::object& object) {
  std::vector<std::string> names;
  if (const json::object* ours = object_of(object, "fairway"))
    if (const json::array* list = array_of(*ours, "assumed"))
      for (const json::value& item : *list) names.emplace_back(item.as_string());
  return names;
}

// Equal but for the case of texts and the order of lists, which carry nothing.
json::value comparable(const json::value& value) {
  if (value.is_string()) return json::value(to_upper(std::string_view(value.as_string())));
  if (const json::array* array = value.if_array()) {
    std::vector<std::string> items;
    for (const json::value& item : *array) items.push_back(json::serialize(comparable(item)));
    std::ranges::sort(items);
    return json::value_from(items);
  }
  json::value out = value;
  if (json::object* object = out.if_object())
    for (auto& member : *object) member.value() = comparable(member.value());
  return out;
}

// Where `whole` lacks something of `part`, the pointer to it; "" where it has everything.
std::string missing(const json::value& part, const json::value& whole) {
  const json::object* members = part.if_object();
  if (members == nullptr) return comparable(part) == comparable(whole) ? "" : "=" + json::serialize(whole);
  if (!whole.is_object()) return "/";
  for (const auto& member : *members) {
    const json::value* there = whole.as_object().if_contains(member.key());
    const std::string inside = there == nullptr ? "missing" : missing(member.value(), *there);
    if (!inside.empty()) return "/" + std::string(member.key()) + inside;
  }
  return "";
}

// True where an object, or one inside it, has two members of one name.
bool names_twice(std::string_view object) {
  std::set<std::string_view> names;
  bool twice = false;
  const Status cut = each_json_member(object, [&](std::string_view name, std::string_view value) -> Status {
    twice |= !names.insert(name).second || (value.starts_with('{') && names_twice(value));
    return {};
  });
  return twice || !cut;
}

TEST(DcsaWrite, TheStandardsSampleComesBackWhole) {
  const std::string path = std::string(FAIRWAY_SOURCE_DIR) + "/../shared/corpora/dcsa/tnt-220-response.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no corpus at " << path;
  std::ifstream file(path);
  const std::string sample((std::istreambuf_iterator<char>(file)), {});
  const json::value sent = parse_json(sample).value();
  const auto messages = decode_all(sample);
  ASSERT_EQ(messages.size(), 7u);
  for (size_t i = 0; i < messages.size(); ++i) {
    EXPECT_EQ(said(messages[i]), "");
    const std::string text = dcsa::to_dcsa(messages[i].events.at(0), 0);
    const json::value received = parse_json(text).value();
    EXPECT_EQ(missing(sent.as_array()[i], received), "") << text;
    EXPECT_EQ(missing(received, sent.as_array()[i]), "") << text;
    EXPECT_FALSE(names_twice(text));
  }
}

TEST(DcsaWrite, APlainEventComesBackAsItWas) {
  const json::value received = parse_json(dcsa::to_dcsa(*dcsa::event_from_dcsa(kGateIn), 0)).value();
  EXPECT_EQ(received, parse_json(kGateIn).value());
}

TEST(DcsaWrite, RequiredMembersAreThereAndSayWhichAreNobodysClaim) {
  const json::object transport = written(arrival());
  EXPECT_EQ(text_of(transport, "eventID"), arrival().id);
  EXPECT_EQ(text_of(transport, "eventType"), "TRANSPORT");
  EXPECT_EQ(text_of(transport, "transportEventTypeCode"), "ARRI");
  EXPECT_EQ(text_of(transport, "eventClassifierCode"), "ACT");
  EXPECT_EQ(text_of(transport, "eventDateTime"), "2026-11-22T08:30:00+08:00");
  EXPECT_EQ(text_of(transport, "eventCreatedDateTime"), to_rfc3339_utc(kReceived));
  EXPECT_EQ(text_of(*object_of(transport, "transportCall"), "modeOfTransport"), "VESSEL");
  EXPECT_TRUE(dcsa::is_uuid(text_of(*object_of(transport, "transportCall"), "transportCallID")));
  EXPECT_EQ(assumed(transport), (std::vector<std::string>{"eventCreatedDateTime", "transportCallID", "modeOfTransport"}));

  Event event = arrival();
  event.milestone = Milestone::gate_in;
  EXPECT_EQ(text_of(written(event), "emptyIndicatorCode"), "LADEN");
  event.milestone = Milestone::stripped;
  EXPECT_EQ(text_of(written(event), "emptyIndicatorCode"), "EMPTY");
  EXPECT_EQ(assumed(written(event)), (std::vector<std::string>{"eventCreatedDateTime", "emptyIndicatorCode"}));
  event.milestone = Milestone::document_issued;
  const json::object shipment = written(event);
  EXPECT_EQ(text_of(shipment, "eventCreatedDateTime"), text_of(shipment, "eventDateTime"));
  EXPECT_EQ(text_of(shipment, "documentTypeCode"), "TRD");
  EXPECT_TRUE(shipment.contains("documentID"));
}

TEST(DcsaWrite, ACallWithoutIdGetsTheSameOneEachTime) {
  Event event = arrival();
  event.transport.vessel_imo = "9321483", event.transport.voyage = "2103S";
  const auto id = [&] { return std::string(text_of(*object_of(written(event), "transportCall"), "transportCallID")); };
  const std::string first = id();
  event.id = "another", event.occurred.micros += 1;
  EXPECT_EQ(id(), first);
  event.transport.voyage = "2104S";
  EXPECT_NE(id(), first);
}

TEST(DcsaWrite, AMilestoneWithoutCodeIsWrittenAsTheNearestOne) {
  Event event = arrival();
  event.milestone = Milestone::customs_released;
  const json::object object = written(event);
  EXPECT_EQ(text_of(object, "equipmentEventTypeCode"), "INSP");
  EXPECT_EQ(text_of(*object_of(object, "fairway"), "milestone"), "customs_released");
  EXPECT_EQ(dcsa::event_from_dcsa(json::serialize(object))->milestone, Milestone::customs_released);
}

TEST(DcsaWrite, AMilestoneCannotContradictItsCode) {
  const DecodedMessage message = decode_one(gate_in_with(R"("fairway":{"milestone":"customs_released"})"));
  EXPECT_EQ(said(message), "error dcsa.extension /fairway");
  EXPECT_FALSE(decode_one(gate_in_with(R"("fairway":[])")).ok);
  EXPECT_FALSE(decode_one(gate_in_with(R"("fairway":{"references":[{"kind":"pallet","value":"1"}]})")).ok);
}

TEST(DcsaWrite, AReferenceKeepsTheCaseItsSenderLooksFor) {
  const Event event =
      *dcsa::event_from_dcsa(gate_in_with(R"("documentReferences":[{"documentReferenceType":"TRD","documentReferenceValue":"hhl-1"}])"));
  EXPECT_EQ(event.reference(ReferenceKind::transport_document)->value(), "HHL-1");
  const json::object object = written(event);
  ASSERT_EQ(array_of(object, "documentReferences")->size(), 1u);
  EXPECT_EQ(text_of(array_of(object, "documentReferences")->at(0).as_object(), "documentReferenceValue"), "hhl-1");
}

TEST(DcsaWrite, ARiverVesselWithoutImoNumberKeepsItsName) {
  Event event = arrival();
  event.transport.mode = TransportMode::barge;
  event.transport.vessel_name = "Yuet Hoi 88";
  const json::object object = written(event);
  EXPECT_FALSE(object_of(object, "transportCall")->contains("vessel"));
  EXPECT_EQ(dcsa::event_from_dcsa(json::serialize(object))->transport.vessel_name, "Yuet Hoi 88");
}

// The references but for the ones a transport stands for, sorted.
std::vector<std::string> keys_besides(const Event& event, const Transport& transport) {
  std::vector<std::string> keys;
  for (const Reference& reference : event.references) {
    const auto implied = dcsa::references_of(transport);
    if (std::ranges::find(implied, std::optional(reference)) == implied.end()) keys.push_back(reference.key());
  }
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  return keys;
}

TEST(DcsaWrite, AnyEventReadsBack) {
  EXPECT_TRUE(rc::check("event_from_dcsa(to_dcsa(e)) is e", [] {
    const Event event = generated::arbitrary_event();
    const std::string text = dcsa::to_dcsa(event, kReceived);
    RC_LOG() << text;
    const auto read = dcsa::event_from_dcsa(text);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->id == event.id);
    RC_ASSERT(read->milestone == event.milestone && read->classifier == event.classifier);
    RC_ASSERT(read->occurred == event.occurred && read->occurred.offset_minutes == event.occurred.offset_minutes);
    RC_ASSERT(read->created == event.created);
    RC_ASSERT(read->place == event.place);
    RC_ASSERT(read->transport == event.transport);
    RC_ASSERT(read->equipment == event.equipment);
    RC_ASSERT(read->parties == event.parties);
    RC_ASSERT(read->reason == event.reason && read->remark == event.remark);
    RC_ASSERT(read->document_type == event.document_type);
    RC_ASSERT(read->amendment == event.amendment && read->amends == event.amends);
    RC_ASSERT(keys_besides(*read, event.transport) == keys_besides(event, event.transport));
    RC_ASSERT(read->original.empty());
  }));
}

// Every member of 2.2 that has a code list takes a code of it, and no object names a member twice.
TEST(DcsaWrite, AnyEventIsStrict) {
  EXPECT_TRUE(rc::check("to_dcsa(e) keeps to the code lists", [] {
    const Event event = generated::arbitrary_event();
    const std::string text = dcsa::to_dcsa(event, kReceived);
    RC_LOG() << text;
    const json::object object = parse_json(text).value().as_object();
    RC_ASSERT(!names_twice(text));
    if (const json::object* place = object_of(object, "eventLocation")) {
      RC_ASSERT(!place->contains("facilityCodeListProvider") ||
                dcsa::is_one_of(dcsa::kFacilityProviders, text_of(*place, "facilityCodeListProvider")));
      RC_ASSERT(!place->contains("facilityTypeCode") || dcsa::is_one_of(dcsa::kFacilityTypes, text_of(*place, "facilityTypeCode")));
    }
    if (const json::object* call = object_of(object, "transportCall")) {
      RC_ASSERT(!text_of(*call, "modeOfTransport").empty() && !text_of(*call, "transportCallID").empty());
      if (const json::object* vessel = object_of(*call, "vessel")) RC_ASSERT(text_of(*vessel, "vesselIMONumber").size() == 7u);
      RC_ASSERT(text_of(*call, "carrierServiceCode").size() <= 5u);
    }
    if (text_of(object, "eventType") == "SHIPMENT") RC_ASSERT(dcsa::is_one_of(dcsa::kDocumentTypes, text_of(object, "documentTypeCode")));
    if (text_of(object, "eventType") == "EQUIPMENT") RC_ASSERT(text_of(object, "emptyIndicatorCode").size() == 5u);
    if (text_of(object, "eventType") == "TRANSPORT") RC_ASSERT(object.contains("transportCall"));
    RC_ASSERT(text_of(object, "equipmentReference").size() <= 15u);
  }));
}

// What 2.2 has no code for is left out of its standard form, and is whole in the other.
TEST(DcsaWrite, TheStandardFormHasOnlyWhatTheStandardTakes) {
  const DecodedMessage message = decode_one(gate_in_with(
      R"("references":[{"referenceType":"XYZ","referenceValue":"1"},{"referenceType":"SI","referenceValue":"2"}],)"
      R"("documentReferences":[{"documentReferenceType":"CBR","documentReferenceValue":"B1"}],)"
      R"("seals":[{"sealNumber":"S1","sealType":"GLUE"}],"transportCall":{"vessel":{"vesselName":"NONAME","vesselFlag":"HK"}})"));
  ASSERT_EQ(message.events.size(), 1u);
  Event event = message.events[0];
  event.id = "gate-7";
  std::string standard;
  dcsa::append_dcsa(standard, event, kReceived, dcsa::Form::standard);
  const std::string whole = dcsa::to_dcsa(event, kReceived);
  for (const char* odd : {"XYZ", "CBR", "GLUE", "\"vessel\""}) {
    EXPECT_EQ(standard.find(odd), std::string::npos) << odd << standard;
    EXPECT_NE(whole.find(odd), std::string::npos) << odd;
  }
  EXPECT_NE(standard.find("\"SI\""), std::string::npos);
  const auto again = dcsa::event_from_dcsa(standard);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, "gate-7");
  EXPECT_NE(again->reference(ReferenceKind::booking), nullptr) << "under a code that the standard has";
  EXPECT_TRUE(dcsa::is_uuid(text_of(parse_json(standard)->as_object(), "eventID")));
}

}  // namespace
}  // namespace fairway::gateway::dcsa_test
