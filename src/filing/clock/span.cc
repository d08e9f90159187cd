#include "filing/clock/span.h"

#include "base/bytes.h"

namespace fairway::filing {
namespace {

constexpr int64_t kPartMax = 99'999;

std::unexpected<Error> no_span(std::string_view text) {
  return fail(Code::invalid, "not a length of time", legible(text), "as in P14D, PT24H or -PT30M");
}

}  // namespace

Result<Span> parse_span(std::string_view text) {
  std::string_view rest = text;
  const int sign = rest.starts_with('-') ? -1 : 1;
  if (sign < 0) rest.remove_prefix(1);
  if (!rest.starts_with('P') || rest.size() < 3) return no_span(text);
  rest.remove_prefix(1);

  // Each unit once and in this order.
  std::string_view units = "DTHMS";
  bool of_the_clock = false;
  Span span;
  int64_t number = -1;
  for (const char c : rest) {
    if (c >= '0' && c <= '9') {
      number = (number < 0 ? 0 : number) * 10 + (c - '0');
      if (number > kPartMax) return no_span(text);
      continue;
    }
    const size_t at = units.find(c);
    if (at == std::string_view::npos || (c == 'T') != (number < 0)) return no_span(text);
    if (c != 'D' && c != 'T' && !of_the_clock) return no_span(text);
    of_the_clock = of_the_clock || c == 'T';
    units.remove_prefix(at + 1);
    if (c == 'D') span.days = static_cast<int>(sign * number);
    if (c == 'H') span.seconds += sign * number * 3600;
    if (c == 'M') span.seconds += sign * number * 60;
    if (c == 'S') span.seconds += sign * number;
    number = -1;
  }
  if (number >= 0 || rest.ends_with('T')) return no_span(text);
  return span;
}

}  // namespace fairway::filing
