// Outages: claims that a terminal, a depot or a whole port could not serve. They name the place and no cargo, and belong to the journey of
// whatever was there, or was to be, at about that time. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "journey/index.h"
#include "journey/journey.h"

namespace fairway::journey {

[[nodiscard]] bool is_outage(Milestone milestone);

// Where claims put the cargo, from the first to the last moment.
struct Stay {
  std::string unlocode, facility;
  int64_t from_us = 0, to_us = 0;
  std::vector<size_t> claims;
};
// At most kStaysMax, of the claims that stand.
inline constexpr size_t kStaysMax = 64;
[[nodiscard]] std::vector<Stay> stays_of(std::span<const Claim> claims);

// What outages there are indexed by: the facility, and the port that it is in.
[[nodiscard]] std::vector<HeadReference> facilities_of(std::span<const Stay> stays);
// Whether the cargo may have met it: there, within kOutageWindowDays of its stay.
inline constexpr int kOutageWindowDays = 30;
[[nodiscard]] bool concerns(const EventHead& outage, const Stay& stay);

}  // namespace fairway::journey
