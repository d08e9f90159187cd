// Finding a journey: from a reference to everything that the viewer may see of the cargo's way.
//
// What the viewer may not see has no influence on the answer, with one exception: that an event has been corrected or retracted is
// shown wherever the event is. Safe from any thread, each call for itself. Errors: Code::not_found where nothing of the reference is
// visible, whether or not it exists, and for a trip that is not there; the store's; Code::internal for an entry that cannot be read.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "journey/journey.h"
#include "journey/sight.h"
#include "store/store.h"

namespace fairway::journey {

struct Options {
  uint32_t trip = 0;  // of a container: its number among the trips that the viewer sees; 0: the latest
};

// A joining reference gives its journey. One that joins nothing gives what names it: for a vessel, voyage or transport call, its
// arrivals and departures and the containers on it, whose own journeys are not merged into one.
[[nodiscard]] Result<Journey> find(store::Snapshot& snapshot, const Reference& seed, const Sight& sight, const Options& options = {});
// Of the first candidate (search.h) for what a person typed that has anything visible.
[[nodiscard]] Result<Journey> find(store::Snapshot& snapshot, std::string_view text, const Sight& sight, const Options& options = {});

}  // namespace fairway::journey
