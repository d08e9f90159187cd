// The areas of ports as circles, and which of them a position is in. Constant data; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fairway::gateway::ais {

struct PortArea {
  std::string_view unlocode, name;
  double latitude = 0, longitude = 0;  // of its middle, degrees WGS84
  double radius_nm = 0;
};

// From the terminals' places on public charts, wide enough for the berths and not for the anchorages or straits before them.
[[nodiscard]] std::span<const PortArea> port_areas();

// Along the great circle.
[[nodiscard]] double distance_nm(double latitude_a, double longitude_a, double latitude_b, double longitude_b);

// The area that the position is deepest in, or null. A port's radius counts `widened` times.
[[nodiscard]] const PortArea* port_area_at(double latitude, double longitude, double widened = 1);
[[nodiscard]] bool is_within(const PortArea& area, double latitude, double longitude, double widened = 1);

}  // namespace fairway::gateway::ais
