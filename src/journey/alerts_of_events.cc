// Alerts that single happenings make: late against plan, limits broken, held.
#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "journey/alert_finders.h"

namespace fairway::journey {
namespace {

constexpr int kStepMax = 16;

bool on_water(TransportMode mode) { return mode == TransportMode::vessel || mode == TransportMode::barge; }

// The plan that counts: of those that nobody has renewed, the one said last.
std::optional<size_t> plan_of(const Journey& journey, const MilestoneGroup& group) {
  std::optional<size_t> plan;
  const auto said = [&](size_t claim) { return std::tuple(journey.claims[claim].said_us(), claim); };
  for (const size_t claim : group.planned)
    if (journey.claims[claim].status == ClaimStatus::current && (!plan || said(*plan) < said(claim))) plan = claim;
  return plan;
}

int64_t tolerance_of(const AlertSearch& search, const MilestoneGroup& group, const Event& plan) {
  TransportMode mode = plan.transport.mode;
  if (group.leg > 0) mode = search.journey.legs[static_cast<size_t>(group.leg) - 1].mode;
  const bool of_a_carrier = !group.transport.empty() || group.milestone == Milestone::loaded || group.milestone == Milestone::discharged;
  const bool sea = on_water(mode) || (mode == TransportMode::unknown && of_a_carrier);
  return sea ? search.settings.late_sea_us : search.settings.late_other_us;
}

// What comes after a departure or an arrival of the cargo itself, as in the air.
constexpr std::array kLater = {Milestone::arrived,     Milestone::discharged, Milestone::received_in_transfer,
                               Milestone::transferred, Milestone::gate_out,   Milestone::dropped_off,
                               Milestone::stripped,    Milestone::delivered};

// Whether something has happened to the same subject that comes after what was planned: then it was only never told. That a vessel left
// the port before it is not that.
bool is_passed(const AlertSearch& search, const MilestoneGroup& waiting, const Event& plan) {
  const int planned_stage = stage(plan.milestone, plan.equipment.load);
  return std::ranges::any_of(search.journey.milestones, [&](const MilestoneGroup& other) {
    if (other.actual.empty() || AlertSearch::subject_of(other) != AlertSearch::subject_of(waiting)) return false;
    const Event& fact = search.first_actual(other);
    if (fact.occurred < plan.occurred) return false;
    if (waiting.transport.empty() && planned_stage != 0) return stage(fact.milestone, fact.equipment.load) > planned_stage;
    if (waiting.transport.empty()) return std::ranges::find(kLater, fact.milestone) != kLater.end();
    return other.milestone == Milestone::arrived ||
           (other.milestone == Milestone::departed && other.place.unlocode == waiting.place.unlocode);
  });
}

// How often the tolerance has doubled; lateness is beyond it.
int step_of(int64_t late_us, int64_t tolerance_us) {
  int step = 0;
  while (step < kStepMax && late_us > tolerance_us << (step + 1)) ++step;
  return step;
}

// When the next step is reached by time alone.
int64_t next_step_us(int64_t planned_us, int64_t tolerance_us, int64_t past_us) {
  for (int step = 0; step <= kStepMax; ++step)
    if (const int64_t at_us = planned_us + (tolerance_us << step); at_us >= past_us) return at_us + 1;
  return INT64_MAX;
}

struct Lateness {
  Instant found;
  Reason reason = Reason::silent;
};

// The latest that is known of it: when it happened, when it is said to happen, or that it has not happened by now.
Lateness latest_of(const AlertSearch& search, const MilestoneGroup& group, size_t plan) {
  const Event& planned = search.event(plan);
  if (!group.actual.empty()) return {search.first_actual(group).occurred, Reason::happened_late};
  Lateness late{planned.occurred, Reason::silent};
  if (group.latest_estimate) {
    const Claim& estimate = search.journey.claims[*group.latest_estimate];
    const bool renewed =
        estimate.sender == search.journey.claims[plan].sender && estimate.said_us() < search.journey.claims[plan].said_us();
    if (!renewed) late = {estimate.event.occurred, Reason::estimated_late};
  }
  if (late.found.micros >= search.now_us || is_passed(search, group, planned)) return late;
  Instant now{.micros = search.now_us, .offset_minutes = planned.occurred.offset_minutes};
  return {now, Reason::silent};
}

void judge_late(const AlertSearch& search, const MilestoneGroup& group) {
  const std::optional<size_t> plan = plan_of(search.journey, group);
  if (!plan) return;
  const Event& planned = search.event(*plan);
  const int64_t tolerance_us = tolerance_of(search, group, planned);
  const Lateness late = latest_of(search, group, *plan);
  const bool open = group.actual.empty();
  if (open && search.now_us - planned.occurred.micros > kForgottenUs) return;
  if (open && !is_passed(search, group, planned))
    search.look_again(next_step_us(planned.occurred.micros, tolerance_us, std::max(search.now_us, late.found.micros)));
  const int64_t late_us = late.found.micros - planned.occurred.micros;
  if (late_us <= tolerance_us) return;
  Alert alert{.kind = AlertKind::late,
              .reason = late.reason,
              .subject = AlertSearch::subject_of(group),
              .milestone = group.milestone,
              .place = group.place,
              .planned = planned.occurred,
              .found = late.found,
              .apart_us = late_us};
  alert.step = step_of(late_us, tolerance_us);
  alert.severity = alert.step >= 2 ? Severity::critical : Severity::warning;
  alert.over = !open;
  alert.evidence = {*plan};
  if (!open) alert.evidence.push_back(group.actual.front());
  if (open && group.latest_estimate) alert.evidence.push_back(*group.latest_estimate);
  search.add(std::move(alert), group.planned);
}

std::string limits_text(const Reading& reading) {
  const std::string unit = reading.unit == "CEL" ? "°C" : reading.unit == "P1" ? "%" : reading.unit;
  const auto number = [&](double value) { return fmt::format("{:g} {}", value, unit); };
  if (reading.low && reading.high) return fmt::format("{} ({} – {})", number(reading.value), number(*reading.low), number(*reading.high));
  if (reading.low) return fmt::format("{} (≥ {})", number(reading.value), number(*reading.low));
  if (reading.high) return fmt::format("{} (≤ {})", number(reading.value), number(*reading.high));
  return number(reading.value);
}

bool is_beyond(const Reading& reading) {
  return (reading.low && reading.value < *reading.low) || (reading.high && reading.value > *reading.high);
}

// The worst reading: furthest from its limits.
const Reading* worst_of(const std::vector<Reading>& readings) {
  const auto beyond = [](const Reading& reading) {
    const double above = reading.high ? reading.value - *reading.high : 0, below = reading.low ? *reading.low - reading.value : 0;
    return std::max({above, below, 0.0});
  };
  const auto worst = std::ranges::max_element(readings, {}, beyond);
  return worst == readings.end() || !is_beyond(*worst) ? nullptr : &*worst;
}

Milestone release_of(Milestone hold) {
  return hold == Milestone::document_held ? Milestone::document_released : Milestone::customs_released;
}

bool places_agree(const Place& a, const Place& b) { return a.unlocode.empty() || b.unlocode.empty() || a.unlocode == b.unlocode; }

// Until when everything held has been let go: the last release, or that the container has left by the gate.
int64_t released_until(const AlertSearch& search, const MilestoneGroup& hold) {
  int64_t until_us = INT64_MIN;
  for (const MilestoneGroup& group : search.journey.milestones) {
    if (AlertSearch::subject_of(group) != AlertSearch::subject_of(hold) || !places_agree(group.place, hold.place)) continue;
    const bool left =
        hold.milestone == Milestone::customs_held && (group.milestone == Milestone::gate_out || group.milestone == Milestone::picked_up);
    if (group.milestone != release_of(hold.milestone) && !left) continue;
    for (const size_t claim : group.actual) until_us = std::max(until_us, search.event(claim).occurred.micros);
  }
  return until_us;
}

}  // namespace

void find_late(const AlertSearch& search) {
  for (const MilestoneGroup& group : search.journey.milestones)
    if (!group.planned.empty() && row(group.milestone).type != EventType::shipment) judge_late(search, group);
}

void find_excursions(const AlertSearch& search) {
  for (size_t i = 0; i < search.journey.claims.size(); ++i) {
    const Claim& claim = search.journey.claims[i];
    if (claim.event.milestone != Milestone::excursion || claim.event.classifier != Classifier::actual || !claim.stands()) continue;
    Alert alert{.kind = AlertKind::temperature,
                .reason = Reason::excursion,
                .severity = Severity::critical,
                .milestone = Milestone::excursion,
                .place = claim.event.place,
                .found = claim.event.occurred};
    const Reference* box = claim.event.reference(ReferenceKind::equipment);
    alert.subject = box != nullptr ? box->value() : claim.event.references.empty() ? std::string() : claim.event.references.front().value();
    if (const Reading* worst = worst_of(claim.event.readings)) alert.detail = worst->kind + " " + limits_text(*worst);
    if (alert.detail.empty() && !claim.event.readings.empty())
      alert.detail = claim.event.readings.front().kind + " " + limits_text(claim.event.readings.front());
    alert.over = true;
    alert.evidence = {i};
    search.add(std::move(alert), {i});
  }
}

void find_holds(const AlertSearch& search) {
  for (const MilestoneGroup& group : search.journey.milestones) {
    if (group.actual.empty() || (group.milestone != Milestone::customs_held && group.milestone != Milestone::document_held)) continue;
    const int64_t released_us = released_until(search, group);
    std::vector<size_t> holds;  // a paper that is held again after its release is one group still
    for (const size_t claim : group.actual)
      if (search.event(claim).occurred.micros > released_us) holds.push_back(claim);
    if (holds.empty()) continue;
    const Event& first = search.event(holds.front());
    Alert alert{.kind = AlertKind::hold,
                .reason = Reason::held,
                .severity = Severity::critical,
                .subject = AlertSearch::subject_of(group),
                .milestone = group.milestone,
                .place = first.place,
                .found = first.occurred,
                .detail = first.reason};
    alert.evidence = holds;
    search.add(std::move(alert), holds);
  }
}

// A declaration stands under each container that it is of, and is one fact.
void find_filings(const AlertSearch& search) {
  std::map<std::pair<std::string, std::string>, std::vector<size_t>> found;  // by form and number
  for (const CustomsStatus& status : search.journey.customs)
    for (const CustomsPaper& paper : status.papers)
      if (paper.stands.state == CustomsState::queried || paper.stands.state == CustomsState::rejected)
        found[{paper.form, paper.number}].push_back(paper.stands.claim);
  for (auto& [paper, claims] : found) {
    std::ranges::sort(claims);
    claims.erase(std::ranges::unique(claims).begin(), claims.end());
    const Event& first = search.event(claims.front());
    const bool is_query = first.milestone == Milestone::declaration_queried || first.milestone == Milestone::document_pending_update;
    Alert alert{.kind = AlertKind::filing,
                .reason = is_query ? Reason::filing_queried : Reason::filing_rejected,
                .severity = Severity::critical,
                .subject = paper.second.empty() ? paper.first : paper.second,
                .milestone = first.milestone,
                .place = first.place,
                .found = first.occurred,
                .detail = first.remark.empty() ? paper.first : first.remark};
    if (alert.subject.empty() && !first.references.empty()) alert.subject = first.references.front().value();
    alert.evidence = claims;
    search.add(std::move(alert), claims);
  }
}

}  // namespace fairway::journey
