// The way of one unit: its milestones in order of time, cut into the stretches that each means of transport carried it. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "journey/leg_draft.h"

namespace fairway::journey {

// `groups`: indexes of the unit's milestones, in order of time. Each draft has one ride.
[[nodiscard]] std::vector<LegDraft> walk_of(const Journey& journey, const Unit& unit, std::span<const size_t> groups);

}  // namespace fairway::journey
