#include "base/status.h"

#include <gtest/gtest.h>

#include <set>

namespace fairway {
namespace {

constexpr std::array kAllCodes = {Code::invalid,   Code::unauthorized, Code::forbidden,  Code::not_found,   Code::conflict,
                                  Code::too_large, Code::unsupported,  Code::overloaded, Code::unavailable, Code::internal};

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Code::invalid, "odd");
  return number / 2;
}

Result<int> quarter(int number) {
  const int halved = TRY(half(number));
  return TRY(half(halved));
}

Status is_divisible_by_four(int number) {
  TRY_OK(quarter(number));
  return {};
}

TEST(Status, EveryCodeHasItsOwnNameAndAnHttpErrorStatus) {
  std::set<std::string_view> names;
  for (const Code code : kAllCodes) {
    EXPECT_FALSE(name(code).empty());
    EXPECT_TRUE(names.insert(name(code)).second) << name(code);
    EXPECT_GE(http_status(code), 400);
    EXPECT_LT(http_status(code), 600);
  }
  EXPECT_EQ(name(Code::not_found), "not_found");
  EXPECT_EQ(http_status(Code::too_large), 413);
  EXPECT_EQ(http_status(Code::overloaded), 503);
}

TEST(Status, ErrorTextLeavesOutWhatIsMissing) {
  EXPECT_EQ((Error{Code::invalid, "not a time", "25:00", "write hh:mm"}).text(), "not a time: 25:00 (write hh:mm)");
  EXPECT_EQ((Error{Code::invalid, "not a time", "", ""}).text(), "not a time");
}

TEST(Status, TryGivesTheValueOrReturnsTheError) {
  EXPECT_EQ(quarter(12).value(), 3);
  ASSERT_FALSE(quarter(6).has_value());
  EXPECT_EQ(quarter(6).error().message, "odd");
  EXPECT_TRUE(is_divisible_by_four(8).has_value());
  EXPECT_EQ(is_divisible_by_four(10).error().code, Code::invalid);
}

}  // namespace
}  // namespace fairway
