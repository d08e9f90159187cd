#include "gateway/dcsa/placed_instant.h"

#include "base/zone.h"
#include "model/place.h"

namespace fairway::gateway::dcsa {

Instant placed(const Instant& read, std::string_view text, std::string_view unlocode) {
  constexpr int64_t kSecond = 1'000'000;
  const std::string_view zone = zone_of(unlocode);
  const auto at_place = zone.empty() ? Result<Instant>(read) : instant_in_zone(civil_of(read.micros, 0), zone);
  Instant instant = at_place.value_or(read);
  if (instant.zone == ZoneSource::place) instant.micros += ((read.micros % kSecond) + kSecond) % kSecond;
  instant.text = text;
  return instant;
}

}  // namespace fairway::gateway::dcsa
