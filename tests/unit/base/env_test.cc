#include "base/env.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "base/log.h"

namespace fairway {
namespace {

TEST(Env, TheSystemsClockGoesOnAndItsBytesDiffer) {
  Env& env = Env::system();
  EXPECT_GT(env.now_us(), 1'700'000'000'000'000);  // 2023
  const int64_t before = env.steady_ns();
  EXPECT_GE(env.steady_ns(), before);
  EXPECT_EQ(env.random_bytes(32).size(), 32u);
  EXPECT_NE(env.random_bytes(32), env.random_bytes(32));
  EXPECT_EQ(env.random_bytes(0), "");
}

TEST(Env, AManualClockStandsStill) {
  ManualEnv env(1'000);
  EXPECT_EQ(env.now_us(), 1'000);
  EXPECT_EQ(env.now_us(), 1'000);
  env.advance_us(500);
  EXPECT_EQ(env.now_us(), 1'500);
  EXPECT_EQ(env.steady_ns(), 1'500'000);
}

TEST(Env, ManualRandomnessFollowsFromItsSeed) {
  ManualEnv one(0, 7), same(0, 7), other(0, 8);
  const std::string bytes = one.random_bytes(64);
  EXPECT_EQ(bytes, same.random_bytes(64));
  EXPECT_NE(bytes, other.random_bytes(64));
  EXPECT_NE(bytes, one.random_bytes(64));
}

TEST(Env, IdsAreOfTheAlphabet) {
  ManualEnv env;
  const std::string id = random_id(env, 1'000);
  EXPECT_EQ(id.size(), 1'000u);
  constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  EXPECT_TRUE(std::ranges::all_of(id, [&](char c) { return kAlphabet.find(c) != std::string_view::npos; }));
  for (const char c : kAlphabet) EXPECT_NE(id.find(c), std::string::npos) << c;
}

TEST(Log, WritesNothingBelowItsLevel) {
  log::set_level(log::Level::error);
  testing::internal::CaptureStderr();
  log::info("quiet {}", 1);
  log::error("loud {}", 2);
  const std::string written = testing::internal::GetCapturedStderr();
  log::set_level(log::Level::info);
  EXPECT_EQ(written.find("quiet"), std::string::npos);
  EXPECT_NE(written.find("loud 2"), std::string::npos);
}

}  // namespace
}  // namespace fairway
