#include "gateway/cargo_imp/parts.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "gateway/air/dates.h"
#include "gateway/air/units.h"

namespace fairway::gateway::cargo_imp {
namespace {

std::optional<uint32_t> count_of(std::string_view digits) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// "1010" into hour and minute; false where it is no time of day.
bool set_time(CivilTime& civil, std::string_view digits) {
  const auto number = count_of(digits);
  if (digits.size() != 4 || !number) return false;
  civil.hour = static_cast<int>(*number / 100);
  civil.minute = static_cast<int>(*number % 100);
  return micros_of(civil, 0).has_value();
}

// "231105": day, hour and minute in UTC, as envelopes are stamped.
std::optional<Instant> read_stamp(std::string_view stamp, int64_t received_us) {
  constexpr size_t kDigits = 6;
  const std::string_view digits = stamp.substr(0, kDigits);
  const auto day = air::read_day_month(digits.substr(0, std::min<size_t>(digits.size(), 2)));
  if (digits.size() != kDigits || !day) return std::nullopt;
  auto date = air::place_day(day->day, received_us);
  if (!date || !set_time(*date, digits.substr(2))) return std::nullopt;
  Instant instant;
  instant.micros = *micros_of(*date, 0);
  instant.text = digits;
  return instant;
}

}  // namespace

air::Origin origin_of(const Place& place) { return {place.segment, position_of(place), place.offset}; }

std::string air_waybill_of(const Segment& segment) {
  const Field* field = segment.field("air_waybill");
  if (field == nullptr || !field->read()) return {};
  return std::string(field->part("airline_prefix")) + "-" + std::string(field->part("serial"));
}

std::string unit_load_device_of(const Field& field) {
  const std::string_view serial = field.part("serial");
  if (serial.empty()) return {};
  return std::string(field.part("type")) + std::string(serial) + std::string(field.part("owner"));
}

CargoFacts cargo_of(const Segment& segment, const Segment* whole) {
  CargoFacts cargo;
  cargo.pieces = count_of(segment.part("quantity", "pieces"));
  cargo.gross_kg = air::kilograms(segment.part("quantity", "weight"), segment.part("quantity", "weight_unit"));
  for (const std::string_view field : {"quantity", "volume"})
    if (!cargo.volume_m3) cargo.volume_m3 = air::cubic_metres(segment.part(field, "volume"), segment.part(field, "volume_unit"));
  cargo.total_pieces = count_of(segment.part("quantity", "total_pieces"));
  const bool is_whole = whole == nullptr && segment.part("quantity", "shipment_description") == "T";
  if (!cargo.total_pieces && is_whole) cargo.total_pieces = cargo.pieces;
  if (!cargo.total_pieces && whole != nullptr) {
    cargo.total_pieces = count_of(whole->part("quantity", "total_pieces"));
    // "T10" of the waybill is the whole; "P8" without a total is a part of nobody knows how many.
    if (!cargo.total_pieces && whole->part("quantity", "shipment_description") == "T")
      cargo.total_pieces = count_of(whole->part("quantity", "pieces"));
  }
  return cargo;
}

NamedParty party_of(const Message& message, size_t index, std::string_view role, std::string_view airline_prefix) {
  const Segment& segment = message.segments[index];
  std::string_view name = segment.text("name");
  for (size_t i = index + 1; i < message.segments.size() && message.segments[i].parent == index; ++i)
    if (message.segments[i].name == "name" && name.empty()) name = message.segments[i].text("name");
  return air::party_told(role, name, segment.text("agent_code"), segment.text("account"), airline_prefix);
}

Times::Times(air::Claims& claims, int64_t received_us, const Envelope& envelope)
    : claims_(claims), received_us_(received_us), stamp_(read_stamp(envelope.stamp, received_us)) {}

std::optional<CivilTime> Times::date(std::string_view text, const air::Origin& at, bool happened) {
  const auto stated = air::read_day_month(text);
  std::optional<CivilTime> placed;
  if (stated)
    placed = stated->month == 0 ? air::place_day(stated->day, received_us_)
                                : air::place_date(stated->day, stated->month, received_us_, happened);
  if (!placed) claims_.note(Severity::warning, "bad_date", "\"" + legible(text) + "\" is no date near the day of receipt.", at);
  return placed;
}

std::optional<Instant> Times::instant(const CivilTime& date, std::string_view time, std::string_view change, std::string_view airport,
                                      std::string text, const air::Origin& at) {
  const auto days = air::days_of_change(change);
  CivilTime local = date;
  if (!days || (!time.empty() && !set_time(local, time))) {
    claims_.note(Severity::warning, "bad_time", "\"" + legible(text) + "\" is no time.", at);
    return std::nullopt;
  }
  if (time.empty())
    claims_.note_once(Severity::info, "no_time_of_day", "A date has no time of day; the day's beginning stands for it.", at);
  auto placed = air::instant_at_airport(air::add_days(local, *days), airport, std::move(text));
  if (!placed) return std::nullopt;
  if (placed->zone == ZoneSource::assumed)
    claims_.note_once(Severity::info, "zone_assumed", "The zone of the airport " + legible(airport) + " is not known; UTC was assumed.",
                      at);
  return *std::move(placed);
}

std::optional<Instant> Times::moment(const Field& field, std::string_view airport, const air::Origin& at, bool happened) {
  const auto day = date(field.part("date"), at, happened);
  if (!day) return std::nullopt;
  return instant(*day, field.part("time"), field.part("day_change"), airport, field.text, at);
}

air::Written Times::written(const air::Origin& at) {
  if (stamp_) return {*stamp_, false};
  claims_.note_once(Severity::info, "time_of_receipt", "Nothing says when; the time of receipt stands for it.", at);
  Instant instant;
  instant.micros = received_us_;
  return {instant, true};
}

}  // namespace fairway::gateway::cargo_imp
