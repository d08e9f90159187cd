#include "base/zone.h"

#include <date/tz.h>

#include <chrono>
#include <exception>
#include <mutex>
#include <string>
#include <unordered_map>

namespace fairway {
namespace {

const date::time_zone* find_zone(std::string_view zone) {
  static std::mutex mutex;
  static std::unordered_map<std::string, const date::time_zone*> known;
  const std::lock_guard lock(mutex);
  auto [found, fresh] = known.try_emplace(std::string(zone), nullptr);
  if (fresh) {
    try {
      found->second = date::locate_zone(found->first);
    } catch (const std::exception&) {  // unknown to the tz database
      found->second = nullptr;
    }
  }
  return found->second;
}

std::unexpected<Error> unknown_zone(std::string_view zone) {
  return fail(Code::invalid, "unknown time zone", std::string(zone), "use an IANA name and install tzdata");
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
