// Point-to-point routes over the calls of vessels: from one port to another, changing vessels where the one comes before the other leaves.
// For one request; not thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "exchange/dcsa/voyages.h"

namespace fairway::exchange::dcsa {

struct RouteQuery {
  std::string from, to;  // UN/LOCODEs
  int transhipments_max = 0;
  int64_t earliest_us = 0;               // departures before it are of the past
  std::string departs_from, departs_to;  // dates at the place, both included; "": no bound
  std::string arrives_from, arrives_to;
};

struct RouteLeg {
  Transport vessel;
  std::vector<Call> calls;  // the first is where it departs, the last where it arrives
};
using Route = std::vector<RouteLeg>;

// By the time of arrival, then by fewer legs; bounded. Of two routes over the same vessels there is only one.
[[nodiscard]] Result<std::vector<Route>> find_routes(Voyages& voyages, const RouteQuery& query);

}  // namespace fairway::exchange::dcsa
