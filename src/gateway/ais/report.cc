#include "gateway/ais/report.h"

#include <algorithm>

namespace fairway::gateway::ais {
namespace {

constexpr uint16_t kNone = 0xFFFF;

// Where a type keeps what all position reports have. Kinds of units that differ: type 9 has whole knots, type 27 whole knots, whole
// degrees and tenths of a minute.
struct PositionRow {
  uint8_t type = 0;
  uint16_t bits_min = 0;
  uint16_t status, turn, speed, accuracy, longitude, latitude, course, heading, second;
  uint8_t speed_bits = 10, course_bits = 12, longitude_bits = 28, latitude_bits = 27;
  uint16_t speed_unit = 1, course_unit = 1;  // in tenths
  int32_t coordinate_unit = 1;
  uint16_t no_speed = PositionReport::kNoSpeed, no_course = PositionReport::kNoCourse;
};
constexpr PositionRow kClassA{0, 163, 38, 42, 50, 60, 61, 89, 116, 128, 137};
constexpr PositionRow kAircraft{9, 168, kNone, kNone, 50, 60, 61, 89, 116, kNone, 128, 10, 12, 28, 27, 10};
constexpr PositionRow kClassB{0, 168, kNone, kNone, 46, 56, 57, 85, 112, 124, 133};
constexpr PositionRow kLongRange{27, 96, 40, kNone, 79, 38, 44, 62, 85, kNone, kNone, 6, 9, 18, 17, 10, 10, 1'000, 63, 511};

constexpr std::array<const PositionRow*, 64> make_rows() {
  std::array<const PositionRow*, 64> rows{};
  rows[1] = rows[2] = rows[3] = &kClassA;
  rows[9] = &kAircraft;
  rows[18] = rows[19] = &kClassB;
  rows[27] = &kLongRange;
  return rows;
}
constexpr std::array<const PositionRow*, 64> kRows = make_rows();

// Where a type keeps what is said of the ship; text starts and lengths in bits.
struct ShipRow {
  uint8_t type = 0;
  uint16_t bits_min = 0;
  uint16_t imo = kNone, call_sign = kNone, name = kNone, ship_type = kNone, dimensions = kNone, eta = kNone, draught = kNone,
           destination = kNone;
};
constexpr ShipRow kVoyage{5, 420, 40, 70, 112, 232, 240, 274, 294, 302};
constexpr ShipRow kStaticA{.type = 24, .bits_min = 160, .name = 40};
constexpr ShipRow kStaticB{.type = 24, .bits_min = 168, .call_sign = 90, .ship_type = 40, .dimensions = 132};

PositionReport position_of(const Bits& bits, const PositionRow& row, uint8_t type) {
  PositionReport report;
  report.type = type;
  report.mmsi = static_cast<uint32_t>(bits.number(8, 30));
  const auto speed = static_cast<uint16_t>(bits.number(row.speed, row.speed_bits));
  report.speed =
      speed == row.no_speed ? PositionReport::kNoSpeed : std::min<uint16_t>(speed * row.speed_unit, PositionReport::kNoSpeed - 1);
  const auto course = static_cast<uint16_t>(bits.number(row.course, row.course_bits));
  report.course = course == row.no_course ? PositionReport::kNoCourse : static_cast<uint16_t>(course * row.course_unit);
  report.accurate = bits.flag(row.accuracy);
  report.longitude = static_cast<int32_t>(bits.signed_number(row.longitude, row.longitude_bits)) * row.coordinate_unit;
  report.latitude = static_cast<int32_t>(bits.signed_number(row.latitude, row.latitude_bits)) * row.coordinate_unit;
  if (row.status != kNone) report.status = static_cast<uint8_t>(bits.number(row.status, 4));
  if (row.turn != kNone) report.turn = static_cast<int8_t>(bits.signed_number(row.turn, 8));
  if (row.heading != kNone) report.heading = static_cast<uint16_t>(bits.number(row.heading, 9));
  if (row.second != kNone) report.second = static_cast<uint8_t>(bits.number(row.second, 6));
  return report;
}

template <size_t N>
void read_text(const Bits& bits, uint16_t at, ShortText<N>& text) {
  if (at == kNone) return;
  for (size_t i = 0; i < N && at + i * 6 < bits.size(); ++i) {
    const uint64_t six = bits.number(at + i * 6, 6);
    if (six == 0) break;
    text.characters[i] = static_cast<char>(six < 32 ? six + '@' : six);
    if (six != ' ') text.size = static_cast<uint8_t>(i + 1);
  }
}

ShipReport ship_of(const Bits& bits, const ShipRow& row) {
  ShipReport report;
  report.type = row.type;
  report.mmsi = static_cast<uint32_t>(bits.number(8, 30));
  if (row.imo != kNone) report.imo = static_cast<uint32_t>(bits.number(row.imo, 30));
  if (row.ship_type != kNone) report.ship_type = static_cast<uint8_t>(bits.number(row.ship_type, 8));
  if (row.dimensions != kNone) {
    report.length = static_cast<uint16_t>(bits.number(row.dimensions, 9) + bits.number(row.dimensions + 9, 9));
    report.beam = static_cast<uint16_t>(bits.number(row.dimensions + 18, 6) + bits.number(row.dimensions + 24, 6));
  }
  if (row.eta != kNone) {
    report.eta_month = static_cast<uint8_t>(bits.number(row.eta, 4));
    report.eta_day = static_cast<uint8_t>(bits.number(row.eta + 4, 5));
    report.eta_hour = static_cast<uint8_t>(bits.number(row.eta + 9, 5));
    report.eta_minute = static_cast<uint8_t>(bits.number(row.eta + 14, 6));
  }
  if (row.draught != kNone) report.draught = static_cast<uint8_t>(bits.number(row.draught, 8));
  read_text(bits, row.call_sign, report.call_sign);
  read_text(bits, row.name, report.name);
  read_text(bits, row.destination, report.destination);
  return report;
}

}  // namespace

bool PositionReport::has_position() const {
  return longitude >= -180 * kPerDegree && longitude <= 180 * kPerDegree && latitude >= -90 * kPerDegree && latitude <= 90 * kPerDegree;
}

Report report_of(const Bits& bits) {
  const auto type = static_cast<uint8_t>(bits.number(0, 6));
  if (const PositionRow* row = kRows[type]; row != nullptr) {
    if (bits.size() < row->bits_min) return {};
    return position_of(bits, *row, type);
  }
  const ShipRow* row = type == 5 ? &kVoyage : nullptr;
  if (type == 24) row = bits.number(38, 2) == 0 ? &kStaticA : bits.number(38, 2) == 1 ? &kStaticB : nullptr;
  if (row == nullptr || bits.size() < row->bits_min) return {};
  return ship_of(bits, *row);
}

}  // namespace fairway::gateway::ais
