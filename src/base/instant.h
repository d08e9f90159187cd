// Instant: a point in time as a message stated it.
//
// Keeps three things apart: the point itself (microseconds UTC), the offset the sender or the place gives it, and the text it
// was read from. An offset is stated by the sender, taken from the zone of the event's place, or assumed to be UTC because
// neither is known; the instant says which. Value type; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway {

enum class ZoneSource : uint8_t { stated, place, assumed };
[[nodiscard]] std::string_view name(ZoneSource source);  // "stated", "place", "assumed"
[[nodiscard]] Result<ZoneSource> zone_source_from(std::string_view text);

struct Instant {
  int64_t micros = 0;          // since 1970-01-01T00:00:00Z
  int16_t offset_minutes = 0;  // of local time from UTC, −1439…1439
  ZoneSource zone = ZoneSource::stated;
  std::string text;  // as received, where it differs from to_rfc3339()

  // Two instants are the same point in time whatever their offsets and texts.
  friend bool operator==(const Instant& a, const Instant& b) { return a.micros == b.micros; }
  friend auto operator<=>(const Instant& a, const Instant& b) { return a.micros <=> b.micros; }
};

// RFC 3339 date-time ("2021-01-09T14:12:56+01:00", fraction optional, 'Z' or offset required; a blank before the offset, left
// by an unescaped '+' in a URL, is repaired). A date-time without zone is read with zone = assumed, offset 0, so that the
// caller can place it. Years 1900–2200. Code::invalid otherwise.
[[nodiscard]] Result<Instant> parse_rfc3339(std::string_view text);

// In its own offset, fraction only where there is one: "2021-01-09T14:12:56+01:00".
[[nodiscard]] std::string to_rfc3339(const Instant& instant);
// In UTC with 'Z'.
[[nodiscard]] std::string to_rfc3339_utc(int64_t micros);

// Civil fields as messages carry them; month 1–12, day 1–31, hour 0–23 (24:00 is the next day's 00:00), second 0–60.
struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};
// The UTC microseconds of a civil time at an offset; Code::invalid where it is no date or time of day.
[[nodiscard]] Result<int64_t> micros_of(const CivilTime& civil, int offset_minutes);
[[nodiscard]] CivilTime civil_of(int64_t micros, int offset_minutes);

}  // namespace fairway
