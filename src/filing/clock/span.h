// Span: a length of time from a moment, as deadlines.csv writes it: ISO 8601 durations of days, hours, minutes and seconds, with a minus
// for before: "P14D", "-PT30M", "P7DT9H". Pure; any thread.
#pragma once

#include <string_view>

#include "base/status.h"

namespace fairway::filing {

struct Span {
  int days = 0;         // negative: before
  int64_t seconds = 0;  // beside the days; the same sign
  [[nodiscard]] int64_t micros() const { return (int64_t{days} * 86'400 + seconds) * 1'000'000; }
};
// Code::invalid otherwise; years, months and weeks have no place in a clock, and no part is above 99,999.
[[nodiscard]] Result<Span> parse_span(std::string_view text);

}  // namespace fairway::filing
