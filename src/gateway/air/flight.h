// Flight: a carrier's flight number, and the one normal form by which Fairway refers to a flight.
//
// A flight reference is "<carrier><number>/<date>": the two-character designator of the carrier, the number without leading zeros, the
// operational suffix where there is one, and the scheduled date of departure, local, as ISO 8601: "CX831/2026-11-23", "RU7771B/2026-10-12".
// A flight without its date of departure names every day's flight at once; it is no reference. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace fairway::gateway::air {

struct Flight {
  std::string carrier;  // "CX"
  std::string number;   // "831": no leading zeros, suffix included
  [[nodiscard]] bool empty() const { return carrier.empty() || number.empty(); }
  [[nodiscard]] std::string designation() const { return carrier + number; }  // "CX831"
  friend bool operator==(const Flight&, const Flight&) = default;
};

// "CX0831", "SU001", "RU7771B", "N4201"; a blank or hyphen between the two is passed over. Nothing where it is no flight.
[[nodiscard]] std::optional<Flight> read_flight(std::string_view text);

// "CX831/2026-11-23".
[[nodiscard]] std::string flight_reference(const Flight& flight, const CivilTime& departure);

}  // namespace fairway::gateway::air
