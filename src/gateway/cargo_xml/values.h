// Values: places, times, quantities and flights of the texts of Cargo-XML. What cannot be read is reported through Claims.
//
// Times are local to their place where they state no offset: in the zone of the airport where it is known, else in UTC, which is said.
// Not thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "gateway/air/told.h"
#include "gateway/cargo_xml/deviation.h"
#include "gateway/cargo_xml/view.h"

namespace fairway::gateway::cargo_xml {

// An airport by its IATA code, or a place by its UN/LOCODE.
struct Location {
  Place place;
  std::string_view zone;  // "" where it is not known
};
[[nodiscard]] Location location_of(std::string_view id);

class Values {
 public:
  Values(air::Claims& claims, int64_t received_us) : claims_(claims), received_us_(received_us) {}

  // The time of a field at a place; nothing, with a diagnostic, where it is none.
  [[nodiscard]] std::optional<Instant> instant(const View& view, std::string_view field, const Location& location);
  // The same as a time of a flight; its classifier by the field `type` (A, E, S), else planned.
  [[nodiscard]] std::optional<air::FlightTime> flight_time(const View& view, std::string_view field, std::string_view type,
                                                           Milestone milestone, const Location& location);
  // When the message was written: by its header, else when it was received.
  [[nodiscard]] air::Written written(const View& message);

  // Pieces, weight and volume of a consignment or of a part of it.
  [[nodiscard]] CargoFacts cargo(const View& view);

  // "PMC12345CX" of its type, serial number and owner; added to `references`.
  void add_unit(std::vector<Reference>& references, const View& unit);
  // What a customs note refers to.
  void add_notes(std::vector<Reference>& references, const View& view);

 private:
  std::optional<uint32_t> count(const View& view, std::string_view field);
  std::optional<double> measure(const View& view, std::string_view field,
                                std::optional<double> (*convert)(std::string_view amount, std::string_view unit));

  // Once a place, however often the mappers ask.
  void note_at(Deviation deviation, const air::Origin& at, std::string_view detail);

  air::Claims& claims_;
  int64_t received_us_;
  std::unordered_set<uint64_t> said_;
};

// The local date of a time at a place.
[[nodiscard]] CivilTime local_date(const Instant& instant, const Location& location);

// The flight of a movement: "CX831", or the number of one with its carrier beside it.
[[nodiscard]] std::optional<air::Flight> flight_of(const View& movement);

}  // namespace fairway::gateway::cargo_xml
