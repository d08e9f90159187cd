// Tracks: which of the many positions of ships are worth an event, and when a ship comes into a port's area or leaves it.
//
// A class A station reports every few seconds. Kept of each ship are its first position, one every so often while it moves, and those
// at which it crosses the edge of a port's area. What cannot be (a jump faster than any ship, a number that is no ship's) is told and
// not kept. Pure: time comes with the reports. Not thread-safe; one per feed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.h"
#include "gateway/ais/port_area.h"
#include "gateway/ais/recent.h"
#include "gateway/ais/report.h"

namespace fairway::gateway::ais {

struct TrackRules {
  int64_t moving_s = 15 * 60;       // a ship under way: one position in this time …
  double moving_nm = 10;            // … or distance, whichever comes first
  int64_t resting_s = 6 * 60 * 60;  // a ship that has not moved by resting_nm since the last that was kept
  double resting_nm = 0.2;
};

// Faster than any ship, with room for clocks that differ.
inline constexpr double kSpeedMaxKnots = 60;

enum class Doubt : uint8_t {
  none,
  number,    // an MMSI that no ship has: 0, 1, 123456789, …
  nowhere,   // no position, or none on the globe
  backward,  // older than what is known already
  jump,      // too far from the last position for the time between
};

struct Step {
  Doubt doubt = Doubt::none;
  double knots = 0;                   // of a jump: the speed that it takes
  bool keep = false;                  // worth an event
  const PortArea* entered = nullptr;  // and not only there when it was first heard
  const PortArea* left = nullptr;
};

// An MMSI that a ship, an aircraft or a boat may have. Other stations' and what is typed where nothing is known are none.
[[nodiscard]] bool is_plausible_mmsi(uint32_t mmsi);

class Tracks {
 public:
  explicit Tracks(TrackRules rules = {}) : rules_(rules) {}
  Step add(const PositionReport& report, int64_t unix_s);
  [[nodiscard]] size_t size() const { return ships_.size(); }

 private:
  struct Fix {
    int64_t unix_s = 0;
    double latitude = 0, longitude = 0;
  };
  struct Ship {
    std::optional<Fix> last, kept;
    std::optional<Fix> strange;  // a jump; the next position tells whether it was right after all
    const PortArea* area = nullptr;
  };
  static double knots_between(const Fix& from, const Fix& to);
  Doubt doubt_about(Ship& ship, const Fix& fix, double& knots) const;
  [[nodiscard]] bool is_due(const Ship& ship, const Fix& fix) const;

  TrackRules rules_;
  Recent<Ship> ships_{limits::kAisStationsMax};
};

}  // namespace fairway::gateway::ais
