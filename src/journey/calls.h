// Calls: how the voyage of a vessel belongs to the journeys of the boxes on it.
//
// An arrival or departure names a vessel and a voyage, seldom a box. It belongs to a journey on which a box is, or will be, loaded or
// discharged at that port on that voyage, within kCallWindowDays; a transport event without a voyage number belongs by its vessel
// alone, within kVesselWindowDays. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "journey/terms.h"

namespace fairway::journey {

inline constexpr int kCallWindowDays = 21;   // schedules slip by weeks; a voyage number comes again after months
inline constexpr int kVesselWindowDays = 3;  // a river vessel calls at the same port twice a week

// A box's use of a vessel in one port.
struct Call {
  std::vector<HeadReference> transport;  // transport_references() of the event
  std::string unlocode;
  int64_t at_us = 0;
  LocatedPtr event;
};

[[nodiscard]] bool uses_vessel(Milestone milestone);  // loaded, discharged, stowed
[[nodiscard]] bool has_voyage(std::span<const HeadReference> transport);
// Whether a transport event with these references, at this port and time, belongs to the call.
[[nodiscard]] bool belongs(std::span<const HeadReference> transport, std::string_view unlocode, int64_t at_us, const Call& call);

}  // namespace fairway::journey
