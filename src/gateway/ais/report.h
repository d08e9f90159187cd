// What AIS messages say of a ship, as typed values: its position, and itself with its voyage. Nothing is allocated for them.
//
// Values; any thread. What is not available stays the value that M.1371 gives it, and has_…() says so.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <variant>

#include "gateway/ais/bits.h"

namespace fairway::gateway::ais {

inline constexpr int32_t kPerDegree = 600'000;  // of longitudes and latitudes: 1/10,000 minute

// Types 1, 2, 3, 9, 18, 19 and 27.
struct PositionReport {
  static constexpr uint16_t kNoSpeed = 1023, kNoCourse = 3600, kNoHeading = 511;
  static constexpr uint8_t kNoStatus = 15;
  uint8_t type = 0;
  uint8_t status = kNoStatus;     // navigational, M.1371 table 48
  uint8_t second = 60;            // of UTC, when it was taken; from 60 on: not available
  bool accurate = false;          // better than 10 m
  int8_t turn = -128;             // the indicator's value: 4.733 times the root of degrees a minute
  uint16_t speed = kNoSpeed;      // 0.1 knots over ground; 1022: that or faster
  uint16_t course = kNoCourse;    // 0.1 degrees over ground
  uint16_t heading = kNoHeading;  // degrees, true
  uint32_t mmsi = 0;
  int32_t longitude = 181 * kPerDegree, latitude = 91 * kPerDegree;
  // Whether there is a position at all: on the globe, and not "not available".
  [[nodiscard]] bool has_position() const;
  [[nodiscard]] double longitude_degrees() const { return static_cast<double>(longitude) / kPerDegree; }
  [[nodiscard]] double latitude_degrees() const { return static_cast<double>(latitude) / kPerDegree; }
  friend bool operator==(const PositionReport&, const PositionReport&) = default;
};

// Text of at most N characters.
template <size_t N>
struct ShortText {
  std::array<char, N> characters{};
  uint8_t size = 0;
  [[nodiscard]] std::string_view view() const { return {characters.data(), size}; }
  friend bool operator==(const ShortText& a, const ShortText& b) { return a.view() == b.view(); }
};

// Types 5, 19 and 24: whichever they say.
struct ShipReport {
  uint8_t type = 0;
  uint8_t ship_type = 0;
  uint8_t draught = 0;  // 0.1 m
  // Of the arrival: month and day 0, hour 24 and minute 60 are not available. There is no year.
  uint8_t eta_month = 0, eta_day = 0, eta_hour = 24, eta_minute = 60;
  uint32_t mmsi = 0;
  uint32_t imo = 0;               // 0: not available
  uint16_t length = 0, beam = 0;  // metres
  ShortText<7> call_sign;
  ShortText<20> name, destination;
  friend bool operator==(const ShipReport&, const ShipReport&) = default;
};

// Nothing for all other messages, and for those whose length is wrong. Of a type 19 the position.
using Report = std::variant<std::monostate, PositionReport, ShipReport>;
[[nodiscard]] Report report_of(const Bits& bits);

}  // namespace fairway::gateway::ais
