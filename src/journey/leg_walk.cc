#include "journey/leg_walk.h"

#include <algorithm>

namespace fairway::journey {
namespace {

constexpr int64_t kHourUs = 3'600'000'000;
constexpr int64_t kSamePickUpUs = 48 * kHourUs;
constexpr int64_t kSameArrivalUs = 12 * kHourUs;
constexpr size_t kOpenMax = 64;  // parts of one unit that are under way at once

// Land and carriage (vessel, barge, train, aircraft) are opened and closed each by their own milestones. A container is on one of each at a
// time; the parts of a paper may be on several.
class Walk {
 public:
  Walk(const Journey& journey, const Unit& unit) : journey_(journey), unit_(unit) {}

  std::vector<LegDraft> go(std::span<const size_t> groups) {
    for (const size_t index : groups) step(index);
    for (std::vector<LegDraft>* open : {&land_, &carriage_})
      while (!open->empty()) close(*open, 0);
    return std::move(done_);
  }

 private:
  [[nodiscard]] const MilestoneGroup& group(size_t index) const { return journey_.milestones[index]; }
  [[nodiscard]] const Event& best(size_t index) const { return journey_.claims[*group(index).best].event; }
  [[nodiscard]] int64_t at(size_t index) const { return best(index).occurred.micros; }
  [[nodiscard]] bool by_truck(size_t index) const { return best(index).transport.mode == TransportMode::truck; }

  void step(size_t index) {
    switch (group(index).milestone) {
      case Milestone::loaded: by_truck(index) ? begin_land(index, false) : begin_carriage(index); break;
      case Milestone::stowed:
        if (carriage_.empty()) begin_carriage(index);
        break;
      case Milestone::discharged: by_truck(index) ? end_land(index) : end_carriage(index); break;
      case Milestone::gate_out:
      case Milestone::picked_up: begin_land(index, false); break;
      case Milestone::gate_in:
      case Milestone::dropped_off: end_land(index); break;
      case Milestone::accepted:  // goods that somebody has brought: by whom need not be told
        if (is_under_way_to(group(index).place))
          end_land(index);
        else
          (void)is_told_again(index);
        break;
      case Milestone::delivered:
        // To the consignee at the airport or the terminal is no way.
        if (is_under_way_to(group(index).place) || !is_at(group(index).place)) end_land(index);
        break;
      case Milestone::departed: depart(index); break;
      case Milestone::arrived: arrive(index); break;
      case Milestone::stuffed:
      case Milestone::stripped:
        if (is_under_way_to(group(index).place)) end_land(index);
        begin_land(index, true);
        break;
      default: break;
    }
  }

  [[nodiscard]] bool is_under_way_to(const Place& place) const {
    return std::ranges::any_of(land_, [&](const LegDraft& open) { return open.from.key() != place.key(); });
  }
  [[nodiscard]] bool is_at(const Place& place) const { return last_end_ != nullptr && is_same_port(*last_end_, place); }

  void begin_carriage(size_t index) {
    for (LegDraft& open : carriage_) {
      if (!is_same_port(open.from, group(index).place) || !is_same_run(open, best(index))) continue;
      open.rides.front().begins.push_back(index);
      complete(open.transport, best(index).transport);
      return;
    }
    carriage_from(index).rides.front().begins = {index};
  }

  LegDraft& carriage_from(size_t index) {
    make_room(carriage_);
    LegDraft& made = carriage_.emplace_back(draft(index, true));
    made.from = group(index).place;
    return made;
  }

  // A departure or an arrival of the unit itself, for it names no vessel, train or flight.
  void depart(size_t index) {
    if (by_truck(index)) return begin_land(index, false);
    const auto from_here = [&](const LegDraft& leg) { return is_same_port(leg.from, group(index).place); };
    const auto open = std::find_if(carriage_.rbegin(), carriage_.rend(), from_here);
    (open == carriage_.rend() ? carriage_from(index) : *open).departs.push_back(index);
  }

  void arrive(size_t index) {
    if (by_truck(index)) return end_land(index);
    const Place& here = group(index).place;
    for (std::vector<LegDraft>* legs : {&carriage_, &done_}) {
      const auto fits = [&](const LegDraft& leg) {
        return is_carriage(leg.mode) && !is_same_port(leg.from, here) && (leg.to.empty() || is_same_port(leg.to, here));
      };
      const auto leg = std::find_if(legs->rbegin(), legs->rend(), fits);
      if (leg == legs->rend()) continue;
      leg->to = leg->to.empty() ? here : leg->to;
      leg->arrives.push_back(index);
      last_end_ = &here;
      return;
    }
  }

  void end_carriage(size_t index) {
    const auto fits = [&](const LegDraft& open) { return !is_same_port(open.from, group(index).place) && is_same_run(open, best(index)); };
    // The one begun last: the parts before it have come, or nobody has told that they came.
    auto open = std::find_if(carriage_.rbegin(), carriage_.rend(), fits);
    if (open == carriage_.rend()) {
      make_room(carriage_);
      carriage_.push_back(draft(index, true));
      open = carriage_.rbegin();
    }
    open->to = group(index).place;
    open->rides.front().ends = {index};
    complete(open->transport, best(index).transport);
    last_end_ = &group(index).place;
    close(carriage_, static_cast<size_t>(carriage_.rend() - open) - 1);
  }

  void begin_land(size_t index, bool tentative) {
    for (LegDraft& open : land_) {
      // A pick-up and a gate-out told by two parties are one departure.
      const bool same = !open.tentative && is_same_port(open.from, group(index).place) && at(index) - open.at_us <= kSamePickUpUs;
      if (!same || is_another_part(open, index)) continue;
      open.rides.front().begins.push_back(index);
      complete(open.transport, {.vehicle = best(index).transport.vehicle});
      return;
    }
    make_room(land_);
    std::erase_if(land_, [](const LegDraft& open) { return open.tentative; });
    LegDraft made = draft(index, false);
    made.from = group(index).place;
    made.rides.front().begins = {index};
    made.tentative = tentative;
    land_.push_back(std::move(made));
  }

  void end_land(size_t index) {
    const auto fits = [&](const LegDraft& open) { return open.from.key() != group(index).place.key() && !is_another_part(open, index); };
    auto open = std::ranges::find_if(land_, fits);
    if (open == land_.end()) {
      if (is_told_again(index)) return;
      make_room(land_);
      land_.push_back(draft(index, false));
      open = std::prev(land_.end());
    }
    open->to = group(index).place;
    open->rides.front().ends = {index};
    open->tentative = false;
    complete(open->transport, {.vehicle = best(index).transport.vehicle});
    last_end_ = &group(index).place;
    close(land_, static_cast<size_t>(open - land_.begin()));
  }

  // A delivery and a gate-in told by two parties are one arrival.
  bool is_told_again(size_t index) {
    for (auto done = done_.rbegin(); done != done_.rend(); ++done) {
      if (is_carriage(done->mode)) continue;
      Ride& ride = done->rides.front();
      const bool same = !ride.ends.empty() && is_same_port(done->to, group(index).place) && !is_another_part(*done, index) &&
                        at(index) - at(ride.ends.front()) <= kSameArrivalUs;
      if (same) ride.ends.push_back(index);
      if (same || unit_.is_box) return same;
    }
    return false;
  }

  [[nodiscard]] bool is_another_part(const LegDraft& open, size_t index) const {
    const Ride& ride = open.rides.front();
    const std::vector<size_t>& told = ride.begins.empty() ? ride.ends : ride.begins;
    return !told.empty() && likeness(best(told.front()), best(index), unit_.is_box) == Likeness::different;
  }

  [[nodiscard]] LegDraft draft(size_t index, bool carriage) const {
    LegDraft made;
    const Transport& told = best(index).transport;
    const bool is_land = told.mode == TransportMode::truck || told.mode == TransportMode::rail;
    if (carriage) {
      made.mode = told.mode == TransportMode::unknown ? TransportMode::vessel : told.mode;
      made.transport = told;
      made.flight_date = flight_of(best(index)).date;
    } else {  // a gate report names the vessel of the main carriage too, a cargo terminal the flight: here it is the truck that moves
      made.mode = is_land ? told.mode : TransportMode::truck;
      if (is_land || told.mode == TransportMode::unknown) made.transport.vehicle = told.vehicle;
    }
    made.rides.push_back({unit_, {}, {}});
    made.at_us = at(index);
    return made;
  }

  // A container is on one at a time: what nobody has told the end of has ended. Of a paper's parts the oldest gives way.
  void make_room(std::vector<LegDraft>& open) {
    if (!open.empty() && (unit_.is_box || open.size() >= kOpenMax)) close(open, 0);
  }

  void close(std::vector<LegDraft>& open, size_t which) {
    LegDraft made = std::move(open[which]);
    open.erase(open.begin() + static_cast<ptrdiff_t>(which));
    if (made.tentative && made.rides.front().ends.empty()) return;
    if (!is_carriage(made.mode)) made.transport = {.vehicle = made.transport.vehicle};
    done_.push_back(std::move(made));
  }

  const Journey& journey_;
  const Unit& unit_;
  std::vector<LegDraft> land_, carriage_, done_;
  const Place* last_end_ = nullptr;
};

}  // namespace

std::vector<LegDraft> walk_of(const Journey& journey, const Unit& unit, std::span<const size_t> groups) {
  return Walk(journey, unit).go(groups);
}

}  // namespace fairway::journey
