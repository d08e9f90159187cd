// Whole messages as JSON lines, and messages of every type written again byte for byte.
#include <gtest/gtest.h>

#include "base/json.h"
#include "edifact_generator.h"
#include "edifact_read_support.h"
#include "gateway/edifact/raw.h"
#include "gateway/edifact/writer.h"

namespace edifact_raw {

using namespace fairway::gateway::edifact;
namespace json = fairway::json;

std::vector<std::string> lines_of(std::string_view bytes) {
  std::vector<std::string> lines;
  const auto status = raw_edifact(bytes, [&](std::string_view line) { lines.emplace_back(line); });
  EXPECT_TRUE(status.has_value()) << status.error().text();
  return lines;
}

// Everything that stands in `"value":` of the segments, in order.
void collect_values(const json::value& segments, std::vector<std::string>& into) {
  for (const auto& entry : segments.as_array()) {
    const auto& object = entry.as_object();
    if (const auto* inner = object.if_contains("segments")) {
      collect_values(*inner, into);
      continue;
    }
    into.emplace_back(object.at("tag").as_string());
    for (const auto& value : object.at("values").as_array()) into.emplace_back(value.as_object().at("value").as_string());
  }
}

class Values final : public ReaderHandler {
 public:
  std::vector<std::vector<std::string>> messages;
  void message_begins(const MessageHeader&, uint64_t) override { messages.emplace_back(); }
  void segment(const Segment& segment) override {
    messages.back().emplace_back(segment.tag);
    for (const Component& c : segment.components) messages.back().emplace_back(c.value);
  }
};

void expect_nothing_lost(std::string_view bytes, const std::string& what) {
  Values values;
  Reader reader(values);
  reader.feed(bytes);
  reader.finish();
  const std::vector<std::string> lines = lines_of(bytes);
  ASSERT_EQ(lines.size(), values.messages.size()) << what;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> found;
    collect_values(json::parse(lines[i]).at("segments"), found);
    EXPECT_EQ(found, values.messages[i]) << what;
  }
}

TEST(EdifactRaw, TheTreeFollowsTheSegmentGroups) {
  const auto lines = lines_of(
      "UNB+UNOA:2+S:ZZ+R+260101:0800+1'UNH+1+IFTSTA:D:00B:UN'BGM+23+D1+9'CNI+1+BL1'STS+1+48'EQD+CN+MSCU1234566'"
      "STS+1+29'CNI+2+BL2'STS+1+24'UNT+9+1'UNZ+1+1'");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find(R"("type":"IFTSTA D.00B","reference":"1","offset":32,"tables":"00B","interchange":{"tag":"UNB")"),
            std::string::npos)
      << lines[0];
  const auto json = json::parse(lines[0]);
  const auto& segments = json.at("segments").as_array();
  ASSERT_EQ(segments.size(), 5u);  // UNH, BGM, two consignments, UNT
  EXPECT_EQ(segments[2].at("group"), 4);
  const auto& consignment = segments[2].at("segments").as_array();
  ASSERT_EQ(consignment.size(), 3u);  // CNI and two status groups
  EXPECT_EQ(consignment[1].at("group"), 5);
  EXPECT_EQ(consignment[1].at("segments").as_array().size(), 2u);  // STS and the group of EQD
  const auto& cni = consignment[0];
  EXPECT_EQ(cni.at("values").at(1).at("element"), "C503/1004");
  EXPECT_EQ(cni.at("values").at(1).at("position"), "2/1");
  EXPECT_EQ(cni.at("values").at(1).at("value"), "BL1");
  EXPECT_EQ(segments[3].at("segments").as_array().size(), 2u);
  EXPECT_EQ(segments[4].at("tag"), "UNT");
}

TEST(EdifactRaw, AGroupThatIsGoneOnWithSaysSo) {
  // RFF after EQD of a deeper group: the walk takes a place in a group that the tree had left.
  const auto lines = lines_of("UNH+1+CODECO:D:95B:UN'BGM+34+G1+9'NAD+CA+X'EQD+CN+MSCU1234566'TDT+1'RFF+BN:1'LOC+9+HKHKG'CNT+16:1'UNT+9+1'");
  ASSERT_EQ(lines.size(), 1u);
  std::vector<std::string> values;
  collect_values(json::parse(lines[0]).at("segments"), values);
  EXPECT_EQ(std::count(values.begin(), values.end(), "RFF"), 1);
  EXPECT_NE(lines[0].find("edifact.segment_order"), std::string::npos);
}

TEST(EdifactRaw, UnknownMessagesAndTrailersAreShown) {
  const auto lines = lines_of("UNB+UNOC:4+S+R+20260101:0800+1'UNH+1+PAORES:93:1:IA'A01+A*B:C'UNT+3+1'UNZ+2+1'");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find(R"({"position":"1/1","repetition":2,"value":"B"},{"position":"1/2","repetition":2,"value":"C"})"),
            std::string::npos)
      << lines[0];
  EXPECT_NE(lines[0].find("edifact.interchange_count"), std::string::npos);
  EXPECT_EQ(lines[0].find("\"tables\""), std::string::npos);
}

TEST(EdifactRaw, NoMessageIsAnError) {
  const auto nothing = [](std::string_view) { FAIL() << "a line was given"; };
  EXPECT_FALSE(raw_edifact("UNB+UNOA:2+S+R+260101:0800+1'UNZ+0+1'", nothing));
  EXPECT_FALSE(raw_edifact("", nothing));
  EXPECT_FALSE(raw_edifact(std::string_view("\xFE\xFF\0U", 4), nothing));
}

TEST(EdifactRaw, NothingOfTheSamplesIsLost) {
  const auto samples = edifact_read::samples();
  if (samples.empty()) GTEST_SKIP() << "no ../shared/corpora/edifact beside the project";
  for (const auto& path : samples) expect_nothing_lost(edifact_read::file_text(path), path.string());
}

// Made-up messages of every type in every directory: conformant, whole in their JSON, and the same when written again.
TEST(EdifactRaw, MadeUpMessagesReadCleanAndAreWrittenAgainByteForByte) {
  size_t made = 0;
  for (const DirectoryText& text : directory_texts()) {
    for (const DirectoryRow& row : text.messages.all()) {
      for (const int version : {3, 4}) {
        edifact_made_up::MessageMaker maker(++made);
        const std::string sent = maker.interchange(row.name, text, version);
        const std::string what = std::string(row.name) + " D." + std::string(text.release) + "\n" + sent;
        ASSERT_FALSE(sent.empty()) << what;
        EXPECT_EQ(edifact_read::read(sent).codes(), "") << what;
        const auto again = reemit(sent);
        ASSERT_TRUE(again) << what;
        EXPECT_EQ(*again, sent);
        expect_nothing_lost(sent, what);
      }
    }
  }
  EXPECT_EQ(made, 2u * (22 * 6 + 23));
}

}  // namespace edifact_raw
