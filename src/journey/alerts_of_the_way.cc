// Alerts that the way as a whole makes: a connection missed, free time running out, no movement, a place that nobody planned.
#include <map>
#include <set>

#include "journey/alert_finders.h"

namespace fairway::journey {
namespace {

constexpr int64_t kReportedLateUs = 2 * AlertSettings::kHour;  // a list of what was loaded may come after the vessel left
constexpr int64_t kMinuteUs = 60'000'000;

// The groups of each container, or of cargo without one, in order of time.
std::map<std::string, std::vector<size_t>> cargo_of(const Journey& journey) {
  std::map<std::string, std::vector<size_t>> out;
  for (size_t i = 0; i < journey.milestones.size(); ++i)
    if (AlertSearch::is_cargo(journey.milestones[i])) out[AlertSearch::subject_of(journey.milestones[i])].push_back(i);
  return out;
}

bool carries_on_schedule(TransportMode mode) { return mode != TransportMode::unknown && mode != TransportMode::truck; }

bool is_transport_move(Milestone milestone) {
  return milestone == Milestone::loaded || milestone == Milestone::discharged || milestone == Milestone::arrived ||
         milestone == Milestone::departed || milestone == Milestone::transferred || milestone == Milestone::received_in_transfer;
}

std::string name_of(const Transport& transport) {
  const std::string carrier = transport.vessel_name.empty() ? carrier_of(transport) : transport.vessel_name;
  return transport.voyage.empty() ? carrier : carrier + " " + transport.voyage;
}

// One container's change from a leg to the next at one place.
class Connection {
 public:
  Connection(const AlertSearch& search, const std::vector<size_t>& groups, const Leg& from, const Leg& to)
      : search_(search), groups_(groups), from_(from), to_(to) {}

  void judge() const {
    if (is_aboard()) return;
    const std::vector<size_t> departures = departing_claims();
    if (departures.empty()) return;
    if (to_.departed.actual && !judge_left(departures)) return;
    judge_arrival(departures);
  }

 private:
  [[nodiscard]] const MilestoneGroup& group(size_t index) const { return search_.journey.milestones[index]; }

  // Loaded for the next leg, or already where it leads.
  [[nodiscard]] bool is_aboard() const {
    return std::ranges::any_of(groups_, [&](size_t index) {
      if (group(index).actual.empty() || group(index).leg < to_.number) return false;
      return is_transport_move(group(index).milestone) || group(index).milestone == Milestone::stowed;
    });
  }

  [[nodiscard]] bool is_ours(const MilestoneGroup& one) const {
    return !one.transport.empty() || std::ranges::any_of(groups_, [&](size_t index) { return &group(index) == &one; });
  }

  [[nodiscard]] std::vector<size_t> departing_claims() const {
    std::vector<size_t> out;
    for (const MilestoneGroup& one : search_.journey.milestones) {
      if (one.leg != to_.number || one.milestone != Milestone::departed || !is_ours(one)) continue;
      for (const auto* list : {&one.planned, &one.estimated, &one.actual}) out.insert(out.end(), list->begin(), list->end());
    }
    return out;
  }

  // The box's own discharge counts where nobody tells of the vessel.
  [[nodiscard]] std::optional<size_t> arrival() const {
    std::optional<size_t> estimate;
    for (const MilestoneGroup& one : search_.journey.milestones) {
      const bool ends = one.milestone == Milestone::arrived || one.milestone == Milestone::discharged ||
                        one.milestone == Milestone::gate_in || one.milestone == Milestone::dropped_off;
      if (one.leg != from_.number || !ends || !is_ours(one)) continue;
      if (!one.actual.empty()) return one.actual.front();
      if (one.latest_estimate) estimate = one.latest_estimate;
    }
    return estimate;
  }

  [[nodiscard]] Alert alert(Reason reason, const Instant& departs) const {
    Alert made{.kind = AlertKind::missed_connection,
               .reason = reason,
               .severity = Severity::critical,
               .subject = AlertSearch::subject_of(group(groups_.front())),
               .milestone = Milestone::loaded,
               .place = to_.from,
               .planned = departs,
               .detail = name_of(to_.transport)};
    return made;
  }

  // The next carriage has left, and nobody says that the cargo is aboard. False where that may still be said.
  [[nodiscard]] bool judge_left(const std::vector<size_t>& departures) const {
    const int64_t certain_us = to_.departed.actual->micros + kReportedLateUs;
    if (certain_us > search_.now_us) {
      search_.look_again(certain_us);
      return true;
    }
    Alert left = alert(Reason::left_without, *to_.departed.actual);
    for (const size_t claim : departures)
      if (search_.event(claim).classifier == Classifier::actual) left.evidence.push_back(claim);
    for (const size_t index : groups_)
      if (group(index).leg == to_.number && group(index).best) left.evidence.push_back(*group(index).best);
    search_.add(std::move(left), departures);
    return false;
  }

  void judge_arrival(const std::vector<size_t>& departures) const {
    const std::optional<size_t> arrives = arrival();
    const auto& departed = to_.departed;
    const std::optional<Instant> departs = departed.actual ? departed.actual : departed.estimated ? departed.estimated : departed.planned;
    if (!arrives || !departs || search_.event(*arrives).occurred <= *departs) return;
    Alert missed = alert(Reason::arrives_too_late, *departs);
    missed.found = search_.event(*arrives).occurred;
    missed.apart_us = missed.found->micros - departs->micros;
    missed.evidence = {*arrives};
    for (const size_t claim : departures)
      if (search_.event(claim).occurred == *departs) missed.evidence.push_back(claim);
    search_.add(std::move(missed), departures);
  }

  const AlertSearch& search_;
  const std::vector<size_t>& groups_;
  const Leg &from_, &to_;
};

void judge_connections(const AlertSearch& search, const std::vector<size_t>& groups) {
  std::set<int> legs;
  for (const size_t index : groups)
    if (search.journey.milestones[index].leg > 0) legs.insert(search.journey.milestones[index].leg);
  const Leg* before = nullptr;
  for (const int number : legs) {
    const Leg& leg = search.journey.legs[static_cast<size_t>(number) - 1];
    const bool meets = before != nullptr && !leg.from.unlocode.empty() && before->to.unlocode == leg.from.unlocode;
    if (meets && carries_on_schedule(leg.mode)) Connection(search, groups, *before, leg).judge();
    before = &leg;
  }
}

// The last moment of the day that is so many days after this one, where it was told.
Instant end_of_day(const Instant& from, int days) {
  const int64_t offset_us = from.offset_minutes * kMinuteUs;
  const int64_t local_us = from.micros + offset_us;
  const int64_t day = (local_us >= 0 ? local_us : local_us - kAlertDayUs + 1) / kAlertDayUs;
  return {.micros = (day + 1 + days) * kAlertDayUs - offset_us - kMinuteUs, .offset_minutes = from.offset_minutes};
}

std::optional<int> free_days_of(const AlertSettings& settings, const Place& place) {
  for (const std::string& key : {place.key(), place.unlocode})
    if (const auto found = settings.free_days_at.find(key); found != settings.free_days_at.end()) return found->second;
  return settings.free_days;
}

bool starts_free_time(Milestone milestone) { return milestone == Milestone::discharged || milestone == Milestone::available_for_pick_up; }
bool ends_free_time(Milestone milestone) {
  return milestone == Milestone::gate_out || milestone == Milestone::picked_up || milestone == Milestone::loaded;
}

void judge_free_time(const AlertSearch& search, const std::vector<size_t>& groups) {
  const MilestoneGroup* from = nullptr;
  std::vector<size_t> anchors;
  for (const size_t index : groups) {
    const MilestoneGroup& group = search.journey.milestones[index];
    if (group.actual.empty()) continue;
    if (starts_free_time(group.milestone)) {
      if (from != nullptr && from->place.unlocode != group.place.unlocode) anchors.clear();
      from = &group;
      anchors.insert(anchors.end(), group.actual.begin(), group.actual.end());
    } else if (ends_free_time(group.milestone)) {
      from = nullptr;
      anchors.clear();
    }
  }
  if (from == nullptr) return;
  const Event& start = search.first_actual(*from);
  const std::optional<int> days = free_days_of(search.settings, from->place);
  if (!days || start.equipment.load == Load::empty) return;
  const Instant end = end_of_day(start.occurred, *days);
  const int64_t warns_us = end.micros - search.settings.free_warning_us;
  search.look_again(warns_us > search.now_us ? warns_us : end.micros);
  if (search.now_us < warns_us || search.now_us - end.micros > kForgottenUs) return;
  const bool over = search.now_us >= end.micros;
  Alert alert{.kind = AlertKind::free_time,
              .reason = over ? Reason::free_time_over : Reason::free_time_ends,
              .severity = over ? Severity::critical : Severity::warning,
              .subject = AlertSearch::subject_of(*from),
              .milestone = from->milestone,
              .place = from->place,
              .planned = end,
              .found = start.occurred};
  alert.step = over ? 1 : 0;
  alert.evidence = anchors;
  search.add(std::move(alert), anchors);
}

// What shows that cargo is on its way, beside the moves of a container.
bool is_movement(const Event& event) {
  static const std::set<Milestone> kMoves = {
      Milestone::located,  Milestone::crossed,   Milestone::transferred, Milestone::received_in_transfer,
      Milestone::accepted, Milestone::delivered, Milestone::arrived,     Milestone::departed};
  return stage(event.milestone, event.equipment.load) != 0 || kMoves.contains(event.milestone);
}
bool is_final(const Event& event) {
  if (event.milestone == Milestone::delivered || event.milestone == Milestone::stripped || event.milestone == Milestone::dropped_off)
    return true;
  return event.milestone == Milestone::gate_in && event.equipment.load == Load::empty;
}

bool is_on_land(const AlertSearch& search, const MilestoneGroup& last) {
  static const std::set<Milestone> kByRoad = {Milestone::gate_out, Milestone::picked_up, Milestone::crossed, Milestone::stuffed};
  if (kByRoad.contains(last.milestone)) return true;
  if (last.leg == 0) return false;
  const Leg& leg = search.journey.legs[static_cast<size_t>(last.leg) - 1];
  return leg.state == LegState::under_way && (leg.mode == TransportMode::truck || leg.mode == TransportMode::rail);
}

// Until when what is planned, estimated or done by the vessels explains that nothing more is told of the cargo.
int64_t explained_until(const AlertSearch& search, const std::string& subject, int64_t last_us) {
  int64_t until_us = last_us;
  for (const MilestoneGroup& group : search.journey.milestones) {
    if (group.transport.empty() && AlertSearch::subject_of(group) != subject) continue;
    if (row(group.milestone).type == EventType::shipment || !group.best) continue;
    if (group.actual.empty() || !group.transport.empty()) until_us = std::max(until_us, search.event(*group.best).occurred.micros);
  }
  return until_us;
}

void judge_movement(const AlertSearch& search, const std::vector<size_t>& groups) {
  const MilestoneGroup* last = nullptr;
  for (const size_t index : groups) {
    const MilestoneGroup& group = search.journey.milestones[index];
    if (!group.actual.empty() && is_movement(search.first_actual(group))) last = &group;
  }
  if (last == nullptr || is_final(search.first_actual(*last))) return;
  const Event& move = search.first_actual(*last);
  const int64_t from_us = explained_until(search, AlertSearch::subject_of(*last), move.occurred.micros);
  const int64_t due_us = from_us + (is_on_land(search, *last) ? search.settings.stopped_land_us : search.settings.stopped_other_us);
  search.look_again(due_us);
  if (search.now_us < due_us || search.now_us - due_us > kForgottenUs) return;
  Alert alert{.kind = AlertKind::stopped,
              .reason = Reason::no_movement,
              .subject = AlertSearch::subject_of(*last),
              .milestone = last->milestone,
              .place = last->place,
              .found = move.occurred,
              .apart_us = search.now_us - from_us};
  alert.evidence = last->actual;
  search.add(std::move(alert), last->actual);
}

// The places that somebody planned for the cargo or for what carries it, with a claim that says so.
std::map<std::string, size_t> planned_places(const AlertSearch& search, const std::vector<size_t>& groups) {
  std::map<std::string, size_t> out;
  const auto add = [&](const MilestoneGroup& group) {
    for (const auto* list : {&group.planned, &group.estimated})
      for (const size_t claim : *list)
        if (!search.event(claim).place.unlocode.empty()) out.try_emplace(search.event(claim).place.unlocode, claim);
  };
  for (const size_t index : groups) add(search.journey.milestones[index]);
  for (const MilestoneGroup& group : search.journey.milestones)
    if (!group.transport.empty()) add(group);
  return out;
}

void judge_places(const AlertSearch& search, const std::vector<size_t>& groups) {
  const std::map<std::string, size_t> planned = planned_places(search, groups);
  const MilestoneGroup* planned_discharge = nullptr;
  for (const size_t index : groups) {
    const MilestoneGroup& group = search.journey.milestones[index];
    if (group.milestone == Milestone::discharged && group.actual.empty()) planned_discharge = &group;
  }
  for (const size_t index : groups) {
    const MilestoneGroup& group = search.journey.milestones[index];
    if (group.actual.empty() || !is_transport_move(group.milestone)) continue;
    const std::string& here = search.first_actual(group).place.unlocode;
    if (here.empty() || planned.contains(here)) continue;
    const bool discharge = group.milestone == Milestone::discharged && planned_discharge != nullptr;
    if (!discharge && planned.size() < 2) continue;  // a plan of one place says nothing of the way
    Alert alert{.kind = AlertKind::unexpected_place,
                .reason = discharge ? Reason::other_discharge_port : Reason::unplanned_place,
                .subject = AlertSearch::subject_of(group),
                .milestone = group.milestone,
                .place = search.first_actual(group).place,
                .found = search.first_actual(group).occurred};
    alert.over = true;
    alert.evidence = {group.actual.front()};
    if (discharge) alert.instead = planned_discharge->place, alert.evidence.push_back(*planned_discharge->best);
    if (!discharge)
      for (const auto& [place, claim] : planned) alert.evidence.push_back(claim);
    search.add(std::move(alert), group.actual);
  }
}

}  // namespace

void find_missed_connections(const AlertSearch& search) {
  for (const auto& [subject, groups] : cargo_of(search.journey)) judge_connections(search, groups);
}
void find_free_time(const AlertSearch& search) {
  for (const auto& [subject, groups] : cargo_of(search.journey)) judge_free_time(search, groups);
}
void find_stopped(const AlertSearch& search) {
  for (const auto& [subject, groups] : cargo_of(search.journey)) judge_movement(search, groups);
}
void find_unexpected_places(const AlertSearch& search) {
  for (const auto& [subject, groups] : cargo_of(search.journey)) judge_places(search, groups);
}

}  // namespace fairway::journey
