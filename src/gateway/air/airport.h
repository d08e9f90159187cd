// Airports: the IATA codes of the main cargo airports with their UN/LOCODEs and time zones.
//
// A small built-in table, because air messages name places by IATA code alone and state times in the airport's own time. An airport that
// is not in it keeps its IATA code as a facility code, and its times are read in UTC and said to be. Pure; any thread.
#pragma once

#include <span>
#include <string_view>

#include "model/place.h"

namespace fairway::gateway::air {

struct Airport {
  std::string_view iata;      // "HKG"
  std::string_view unlocode;  // "HKHKG"
  std::string_view zone;      // IANA: "Asia/Hong_Kong"
};

// Sorted by IATA code.
[[nodiscard]] std::span<const Airport> airports();
// Null where the code is not in the table.
[[nodiscard]] const Airport* find_airport(std::string_view iata);
// The IATA code of an airport's UN/LOCODE; "" where it is not in the table.
[[nodiscard]] std::string_view iata_of(const Place& place);

// By UN/LOCODE where the airport is known, else by its code as a facility of the provider "IATA"; empty for an empty code.
[[nodiscard]] Place place_of_airport(std::string_view iata);

}  // namespace fairway::gateway::air
