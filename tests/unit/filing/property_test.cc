// Consignments by chance: a consistent one has no blocking finding, and a planted fault is found by its rule and by no other.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "engine_support.h"
#include "world.h"

namespace fairway::filing::engine_tests {
namespace {

constexpr uint64_t kSeeds = 120;

const Setting kSetting{std::string(world::kToday), world::kNowUs, {}};
const std::vector<std::string> kBothSides = {"cn", "hk"};

Plan planned(const Record& record, const std::map<std::string, Overrides, std::less<>>& overrides = {}) {
  auto plan = make_plan(regimes(), record, kSetting, overrides, kBothSides);
  if (!plan) ADD_FAILURE() << plan.error().text();
  return plan ? std::move(*plan) : Plan();
}

std::vector<Finding> all_findings(const Plan& plan) {
  std::vector<Finding> all = plan.across;
  for (const PlannedFiling& filing : plan.filings) all.insert(all.end(), filing.findings.begin(), filing.findings.end());
  return all;
}

std::string told(const Finding& finding) {
  return finding.rule + " " + finding.form + " " + finding.field + " " + finding.path + ": " + finding.message.en;
}

Record world_record(uint64_t seed) {
  auto record = world::record_of(regimes().schema(), world::consignment(seed));
  if (!record) ADD_FAILURE() << record.error().text();
  return record ? std::move(*record) : Record(regimes().schema());
}

TEST(Property, a_consistent_consignment_has_no_blocking_finding) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Plan plan = planned(world_record(seed));
    EXPECT_FALSE(plan.filings.empty()) << seed;
    for (const Finding& finding : all_findings(plan)) EXPECT_NE(finding.weight, Weight::blocking) << seed << " " << told(finding);
  }
}

}  // namespace
}  // namespace fairway::filing::engine_tests
