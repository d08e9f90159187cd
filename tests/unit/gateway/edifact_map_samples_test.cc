#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "unit/gateway/edifact_map_support.h"

namespace fairway::gateway::edifact::map_test {
namespace {

// Whole interchanges of the public corpus through gateway::decode.
class EdifactMapSamples : public testing::Test {
 protected:
  static std::vector<DecodedMessage> decode_sample(const std::string& name) {
    const std::filesystem::path path = std::filesystem::path(FAIRWAY_SOURCE_DIR) / "../shared/corpora/edifact" / name;
    std::ifstream file(path, std::ios::binary);
    if (!file) return {};
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::vector<DecodedMessage> messages;
    EXPECT_TRUE(decode(bytes, detect(bytes), {}, [&](DecodedMessage message) { messages.push_back(std::move(message)); }).has_value())
        << name;
    return messages;
  }

  static size_t count(const DecodedMessage& message, Milestone milestone) { return events_of(message, milestone).size(); }
};

#define FAIRWAY_SAMPLE(messages, name)                              \
  const std::vector<DecodedMessage> messages = decode_sample(name); \
  if (messages.empty()) GTEST_SKIP() << "the corpus beside the project is absent: " << (name)

TEST_F(EdifactMapSamples, CoarriReportsDischargeAndLoading) {
  FAIRWAY_SAMPLE(messages, "D95BCOARRI.edi");
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(count(messages[0], Milestone::discharged), 2u);
  EXPECT_EQ(count(messages[1], Milestone::loaded), 19u);
  const Event& first = *events_of(messages[1], Milestone::loaded)[0];
  EXPECT_EQ(keys(first), "equipment:CBHU6192031 booking:9000157890 voyage:3ERX3/032E");
  EXPECT_EQ(to_rfc3339(first.occurred), "2016-02-04T14:38:00+01:00");
  EXPECT_EQ(first.place.key(), "ITGOA/VTE");
  ASSERT_EQ(first.equipment.seals.size(), 1u);
  EXPECT_EQ(first.equipment.seals[0].number, "H53175");
  EXPECT_TRUE(names_party(first, "MS", "UNB:ITGOAVTE"));
  EXPECT_TRUE(messages[0].ok && messages[1].ok);
}

TEST_F(EdifactMapSamples, BaplieStatesTheVesselsLoad) {
  FAIRWAY_SAMPLE(messages, "D95BBAPLIE.edi");
  ASSERT_EQ(messages.size(), 1u);
  const auto stowed = events_of(messages[0], Milestone::stowed);
  ASSERT_EQ(stowed.size(), 3u);
  EXPECT_EQ(keys(*stowed[0]), "equipment:OOLU4293959 voyage:VRIB3/042");
  EXPECT_EQ(stowed[0]->equipment.load, Load::empty);
  EXPECT_EQ(stowed[0]->equipment.stowage, "0780690");
  EXPECT_EQ(stowed[2]->equipment.load, Load::laden);
  EXPECT_EQ(stowed[2]->equipment.gross_kg, 26000.0);
}

TEST_F(EdifactMapSamples, BaplieOfALaterDirectoryIsReadByTheNearest) {
  FAIRWAY_SAMPLE(messages, "d04b_baplie.edi");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(count(messages[0], Milestone::stowed), 1u);
  EXPECT_EQ(events_of(messages[0], Milestone::stowed)[0]->place.name, "DEPARTPLACE");
}

TEST_F(EdifactMapSamples, IftstaStatesTheRailDepartureAndTheLegs) {
  FAIRWAY_SAMPLE(messages, "d00b_iftsta.edi");
  ASSERT_EQ(messages.size(), 1u);
  ASSERT_EQ(messages[0].events.size(), 7u);
  const Event& event = messages[0].events[0];
  EXPECT_EQ(event.milestone, Milestone::departed);
  EXPECT_EQ(event.transport.mode, TransportMode::rail);
  EXPECT_EQ(event.place.unlocode, "USSYR");
  ASSERT_NE(event.reference(ReferenceKind::equipment), nullptr);
  EXPECT_EQ(event.reference(ReferenceKind::equipment)->value(), "TRHU4561222");
  EXPECT_TRUE(messages[0].ok);
}

TEST_F(EdifactMapSamples, CoprarWithoutEnvelopeOrdersTheLoading) {
  FAIRWAY_SAMPLE(messages, "d95b_coprar.edi");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].document, "20121121084145");
  EXPECT_EQ(messages[0].references.size(), 4u);
  const auto loaded = events_of(messages[0], Milestone::loaded);
  ASSERT_FALSE(loaded.empty());
  EXPECT_EQ(loaded[0]->classifier, Classifier::planned);
  EXPECT_EQ(loaded[0]->place.unlocode, "AEJEA");
  EXPECT_EQ(keys(*loaded[0]), "equipment:MSTI6415664 booking:2GO2005174 voyage:D5EP4/123W voyage:D5MG2/142E");
  EXPECT_EQ(loaded[0]->equipment.vgm_kg, 11740.0);
}

}  // namespace
}  // namespace fairway::gateway::edifact::map_test
