#include <gtest/gtest.h>

#include "unit/gateway/edifact_map_support.h"

namespace fairway::gateway::edifact::map_test {
namespace {

constexpr std::string_view kPlan =
    "BGM++PLAN1+9'DTM+137:202611230100:203'TDT+20+021E+++OOL:172:20+++9776171:146::OOCL HONG KONG'LOC+5+HKHKG:139:6'LOC+61+SGSIN:139:6'"
    "DTM+178:202611212200:203'DTM+136:202611222330:203'DTM+132:202611260800:203'RFF+VON:021E'"
    "LOC+147+0780690::5'MEA+WT++KGM:23833'LOC+9+HKHKG:139:6'LOC+11+SGSIN:139:6'RFF+BM:1'EQD+CN+OOLU4293953+4500+++5'NAD+CA+OOL:172:20'"
    "LOC+147+0060886::5'MEA+WT++KGM:3983'LOC+9+CNYTN:139:6'LOC+11+NLRTM:139:6'RFF+BM:1'EQD+CN+MOEU0710945+L5G1+++4'NAD+CA+MOL:172:20'"
    "LOC+147+0100114::5'MEA+WT++KGM:0'RFF+BM:1'EQD+CN'";

TEST(EdifactMapBaplie, StatesEachContainerStowedAtTheDeparture) {
  const DecodedMessage message = map("BAPLIE:D:95B:UN:SMDG22", kPlan);
  const auto stowed = events_of(message, Milestone::stowed);
  ASSERT_EQ(stowed.size(), 2u);  // the empty cell gives nothing
  EXPECT_EQ(keys(*stowed[0]), "equipment:OOLU4293953 vessel:9776171 voyage:9776171/021E");
  EXPECT_EQ(stowed[0]->classifier, Classifier::actual);
  EXPECT_EQ(to_rfc3339(stowed[0]->occurred), "2026-11-22T23:30:00+08:00");
  EXPECT_EQ(stowed[0]->place.unlocode, "HKHKG");
  EXPECT_EQ(stowed[0]->equipment.stowage, "0780690");
  EXPECT_EQ(stowed[0]->equipment.gross_kg, 23833.0);
  EXPECT_EQ(stowed[0]->equipment.load, Load::laden);
  EXPECT_EQ(stowed[0]->remark, "load HKHKG, discharge SGSIN");
  EXPECT_TRUE(names_party(*stowed[0], "CA", "SMDG:OOL"));
  EXPECT_FALSE(names_party(*stowed[0], "CA", "SMDG:MOL"));
  EXPECT_EQ(stowed[1]->equipment.load, Load::empty);
}

TEST(EdifactMapBaplie, PlansTheDischargeAtTheNextPortOnly) {
  const DecodedMessage message = map("BAPLIE:D:95B:UN:SMDG22", kPlan);
  const auto planned = events_of(message, Milestone::discharged);
  ASSERT_EQ(planned.size(), 1u);
  EXPECT_EQ(planned[0]->classifier, Classifier::planned);
  EXPECT_EQ(planned[0]->place.unlocode, "SGSIN");
  EXPECT_EQ(to_rfc3339(planned[0]->occurred), "2026-11-26T08:00:00+08:00");
  EXPECT_EQ(planned[0]->references[0].value(), "OOLU4293953");
}

TEST(EdifactMapBaplie, StatesTheVesselsTimesAtTheirPorts) {
  const DecodedMessage message = map("BAPLIE:D:95B:UN:SMDG22", kPlan);
  const auto arrived = events_of(message, Milestone::arrived), departed = events_of(message, Milestone::departed);
  ASSERT_EQ(arrived.size(), 2u);
  ASSERT_EQ(departed.size(), 1u);
  EXPECT_EQ(arrived[0]->place.unlocode, "HKHKG");
  EXPECT_EQ(arrived[0]->classifier, Classifier::actual);
  EXPECT_EQ(arrived[1]->place.unlocode, "SGSIN");
  EXPECT_EQ(arrived[1]->classifier, Classifier::estimated);
  EXPECT_EQ(departed[0]->place.unlocode, "HKHKG");
}

TEST(EdifactMapBaplie, ReadsTheOrderOfVersion31) {
  const DecodedMessage message =
      map("BAPLIE:D:13B:UN:SMDG31",
          "BGM+659+PLAN31+9'DTM+137:202611230100:203'TDT+20+021E+++OOL:LINES:306+++9776171:146:11:OOCL HONG KONG'"
          "LOC+5+HKHKG:139:6+HITHK:TERMINALS:306'LOC+61+SGSIN:139:6'DTM+133:202611230600:203'UNS+D'"
          "LOC+147+0780690::5'EQD+CN+OOLU4293953:6346:5+45G1:6346:5+++5'NAD+CF+OOL:LINES:306'MEA+VGM++KGM:23833'MEA+T++KGM:3700'"
          "LOC+9+HKHKG:139:6'LOC+11+SGSIN:139:6'CNT+8:1'"
          "LOC+147+0780692::5'EQD+CN+OOLU4293974:6346:5+45G1:6346:5+++5'NAD+CF+OOL:LINES:306'MEA+VGM++KGM:11000'CNT+8:1'");
  const auto stowed = events_of(message, Milestone::stowed);
  ASSERT_EQ(stowed.size(), 2u);
  EXPECT_EQ(stowed[0]->equipment.vgm_kg, 23833.0);
  EXPECT_EQ(stowed[0]->equipment.tare_kg, 3700.0);
  EXPECT_EQ(stowed[1]->equipment.vgm_kg, 11000.0);
  EXPECT_EQ(stowed[1]->equipment.stowage, "0780692");
  EXPECT_EQ(stowed[0]->place.key(), "HKHKG/HITHK");
  EXPECT_EQ(stowed[0]->classifier, Classifier::estimated);  // written before the estimated departure
  EXPECT_TRUE(names_party(*stowed[0], "CF", "SMDG:OOL"));
}

TEST(EdifactMapBaplie, DocumentTimeStandsInWhereNoDepartureIsGiven) {
  const DecodedMessage message = map("BAPLIE:D:95B:UN:SMDG22",
                                     "BGM++P+9'DTM+137:202611230100:203'TDT+20+1+++:172:182+++VRIB3:103:ZZZ:OOCL BEIJING'LOC+5+HKHKG'"
                                     "LOC+147+0780690::5'EQD+CN+OOLU4293953+4500+++5'");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(to_rfc3339(message.events[0].occurred), "2026-11-23T01:00:00+08:00");
  EXPECT_EQ(keys(message.events[0]), "equipment:OOLU4293953 voyage:VRIB3/1");
  const DecodedMessage none = map("BAPLIE:D:95B:UN:SMDG22", "BGM++P+9'LOC+147+0780690::5'EQD+CN+OOLU4293953+4500+++5'");
  EXPECT_TRUE(none.events.empty());
  EXPECT_TRUE(has_code(none, "edifact.no_time"));
}

}  // namespace
}  // namespace fairway::gateway::edifact::map_test
