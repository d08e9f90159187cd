#include "base/zone.h"

#include <date/tz.h>

#include <chrono>
#include <exception>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/bytes.h"

namespace fairway {
namespace {

const date::time_zone* find_zone(std::string_view zone) {
  static std::mutex mutex;
  static std::unordered_map<std::string, const date::time_zone*> known;
  const std::lock_guard lock(mutex);
  const std::string name(zone);
  if (const auto found = known.find(name); found != known.end()) return found->second;
  try {
    return known.emplace(name, date::locate_zone(name)).first->second;
  } catch (const std::exception&) {  // unknown to the tz database
    return nullptr;
  }
}

std::unexpected<Error> unknown_zone(std::string_view zone) {
  return fail(Code::invalid, "unknown time zone", legible(zone), "use an IANA name and install tzdata");
}

}  // namespace

Result<Instant> instant_in_zone(const CivilTime& local, std::string_view zone_name) {
  const date::time_zone* zone = find_zone(zone_name);
  if (zone == nullptr) return unknown_zone(zone_name);
  const int64_t as_if_utc = TRY(micros_of(local, 0));
  const date::local_time<std::chrono::seconds> time{std::chrono::seconds{as_if_utc / 1'000'000}};
  const auto offset = zone->get_info(time).first.offset;  // `first` is the earlier offset of an ambiguous or skipped time
  Instant instant;
  instant.offset_minutes = static_cast<int16_t>(offset.count() / 60);
  instant.micros = as_if_utc - offset.count() * 1'000'000;
  instant.zone = ZoneSource::place;
  return instant;
}

Result<int> offset_minutes_at(int64_t micros, std::string_view zone_name) {
  const date::time_zone* zone = find_zone(zone_name);
  if (zone == nullptr) return unknown_zone(zone_name);
  const date::sys_seconds point{std::chrono::seconds{micros / 1'000'000}};
  return static_cast<int>(zone->get_info(point).offset.count() / 60);
}

}  // namespace fairway
