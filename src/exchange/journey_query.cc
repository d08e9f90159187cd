#include "exchange/journey_query.h"

#include <charconv>

#include "base/bytes.h"

namespace fairway::exchange {

Result<journey::Options> journey_options_of(const http::Request& request) {
  journey::Options options;
  const std::string* trip = request.query_value("trip");
  if (trip == nullptr) return options;
  const auto [end, error] = std::from_chars(trip->data(), trip->data() + trip->size(), options.trip);
  if (error != std::errc() || end != trip->data() + trip->size() || options.trip == 0)
    return fail(Code::invalid, "not a trip", "trip=" + legible(*trip), "the trips of a container are numbered from 1; see \"trips\"");
  return options;
}

}  // namespace fairway::exchange
