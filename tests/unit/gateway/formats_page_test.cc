// docs/reference/formats.md says what the gateways' tables say; FAIRWAY_UPDATE_GOLDEN=1 writes its table anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "gateway/formats.h"

namespace fairway::gateway {
namespace {

TEST(FormatsPage, IsTheTable) {
  const std::string path = std::string(FAIRWAY_SOURCE_DIR) + "/docs/reference/formats.md";
  std::ifstream file(path);
  std::string page(std::istreambuf_iterator<char>(file), {});
  const size_t begin = page.find("| standard |");
  ASSERT_NE(begin, std::string::npos);
  size_t end = page.find("\n\n", begin);
  end = end == std::string::npos ? page.size() : end + 1;
  if (std::getenv("FAIRWAY_UPDATE_GOLDEN") != nullptr) {
    page.replace(begin, end - begin, format_table());
    std::ofstream(path) << page;
    GTEST_SKIP() << "written anew";
  }
  EXPECT_EQ(page.substr(begin, end - begin), format_table());
}

}  // namespace
}  // namespace fairway::gateway
