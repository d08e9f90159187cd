// DTM: a date or time as an EDIFACT message states it, kept as sent until the place whose zone it is told in is known.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/status.h"
#include "gateway/edifact/segment.h"

namespace fairway::gateway::edifact {

struct StatedTime {
  std::string qualifier;  // 2005
  std::string value;      // 2380
  std::string format;     // 2379
  uint32_t segment = 0;
  uint64_t offset = 0;
};
[[nodiscard]] StatedTime stated_time(const Segment& dtm);

// The first of `times` with one of `qualifiers`, in the order of the qualifiers; null where there is none with a value.
[[nodiscard]] const StatedTime* find_time(const std::vector<StatedTime>& times, std::span<const std::string_view> qualifiers);
[[nodiscard]] inline const StatedTime* find_time(const std::vector<StatedTime>& times, std::initializer_list<std::string_view> qualifiers) {
  return find_time(times, std::span(qualifiers.begin(), qualifiers.size()));
}

struct ReadTime {
  Instant instant;
  bool format_wrong = false;  // 2379 does not fit the value; its length decided
};
// Formats 2, 3, 4, 5, 101, 102, 201–205 and 301–304 of 2379. A time without zone takes that of `unlocode` (ZoneSource::place), else
// UTC (ZoneSource::assumed); a date is midnight. Two-digit years are 1970–2069. Code::invalid where the value is none of these.
[[nodiscard]] Result<ReadTime> read_time(const StatedTime& time, std::string_view unlocode);

}  // namespace fairway::gateway::edifact
