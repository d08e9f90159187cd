#include "gateway/land/moment_reader.h"

#include "base/zone.h"
#include "gateway/land/moments.h"
#include "gateway/land/values.h"
#include "model/place.h"

namespace fairway::gateway::land {

void MomentReader::at_place(std::string_view unlocode) {
  zone_ = zone_of(unlocode);
  const Value* named = record_.find(Member::time_zone);
  if (named == nullptr) return;
  if (offset_minutes_at(0, named->text))
    zone_ = named->text;
  else
    note(message_, Severity::warning, "land.time_zone", quoted(named->text) + " is not a time zone; write it as Asia/Hong_Kong", named->at,
         named->offset);
}

std::optional<Instant> MomentReader::read(const Value& value) {
  auto moment = parse_moment(value.text, zone_);
  if (!moment) {
    note(message_, Severity::error, "land.time",
         quoted(value.text) + " is not a date and time; write 2026-11-22 08:30 or 2026-11-22T08:30:00+08:00", value.at, value.offset);
    return std::nullopt;
  }
  if (moment->date_only)
    note(message_, Severity::warning, "land.date_only", "a date without a time; read as 00:00", value.at, value.offset);
  if (moment->order_assumed)
    note(message_, Severity::warning, "land.date_order", quoted(value.text) + " is read as day/month/year; write 2026-11-22", value.at,
         value.offset);
  if (moment->instant.zone != ZoneSource::stated && !std::exchange(said_zone_, true)) {
    const bool placed = moment->instant.zone == ZoneSource::place;
    note(message_, placed ? Severity::info : Severity::warning, "land.time_zone",
         "a time without offset; read as " + (placed ? zone_ : "UTC"), value.at, value.offset);
  }
  return std::move(moment->instant);
}

}  // namespace fairway::gateway::land
