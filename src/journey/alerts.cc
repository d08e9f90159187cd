#include "journey/alerts.h"

#include <fmt/format.h>

#include <array>
#include <tuple>

#include "base/bytes.h"
#include "journey/alert_finders.h"

namespace fairway::journey {
namespace {

constexpr std::array<std::string_view, kAlertKinds> kKinds = {"late",    "missed_connection", "temperature", "hold",    "free_time",
                                                              "stopped", "unexpected_place",  "filing",      "deadline"};
constexpr std::array<std::string_view, 3> kSeverities = {"notice", "warning", "critical"};
constexpr std::array<std::string_view, 16> kReasons = {
    "estimated_late", "happened_late",   "silent",         "arrives_too_late", "left_without",         "excursion",
    "held",           "free_time_ends",  "free_time_over", "no_movement",      "other_discharge_port", "unplanned_place",
    "filing_queried", "filing_rejected", "deadline_near",  "deadline_passed"};

}  // namespace

std::string_view name(AlertKind kind) { return kKinds.at(static_cast<size_t>(kind)); }
std::string_view name(Severity severity) { return kSeverities.at(static_cast<size_t>(severity)); }
std::string_view name(Reason reason) { return kReasons.at(static_cast<size_t>(reason)); }

Result<AlertKind> alert_kind_from(std::string_view text) {
  const auto* const found = std::ranges::find(kKinds, text);
  if (found == kKinds.end())
    return fail(Code::invalid, "not a kind of alert", legible(text),
                "late, missed_connection, temperature, hold, free_time, stopped, unexpected_place, filing or deadline");
  return static_cast<AlertKind>(found - kKinds.begin());
}

void AlertSearch::add(Alert alert, const std::vector<size_t>& anchors) const {
  if (found.alerts.size() >= limits::kAlertsPerJourneyMax) return;
  for (const size_t anchor : anchors) {
    const Claim& claim = journey.claims[anchor];
    alert.facts.push_back(
        fmt::format("{}|{}|{}|{}|{}", name(alert.kind), alert.subject, name(alert.milestone), claim.sender, claim.event.id));
  }
  std::ranges::sort(alert.facts);
  alert.facts.erase(std::ranges::unique(alert.facts).begin(), alert.facts.end());
  if (alert.facts.size() > limits::kAlertFactsMax) alert.facts.resize(limits::kAlertFactsMax);
  std::ranges::sort(alert.evidence);
  alert.evidence.erase(std::ranges::unique(alert.evidence).begin(), alert.evidence.end());
  if (alert.evidence.size() > limits::kAlertEvidenceMax) alert.evidence.resize(limits::kAlertEvidenceMax);
  found.alerts.push_back(std::move(alert));
}

AlertsFound find_alerts(const Journey& journey, const AlertSettings& settings, int64_t now_us) {
  AlertsFound found;
  const AlertSearch search{journey, settings, now_us, found};
  // By kind; what is still to be filed is in no journey.
  constexpr std::array<void (*)(const AlertSearch&), kAlertKinds - 1> kFinders = {
      find_late, find_missed_connections, find_excursions, find_holds, find_free_time, find_stopped, find_unexpected_places, find_filings};
  for (size_t i = 0; i < kFinders.size(); ++i)
    if (wants(settings, static_cast<AlertKind>(i))) kFinders[i](search);
  std::ranges::stable_sort(found.alerts, {}, [](const Alert& alert) { return std::tie(alert.kind, alert.subject, alert.facts); });
  return found;
}

}  // namespace fairway::journey
