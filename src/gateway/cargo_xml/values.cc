#include "gateway/cargo_xml/values.h"

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "base/zone.h"
#include "gateway/air/airport.h"
#include "gateway/air/units.h"

namespace fairway::gateway::cargo_xml {
namespace {

constexpr size_t kDateCharacters = 10;  // "2026-11-23"

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Location location_of(std::string_view id) {
  constexpr size_t kLocode = 5;
  Location location;
  const std::string code = to_upper(trim(id));
  if (code.size() == kLocode && is_unlocode_form(code)) {
    location.place.unlocode = code;
    const air::Airport* airport = air::find_airport(air::iata_of(location.place));
    location.zone = airport == nullptr ? zone_of(code) : airport->zone;
    return location;
  }
  location.place = air::place_of_airport(code);
  if (const air::Airport* airport = air::find_airport(code)) location.zone = airport->zone;
  return location;
}

CivilTime local_date(const Instant& instant, const Location& location) {
  int offset = instant.offset_minutes;
  if (!location.zone.empty()) offset = offset_minutes_at(instant.micros, location.zone).value_or(offset);
  const CivilTime local = civil_of(instant.micros, offset);
  return {local.year, local.month, local.day};
}

std::optional<air::Flight> flight_of(const View& movement) {
  const std::string_view id = movement.text("flight");
  if (auto flight = air::read_flight(id)) return flight;
  if (id.empty() || !is_digit(id.front())) return std::nullopt;
  return air::read_flight(std::string(movement.text("carrier")) + std::string(id));
}

std::optional<Instant> Values::instant(const View& view, std::string_view field, const Location& location) {
  const std::string_view text = view.text(field);
  if (text.empty()) return std::nullopt;
  const bool is_date = text.size() == kDateCharacters;
  auto parsed = parse_rfc3339(is_date ? std::string(text) + "T00:00:00" : std::string(text));
  if (!parsed) {
    note_at(Deviation::bad_time, view.origin(field), text);
    return std::nullopt;
  }
  if (is_date)
    claims_.note_once(Severity::info, "no_time_of_day", "A date has no time of day; the day's beginning stands for it.",
                      view.origin(field));
  if (parsed->zone != ZoneSource::assumed) return *std::move(parsed);
  const int64_t fraction = parsed->micros % 1'000'000;
  const auto placed = location.zone.empty() ? Result<Instant>(*parsed) : instant_in_zone(civil_of(parsed->micros, 0), location.zone);
  if (!placed || placed->zone == ZoneSource::assumed) {
    claims_.note_once(Severity::info, "zone_assumed", "The zone of a place is not known; UTC was assumed.", view.origin(field));
    return *std::move(parsed);
  }
  Instant instant = *placed;
  instant.micros += fraction > 0 ? fraction : 0;
  instant.text = text;
  return instant;
}

std::optional<air::FlightTime> Values::flight_time(const View& view, std::string_view field, std::string_view type, Milestone milestone,
                                                   const Location& location) {
  auto occurred = instant(view, field, location);
  if (!occurred) return std::nullopt;
  const auto classifier = air::classifier_of_time(view.text(type));
  return air::FlightTime{milestone, classifier.value_or(Classifier::planned), *std::move(occurred), location.place};
}

air::Written Values::written(const View& message) {
  if (auto stated = instant(message, "written", {})) return {*std::move(stated), false};
  claims_.note_once(Severity::info, "time_of_receipt", "Nothing says when; the time of receipt stands for it.", message.origin());
  Instant received;
  received.micros = received_us_;
  return {received, true};
}

void Values::note_at(Deviation deviation, const air::Origin& at, std::string_view detail) {
  if (said_.insert(at.offset).second) note(claims_, deviation, at, detail);
}

std::optional<uint32_t> Values::count(const View& view, std::string_view field) {
  const std::string_view text = view.text(field);
  if (text.empty()) return std::nullopt;
  const auto number = air::read_number(text);
  constexpr double kMax = 4e9;
  if (number && *number >= 0 && *number <= kMax && std::floor(*number) == *number) return static_cast<uint32_t>(*number);
  note_at(Deviation::number_form, view.origin(field), text);
  return std::nullopt;
}

std::optional<double> Values::measure(const View& view, std::string_view field,
                                      std::optional<double> (*convert)(std::string_view amount, std::string_view unit)) {
  const Element* element = view.field(field);
  if (element == nullptr) return std::nullopt;
  const auto number = air::read_number(element->text);
  if (!number || *number < 0) {
    note_at(Deviation::number_form, view.origin(field), element->text);
    return std::nullopt;
  }
  const auto value = convert(element->text, element->attribute("unitCode"));
  if (!value) note_at(Deviation::unit_unknown, view.origin(field), element->attribute("unitCode"));
  return value;
}

CargoFacts Values::cargo(const View& view) {
  CargoFacts cargo;
  cargo.pieces = count(view, "pieces");
  cargo.total_pieces = count(view, "total_pieces");
  // A manifest and a waybill state one count, as the total; it is the whole unless the consignment is said to be split.
  const std::string_view split = view.text("split");
  if (!cargo.pieces && cargo.total_pieces) {
    cargo.pieces = cargo.total_pieces;
    if (!split.empty() && split != "T") cargo.total_pieces.reset();
  } else if (cargo.pieces && !cargo.total_pieces && split == "T") {
    cargo.total_pieces = cargo.pieces;
  }
  cargo.gross_kg = measure(view, "weight", air::kilograms);
  cargo.volume_m3 = measure(view, "volume", air::cubic_metres);
  return cargo;
}

void Values::add_unit(std::vector<Reference>& references, const View& unit) {
  const std::string_view serial = unit.text("serial"), type = unit.text("type"), owner = unit.text("owner");
  if (serial.empty() && type.empty()) return;
  constexpr size_t kShortest = 8;  // type, four digits, owner's first
  const bool is_whole = serial.size() >= kShortest && !is_digit(serial.front()) && !is_digit(serial.back());
  if (is_whole) return claims_.add_reference(references, ReferenceKind::unit_load_device, serial, unit.origin());
  if (serial.empty() || type.empty() || owner.empty())
    return note_at(Deviation::unit_load_device_incomplete, unit.origin(), std::string(type) + std::string(serial));
  claims_.add_reference(references, ReferenceKind::unit_load_device, std::string(type) + std::string(serial) + std::string(owner),
                        unit.origin());
}

void Values::add_notes(std::vector<Reference>& references, const View& view) {
  for (const View& found : view.all("note"))
    if (const auto kind = air::customs_reference(found.text("subject"), found.text("control")))
      claims_.add_reference(references, *kind, found.text("content"), found.origin("content"));
}

}  // namespace fairway::gateway::cargo_xml
