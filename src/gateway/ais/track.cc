#include "gateway/ais/track.h"

#include <algorithm>

namespace fairway::gateway::ais {
namespace {

// A ship has left an area when it is clearly outside, so that one at its edge does not come and go.
constexpr double kWidenedToLeave = 1.25;
// Positions are seconds old when they are received, by different receivers: so far a ship may seem to jump.
constexpr double kSlackNm = 1;

}  // namespace

bool is_plausible_mmsi(uint32_t mmsi) {
  constexpr uint32_t kTyped[] = {111'111'111, 123'456'789, 999'999'999};
  const bool is_ship = mmsi >= 200'000'000 && mmsi <= 799'999'999;      // MIDxxxxxx
  const bool is_aircraft = mmsi >= 111'000'000 && mmsi <= 111'999'999;  // 111MIDxxx
  const bool is_boat = mmsi >= 980'000'000 && mmsi <= 989'999'999;      // 98MIDxxxx
  return (is_ship || is_aircraft || is_boat) && std::ranges::find(kTyped, mmsi) == std::end(kTyped);
}

Step Tracks::add(const PositionReport& report, int64_t unix_s) {
  if (!is_plausible_mmsi(report.mmsi)) return {.doubt = Doubt::number};
  if (!report.has_position()) return {.doubt = Doubt::nowhere};
  const Fix fix{unix_s, report.latitude_degrees(), report.longitude_degrees()};
  Ship& ship = ships_.at(report.mmsi);
  Step step;
  step.doubt = doubt_about(ship, fix, step.knots);
  if (step.doubt != Doubt::none) return step;
  const bool first = !ship.last;
  ship.last = fix;
  ship.strange.reset();
  const bool still_there = ship.area != nullptr && is_within(*ship.area, fix.latitude, fix.longitude, kWidenedToLeave);
  if (!still_there) {
    const PortArea* now = port_area_at(fix.latitude, fix.longitude);
    const bool same_port = now != nullptr && ship.area != nullptr && now->unlocode == ship.area->unlocode;
    if (!same_port && !first) step.entered = now, step.left = ship.area;
    ship.area = now;
  }
  step.keep = first || step.entered != nullptr || step.left != nullptr || is_due(ship, fix);
  if (step.keep) ship.kept = fix;
  return step;
}

double Tracks::knots_between(const Fix& from, const Fix& to) {
  const double hours = static_cast<double>(std::max<int64_t>(1, to.unix_s - from.unix_s)) / 3600;
  return std::max(0.0, distance_nm(from.latitude, from.longitude, to.latitude, to.longitude) - kSlackNm) / hours;
}

Doubt Tracks::doubt_about(Ship& ship, const Fix& fix, double& knots) const {
  if (!ship.last) return Doubt::none;
  if (fix.unix_s < ship.last->unix_s) return Doubt::backward;
  knots = knots_between(*ship.last, fix);
  if (knots <= kSpeedMaxKnots) return Doubt::none;
  // Two in a row that fit each other: it was the one before that was wrong.
  const bool confirmed = ship.strange && fix.unix_s > ship.strange->unix_s && knots_between(*ship.strange, fix) <= kSpeedMaxKnots;
  if (confirmed) return Doubt::none;
  ship.strange = fix;
  return Doubt::jump;
}

bool Tracks::is_due(const Ship& ship, const Fix& fix) const {
  const double moved = distance_nm(ship.kept->latitude, ship.kept->longitude, fix.latitude, fix.longitude);
  const int64_t since = fix.unix_s - ship.kept->unix_s;
  if (moved < rules_.resting_nm) return since >= rules_.resting_s;
  return since >= rules_.moving_s || moved >= rules_.moving_nm;
}

}  // namespace fairway::gateway::ais
