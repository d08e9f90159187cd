#include "journey/units.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "journey/index.h"

namespace fairway::journey {
namespace {

using enum ReferenceKind;

constexpr int64_t kOneFlightUs = 12LL * 3'600'000'000;
constexpr size_t kUnitsUnderOneMax = 8;  // a job or a road cargo reference of more says nothing of any of them

constexpr std::array kOnLand = {house_air_waybill, house_document, air_waybill, transport_document, booking, shipping_instruction};
constexpr std::array kInTheAir = {air_waybill, house_air_waybill, house_document, transport_document, booking, shipping_instruction};
// What cargo travels under on a stretch of its way, or is cleared by, beside its paper.
constexpr std::array kOfAStretch = {road_cargo_reference, transport_order, consignment, declaration};

bool is_of_a_stretch(ReferenceKind kind) { return std::ranges::find(kOfAStretch, kind) != kOfAStretch.end(); }

std::vector<Unit> boxes_of(const Event& event) {
  std::vector<Unit> units;
  for (const Reference& reference : event.references)
    if (reference.kind() == equipment) units.push_back({true, reference.value()});
  return units;
}

const Reference* paper_of(const Event& event) {
  for (const ReferenceKind kind : event.transport.mode == TransportMode::air ? kInTheAir : kOnLand)
    if (const Reference* paper = event.reference(kind)) return paper;
  return nullptr;
}

std::vector<Unit> named_units(const Event& event) {
  std::vector<Unit> units = boxes_of(event);
  if (!units.empty()) return units;
  if (const Reference* paper = paper_of(event)) units.push_back({false, paper->value()});
  return units;
}

std::string_view job_of(const Event& event) {
  const Reference* order = event.reference(transport_order);
  return order == nullptr ? std::string_view() : std::string_view(order->value());
}

}  // namespace

void Units::learn() {
  learnt_ = true;
  for (const Claim& claim : claims_) {
    if (!claim.stands()) continue;
    const std::vector<Unit> units = named_units(claim.event);
    for (const Reference& reference : claim.event.references) {
      if (units.empty() || !is_of_a_stretch(reference.kind())) continue;
      std::vector<Unit>& under = under_[reference];
      for (const Unit& unit : units)
        if (std::ranges::find(under, unit) == under.end()) under.push_back(unit);
    }
  }
  for (auto& [reference, under] : under_) {
    // What travels in a container travels with it.
    if (std::ranges::any_of(under, &Unit::is_box)) std::erase_if(under, [](const Unit& unit) { return !unit.is_box; });
    std::ranges::sort(under);
  }
}

std::vector<Unit> Units::of(const Event& event) {
  std::vector<Unit> units = named_units(event);
  if (!units.empty()) return units;
  if (!learnt_) learn();
  for (const Reference& reference : event.references) {
    const auto found = under_.find(reference);
    if (found != under_.end() && found->second.size() <= kUnitsUnderOneMax) return found->second;
  }
  for (const Reference& reference : event.references)
    if (joins(reference.kind())) return {{false, reference.value()}};
  return {{false, event.references.empty() ? std::string() : event.references.front().value()}};
}

FlightName flight_of(const Event& event) {
  if (const Reference* flight = event.reference(ReferenceKind::flight)) {
    const size_t slash = flight->value().find('/');
    if (slash == std::string::npos) return {flight->value(), {}};
    return {flight->value().substr(0, slash), flight->value().substr(slash + 1)};
  }
  if (event.transport.mode != TransportMode::air) return {};
  return {event.transport.vehicle, {}};
}

bool is_same_flight(const Event& a, const Event& b) {
  const FlightName one = flight_of(a), other = flight_of(b);
  if (one.number != other.number) return false;
  if (!one.date.empty() && !other.date.empty()) return one.date == other.date;
  return std::abs(a.occurred.micros - b.occurred.micros) <= kOneFlightUs;
}

Likeness likeness(const Event& a, const Event& b, bool is_box) {
  if (is_box) return Likeness::unknown;  // it cannot be parted: claims that differ contradict each other
  if (!flight_of(a).empty() && !flight_of(b).empty()) return is_same_flight(a, b) ? Likeness::same : Likeness::different;
  const std::string_view job = job_of(a), other_job = job_of(b);
  if (!job.empty() && !other_job.empty()) return job == other_job ? Likeness::same : Likeness::different;
  // One truck may come twice; two trucks are two.
  const std::string &truck = a.transport.vehicle, &other_truck = b.transport.vehicle;
  return truck.empty() || other_truck.empty() || truck == other_truck ? Likeness::unknown : Likeness::different;
}

}  // namespace fairway::journey
