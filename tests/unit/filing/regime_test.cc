#include <gtest/gtest.h>

#include "filing/regime/regime.h"

namespace fairway::filing {
namespace {

TEST(Regimes, those_in_the_program_are_right) {
  const auto regimes = Regimes::built_in();
  ASSERT_TRUE(regimes) << regimes.error().text();
  EXPECT_NE((*regimes)->find("hk"), nullptr);
  EXPECT_NE((*regimes)->find("cn"), nullptr);
}

}  // namespace
}  // namespace fairway::filing
