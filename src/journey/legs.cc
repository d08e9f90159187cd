// Legs: by what and between which places the cargo moves, from the milestones of its units and the calls of what carries them.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <tuple>

#include "journey/derive.h"
#include "journey/leg_draft.h"
#include "journey/leg_walk.h"
#include "journey/units.h"

namespace fairway::journey {
namespace {

constexpr size_t kLegsMax = 200;
constexpr int64_t kHourUs = 3'600'000'000;
constexpr int64_t kMadeReadyUs = 12 * kHourUs;  // a truck is bundled and its lock armed before it leaves, and disarmed after it came

// What can happen on the way.
constexpr std::array kOnTheWay = {
    Milestone::crossed,
    Milestone::bundled,
    Milestone::unbundled,
    Milestone::crossing_permitted,
    Milestone::assigned,
    Milestone::located,
    Milestone::measured,
    Milestone::adjusted,
    Milestone::excursion,
    Milestone::lock_armed,
    Milestone::lock_tampered,
    Milestone::lock_handed_over,
    Milestone::lock_disarmed,
    Milestone::door_opened,
    Milestone::door_closed,
    Milestone::inspected,
    Milestone::customs_held,
    Milestone::customs_released,
    Milestone::customs_selected_for_scan,
    Milestone::customs_selected_for_inspection,
    Milestone::inspection_finished,
    Milestone::resealed,
    Milestone::observed,
};
constexpr std::array kAtBothEnds = {Milestone::bundled,  Milestone::unbundled,  Milestone::crossing_permitted,
                                    Milestone::assigned, Milestone::lock_armed, Milestone::lock_disarmed};

bool is_one_of(std::span<const Milestone> list, Milestone milestone) { return std::ranges::find(list, milestone) != list.end(); }

class Builder {
 public:
  explicit Builder(Journey& journey) : journey_(journey) {}

  void build() {
    std::map<Unit, std::vector<size_t>> units;
    std::vector<size_t> calls;
    for (size_t i = 0; i < journey_.milestones.size(); ++i) {
      const MilestoneGroup& group = journey_.milestones[i];
      const EventType type = row(group.milestone).type;
      if (!group.transport.empty()) calls.push_back(i);
      if (type == EventType::equipment || (type == EventType::transport && group.transport.empty()))
        units[{!group.equipment.empty(), group.equipment.empty() ? group.document : group.equipment}].push_back(i);
    }
    for (const auto& [unit, groups] : units)
      for (LegDraft& made : walk_of(journey_, unit, groups)) keep(std::move(made));
    for (const size_t call : calls)
      if (!attach_call(call)) loose_.push_back(call);
    pair_loose_calls();
    finish();
    for (const auto& [unit, groups] : units) attach_on_the_way(unit, groups);
  }

 private:
  [[nodiscard]] const MilestoneGroup& group(size_t index) const { return journey_.milestones[index]; }
  [[nodiscard]] const Event& best(size_t index) const { return journey_.claims[*group(index).best].event; }
  [[nodiscard]] int64_t at(size_t index) const { return best(index).occurred.micros; }

  // Adds a finished draft to the leg that other units already have in common with it.
  void keep(LegDraft made) {
    for (LegDraft& known : drafts_)
      if (is_same_leg(known, made)) return merge(known, std::move(made));
    put(std::move(made));
  }

  void put(LegDraft made) {
    if (drafts_.size() < kLegsMax)
      drafts_.push_back(std::move(made));
    else
      journey_.truncated = true;
  }

  // A call is the beginning or the end of a leg on the same carrier; where the units' moves leave that end open, the call says
  // where it is. A vessel's arrival where cargo is loaded, or departure where it is discharged, is explained and begins no leg.
  bool attach_call(size_t index) {
    const bool departs = group(index).milestone == Milestone::departed;
    const Place& here = group(index).place;
    const LegDraft* one_of_several = flight_of_call(index, departs);
    bool explained = false;
    for (LegDraft& known : drafts_) {
      if (carrier_of(known.transport).empty() || !is_same_run(known, best(index))) continue;
      if (one_of_several != nullptr && &known != one_of_several) continue;
      const Place& other_end = departs ? known.to : known.from;
      if (!other_end.empty() && is_same_port(other_end, here)) {
        explained = true;
        continue;
      }
      Place& end = departs ? known.from : known.to;
      if (end.empty()) end = here;
      if (!is_same_port(end, here)) {
        explained = explained || !is_carriage(known.mode);  // a truck stops where it pleases
        continue;
      }
      (departs ? known.departs : known.arrives).push_back(index);
      complete(known.transport, best(index).transport);
      explained = true;
    }
    return explained;
  }

  // A flight comes again the next day, and the date of its departure is not always told: an arrival is of the one that left last, a
  // departure of the nearest. Null where there is no such doubt.
  [[nodiscard]] const LegDraft* flight_of_call(size_t index, bool departs) const {
    const FlightName flight = flight_of(best(index));
    if (flight.empty() || !flight.date.empty()) return nullptr;
    const LegDraft* nearest = nullptr;
    const auto apart = [&](const LegDraft& known) { return std::abs(at(index) - known.at_us); };
    for (const LegDraft& known : drafts_) {
      const Place& end = departs ? known.from : known.to;
      if (known.mode != TransportMode::air || carrier_of(known.transport).empty() || !is_same_run(known, best(index))) continue;
      if ((!end.empty() && !is_same_port(end, group(index).place)) || (!departs && known.at_us > at(index))) continue;
      if (nearest == nullptr || apart(known) < apart(*nearest)) nearest = &known;
    }
    return nearest;
  }

  // The calls of a carrier that no unit's move explains: each departure with the next arrival elsewhere.
  void pair_loose_calls() {
    std::map<std::string, std::vector<LegDraft>> under_way;
    for (const size_t index : loose_) {
      std::vector<LegDraft>& open = under_way[group(index).transport];
      const Place& here = group(index).place;
      if (group(index).milestone == Milestone::departed) {
        LegDraft made = draft_of_call(index);
        made.from = here;
        made.departs.push_back(index);
        if (made.mode != TransportMode::air && !open.empty()) put(std::move(open.back())), open.pop_back();
        if (open.size() < kLegsMax) open.push_back(std::move(made));
        continue;
      }
      const auto fits = [&](const LegDraft& known) { return !is_same_port(known.from, here) && is_same_run(known, best(index)); };
      auto found = std::find_if(open.rbegin(), open.rend(), fits);
      LegDraft made = found == open.rend() ? draft_of_call(index) : std::move(*found);
      if (found != open.rend()) open.erase(std::prev(found.base()));
      made.to = here;
      made.arrives.push_back(index);
      put(std::move(made));
    }
    for (auto& [carrier, open] : under_way)
      for (LegDraft& made : open) put(std::move(made));
    // A truck that is told of at one place alone has gone nowhere yet.
    std::erase_if(drafts_, [](const LegDraft& d) { return d.rides.empty() && !is_carriage(d.mode) && (d.from.empty() || d.to.empty()); });
  }

  [[nodiscard]] LegDraft draft_of_call(size_t index) const {
    LegDraft made;
    made.transport = best(index).transport;
    made.mode = made.transport.mode == TransportMode::unknown ? TransportMode::vessel : made.transport.mode;
    made.flight_date = flight_of(best(index)).date;
    made.at_us = at(index);
    return made;
  }

  void take_times(LegTimes& times, const std::vector<size_t>& groups) const {
    const auto first = [this](std::optional<Instant>& into, size_t claim) {
      const Instant& instant = journey_.claims[claim].event.occurred;
      if (!into || instant < *into) into = instant;
    };
    for (const size_t index : groups) {
      if (!group(index).actual.empty()) first(times.actual, group(index).actual.front());
      if (group(index).latest_estimate) first(times.estimated, *group(index).latest_estimate);
      for (const size_t claim : group(index).planned)
        if (journey_.claims[claim].status == ClaimStatus::current) first(times.planned, claim);
    }
  }

  [[nodiscard]] bool has_happened(const std::vector<size_t>& groups) const {
    return std::ranges::any_of(groups, [this](size_t index) { return !group(index).actual.empty(); });
  }

  // A vessel that discharges one box has arrived; trucks arrive one by one.
  [[nodiscard]] LegState state_of(const LegDraft& known) const {
    if (has_happened(known.arrives)) return LegState::done;
    const auto begun = [this](const Ride& ride) { return has_happened(ride.begins); };
    const auto ended = [this](const Ride& ride) { return has_happened(ride.ends); };
    const bool some_ended = std::ranges::any_of(known.rides, ended);
    const bool all_ended = some_ended && std::ranges::all_of(known.rides, ended);
    if (all_ended || (some_ended && is_carriage(known.mode))) return LegState::done;
    if (has_happened(known.departs) || some_ended) return LegState::under_way;
    return known.departs.empty() && std::ranges::any_of(known.rides, begun) ? LegState::under_way : LegState::planned;
  }

  void finish() {
    std::ranges::stable_sort(drafts_, {},
                             [](const LegDraft& d) { return std::tuple(d.at_us, d.from.key(), d.to.key(), carrier_of(d.transport)); });
    for (const LegDraft& known : drafts_) {
      Leg leg;
      leg.number = static_cast<int>(journey_.legs.size()) + 1;
      leg.mode = known.mode, leg.from = known.from, leg.to = known.to, leg.transport = known.transport;
      std::vector<size_t> begins, ends;
      for (const Ride& ride : known.rides) {
        begins.insert(begins.end(), ride.begins.begin(), ride.begins.end());
        ends.insert(ends.end(), ride.ends.begin(), ride.ends.end());
        leg.carries.push_back(ride.unit.name);
      }
      std::ranges::sort(leg.carries);
      leg.carries.erase(std::ranges::unique(leg.carries).begin(), leg.carries.end());
      // On land the gate is the departure; on water, rails and in the air the carrier's, which loading only precedes.
      take_times(leg.departed, is_carriage(known.mode) || begins.empty() ? known.departs : begins);
      take_times(leg.arrived, is_carriage(known.mode) || ends.empty() ? known.arrives : ends);
      leg.state = state_of(known);
      for (const std::vector<size_t>* list :
           std::initializer_list<const std::vector<size_t>*>{&begins, &ends, &known.departs, &known.arrives})
        for (const size_t index : *list)
          if (journey_.milestones[index].leg == 0) journey_.milestones[index].leg = leg.number;
      journey_.legs.push_back(std::move(leg));
    }
  }

  // What happened to a unit between the beginning and the end of its ride; of several, on the one begun last.
  void attach_on_the_way(const Unit& unit, const std::vector<size_t>& groups) {
    for (const size_t index : groups) {
      MilestoneGroup& here = journey_.milestones[index];
      if (here.leg != 0 || here.actual.empty() || !is_one_of(kOnTheWay, here.milestone)) continue;
      const int64_t slack = is_one_of(kAtBothEnds, here.milestone) ? kMadeReadyUs : 0;
      here.leg = leg_at(unit, at(index), 0);
      if (here.leg == 0 && slack != 0) here.leg = leg_at(unit, at(index), slack);
    }
  }

  [[nodiscard]] int leg_at(const Unit& unit, int64_t when, int64_t slack) const {
    int found = 0;
    int64_t begun = INT64_MIN;
    for (size_t i = 0; i < drafts_.size(); ++i) {
      if (slack != 0 && is_carriage(drafts_[i].mode)) continue;
      for (const Ride& ride : drafts_[i].rides) {
        if (ride.unit != unit || ride.begins.empty()) continue;
        const int64_t from = at(ride.begins.front());
        const int64_t to = ride.ends.empty() ? INT64_MAX : at(ride.ends.front());
        if (when < from - slack || (to != INT64_MAX && when > to + slack) || from < begun) continue;
        begun = from;
        found = static_cast<int>(i) + 1;
      }
    }
    return found;
  }

  Journey& journey_;
  std::vector<LegDraft> drafts_;
  std::vector<size_t> loose_;
};

}  // namespace

void derive_legs(Journey& journey) { Builder(journey).build(); }

}  // namespace fairway::journey
