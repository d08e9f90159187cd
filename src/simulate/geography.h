// The ports, river ports and routes of the simulated world, under their real UN/LOCODEs and SMDG terminal codes. Tables; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fairway::simulate {

// Seconds since 1970-01-01T00:00:00Z.
using Seconds = int64_t;
inline constexpr Seconds kMinute = 60, kHour = 3600, kDay = 86400, kWeek = 7 * kDay;

struct Port {
  std::string_view unlocode;
  std::string_view name;
  std::string_view facility;     // SMDG terminal code, "" where the list has none
  std::string_view summer_zone;  // IANA zone where clocks change, "" where the offset always holds
  int offset_minutes;            // standard time
};

struct Leg {
  const Port* port;
  int days;  // before or after Hong Kong
};

// A service's ports before and after Hong Kong.
struct Route {
  std::string_view code;   // in the service's name: "FE"
  char outbound, inbound;  // letters of the voyage numbers
  std::span<const Leg> before, after;
};

[[nodiscard]] const Port& hong_kong();
[[nodiscard]] std::span<const Route> routes();
[[nodiscard]] std::span<const Port> river_ports();

[[nodiscard]] int offset_minutes(const Port& port, Seconds at);

// "202611220830" in the port's own time, as DTM format 203.
[[nodiscard]] std::string local_time(const Port& port, Seconds at);
// "261122:0830" in Hong Kong time, as UNB S004 before syntax version 4.
[[nodiscard]] std::string envelope_time(Seconds at);

}  // namespace fairway::simulate
