// What is expected next: what is planned or estimated and has not happened, and what usually follows; and where things stand now.
#include <algorithm>
#include <array>
#include <map>

#include "journey/derive.h"
#include "journey/outages.h"

namespace fairway::journey {
namespace {

constexpr size_t kExpectedMax = 20;

struct NextRow {
  Milestone after;
  Load load;  // unknown: whatever it is
  Milestone next;
};
// The usual order of a container's milestones, of the first row that fits. Arrival and departure are the vessel's: they follow from its
// claims.
constexpr std::array kUsual = {
    NextRow{Milestone::picked_up, Load::laden, Milestone::dropped_off},
    NextRow{Milestone::picked_up, Load::unknown, Milestone::gate_in},
    NextRow{Milestone::stuffed, Load::unknown, Milestone::gate_in},
    NextRow{Milestone::gate_out, Load::empty, Milestone::gate_in},
    NextRow{Milestone::gate_out, Load::unknown, Milestone::gate_in},
    NextRow{Milestone::loaded, Load::unknown, Milestone::discharged},
    NextRow{Milestone::discharged, Load::unknown, Milestone::gate_out},
    NextRow{Milestone::stripped, Load::unknown, Milestone::gate_in},
    NextRow{Milestone::customs_held, Load::unknown, Milestone::customs_released},
};

// A gate-in says where the box is, not where it goes: before its sea leg it is loaded next, after it nothing usually follows.
std::optional<Milestone> usual_next(const Event& last, bool has_sailed) {
  if (last.milestone == Milestone::gate_in) {
    if (last.equipment.load == Load::empty || has_sailed) return std::nullopt;
    return Milestone::loaded;
  }
  const auto row = std::ranges::find_if(kUsual, [&](const NextRow& candidate) {
    return candidate.after == last.milestone && (candidate.load == Load::unknown || candidate.load == last.equipment.load);
  });
  return row == kUsual.end() ? std::nullopt : std::optional(row->next);
}

bool has_happened_since(const Journey& journey, const MilestoneGroup& waiting) {
  const Event& plan = journey.claims[*waiting.best].event;
  const int planned_stage = stage(plan.milestone, plan.equipment.load);
  return std::ranges::any_of(journey.milestones, [&](const MilestoneGroup& other) {
    if (other.actual.empty() || other.equipment != waiting.equipment || other.transport != waiting.transport) return false;
    const Event& fact = journey.claims[other.actual.front()].event;
    if (fact.occurred < plan.occurred) return false;
    return waiting.equipment.empty() ? fact.occurred > plan.occurred : stage(fact.milestone, fact.equipment.load) > planned_stage;
  });
}

std::string where(const Place& place) {
  const std::string known = place.name.empty() ? place.key() : place.name;
  return known.empty() ? "" : " at " + known;
}

void expect_claimed(Journey& journey) {
  for (const MilestoneGroup& group : journey.milestones) {
    if (!group.actual.empty() || journey.expected.size() >= kExpectedMax || has_happened_since(journey, group)) continue;
    if (row(group.milestone).type == EventType::shipment || is_outage(group.milestone)) continue;
    const Event& plan = journey.claims[*group.best].event;
    std::string text = std::string(name(group.milestone)) + where(group.place) + " is " + std::string(name(plan.classifier));
    journey.expected.push_back({group.milestone, group.place, group.equipment, plan.occurred, plan.classifier, std::move(text)});
  }
}

// What is arranged about cargo, and what befalls a place: neither says where the cargo is.
bool is_arranged(Milestone milestone) {
  static constexpr std::array kArranged = {
      Milestone::appointment_requested, Milestone::appointment_offered, Milestone::appointment_confirmed, Milestone::appointment_refused,
      Milestone::appointment_cancelled, Milestone::return_instructed,   Milestone::last_free_day,         Milestone::hold_acknowledged};
  return std::ranges::find(kArranged, milestone) != kArranged.end();
}

struct Last {
  size_t claim = 0;
  bool has_sailed = false;
};

void expect_usual(Journey& journey) {
  std::map<std::string, Last> boxes;
  for (const MilestoneGroup& group : journey.milestones) {
    if (group.equipment.empty() || group.actual.empty()) continue;
    Last& last = boxes[group.equipment];
    last.has_sailed = last.has_sailed || group.milestone == Milestone::discharged;
    const Event& event = journey.claims[group.actual.front()].event;
    if (stage(event.milestone, event.equipment.load) != 0 || event.milestone == Milestone::customs_held) last.claim = group.actual.front();
  }
  for (const auto& [box, last] : boxes) {
    const Event& event = journey.claims[last.claim].event;
    const std::optional<Milestone> next = usual_next(event, last.has_sailed);
    if (!next || journey.expected.size() >= kExpectedMax) continue;
    if (std::ranges::any_of(journey.expected, [&](const Expected& e) { return e.equipment == box && e.milestone == *next; })) continue;
    Expected usual{.milestone = *next, .equipment = box};
    if (*next == Milestone::loaded || *next == Milestone::gate_out || *next == Milestone::customs_released) usual.place = event.place;
    usual.text = std::string(name(*next)) + where(usual.place) + " usually follows";
    journey.expected.push_back(std::move(usual));
  }
}

}  // namespace

void expect_next(Journey& journey) {
  expect_claimed(journey);
  std::ranges::stable_sort(journey.expected, {}, [](const Expected& expected) { return expected.at->micros; });
  expect_usual(journey);
}

void derive_status(Journey& journey) {
  const Reference& asked = journey.reference.reference;
  // Where one box was asked for, its sisters on the same booking do not speak for it.
  const auto of_another_box = [&](const Event& event) {
    const bool names_boxes = event.reference(ReferenceKind::equipment) != nullptr;
    return asked.kind() == ReferenceKind::equipment && names_boxes && std::ranges::find(event.references, asked) == event.references.end();
  };
  std::optional<size_t> papers, upcoming;
  for (size_t i = 0; i < journey.claims.size(); ++i) {
    const Claim& claim = journey.claims[i];
    if (claim.status != ClaimStatus::current || of_another_box(claim.event) || is_outage(claim.event.milestone)) continue;
    if (claim.event.classifier != Classifier::actual) {
      if (!upcoming) upcoming = i;
    } else if (row(claim.event.milestone).type == EventType::shipment || is_arranged(claim.event.milestone)) {
      papers = i;
    } else {
      journey.status = i;  // claims stand in order of time: the last one wins
    }
  }
  if (!journey.status) journey.status = papers ? papers : upcoming;
}

}  // namespace fairway::journey
