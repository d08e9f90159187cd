// What customs say, by container and side.
#include <gtest/gtest.h>

#include "unit/journey/port.h"

namespace fairway::journey::customs_test {
namespace {

using namespace testing;
using enum Milestone;
using Lines = std::vector<std::string>;
constexpr const char* kBox = "equipment:MSCU1234566";

// As exchange/filing enters an authority's answer.
Event answer(const std::string& id, Milestone milestone, double day, const std::string& form, const std::string& filing,
             const std::string& number, const std::vector<std::string>& more = {kBox}) {
  Say say(id, milestone, day);
  if (!number.empty()) say.of({"declaration:" + number});
  Event event = say.of(more);
  event.source = {.format = "filing", .type = form, .document = filing};
  return event;
}

// As exchange/filing enters an authority's hold.
Event notice(const std::string& id, Milestone milestone, double day, const std::string& number) {
  Event event = Say(id, milestone, day).of({kBox}).at("HKHKG");
  event.source = {.format = "FAIRWAY", .type = "hold", .document = number};
  return event;
}

Journey journey(Port& port, std::string_view key = kBox) { return find(port, named(key), operator_sight()).value(); }

// "hk released 2": side, state, and the day since when.
std::string brief(const Journey& j, const CustomsStatus& status) {
  const int64_t since = j.claims[status.stands.claim].event.occurred.micros - kStartUs;
  return status.regime + " " + std::string(name(status.stands.state)) + " " + std::to_string(since / kDayUs);
}
std::vector<std::string> briefs(const Journey& j) {
  std::vector<std::string> out;
  for (const CustomsStatus& status : j.customs) out.push_back((status.equipment + status.document) + " " + brief(j, status));
  return out;
}

TEST(JourneyCustoms, BothSidesStandByContainer) {
  Port port;
  port.add(answer("1", declaration_lodged, 1, "hk/1", "fil_a", ""), "hkc");
  port.add(answer("2", declaration_accepted, 2, "hk/1", "fil_a", "HK1"), "hkc");
  port.add(answer("3", declaration_released, 3, "cn/import", "fil_b", "CN1"), "gacc");
  port.add(answer("4", duty_paid, 4, "cn/import", "fil_b", "CN1"), "gacc");
  const Journey j = journey(port);
  EXPECT_EQ(briefs(j), (Lines{"MSCU1234566 cn released 3", "MSCU1234566 hk accepted 2"}));
  ASSERT_EQ(j.customs.size(), 2U);
  EXPECT_TRUE(j.customs[0].paid);
  EXPECT_FALSE(j.customs[1].paid);
  EXPECT_EQ(j.customs[1].number, "HK1");
  ASSERT_EQ(j.customs[1].papers.size(), 1U) << "the number came later: it is one declaration";
  EXPECT_EQ(j.customs[1].papers[0].number, "HK1");
  EXPECT_EQ(j.customs[1].papers[0].form, "hk/1");
  EXPECT_EQ(j.customs[1].history.size(), 2U);
}

TEST(JourneyCustoms, APaperTakesNoReleaseBack) {
  Port port;
  port.add(answer("1", declaration_released, 1, "hk/aci", "fil_a", "CCRN1"), "hkc");
  port.add(answer("2", declaration_lodged, 2, "hk/1", "fil_b", "HK1"), "hkc");
  port.add(answer("3", declaration_rejected, 3, "hk/1", "fil_b", "HK1"), "hkc");
  const Journey j = journey(port);
  EXPECT_EQ(briefs(j), (Lines{"MSCU1234566 hk released 1"}));
  ASSERT_EQ(j.customs.at(0).papers.size(), 2U);
  EXPECT_EQ(j.customs[0].papers[1].stands.state, CustomsState::rejected);
}

TEST(JourneyCustoms, WhatIsClosedIsNotReleasedOnceMore) {
  Port port;
  port.add(answer("1", declaration_closed, 1.2, "cn/dec-export", "fil_a", "CN1"), "gacc");
  port.add(answer("2", declaration_released, 1.7, "cn/dec-export", "fil_a", "CN1"), "gacc");
  EXPECT_EQ(journey(port).customs.at(0).stands.state, CustomsState::closed) << "the authority writes whole seconds, or parts of them";
  port.add(answer("3", declaration_released, 3, "cn/dec-export", "fil_b", "CN2"), "gacc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 cn released 3"})) << "of another declaration";
}

TEST(JourneyCustoms, ACancelledDeclarationsReleaseIsNone) {
  Port port;
  port.add(answer("1", declaration_released, 1, "hk/1", "fil_a", "HK1"), "hkc");
  port.add(answer("2", declaration_cancelled, 2, "hk/1", "fil_a", "HK1"), "hkc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk cancelled 2"}));
}

TEST(JourneyCustoms, AnInspectionEndsAndAHoldStandsUntilItIsLifted) {
  Port port;
  port.add(answer("1", declaration_accepted, 1, "hk/1", "fil_a", "HK1"), "hkc");
  port.add(answer("2", customs_selected_for_inspection, 2, "hk/1", "fil_a", "HK1"), "hkc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk inspection 2"}));
  port.add(answer("3", inspection_finished, 3, "hk/1", "fil_a", "HK1"), "hkc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk inspected 3"}));
  port.add(notice("4", customs_held, 4, "N1"), "hkc");
  port.add(answer("5", declaration_released, 5, "hk/1", "fil_a", "HK1"), "hkc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk held 4"})) << "a notice is lifted by its own release alone";
  port.add(notice("6", customs_released, 6, "N2"), "hkc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk held 4"})) << "of another notice";
  port.add(notice("7", customs_released, 7, "N1"), "hkc");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk released 5"}));
}

TEST(JourneyCustoms, WhatOthersSayCountsByWhereItHappened) {
  Port port;
  port.add(Say("1", customs_held, 1).of({kBox}).at("CNHUG"), "terminal");
  port.add(Say("2", customs_released, 2).of({kBox}).at("HKHKG"), "terminal");
  port.add(Say("3", hold_placed, 3).of({kBox}).at("HKHKG"), "line");
  port.add(Say("4", customs_released, 4).of({kBox}).at("CNHUG").planned(), "terminal");
  port.add(Say("5", document_confirmed, 1).of({kBox, "road_cargo_reference:C1"}).at("HKHKG"), "haulier");
  port.add(Say("6", document_confirmed, 5).of({kBox, "booking:B1"}).at("HKHKG"), "line");
  const Journey j = journey(port);
  EXPECT_EQ(briefs(j), (Lines{"MSCU1234566 cn held 1", "MSCU1234566 hk released 2"})) << "a line's hold and a plan are no customs state";
  ASSERT_EQ(j.customs.size(), 2U);
  EXPECT_EQ(j.customs[1].papers.at(0).number, "C1");
  EXPECT_EQ(j.customs[1].history.size(), 2U) << "a booking's confirmation is no customs paper's";
}

TEST(JourneyCustoms, SendersThatContradictEachOtherStandSideBySide) {
  Port port;
  port.add(Say("1", customs_held, 1).of({kBox}).at("HKHKG"), "terminal");
  port.add(Say("2", customs_released, 2).of({kBox}).at("HKHKG"), "line");
  Journey j = journey(port);
  ASSERT_EQ(j.customs.size(), 1U);
  EXPECT_EQ(brief(j, j.customs[0]), "hk released 2");
  EXPECT_TRUE(j.customs[0].conflict);
  ASSERT_EQ(j.customs[0].said.size(), 2U);
  EXPECT_EQ(j.customs[0].said[0].stands.state, CustomsState::released) << "line";
  EXPECT_EQ(j.customs[0].said[1].stands.state, CustomsState::held) << "terminal";
  port.add(Say("3", customs_released, 3).of({kBox}).at("HKHKG"), "terminal");
  j = journey(port);
  EXPECT_FALSE(j.customs.at(0).conflict);
}

TEST(JourneyCustoms, WhatWasTakenBackCountsForNothing) {
  Port port;
  port.add(Say("1", customs_held, 1).of({kBox}).at("HKHKG"), "terminal");
  port.add(Say("2", customs_released, 2).of({kBox}).at("HKHKG"), "terminal");
  port.add(Say("3", customs_released, 2).of({kBox}).at("HKHKG").amends(Amendment::retraction, "2"), "terminal");
  EXPECT_EQ(briefs(journey(port)), (Lines{"MSCU1234566 hk held 1"}));
}

TEST(JourneyCustoms, CargoInNoContainerStandsUnderItsPaper) {
  Port port;
  const std::string waybill = "air_waybill:160-12345675";
  port.add(answer("1", declaration_accepted, 1, "hk/1", "fil_a", "HK1", {waybill}), "hkc");
  port.add(Say("2", accepted, 1).of({waybill}).at("HKHKG"), "line");
  const Journey j = journey(port, waybill);
  ASSERT_EQ(j.customs.size(), 1U);
  EXPECT_EQ(j.customs[0].document, named(waybill).value());
  EXPECT_TRUE(j.customs[0].equipment.empty());
}

TEST(JourneyCustoms, TheAnswerSaysIt) {
  Port port;
  port.add(answer("1", declaration_accepted, 2, "hk/1", "fil_a", "HK1"), "hkc");
  const std::string json = json_of(journey(port));
  EXPECT_NE(json.find(R"("customs":[{"equipment":"MSCU1234566","regime":"hk","state":"accepted","since":"2026-01-03T00:00:00Z","entry":1,)"
                      R"("number":"HK1","party":{"id":"hkc","name":"Name of hkc","role":"carrier"},"paid":false,"conflict":false,)"
                      R"("declarations":[{"number":"HK1","form":"hk/1","state":"accepted",)"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace fairway::journey::customs_test
