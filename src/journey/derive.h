// From claims to a journey: each step fills one part of it from the parts before, in this order. Pure; any thread.
#pragma once

#include "journey/journey.h"

namespace fairway::journey {

void group_milestones(Journey& journey);  // milestones, and which plans and estimates are superseded
void derive_legs(Journey& journey);       // legs, and MilestoneGroup::leg
void find_conflicts(Journey& journey);    // conflicts, and the marks on groups and claims
void expect_next(Journey& journey);       // expected
void derive_status(Journey& journey);     // status
void derive_customs(Journey& journey);    // customs

inline void derive(Journey& journey) {
  group_milestones(journey);
  derive_legs(journey);
  find_conflicts(journey);
  expect_next(journey);
  derive_status(journey);
  derive_customs(journey);
}

// Where in a container's way a movement stands, ascending from the empty pick-up to the empty return; 0 for what moves nothing.
[[nodiscard]] int stage(Milestone milestone, Load load);

// "vessel 9321483" or "COSCO HOPE", or the vehicle: what carries; "" where no claim says.
[[nodiscard]] std::string carrier_of(const Transport& transport);

}  // namespace fairway::journey
