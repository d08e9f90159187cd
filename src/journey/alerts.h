// Alerts: what of a journey somebody should be told without asking: late, connection missed, limits broken, held, free time running out,
// no longer moving, where nobody planned it to be, queried or rejected by an authority; to be filed soon, or late.
//
// Found in one viewer's journey, so that nothing the viewer does not see has an influence. An alert is of a fact, and a fact is known
// again by the claims that make it one: by whoever sent the plan and its id, never by the value of an estimate. The same claims give the
// same alerts in whatever order they came. Pure; any thread. docs/reference/alerts.md has the rules in words.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "journey/journey.h"

namespace fairway::journey {

enum class AlertKind : uint8_t { late, missed_connection, temperature, hold, free_time, stopped, unexpected_place, filing, deadline };
inline constexpr size_t kAlertKinds = 9;
[[nodiscard]] std::string_view name(AlertKind kind);
[[nodiscard]] Result<AlertKind> alert_kind_from(std::string_view name);

enum class Severity : uint8_t { notice, warning, critical };
[[nodiscard]] std::string_view name(Severity severity);

// Why, to the point: what the text of an alert is chosen by (alert_text.h).
enum class Reason : uint8_t {
  estimated_late,    // the latest estimate is later than the plan
  happened_late,     // it happened later than planned
  silent,            // it should have happened, and nobody says that it did
  arrives_too_late,  // for the carriage that follows
  left_without,      // the carriage that follows has left, and nobody says that the cargo is aboard
  excursion,
  held,
  free_time_ends,
  free_time_over,
  no_movement,
  other_discharge_port,
  unplanned_place,
  filing_queried,
  filing_rejected,
  deadline_near,  // found by exchange/filing/deadline_watch.h, which knows what is still to be lodged
  deadline_passed,
};
[[nodiscard]] std::string_view name(Reason reason);

// From when something is worth an alert; a rule of the party's may have others. Microseconds.
struct AlertSettings {
  static constexpr int64_t kHour = 3'600'000'000;
  uint32_t kinds = (1u << kAlertKinds) - 1;              // a bit a kind
  int64_t late_sea_us = 6 * kHour;                       // of a vessel or barge, and of loading and discharging one
  int64_t late_other_us = 1 * kHour;                     // of everything else
  std::optional<int> free_days;                          // of storage, counted from the day after the discharge; none: nobody knows
  std::map<std::string, int, std::less<>> free_days_at;  // the same by Place::key() or UN/LOCODE, of which the nearer one counts
  int64_t free_warning_us = 48 * kHour;                  // before free time ends
  int64_t stopped_land_us = 48 * kHour;
  int64_t stopped_other_us = 120 * kHour;
};

[[nodiscard]] inline bool wants(const AlertSettings& settings, AlertKind kind) {
  return (settings.kinds >> static_cast<unsigned>(kind) & 1u) != 0;
}

struct Alert {
  AlertKind kind = AlertKind::late;
  Reason reason = Reason::estimated_late;
  Severity severity = Severity::warning;
  std::string subject;  // the container, paper or vessel
  Milestone milestone = Milestone::arrived;
  Place place;                            // where it is, or happens
  Place instead;                          // where it was planned
  std::optional<Instant> planned, found;  // what is compared
  int64_t apart_us = 0;                   // by how much
  std::string detail;                     // a reading and its limits, the carriage that is missed
  std::vector<size_t> evidence;           // of the journey's claims, at most limits::kAlertEvidenceMax
  // Keys of the fact: two alerts that share one are of one fact, which is told again only at a higher step.
  std::vector<std::string> facts;
  int step = 0;
  bool over = false;  // it has happened and ended: news only where a claim of the evidence is
};

struct AlertsFound {
  std::vector<Alert> alerts;         // by kind, then subject
  int64_t next_look_us = INT64_MAX;  // when time alone could make another one
};
[[nodiscard]] AlertsFound find_alerts(const Journey& journey, const AlertSettings& settings, int64_t now_us);

}  // namespace fairway::journey
