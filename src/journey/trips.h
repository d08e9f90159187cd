// Trips: a container is used again and again; its events are split into the trips that it made.
//
// Events that share a document (booking, bill of lading, …) are of one trip. In order of time, a new trip begins
//   - after an actual empty return (gate in or dropped off, empty), and with an actual empty pick-up (gate out or picked up, empty);
//   - where the booking, bill of lading or air waybill changes to another and the container does not merely go on in the same port;
//   - after kTripGapDays without an event.
// What is planned or estimated, what has been retracted, and papers never begin a trip of a box that is under way: they go to the
// trip of their documents, or to the one that covers their time. The split depends on what the events say only, not on the order
// of their arrival. docs/explanation/journeys.md has the reasons.
//
// Pure but for `over_shared`, which may read the store; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "journey/standing.h"

namespace fairway::journey {

inline constexpr int kTripGapDays = 60;

struct TripSplit {
  std::vector<uint32_t> trip;  // of each event, 0 for the earliest
  uint32_t count = 0;
};

// `events` in content order (content_less), all naming `container`. `over_shared` is asked about a document that would hold events
// together across a change of trip; what too many containers share does not.
[[nodiscard]] Result<TripSplit> split_trips(std::span<const LocatedPtr> events, std::span<const Standing> standing,
                                            const HeadReference& container,
                                            const std::function<Result<bool>(const HeadReference&)>& over_shared);

}  // namespace fairway::journey
