// The port that the destination of a voyage report names, where it is written as, or with, a UN/LOCODE (IMO SN.1/Circ.244). Pure; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/ais/report.h"

namespace fairway::gateway::ais {

// "HK HKG", "HKHKG", ">HKHKG", "CNSHA>HKHKG", "HKHKG VIA SGSIN": "HKHKG". Empty where there is none: a name ("HONG KONG"), a word that
// only looks like one ("DOVER"), or a country that has no port in Fairway's tables.
[[nodiscard]] std::string unlocode_in(std::string_view destination);

// The time of arrival in microseconds UTC. Without a year it is the one nearest to `now_us`. Nothing where month, day, hour or minute
// are not available or no date.
[[nodiscard]] std::optional<int64_t> arrival_of(const ShipReport& report, int64_t now_us);

}  // namespace fairway::gateway::ais
