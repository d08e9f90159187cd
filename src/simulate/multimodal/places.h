// The places that consignments pass on their way from door to door, under their real UN/LOCODEs. Tables; any thread.
#pragma once

#include <span>
#include <string_view>

#include "simulate/geography.h"

namespace fairway::simulate::multimodal {

struct Spot {
  Port port;                       // its facility is "" where it has no code
  std::string_view provider;       // whose facility code it is
  std::string_view iata;           // of an airport
  std::string_view control_point;  // the code of a boundary crossing, as land messages name it
  double latitude = 0, longitude = 0;
};

// Two sides of one crossing.
struct Boundary {
  Spot hong_kong, mainland;
};

[[nodiscard]] std::span<const Spot> ports_before();  // where cargo for Hong Kong is loaded
[[nodiscard]] std::span<const Spot> hub_ports();     // where it changes vessels on its way out
[[nodiscard]] std::span<const Spot> ports_after();   // of discharge, each with the inland terminal and the door of the same index
[[nodiscard]] std::span<const Spot> inland_terminals();
[[nodiscard]] std::span<const Spot> inland_doors();
[[nodiscard]] std::span<const Spot> river_terminals();
[[nodiscard]] std::span<const Boundary> boundaries();
[[nodiscard]] std::span<const Spot> mainland_doors();
[[nodiscard]] std::span<const Spot> hong_kong_doors();
[[nodiscard]] std::span<const Spot> hub_airports();
[[nodiscard]] std::span<const Spot> airports_after();  // each with the door of the same index
[[nodiscard]] std::span<const Spot> airport_doors();
[[nodiscard]] const Spot& air_terminal();  // Hong Kong's
[[nodiscard]] const Spot& warehouse();
[[nodiscard]] const Spot& empty_depot();
// A container terminal of Kwai Tsing, by its index in terminals().
[[nodiscard]] const Spot& quay(size_t terminal);

}  // namespace fairway::simulate::multimodal
