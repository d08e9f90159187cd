#include "model/milestone.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace fairway {
namespace {

TEST(Milestone, TheTableIsInTheOrderOfTheEnum) {
  ASSERT_EQ(milestones().size(), kMilestones);
  for (size_t i = 0; i < kMilestones; ++i) {
    EXPECT_EQ(static_cast<size_t>(milestones()[i].milestone), i);
    EXPECT_EQ(&row(milestones()[i].milestone), &milestones()[i]);
  }
}

TEST(Milestone, NamesAreUniqueAndReadBack) {
  std::set<std::string_view> names;
  for (const MilestoneRow& row : milestones()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(milestone_from(name(row.milestone)).value(), row.milestone);
  }
  EXPECT_FALSE(milestone_from("teleported"));
  EXPECT_FALSE(milestone_from(""));
}

TEST(Milestone, DcsaCodesReadBackWhereTheyAreExact) {
  for (const MilestoneRow& row : milestones()) {
    const auto read = milestone_from_dcsa(row.type, row.dcsa);
    ASSERT_TRUE(read) << row.name;
    if (row.dcsa_reads_back)
      EXPECT_EQ(*read, row.milestone) << row.name;
    else
      EXPECT_NE(*read, row.milestone) << row.name;
  }
}

// standards.md 1.2: the whole code lists of Track & Trace 2.2, and nothing else.
TEST(Milestone, EveryCodeOfTrackAndTrace22HasAMilestone) {
  const std::array<std::string_view, 11> equipment = {"LOAD", "DISC", "GTIN", "GTOT", "STUF", "STRP",
                                                      "PICK", "DROP", "INSP", "RSEA", "RMVD"};
  const std::array<std::string_view, 15> shipment = {"RECE", "DRFT", "PENA", "PENU", "REJE", "APPR", "ISSU", "SURR",
                                                     "SUBM", "VOID", "CONF", "REQS", "CMPL", "HOLD", "RELS"};
  for (const std::string_view code : equipment) EXPECT_TRUE(milestone_from_dcsa(EventType::equipment, code)) << code;
  for (const std::string_view code : shipment) EXPECT_TRUE(milestone_from_dcsa(EventType::shipment, code)) << code;
  for (const std::string_view code : {"ARRI", "DEPA"}) EXPECT_TRUE(milestone_from_dcsa(EventType::transport, code)) << code;
  for (const std::string_view code : {"GTIN", "", "arri", "XXXX"}) EXPECT_FALSE(milestone_from_dcsa(EventType::transport, code)) << code;
  EXPECT_FALSE(milestone_from_dcsa(EventType::shipment, "LOAD"));
}

// "gate_in", "gate_in assumed" or "".
std::string report(std::string_view type, std::string_view release, std::string_view association, std::string_view bgm_1001) {
  const auto found = milestone_from_edifact({type, release, association, bgm_1001});
  return found ? std::string(name(found->milestone)) + (found->assumed ? " assumed" : "") : std::string();
}

TEST(Milestone, TheGuidesCodesAreCertainWhereAGuideIsNamed) {
  EXPECT_EQ(report("CODECO", "95B", "ITG14", "34"), "gate_in");
  EXPECT_EQ(report("CODECO", "95B", "ITG14", "36"), "gate_out");
  EXPECT_EQ(report("COARRI", "00B", "SMDG20", "44"), "discharged");
  EXPECT_EQ(report("COARRI", "00B", "SMDG20", "46"), "loaded");
}

TEST(Milestone, WithoutAGuideTheyAreAssumedWhereTheDirectoryMeansSomethingElse) {
  EXPECT_EQ(report("COARRI", "00B", "", "44"), "discharged assumed");
  EXPECT_EQ(report("COARRI", "95B", "", "44"), "discharged");
}

TEST(Milestone, TheUnListsReportCodesAreReadAlways) {
  EXPECT_EQ(report("COARRI", "00B", "", "119"), "discharged");
  EXPECT_EQ(report("COARRI", "00B", "", "122"), "loaded");
}

TEST(Milestone, ACodeOfAnotherMessageIsNone) {
  EXPECT_EQ(report("CODECO", "95B", "ITG14", "44"), "");
  EXPECT_EQ(report("IFTSTA", "95B", "ITG14", "34"), "");
}

TEST(Milestone, ClassifiersHaveNamesAndCodes) {
  for (const Classifier classifier : {Classifier::planned, Classifier::estimated, Classifier::actual}) {
    EXPECT_EQ(classifier_from(name(classifier)).value(), classifier);
    EXPECT_EQ(classifier_from_dcsa(dcsa_code(classifier)), classifier);
  }
  EXPECT_EQ(dcsa_code(Classifier::estimated), "EST");
  EXPECT_FALSE(classifier_from_dcsa("REQ"));
  EXPECT_FALSE(classifier_from("ACT"));
  EXPECT_EQ(dcsa_code(EventType::shipment), "SHIPMENT");
}

}  // namespace
}  // namespace fairway
