// What one party may read: so many requests a second, so many references a day.
#include "access/quota.h"

#include <gtest/gtest.h>

namespace fairway::access {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr int64_t kMidnightUs = 1'795'392'000 * kSecondUs;  // 2026-11-23T00:00:00Z

class QuotaTest : public ::testing::Test {
 protected:
  Quota make(QuotaRules rules) {
    return {rules, env_, [this](const BreadthAlert& alert) { alerts_.push_back(alert); }};
  }
  static Viewer viewer(const char* id, Role role = Role::forwarder) { return make_viewer({id, id, role, {}, 0}); }

  ManualEnv env_{kMidnightUs};
  std::vector<BreadthAlert> alerts_;
};

TEST_F(QuotaTest, RequestsAreCountedForEachPartyAlone) {
  Quota quota = make({.requests_per_second = 2, .requests_burst = 3, .references_a_day = 0});
  const Viewer one = viewer("pty_1"), other = viewer("pty_2"), port = viewer("pty_0", Role::operator_);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(quota.admit(one));
  const Status refused = quota.admit(one);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::throttled);
  EXPECT_EQ(refused.error().retry_after_s, 1);
  EXPECT_TRUE(quota.admit(other));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(quota.admit(port));
  env_.advance_us(kSecondUs / 2);
  EXPECT_TRUE(quota.admit(one)) << "two a second";
  EXPECT_FALSE(quota.admit(one));
  env_.advance_us(3600 * kSecondUs);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(quota.admit(one));
  EXPECT_FALSE(quota.admit(one)) << "a pause gives a burst and no more";
}

TEST_F(QuotaTest, ReferencesAreCountedOnceHoweverTheyAreWritten) {
  Quota quota = make({.references_a_day = 2});
  const Viewer one = viewer("pty_1");
  EXPECT_TRUE(quota.look_up(one, "CSQU3054383"));
  EXPECT_TRUE(quota.look_up(one, "csqu 305438-3"));
  EXPECT_TRUE(quota.look_up(one, "MSCU1234566"));
  EXPECT_TRUE(quota.look_up(one, "CSQU3054383")) << "asked for before";
  env_.advance_us(86'390 * kSecondUs);
  const Status refused = quota.look_up(one, "OOLU1234560");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::throttled);
  EXPECT_EQ(refused.error().retry_after_s, 10) << "until midnight";
  EXPECT_TRUE(quota.look_up(one, "MSCU1234566"));
  EXPECT_TRUE(quota.look_up(viewer("pty_2"), "OOLU1234560"));
  EXPECT_TRUE(quota.look_up(viewer("pty_0", Role::operator_), "TEMU0000001"));
  env_.advance_us(10 * kSecondUs);
  EXPECT_TRUE(quota.look_up(one, "OOLU1234560")) << "another day";
}

TEST_F(QuotaTest, TheOperatorIsToldOnceADay) {
  Quota quota = make({.references_a_day = 10});
  const Viewer one = viewer("pty_1");
  for (int day = 0; day < 2; ++day) {
    alerts_.clear();
    for (int i = 0; i < 20; ++i) static_cast<void>(quota.look_up(one, "BOX" + std::to_string(i)));
    ASSERT_EQ(alerts_.size(), 2u);
    EXPECT_EQ(alerts_[0].references, 8u);
    EXPECT_FALSE(alerts_[0].refused);
    EXPECT_EQ(alerts_[1].references, 10u);
    EXPECT_TRUE(alerts_[1].refused);
    env_.advance_us(86'400 * kSecondUs);
  }
}

TEST_F(QuotaTest, NoLimitsWhereThereAreNone) {
  Quota quota = make({.requests_per_second = 0, .references_a_day = 0});
  const Viewer one = viewer("pty_1");
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_TRUE(quota.admit(one));
    ASSERT_TRUE(quota.look_up(one, std::to_string(i)));
  }
}

}  // namespace
}  // namespace fairway::access
