// Conflicts: claims that cannot all be true. They are marked and stay; which of them is right is not for the journey to say.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "journey/derive.h"

namespace fairway::journey {
namespace {

constexpr int64_t kMinuteUs = 60'000'000;
constexpr int64_t kHourUs = 60 * kMinuteUs;
constexpr size_t kActsComparedMax = 64;
constexpr size_t kConflictsMax = 200;
constexpr int64_t kOnePlaceUs = 12 * kHourUs;  // the same move told at two ports within this time is one move

struct ToleranceRow {
  Milestone milestone;
  int64_t micros;
};
// How far apart two parties may honestly put the same act. A gate stamps a minute; a vessel arrives at the pilot, the anchorage or
// the berth; loading is told per box or per work list; papers are told by the day.
constexpr std::array kTolerances = {
    ToleranceRow{Milestone::gate_in, 30 * kMinuteUs},
    ToleranceRow{Milestone::gate_out, 30 * kMinuteUs},
    ToleranceRow{Milestone::picked_up, kHourUs},
    ToleranceRow{Milestone::dropped_off, kHourUs},
    ToleranceRow{Milestone::loaded, 2 * kHourUs},
    ToleranceRow{Milestone::discharged, 2 * kHourUs},
    ToleranceRow{Milestone::stowed, 2 * kHourUs},
    ToleranceRow{Milestone::stuffed, 6 * kHourUs},
    ToleranceRow{Milestone::stripped, 6 * kHourUs},
    ToleranceRow{Milestone::inspected, 2 * kHourUs},
    ToleranceRow{Milestone::weighed, 2 * kHourUs},
    ToleranceRow{Milestone::resealed, 2 * kHourUs},
    ToleranceRow{Milestone::removed, 2 * kHourUs},
    ToleranceRow{Milestone::customs_held, 2 * kHourUs},
    ToleranceRow{Milestone::customs_released, 2 * kHourUs},
    ToleranceRow{Milestone::arrived, 2 * kHourUs},
    ToleranceRow{Milestone::departed, 2 * kHourUs},
};
constexpr int64_t kPapersToleranceUs = 24 * kHourUs;

int64_t tolerance_of(Milestone milestone) {
  const auto found = std::ranges::find(kTolerances, milestone, &ToleranceRow::milestone);
  return found == kTolerances.end() ? kPapersToleranceUs : found->micros;
}

// Of a box in one facility: `second` directly before `first` cannot be.
struct OrderRow {
  Milestone first, second;
  std::string_view text;
};
constexpr std::array kOrdersInPlace = {
    OrderRow{Milestone::gate_in, Milestone::loaded, "loaded before it came in by the gate"},
    OrderRow{Milestone::discharged, Milestone::gate_out, "out by the gate before it was discharged"},
};
// Of one vessel on one voyage, and the boxes on it: `second` cannot be before `first` by more than the vessel's tolerance.
struct VesselOrderRow {
  Milestone first, second;
  bool same_port;
  std::string_view text;
};
constexpr std::array kOrdersOnVessel = {
    VesselOrderRow{Milestone::loaded, Milestone::discharged, false, "discharged before it was loaded"},
    VesselOrderRow{Milestone::arrived, Milestone::discharged, true, "discharged before the vessel arrived"},
    VesselOrderRow{Milestone::loaded, Milestone::departed, true, "loaded after the vessel departed"},
};

std::string duration(int64_t micros) {
  const int64_t minutes = micros / kMinuteUs;
  if (minutes < 120) return std::to_string(minutes) + " min";
  if (minutes < 48 * 60) return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
  return std::to_string(minutes / (24 * 60)) + " days";
}

class Finder {
 public:
  explicit Finder(Journey& journey) : journey_(journey) {}

  void find() {
    for (size_t i = 0; i < journey_.milestones.size(); ++i) within(i);
    std::map<std::string, std::vector<size_t>> boxes;
    for (size_t i = 0; i < journey_.milestones.size(); ++i)
      if (!journey_.milestones[i].actual.empty() && !journey_.milestones[i].equipment.empty())
        boxes[journey_.milestones[i].equipment].push_back(i);
    for (const auto& [box, groups] : boxes) {
      places(groups);
      order_in_place(groups);
      order_on_vessel(groups);
      two_vessels(groups);
    }
  }

 private:
  [[nodiscard]] const MilestoneGroup& group(size_t index) const { return journey_.milestones[index]; }
  [[nodiscard]] const Claim& claim(size_t index) const { return journey_.claims[index]; }
  [[nodiscard]] const Event& first(size_t index) const { return claim(group(index).actual.front()).event; }
  [[nodiscard]] int64_t at(size_t index) const { return first(index).occurred.micros; }

  void report(ConflictKind kind, const std::vector<size_t>& groups, std::vector<size_t> claims, std::string text) {
    std::ranges::sort(claims);
    claims.erase(std::ranges::unique(claims).begin(), claims.end());
    for (const size_t index : groups) journey_.milestones[index].conflict = true;
    for (const size_t index : claims) journey_.claims[index].conflict = true;
    if (journey_.conflicts.size() >= kConflictsMax) {
      journey_.truncated = true;
      return;
    }
    const MilestoneGroup& named = group(groups.back());
    journey_.conflicts.push_back({kind, named.milestone, named.equipment, std::move(claims), std::move(text)});
  }

  // Whether two claims of different parties in the list differ; `differ` compares two events.
  template <typename Differ>
  [[nodiscard]] bool parties_differ(const std::vector<size_t>& list, const Differ& differ) const {
    for (size_t i = 0; i < list.size(); ++i)
      for (size_t k = i + 1; k < list.size(); ++k)
        if (claim(list[i]).sender != claim(list[k]).sender && differ(claim(list[i]).event, claim(list[k]).event)) return true;
    return false;
  }

  // Claims about one act, side by side.
  void within(size_t index) {
    const std::vector<size_t>& actual = group(index).actual;
    if (actual.size() < 2) return;
    const std::string what(name(group(index).milestone));
    const int64_t tolerance = tolerance_of(group(index).milestone);
    const auto apart = [](const Event& a, const Event& b) { return std::abs(a.occurred.micros - b.occurred.micros); };
    if (parties_differ(actual, [&](const Event& a, const Event& b) { return apart(a, b) > tolerance; }))
      report(ConflictKind::time, {index}, actual,
             what + ": parties differ by " + duration(apart(claim(actual.front()).event, claim(actual.back()).event)));
    if (parties_differ(actual, [](const Event& a, const Event& b) {
          const Place &p = a.place, &q = b.place;
          return !p.facility.empty() && !q.facility.empty() && p.facility != q.facility && p.facility_provider == q.facility_provider;
        }))
      report(ConflictKind::place, {index}, actual, what + ": parties name different facilities");
    if (parties_differ(actual, [](const Event& a, const Event& b) {
          return a.equipment.load != Load::unknown && b.equipment.load != Load::unknown && a.equipment.load != b.equipment.load;
        }))
      report(ConflictKind::load, {index}, actual, what + ": empty for one party, laden for another");
    if (uses_vessel(index) &&
        parties_differ(actual, [](const Event& a, const Event& b) { return vessels_differ(a.transport, b.transport); }))
      report(ConflictKind::transport, {index}, actual, what + ": parties name different vessels");
  }

  [[nodiscard]] bool uses_vessel(size_t index) const {
    return group(index).milestone == Milestone::loaded || group(index).milestone == Milestone::discharged;
  }

  static bool vessels_differ(const Transport& a, const Transport& b) {
    if (!a.vessel_imo.empty() && !b.vessel_imo.empty()) return a.vessel_imo != b.vessel_imo;
    return !a.vessel_name.empty() && !b.vessel_name.empty() && a.vessel_name != b.vessel_name;
  }
  static bool same_voyage(const Transport& a, const Transport& b) {
    return carrier_of(a) == carrier_of(b) && !carrier_of(a).empty() && a.voyage == b.voyage;
  }

  // One act told at two ports by two parties.
  void places(const std::vector<size_t>& groups) {
    for (size_t i = 0; i < groups.size(); ++i) {
      for (size_t k = i + 1; k < groups.size() && at(groups[k]) - at(groups[i]) <= kOnePlaceUs; ++k) {
        const size_t a = groups[i], b = groups[k];
        const std::string &here = first(a).place.unlocode, &there = first(b).place.unlocode;
        if (group(a).milestone != group(b).milestone || here.empty() || there.empty() || here == there) continue;
        std::vector<size_t> both = group(a).actual;
        both.insert(both.end(), group(b).actual.begin(), group(b).actual.end());
        if (!parties_differ(both, [](const Event& x, const Event& y) { return x.place.unlocode != y.place.unlocode; })) continue;
        report(ConflictKind::place, {a, b}, both,
               std::string(name(group(a).milestone)) + ": at " + here + " for one party, at " + there + " for another");
      }
    }
  }

  static bool one_facility(const Place& a, const Place& b) {
    return a.unlocode == b.unlocode && (a.facility.empty() || b.facility.empty() || a.facility == b.facility);
  }

  void order_in_place(const std::vector<size_t>& groups) {
    static const std::set<Milestone> kMoves = {Milestone::gate_in, Milestone::gate_out, Milestone::loaded, Milestone::discharged};
    std::map<std::string, size_t> before;  // the move before, by port
    for (const size_t index : groups) {
      if (!kMoves.contains(group(index).milestone)) continue;
      const auto [entry, fresh] = before.try_emplace(first(index).place.unlocode, index);
      if (fresh) continue;
      const size_t earlier = entry->second;
      entry->second = index;
      for (const OrderRow& row : kOrdersInPlace) {
        if (group(earlier).milestone != row.second || group(index).milestone != row.first) continue;
        const Load one = first(earlier).equipment.load, other = first(index).equipment.load;
        const bool another_use = one != Load::unknown && other != Load::unknown && one != other;
        if (another_use || !one_facility(first(earlier).place, first(index).place)) continue;
        report(ConflictKind::order, {index, earlier}, {group(earlier).actual.front(), group(index).actual.front()}, std::string(row.text));
      }
    }
  }

  void order_on_vessel(const std::vector<size_t>& groups) {
    std::vector<Act> acts = acts_on_vessels(groups);
    for (const VesselOrderRow& row : kOrdersOnVessel) {
      const auto fits = [&row](const Act& one, const Act& other) {
        return one.voyage == other.voyage && (one.unlocode == other.unlocode) == row.same_port;
      };
      for (const Act& later : acts) {
        for (const Act& earlier : acts) {
          if (later.milestone != row.first || earlier.milestone != row.second || !fits(later, earlier)) continue;
          if (later.at_us - earlier.at_us <= tolerance_of(row.second)) continue;
          // Another act of the first kind came in time: the late one is the next round's.
          const bool explained = std::ranges::any_of(
              acts, [&](const Act& other) { return other.milestone == row.first && other.at_us <= earlier.at_us && fits(other, earlier); });
          if (explained) continue;
          report(ConflictKind::order, {later.group, earlier.group},
                 {group(earlier.group).actual.front(), group(later.group).actual.front()}, std::string(row.text));
        }
      }
    }
  }

  struct Act {
    size_t group;
    Milestone milestone;
    int64_t at_us;
    std::string voyage;  // of the vessel
    std::string unlocode;
  };

  // The first kActsComparedMax of what happened to a box, and of its vessels' calls, on a vessel that is known.
  std::vector<Act> acts_on_vessels(const std::vector<size_t>& groups) const {
    std::vector<Act> acts;
    const auto add = [&](size_t index) {
      const Transport& transport = first(index).transport;
      const std::string carrier = carrier_of(transport);
      if (!carrier.empty() && acts.size() < kActsComparedMax)
        acts.push_back({index, group(index).milestone, at(index), carrier + "/" + transport.voyage, first(index).place.unlocode});
    };
    for (const size_t index : groups)
      if (uses_vessel(index)) add(index);
    for (size_t i = 0; i < journey_.milestones.size(); ++i)
      if (!group(i).transport.empty() && !group(i).actual.empty()) add(i);
    return acts;
  }

  // Loaded on a second vessel while still on the first.
  void two_vessels(const std::vector<size_t>& groups) {
    std::optional<size_t> aboard;
    for (const size_t index : groups) {
      if (group(index).milestone == Milestone::discharged) {
        aboard.reset();
      } else if (group(index).milestone == Milestone::loaded) {
        if (aboard && vessels_differ(first(*aboard).transport, first(index).transport) && !discharged_unseen(groups, *aboard, index))
          report(ConflictKind::transport, {*aboard, index}, {group(*aboard).actual.front(), group(index).actual.front()},
                 "loaded on " + carrier_of(first(index).transport) + " while on " + carrier_of(first(*aboard).transport));
        aboard = index;
      }
    }
  }

  // At another port the discharge between may simply not have been told, unless it is told for later.
  [[nodiscard]] bool discharged_unseen(const std::vector<size_t>& groups, size_t first_load, size_t second_load) const {
    if (first(first_load).place.unlocode == first(second_load).place.unlocode) return false;
    return std::ranges::none_of(groups, [&](size_t other) {
      return group(other).milestone == Milestone::discharged && at(other) > at(second_load) &&
             same_voyage(first(other).transport, first(first_load).transport);
    });
  }

  Journey& journey_;
};

}  // namespace

void find_conflicts(Journey& journey) { Finder(journey).find(); }

}  // namespace fairway::journey
