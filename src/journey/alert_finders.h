// The finders of alerts, one a kind; private to alerts.cc and its neighbours.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/limits.h"
#include "journey/alerts.h"
#include "journey/derive.h"

namespace fairway::journey {

inline constexpr int64_t kAlertDayUs = 24 * AlertSettings::kHour;
inline constexpr int64_t kForgottenUs = 30 * kAlertDayUs;  // what has been overdue for longer is no news

// What the finders work on.
struct AlertSearch {
  const Journey& journey;
  const AlertSettings& settings;
  const int64_t now_us;
  AlertsFound& found;

  [[nodiscard]] const Event& event(size_t claim) const { return journey.claims[claim].event; }
  [[nodiscard]] const Event& first_actual(const MilestoneGroup& group) const { return event(group.actual.front()); }
  [[nodiscard]] static const std::string& subject_of(const MilestoneGroup& group) {
    if (!group.equipment.empty()) return group.equipment;
    return group.document.empty() ? group.transport : group.document;
  }
  // Of a container, or of cargo that is told by its paper alone.
  [[nodiscard]] static bool is_cargo(const MilestoneGroup& group) {
    return !group.equipment.empty() || (!group.document.empty() && row(group.milestone).type != EventType::shipment);
  }
  void look_again(int64_t at_us) const {
    if (at_us > now_us) found.next_look_us = std::min(found.next_look_us, at_us);
  }
  // `anchors`: the claims that make it this fact and no other.
  void add(Alert alert, const std::vector<size_t>& anchors) const;
};

void find_late(const AlertSearch& search);
void find_missed_connections(const AlertSearch& search);
void find_excursions(const AlertSearch& search);
void find_holds(const AlertSearch& search);
void find_free_time(const AlertSearch& search);
void find_stopped(const AlertSearch& search);
void find_unexpected_places(const AlertSearch& search);
void find_filings(const AlertSearch& search);

}  // namespace fairway::journey
