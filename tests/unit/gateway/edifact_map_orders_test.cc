// Orders, papers, weights and answers where what is said is not what the samples say: codes that are missing, times that are not there.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "unit/gateway/edifact_map_support.h"

namespace fairway::gateway::edifact::map_test {
namespace {

constexpr std::string_view kVoyage = "TDT+20+047W+1++OOL:172:20+++9776171:146::OOCL HONG KONG'";

TEST(EdifactMapOrders, TheGuidesCodeIsCertainWhereTheTextSaysTheSame) {
  const std::string body =
      std::string("BGM+45+L1+9'FTX+OSI++L'") + std::string(kVoyage) + "LOC+9+HKHKG'DTM+133:202611241800:203'EQD+CN+CSQU3054383'RFF+BN:B1'";
  const DecodedMessage said = map("COPRAR:D:00B:UN", body);
  EXPECT_FALSE(has_code(said, "edifact.profile_assumed"));
  EXPECT_EQ(events_of(said, Milestone::loaded).size(), 1u);
  std::string silent = body;
  silent.erase(silent.find("FTX+OSI++L'"), 11);
  EXPECT_TRUE(has_code(map("COPRAR:D:00B:UN", silent), "edifact.profile_assumed"));
}

TEST(EdifactMapOrders, WithoutACodeTheContentDecides) {
  const auto only = [](std::string_view type, std::string_view body) {
    const DecodedMessage message = map(type, body);
    EXPECT_TRUE(has_code(message, "edifact.report_by_content"));
    return message.events.empty() ? std::string() : std::string(name(message.events.front().milestone));
  };
  EXPECT_EQ(only("COPARN:D:95B:UN", "BGM+11+B1+9'EQD+CN+CSQU3054383+22G1++2+5'DTM+7:202611220900:203'LOC+165+HKHKG'"), "gate_in");
  EXPECT_EQ(only("COPARN:D:95B:UN", "BGM+12+B1+9'RFF+BN:B1'EQD+CN++22G1+++4'DTM+7:202611220900:203'"), "picked_up");
  EXPECT_EQ(only("COPINO:D:95B:UN", "BGM+13+B1+9'EQD+CN+CSQU3054383+22G1++3+5'DTM+7:202611220900:203'"), "gate_out");
  EXPECT_EQ(only("COPINO:D:95B:UN", "BGM+13+B1+9'LOC+99+HKHKG'EQD+CN+CSQU3054383+22G1+++4'DTM+7:202611220900:203'"), "gate_in");
  const DecodedMessage unknown = map("COPARN:D:95B:UN", "BGM+11+B1+9'EQD+CN+CSQU3054383'DTM+7:202611220900:203'");
  EXPECT_TRUE(unknown.events.empty());
  EXPECT_TRUE(has_code(unknown, "edifact.unknown_report"));
}

TEST(EdifactMapOrders, PapersThatExpireNobodyKnowsWhenStateNothing) {
  const DecodedMessage message = map("CODENO:D:00B:UN", "BGM+133+E1+9'DTM+137:202611220900:203'RFF+BN:B1'EQD+CN+CSQU3054383'");
  EXPECT_TRUE(message.events.empty());
  EXPECT_TRUE(has_code(message, "edifact.no_time"));
}

TEST(EdifactMapOrders, ACancelledOrderRetractsItsDocument) {
  const DecodedMessage message =
      map("COPARN:D:95B:UN:ITG14", "BGM+126+ACC1+1'RFF+BN:B1'EQD+CN+CSQU3054383'DTM+7:202611220900:203'LOC+165+HKHKG'");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(message.events[0].amendment, Amendment::retraction);
  EXPECT_EQ(message.events[0].amends, "ACC1");
}

TEST(EdifactMapPapers, EachItemOfAContainerHasItsOwnBill) {
  const DecodedMessage message = map("IFTMIN:D:00B:UN",
                                     "BGM+340+SI1+9'DTM+137:202611220900:203'RFF+BN:B1'GID+1'RFF+BM:BL1'SGP+CSQU3054383'"
                                     "GID+2'SGP+CSQU3054383'RFF+BM:BL2'EQD+CN+CSQU3054383+45G1'");
  ASSERT_EQ(message.events.size(), 2u);
  EXPECT_EQ(keys(message.events[0]), "equipment:CSQU3054383 transport_document:BL1 shipping_instruction:SI1 booking:B1");
  EXPECT_EQ(keys(message.events[1]), "equipment:CSQU3054383 transport_document:BL2 shipping_instruction:SI1 booking:B1");
  EXPECT_NE(message.events[0].id, message.events[1].id);
  EXPECT_EQ(message.events[1].equipment.iso_code, "45G1");
}

TEST(EdifactMapPapers, GoodsWithoutAContainerAreTheConsignments) {
  const DecodedMessage message =
      map("IFTMBC:D:00B:UN", "BGM+770+C1+6'DTM+137:202611220900:203'RFF+BN:B1'GID+1'RFF+ON:PO1'EQD+CN+CSQU3054383'");
  ASSERT_EQ(message.events.size(), 1u);
  EXPECT_EQ(keys(message.events[0]), "equipment:CSQU3054383 booking:B1 purchase_order:PO1");
}

TEST(EdifactMapPapers, AMessageAboutNothingSaysSo) {
  EXPECT_TRUE(has_code(map("IFTMBC:D:00B:UN", "BGM+770+C1+6'DTM+137:202611220900:203'"), "edifact.paper_without_subject"));
  EXPECT_TRUE(has_code(map("IFTMBC:D:00B:UN", "BGM+770+C1+6'RFF+BN:B1'"), "edifact.no_time"));
}

TEST(EdifactMapPapers, AConsignmentIsBounded) {
  std::string body = "BGM+770+C1+6'DTM+137:202611220900:203'RFF+BN:B1'";
  for (size_t i = 0; i < limits::kEdifactConsignmentBoxesMax + 50; ++i) body += "EQD+CN+ABCU" + std::to_string(1000000 + i) + "'";
  const DecodedMessage message = map("IFTMBC:D:00B:UN", body);
  EXPECT_EQ(message.events.size(), limits::kEdifactConsignmentBoxesMax);
  EXPECT_TRUE(has_code(message, "edifact.group_too_large") || has_code(message, "diagnostics.more"));
  for (const Event& event : message.events) EXPECT_LE(event.references.size(), limits::kReferencesPerEventMax);
}

TEST(EdifactMapCustoms, AResponseWithoutAnIndicatorIsNoRelease) {
  const auto said = [](std::string_view body) { return std::string(name(map("CUSRES:D:00B:UN", body).events.at(0).milestone)); };
  EXPECT_EQ(said("BGM+962+R1+11'DTM+137:202611220900:203'RFF+ABT:D1'"), "document_confirmed");
  EXPECT_EQ(said("BGM+962+R1+11'DTM+137:202611220900:203'RFF+ABT:D1'ERP+1'ERC+X1'"), "document_rejected");
  EXPECT_EQ(said("BGM+962+R1+11'DTM+137:202611220900:203'GIS+5'RFF+ABT:D1'"), "customs_selected_for_inspection");
  EXPECT_TRUE(has_code(map("CUSRES:D:00B:UN", "BGM+999+R1+11'DTM+137:202611220900:203'RFF+ABT:D1'"), "edifact.unknown_response"));
}

TEST(EdifactMapWeights, AContainerWithoutAMassIsNotWeighed) {
  const DecodedMessage message = map("VERMAS:D:16A:UN", "BGM+749+V1+9'EQD+CN+CSQU3054383'MEA+AAE+G+KGM:100'DTM+798:202611220900:203'");
  EXPECT_TRUE(message.events.empty());
  EXPECT_TRUE(has_code(message, "edifact.no_mass"));
}

}  // namespace
}  // namespace fairway::gateway::edifact::map_test
