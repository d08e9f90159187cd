// Times as people and their programs write them, which is in many ways. Pure; any thread.
#pragma once

#include <string_view>

#include "base/instant.h"

namespace fairway::gateway::land {

struct Moment {
  Instant instant;             // its text is what was read
  bool date_only = false;      // read as the beginning of that day
  bool order_assumed = false;  // "03/04/2026", which could be April or March: read as day/month/year
};

// RFC 3339; dates as 2026-11-22, 2026/11/22, 20261122, 2026年11月22日, 22/11/2026, 22-Nov-2026; times as 08:30, 8:30:15.5, 0830, 8:30 PM,
// 下午8:30; Z or an offset after it. Without an offset the time is one of `zone` (IANA), and of UTC where `zone` is ""
// (ZoneSource::assumed). Code::invalid for anything else, and for a zone that is not known.
[[nodiscard]] Result<Moment> parse_moment(std::string_view text, std::string_view zone);

}  // namespace fairway::gateway::land
