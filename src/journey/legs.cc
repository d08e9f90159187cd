// Legs: by what and between which places the cargo moves, from the milestones of its containers and the calls of its vessels.
#include <algorithm>
#include <map>
#include <tuple>

#include "journey/derive.h"

namespace fairway::journey {
namespace {

constexpr size_t kLegsMax = 200;
constexpr int64_t kSamePickUpUs = 48LL * 3'600'000'000;

// A leg being put together: the groups that begin and end it, of all containers that share it.
struct Draft {
  TransportMode mode = TransportMode::unknown;
  Place from, to;
  Transport transport;
  std::vector<size_t> begins, ends;      // milestone groups of containers
  std::vector<size_t> departs, arrives;  // of the vessel or vehicle
  int64_t at_us = 0;
  bool tentative = false;  // begins with a stuffing or stripping: a leg only once something ends it
};

bool by_water(TransportMode mode) { return mode == TransportMode::vessel || mode == TransportMode::barge; }

bool same_port(const Place& a, const Place& b) { return a.unlocode.empty() ? a.key() == b.key() : a.unlocode == b.unlocode; }

// "" stands for not known, which agrees with anything.
bool carriers_agree(const Transport& a, const Transport& b) {
  const std::string one = carrier_of(a), other = carrier_of(b);
  if (one.empty() || other.empty() || one == other) return true;
  return !a.vessel_name.empty() && a.vessel_name == b.vessel_name && (a.vessel_imo.empty() || b.vessel_imo.empty());
}

void complete(Transport& transport, const Transport& more) {
  const auto fill = [](std::string& into, const std::string& from) {
    if (into.empty()) into = from;
  };
  fill(transport.vessel_imo, more.vessel_imo), fill(transport.vessel_name, more.vessel_name), fill(transport.voyage, more.voyage);
  fill(transport.service, more.service), fill(transport.vehicle, more.vehicle);
}

class Builder {
 public:
  explicit Builder(Journey& journey) : journey_(journey) {}

  void build() {
    std::map<std::string, std::vector<size_t>> boxes;
    std::vector<size_t> calls;
    for (size_t i = 0; i < journey_.milestones.size(); ++i) {
      const MilestoneGroup& group = journey_.milestones[i];
      if (!group.equipment.empty()) boxes[group.equipment].push_back(i);
      if (!group.transport.empty()) calls.push_back(i);
    }
    for (const auto& [box, groups] : boxes) walk(groups);
    for (const size_t call : calls)
      if (!attach_call(call)) loose_.push_back(call);
    pair_loose_calls();
    finish();
  }

 private:
  [[nodiscard]] const MilestoneGroup& group(size_t index) const { return journey_.milestones[index]; }
  [[nodiscard]] const Event& best(size_t index) const { return journey_.claims[*group(index).best].event; }
  [[nodiscard]] int64_t at(size_t index) const { return best(index).occurred.micros; }

  // One container's way: land and water legs are opened and closed each by their own milestones.
  void walk(const std::vector<size_t>& groups) {
    land_.reset(), water_.reset();
    for (const size_t index : groups) {
      switch (group(index).milestone) {
        case Milestone::loaded: begin_water(index); break;
        case Milestone::stowed:
          if (!water_) begin_water(index);
          break;
        case Milestone::discharged: end_water(index); break;
        case Milestone::gate_out:
        case Milestone::picked_up: begin_land(index, false); break;
        case Milestone::gate_in:
        case Milestone::dropped_off: end_land(index); break;
        case Milestone::stuffed:
        case Milestone::stripped:
          if (land_) end_land(index);
          begin_land(index, true);
          break;
        default: break;
      }
    }
    keep(land_), keep(water_);
  }

  void begin_water(size_t index) {
    if (water_ && same_port(water_->from, group(index).place) && carriers_agree(water_->transport, best(index).transport)) {
      water_->begins.push_back(index);
      return;
    }
    keep(water_);
    water_ = draft(index, true);
    water_->from = group(index).place;
    water_->begins = {index};
  }

  void end_water(size_t index) {
    if (!water_ || same_port(water_->from, group(index).place) || !carriers_agree(water_->transport, best(index).transport)) {
      keep(water_);
      water_ = draft(index, true);
    }
    water_->to = group(index).place;
    water_->ends = {index};
    complete(water_->transport, best(index).transport);
    keep(water_);
  }

  void begin_land(size_t index, bool tentative) {
    // A pick-up and a gate-out told by two parties are one departure.
    if (land_ && !land_->tentative && same_port(land_->from, group(index).place) && at(index) - land_->at_us <= kSamePickUpUs) {
      land_->begins.push_back(index);
      return;
    }
    keep(land_);
    land_ = draft(index, false);
    land_->from = group(index).place;
    land_->begins = {index};
    land_->tentative = tentative;
  }

  void end_land(size_t index) {
    if (!land_ || land_->from.key() == group(index).place.key()) {
      keep(land_);
      land_ = draft(index, false);
    }
    land_->to = group(index).place;
    land_->ends = {index};
    land_->tentative = false;
    complete(land_->transport, best(index).transport);
    keep(land_);
  }

  [[nodiscard]] Draft draft(size_t index, bool water) const {
    Draft made;
    const Transport& told = best(index).transport;
    if (water) {
      made.mode = told.mode == TransportMode::unknown ? TransportMode::vessel : told.mode;
      made.transport = told;
    } else {  // a gate report names the vessel of the main carriage too: here it is the truck that moves
      made.mode = by_water(told.mode) || told.mode == TransportMode::unknown ? TransportMode::truck : told.mode;
      made.transport.vehicle = told.vehicle;
    }
    made.at_us = at(index);
    return made;
  }

  // Adds a finished draft to the leg that other containers already have in common with it.
  void keep(std::optional<Draft>& slot) {
    if (!slot) return;
    Draft made = std::move(*slot);
    slot.reset();
    if (made.tentative && made.ends.empty()) return;
    if (!by_water(made.mode)) made.transport = {.vehicle = made.transport.vehicle};
    for (Draft& known : drafts_) {
      if (!same_leg(known, made)) continue;
      if (known.to.empty()) known.to = made.to;
      if (known.from.empty()) known.from = made.from;
      if (by_water(made.mode))
        complete(known.transport, made.transport);
      else if (known.transport.vehicle != made.transport.vehicle)
        known.transport.vehicle.clear();  // several trucks
      known.begins.insert(known.begins.end(), made.begins.begin(), made.begins.end());
      known.ends.insert(known.ends.end(), made.ends.begin(), made.ends.end());
      known.at_us = std::min(known.at_us, made.at_us);
      return;
    }
    put(std::move(made));
  }

  void put(Draft made) {
    if (drafts_.size() < kLegsMax)
      drafts_.push_back(std::move(made));
    else
      journey_.truncated = true;
  }

  static bool same_leg(const Draft& a, const Draft& b) {
    if (a.mode != b.mode) return false;
    if (!by_water(a.mode)) return a.from.key() == b.from.key() && a.to.key() == b.to.key();
    if (carrier_of(a.transport) != carrier_of(b.transport)) return false;
    const bool from = a.from.empty() || b.from.empty() || same_port(a.from, b.from);
    const bool to = a.to.empty() || b.to.empty() || same_port(a.to, b.to);
    return from && to && !(a.from.empty() && b.to.empty()) && !(b.from.empty() && a.to.empty());
  }

  // A call is the beginning or the end of a leg on the same carrier; where the containers' moves leave that end open, the call says
  // where it is. A vessel's arrival where cargo is loaded, or departure where it is discharged, is explained and begins no leg.
  bool attach_call(size_t index) {
    const bool departs = group(index).milestone == Milestone::departed;
    const Place& here = group(index).place;
    bool explained = false;
    for (Draft& known : drafts_) {
      if (carrier_of(known.transport).empty() || !carriers_agree(known.transport, best(index).transport)) continue;
      const Place& other_end = departs ? known.to : known.from;
      if (!other_end.empty() && same_port(other_end, here)) {
        explained = true;
        continue;
      }
      Place& end = departs ? known.from : known.to;
      if (end.empty()) end = here;
      if (!same_port(end, here)) continue;
      (departs ? known.departs : known.arrives).push_back(index);
      complete(known.transport, best(index).transport);
      explained = true;
    }
    return explained;
  }

  // A vessel's calls that no container's move explains: each departure with the next arrival elsewhere.
  void pair_loose_calls() {
    std::map<std::string, std::optional<Draft>> under_way;
    for (const size_t index : loose_) {
      std::optional<Draft>& open = under_way[group(index).transport];
      const bool departs = group(index).milestone == Milestone::departed;
      if (departs || !open || same_port(open->from, group(index).place)) {
        if (open) put(std::move(*open));
        open = draft(index, true);
        open->transport = best(index).transport;
        open->mode = best(index).transport.mode == TransportMode::unknown ? TransportMode::vessel : best(index).transport.mode;
      }
      (departs ? open->from : open->to) = group(index).place;
      (departs ? open->departs : open->arrives).push_back(index);
      if (departs) continue;
      put(std::move(*open));
      open.reset();
    }
    for (auto& [carrier, open] : under_way)
      if (open) put(std::move(*open));
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

  [[nodiscard]] LegState state_of(const Draft& known) const {
    const auto happened = [this](size_t index) { return !group(index).actual.empty(); };
    if (std::ranges::any_of(known.arrives, happened)) return LegState::done;
    const auto ended = static_cast<size_t>(std::ranges::count_if(known.ends, happened));
    // A vessel that discharges one box has arrived; trucks arrive one by one.
    if (ended > 0 && (by_water(known.mode) || ended == std::max(known.begins.size(), known.ends.size()) || known.begins.empty()))
      return LegState::done;
    if (std::ranges::any_of(known.departs, happened) || ended > 0) return LegState::under_way;
    return known.departs.empty() && std::ranges::any_of(known.begins, happened) ? LegState::under_way : LegState::planned;
  }

  void finish() {
    std::ranges::stable_sort(drafts_, {},
                             [](const Draft& d) { return std::tuple(d.at_us, d.from.key(), d.to.key(), carrier_of(d.transport)); });
    for (const Draft& known : drafts_) {
      Leg leg;
      leg.number = static_cast<int>(journey_.legs.size()) + 1;
      leg.mode = known.mode, leg.from = known.from, leg.to = known.to, leg.transport = known.transport;
      // On land the gate is the departure; on water the vessel's, which loading only precedes.
      take_times(leg.departed, by_water(known.mode) || known.begins.empty() ? known.departs : known.begins);
      take_times(leg.arrived, by_water(known.mode) || known.ends.empty() ? known.arrives : known.ends);
      leg.state = state_of(known);
      for (const auto* list : {&known.begins, &known.ends, &known.departs, &known.arrives})
        for (const size_t index : *list)
          if (journey_.milestones[index].leg == 0) journey_.milestones[index].leg = leg.number;
      journey_.legs.push_back(std::move(leg));
    }
  }

  Journey& journey_;
  std::vector<Draft> drafts_;
  std::vector<size_t> loose_;
  std::optional<Draft> land_, water_;
};

}  // namespace

void derive_legs(Journey& journey) { Builder(journey).build(); }

}  // namespace fairway::journey
