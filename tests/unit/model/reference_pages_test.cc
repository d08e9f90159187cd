// docs/reference/ says what the tables say.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "model/milestone.h"
#include "model/reference.h"

namespace fairway {
namespace {

std::string page(const std::string& name) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/docs/reference/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string or_dash(std::string_view code) { return code.empty() ? "–" : std::string(code); }

TEST(ReferencePages, MilestonesAreTheTable) {
  const std::string text = page("milestones.md");
  for (const MilestoneRow& row : milestones()) {
    const size_t line = text.find("\n| `" + std::string(row.name) + "` |");
    ASSERT_NE(line, std::string::npos) << row.name;
    const std::string codes = std::string(" | ") + (row.dcsa_reads_back ? "" : "~ ") + std::string(row.dcsa) + " | " + or_dash(row.epcis) +
                              " | " + or_dash(row.air) + " |";
    const std::string written = text.substr(line, text.find('\n', line + 1) - line);
    EXPECT_TRUE(written.ends_with(codes)) << written << "\nwants" << codes;
  }
}

TEST(ReferencePages, EventNamesEveryKindOfReference) {
  const std::string text = page("event.md");
  for (size_t i = 0; i < kReferenceKinds; ++i) {
    const std::string kind(name(static_cast<ReferenceKind>(i)));
    EXPECT_NE(text.find("`" + kind + "`"), std::string::npos) << kind;
  }
}

}  // namespace
}  // namespace fairway
