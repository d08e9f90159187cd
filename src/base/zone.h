// Time zones by IANA name, from the system's tz database (Debian's tzdata). Thread-safe; the database is read once.
#pragma once

#include <string_view>

#include "base/instant.h"

namespace fairway {

// The instant of a local civil time in a zone ("Asia/Hong_Kong"). A time that a clock change skips or repeats takes the
// earlier offset. Its zone is ZoneSource::place. Code::invalid for an unknown zone or no time of day.
[[nodiscard]] Result<Instant> instant_in_zone(const CivilTime& local, std::string_view zone);

// The zone's offset from UTC in minutes at that moment.
[[nodiscard]] Result<int> offset_minutes_at(int64_t micros, std::string_view zone);

}  // namespace fairway
