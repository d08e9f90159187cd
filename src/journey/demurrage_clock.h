// The clock of free time: which claims start and stop it, and the days by it. Pure; any thread.
#pragma once

#include "journey/demurrage.h"

namespace fairway::journey {

// Claims (by their place in the journey) that start and stop the clock for the container by these terms; several where they contradict.
struct ClockClaims {
  std::vector<size_t> starts, stops;
  std::vector<size_t> arrivals, available;  // discharge (or gate-in) and availability, whichever starts the clock
};
[[nodiscard]] ClockClaims clock_claims(const Journey& journey, const std::string& container, const DemurrageTerms& terms);

// Holds and outages among the lines, each begun by one claim and ended by the same party's next.
[[nodiscard]] std::vector<Interruption> interruptions_of(const std::vector<CertificateLine>& lines, const DemurrageTerms& terms);

// Fills in everything that follows from `starts` and `stopped`. `zone`: "" for the offset of `starts`.
void run_clock(FreeTime& time, const DemurrageTerms& terms, const std::string& zone, int64_t as_of_us);

}  // namespace fairway::journey
