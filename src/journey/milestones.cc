// Which claims speak of the same thing happening once.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "journey/derive.h"
#include "journey/index.h"
#include "journey/units.h"

namespace fairway::journey {
namespace {

constexpr int64_t kHourUs = 3'600'000'000;
constexpr int64_t kOnePlaceUs = 12 * kHourUs;    // claims of different facilities closer than this contradict; further apart, both happened
constexpr int64_t kOneActUs = 24 * kHourUs;      // two weighings, inspections or re-sealings further apart are two
constexpr int64_t kOneCrossingUs = 2 * kHourUs;  // a truck is there and back within a day
constexpr int64_t kOneAskingUs = kHourUs / 6;    // who is refused a slot asks again at once

// What undoes what: between two gate-ins of a box at one port lies a gate-out, whether or not the port has two terminals.
constexpr std::array<std::pair<Milestone, Milestone>, 8> kOpposites = {{
    {Milestone::gate_in, Milestone::gate_out},
    {Milestone::loaded, Milestone::discharged},
    {Milestone::arrived, Milestone::departed},
    {Milestone::picked_up, Milestone::dropped_off},
    {Milestone::stuffed, Milestone::stripped},
    {Milestone::customs_held, Milestone::customs_released},
    {Milestone::hold_placed, Milestone::hold_released},
    {Milestone::outage_began, Milestone::outage_ended},
}};
// What is done again and again, each time for itself.
constexpr std::array kAskings = {Milestone::appointment_requested, Milestone::appointment_offered,   Milestone::appointment_confirmed,
                                 Milestone::appointment_refused,   Milestone::appointment_cancelled, Milestone::pick_up_refused,
                                 Milestone::return_refused};

int64_t one_act_us(Milestone milestone) {
  if (milestone == Milestone::crossed) return kOneCrossingUs;
  return std::ranges::find(kAskings, milestone) == kAskings.end() ? kOneActUs : kOneAskingUs;
}

std::optional<Milestone> opposite_of(Milestone milestone) {
  for (const auto& [one, other] : kOpposites) {
    if (one == milestone) return other;
    if (other == milestone) return one;
  }
  return std::nullopt;
}

struct DocumentRow {
  std::string_view code;  // DCSA T&T 2.2 documentTypeCode
  ReferenceKind kind;
};
constexpr std::array kDocuments = {
    DocumentRow{"BKG", ReferenceKind::booking},
    DocumentRow{"CBR", ReferenceKind::booking},
    DocumentRow{"SHI", ReferenceKind::shipping_instruction},
    DocumentRow{"TRD", ReferenceKind::transport_document},
    DocumentRow{"BOL", ReferenceKind::transport_document},
};

// The paper that a shipment event is about: the kind that its document type names, else its first paper.
std::string document_of(const Event& event) {
  const auto code = std::ranges::find(kDocuments, std::string_view(event.document_type), &DocumentRow::code);
  if (code != kDocuments.end())
    if (const Reference* named = event.reference(code->kind)) return named->value();
  for (const Reference& reference : event.references)
    if (joins(reference.kind()) && reference.kind() != ReferenceKind::equipment) return reference.value();
  return event.references.empty() ? std::string() : event.references.front().value();
}

struct Subject {
  EventType type;  // shipment for what is known by a paper: its papers, and its moves outside of a container
  std::string name;
  auto operator<=>(const Subject&) const = default;
};

std::vector<Subject> subjects_of(const Event& event, Units& units) {
  const EventType type = row(event.milestone).type;
  if (type == EventType::shipment) return {{type, document_of(event)}};
  const bool says_what_moves = type == EventType::equipment || carrier_of(event.transport).empty();
  if (!says_what_moves || is_call(event)) return {{type, carrier_of(event.transport)}};
  std::vector<Subject> out;
  for (Unit& unit : units.of(event)) out.push_back({unit.is_box ? EventType::equipment : EventType::shipment, std::move(unit.name)});
  return out;
}

std::string place_key(const Place& place) {
  if (!place.unlocode.empty()) return place.unlocode;
  return place.facility.empty() ? place.name : place.facility;
}

bool other_facility(const Place& a, const Place& b) {
  return !a.facility.empty() && !b.facility.empty() && a.facility != b.facility && a.facility_provider == b.facility_provider;
}

// All claims about one subject at one place.
class Visits {
 public:
  Visits(const std::vector<Claim>& claims, bool of_box) : claims_(claims), of_box_(of_box) {}

  void add(size_t claim) { claims_here_.push_back(claim); }

  std::vector<MilestoneGroup> groups() {
    for (const size_t claim : claims_here_)
      if (event(claim).classifier == Classifier::actual) put_actual(claim);
    for (const size_t claim : claims_here_)
      if (event(claim).classifier != Classifier::actual) put_expected(claim);
    return std::move(groups_);
  }

 private:
  [[nodiscard]] const Event& event(size_t claim) const { return claims_[claim].event; }

  void put_actual(size_t claim) {
    const Event& now = event(claim);
    MilestoneGroup* last = nullptr;
    bool undone = false;
    for (MilestoneGroup& group : groups_) {
      if (group.milestone == now.milestone)
        last = &group, undone = false;
      else if (last != nullptr && opposite_of(now.milestone) == group.milestone)
        undone = true;
    }
    if (MilestoneGroup* same = told_of_the_same_part(now))
      last = same;
    else if (last == nullptr || undone || is_another(event(last->actual.front()), now))
      last = &open(now);
    last->actual.push_back(claim);
    if (last->place.facility.empty()) last->place = now.place;
  }

  // What names the same flight or job, whatever else was told of in between.
  MilestoneGroup* told_of_the_same_part(const Event& now) {
    for (MilestoneGroup& group : groups_)
      if (group.milestone == now.milestone && likeness(event(group.actual.front()), now, of_box_) == Likeness::same) return &group;
    return nullptr;
  }

  [[nodiscard]] bool is_another(const Event& first, const Event& now) const {
    if (likeness(first, now, of_box_) == Likeness::different) return true;
    const int64_t apart = now.occurred.micros - first.occurred.micros;
    if (row(now.milestone).type == EventType::shipment) return false;
    if (!opposite_of(now.milestone)) return apart > one_act_us(now.milestone);
    return other_facility(first.place, now.place) && apart > kOnePlaceUs;
  }

  void put_expected(size_t claim) {
    const Event& now = event(claim);
    MilestoneGroup* nearest = nullptr;
    const auto first = [this](const MilestoneGroup& group) -> const Event& {
      return event((group.actual.empty() ? (group.estimated.empty() ? group.planned : group.estimated) : group.actual).front());
    };
    const auto distance = [&](const MilestoneGroup& group) { return std::abs(first(group).occurred.micros - now.occurred.micros); };
    for (MilestoneGroup& group : groups_) {
      if (group.milestone != now.milestone || likeness(first(group), now, of_box_) == Likeness::different) continue;
      if (nearest == nullptr || distance(group) < distance(*nearest)) nearest = &group;
    }
    if (nearest == nullptr) nearest = &open(now);
    (now.classifier == Classifier::planned ? nearest->planned : nearest->estimated).push_back(claim);
    if (nearest->place.facility.empty()) nearest->place = now.place;
  }

  MilestoneGroup& open(const Event& now) {
    MilestoneGroup& group = groups_.emplace_back();
    group.milestone = now.milestone;
    group.place = now.place;
    return group;
  }

  const std::vector<Claim>& claims_;
  const bool of_box_;
  std::vector<size_t> claims_here_;
  std::vector<MilestoneGroup> groups_;
};

// Of one sender's plans (or estimates) the one said last counts.
std::optional<size_t> mark_superseded(std::vector<Claim>& claims, const std::vector<size_t>& list) {
  const auto said_later = [&](size_t a, size_t b) { return std::tuple(claims[a].said_us(), a) < std::tuple(claims[b].said_us(), b); };
  for (const size_t older : list)
    for (const size_t newer : list)
      if (claims[older].sender == claims[newer].sender && said_later(older, newer)) claims[older].status = ClaimStatus::superseded;
  const auto latest = std::ranges::max_element(list, said_later);
  return latest == list.end() ? std::nullopt : std::optional(*latest);
}

void finish(MilestoneGroup& group, std::vector<Claim>& claims) {
  const std::optional<size_t> plan = mark_superseded(claims, group.planned);
  group.latest_estimate = mark_superseded(claims, group.estimated);
  if (!group.actual.empty())
    group.best = group.actual.front();
  else
    group.best = group.latest_estimate ? group.latest_estimate : plan;
}

}  // namespace

int stage(Milestone milestone, Load load) {
  const bool empty = load == Load::empty;
  switch (milestone) {
    case Milestone::picked_up: return load == Load::laden ? 7 : 1;
    case Milestone::stuffed: return 2;
    case Milestone::gate_in: return empty ? 9 : 3;
    case Milestone::loaded:
    case Milestone::stowed: return 4;
    case Milestone::discharged: return 5;
    case Milestone::gate_out: return empty ? 1 : 6;
    case Milestone::stripped: return 8;
    case Milestone::dropped_off: return empty ? 9 : 7;
    default: return 0;
  }
}

std::string carrier_of(const Transport& transport) {
  if (!transport.vessel_imo.empty()) return transport.vessel_imo;
  if (!transport.vessel_name.empty()) return transport.vessel_name;
  return transport.vehicle.empty() ? transport.call_sign : transport.vehicle;
}

void group_milestones(Journey& journey) {
  Units units(journey.claims);
  std::map<std::pair<Subject, std::string>, Visits> visits;
  for (size_t i = 0; i < journey.claims.size(); ++i) {
    const Claim& claim = journey.claims[i];
    if (!claim.stands()) continue;
    for (Subject& subject : subjects_of(claim.event, units)) {
      const bool of_box = subject.type == EventType::equipment;
      visits.try_emplace({std::move(subject), place_key(claim.event.place)}, journey.claims, of_box).first->second.add(i);
    }
  }
  for (auto& [key, at] : visits) {
    const Subject& subject = key.first;
    for (MilestoneGroup& group : at.groups()) {
      std::string& member = subject.type == EventType::equipment   ? group.equipment
                            : subject.type == EventType::transport ? group.transport
                                                                   : group.document;
      member = subject.name;
      finish(group, journey.claims);
      journey.milestones.push_back(std::move(group));
    }
  }
  std::ranges::stable_sort(journey.milestones, {}, [](const MilestoneGroup& group) { return std::tuple(*group.best, group.equipment); });
}

}  // namespace fairway::journey
