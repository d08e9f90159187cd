#include "gateway/edifact/messages/equipment_order.h"

#include <array>
#include <span>
#include <utility>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

using M = Milestone;

// Where the places and times of each milestone stand, the likelier first (UNCL 3227 and 2005).
struct Row {
  Milestone milestone;
  std::span<const std::string_view> places, times, call_times;
};
constexpr auto kLoadPlaces = std::to_array<std::string_view>({"9", "5", "165", "175"});
constexpr auto kDischargePlaces = std::to_array<std::string_view>({"11", "12", "165", "175"});
constexpr auto kInPlaces = std::to_array<std::string_view>({"165", "200", "175", "99", "9", "7", "8"});
constexpr auto kOutPlaces = std::to_array<std::string_view>({"165", "200", "175", "98", "11", "9"});
constexpr auto kLoadTimes = std::to_array<std::string_view>({"203", "404", "7", "189", "133"});
constexpr auto kDischargeTimes = std::to_array<std::string_view>({"203", "403", "7", "232", "132"});
constexpr auto kInTimes = std::to_array<std::string_view>({"7", "76", "191", "395", "2", "64", "63", "203"});
constexpr auto kOutTimes = std::to_array<std::string_view>({"7", "201", "200", "234", "10", "2", "203"});
constexpr auto kExpiry = std::to_array<std::string_view>({"36", "61"});
constexpr auto kClearance = std::to_array<std::string_view>({"7", "58", "203", "137"});
constexpr auto kArrivals = std::to_array<std::string_view>({"232", "132", "178"});
constexpr auto kDepartures = std::to_array<std::string_view>({"189", "133", "186", "136"});
constexpr std::array kRows = {
    Row{M::loaded, kLoadPlaces, kLoadTimes, kDepartures}, Row{M::discharged, kDischargePlaces, kDischargeTimes, kArrivals},
    Row{M::gate_in, kInPlaces, kInTimes, kArrivals},      Row{M::gate_out, kOutPlaces, kOutTimes, kArrivals},
    Row{M::picked_up, kOutPlaces, kOutTimes, kArrivals},  Row{M::customs_released, kInPlaces, kClearance, {}},
    Row{M::customs_held, kInPlaces, kExpiry, {}},
};

const Row& row_of(Milestone milestone) {
  for (const Row& row : kRows)
    if (row.milestone == milestone) return row;
  return kRows.front();
}

bool is_land(TransportMode mode) { return mode == TransportMode::truck || mode == TransportMode::rail || mode == TransportMode::barge; }

}  // namespace

void EquipmentOrder::segment(const Segment& segment) {
  if (segment.tag == "EQD") {
    if (in_header_) leave_header();
    state_group();
    in_goods_ = false;
    group_ = equipment_group(segment);
    return;
  }
  if (segment.tag == "CNT" || segment.tag == "UNT") return state_group();
  if (segment.tag == "GID") in_goods_ = true;
  if (in_goods_) return goods_segment(segment);
  if (group_) return add_to_group(report_, *group_, segment);
  if (segment.tag == "FTX" && segment.at(1) == "OSI" && direction_.empty()) direction_ = to_upper(trim(segment.at(3, 1)));
  if (in_header_) head_.segment(report_, segment);
}

void EquipmentOrder::finish() {
  if (in_header_) leave_header();
  state_group();
  report_.check_cancellation();
}

// The goods come before the containers: their papers are those of all containers of the message.
void EquipmentOrder::goods_segment(const Segment& segment) {
  if (segment.tag == "NAD") report_.add_party(segment);
  if (segment.tag == "DTM") report_.gather(papers_, stated_time(segment), origin_of(segment));
  if (segment.tag == "RFF") report_.add_reference(goods_, segment);
  if (segment.tag != "DOC") return;
  constexpr std::string_view kDeclarations[] = {"830", "833", "929", "930", "952", "955"};
  for (const std::string_view type : kDeclarations)
    if (segment.at(1, 1) == type)
      report_.add_reference(goods_, ReferenceKind::declaration, segment.at(2, 1), origin_of(segment), "DOC/2/1");
}

std::optional<Milestone> EquipmentOrder::by_direction() const {
  if (!is("COPRAR") || direction_.empty()) return std::nullopt;
  if (direction_ == "L") return M::loaded;
  return direction_ == "D" ? std::optional(M::discharged) : std::nullopt;
}

void EquipmentOrder::leave_header() {
  in_header_ = false;
  const auto found = milestone_by_code(report_);
  if (found) ordered_ = found->milestone;
  const auto stated = by_direction();
  if (found && found->assumed && stated != found->milestone) note_assumed_profile(report_);
  if (!ordered_) ordered_ = stated;
  head_.leave(report_, ordered_);
}

std::optional<Milestone> EquipmentOrder::by_content(const EquipmentGroup& group) const {
  const bool is_export = group.equipment.status == "2", is_import = group.equipment.status == "3";
  const bool is_empty = group.equipment.facts.load == Load::empty;
  const auto at = [&](std::string_view qualifier) {
    return find_location(group.locations, {qualifier}) != nullptr || find_location(group.leg_locations, {qualifier}) != nullptr ||
           find_location(head_.locations, {qualifier}) != nullptr;
  };
  if (is("CODENO")) return M::customs_released;
  if (is("COPRAR")) return loaded_or_discharged(head_.locations, group);
  if (at("99")) return M::gate_in;
  if (at("98")) return M::picked_up;
  if (is_export || is_import) {
    if (is_empty) return is_export ? M::picked_up : M::gate_in;  // out to be packed, back from being unpacked
    return is_export ? M::gate_in : M::gate_out;
  }
  if (is_empty && group.equipment.number.empty()) return M::picked_up;
  return std::nullopt;
}

std::optional<Milestone> EquipmentOrder::milestone_of(const EquipmentGroup& group) {
  if (ordered_) {
    const bool empty_release = ordered_ == M::gate_out && is("COPARN") && group.equipment.facts.load == Load::empty;
    return empty_release ? M::picked_up : *ordered_;
  }
  const auto guessed = by_content(group);
  note_guess(report_, group, guessed, "ordered");
  return guessed;
}

Place EquipmentOrder::place_of(const EquipmentGroup& group, Milestone milestone) const {
  // The ports of a container of a vessel's order are where it came from and goes to; the call is the header's.
  const bool of_call = is("COPRAR");
  for (const std::vector<Location>* locations :
       {of_call ? &head_.locations : &group.locations, &group.leg_locations, of_call ? &group.locations : &head_.locations})
    if (const Location* found = find_location(*locations, row_of(milestone).places)) return found->place;
  return {};
}

std::optional<Instant> EquipmentOrder::time_of(const EquipmentGroup& group, Milestone milestone, const Place& place) {
  const Row& row = row_of(milestone);
  for (const std::vector<StatedTime>* times : {&group.times, &std::as_const(papers_), &std::as_const(head_.times)})
    if (const StatedTime* found = find_time(*times, row.times)) return report_.time(*found, place);
  if (const StatedTime* found = find_time(group.leg_times, row.call_times)) return report_.time(*found, place);
  if (const StatedTime* found = head_.call_time(row.call_times)) return report_.time(*found, place);
  // When papers expire is not when the notice was written.
  if (milestone != M::customs_held) return report_.time_of({}, {}, row.times, place, group.origin);
  report_.note(Severity::error, "edifact.no_time", "No day of expiry is given, so that the event cannot be stated.", group.origin, "DTM");
  return std::nullopt;
}

// A gate is passed on the truck, train or barge named for the container or for the whole notice, else the vessel is the transport.
Transport EquipmentOrder::transport_of(const EquipmentGroup& group) const {
  if (is("COPRAR") || !group.leg || !is_land(group.leg->mode)) return head_.transport;
  return *group.leg;
}

void EquipmentOrder::state_group() {
  if (!group_) return;
  EquipmentGroup group = *std::exchange(group_, std::nullopt);
  const Origin at = group.origin;
  const auto kind = subject_of(report_, group);
  if (!kind) return;
  Event event;
  report_.add_reference(event.references, *kind, group.equipment.number, at, "EQD/2/1");
  const bool numbered = !event.references.empty();
  add_each_once(event.references, group.references);
  inherit(event.references, goods_);
  inherit(event.references, head_.references);
  if (event.references.empty())
    return report_.note(Severity::warning, "edifact.no_equipment_number",
                        "Neither the container nor its booking is named, so that nothing can be stated of it.", at, "EQD/2/1");
  const auto milestone = milestone_of(group);
  if (!milestone) return;
  event.milestone = *milestone;
  event.classifier = milestone == M::customs_released ? Classifier::actual : Classifier::planned;
  event.place = place_of(group, *milestone);
  const auto occurred = time_of(group, *milestone, event.place);
  if (!occurred) return;
  event.occurred = *occurred;
  event.transport = transport_of(group);
  if (group.leg) report_.add_references(event.references, *group.leg, at);
  report_.add_reference(event.references, ReferenceKind::vehicle, event.transport.vehicle, at, "TDT/8/1");
  if (!numbered && !group.quantity.empty()) append_remark(event.remark, group.quantity + " x " + group.equipment.facts.iso_code);
  append_remark(event.remark, group.remark);
  event.equipment = std::move(group.equipment.facts);
  event.parties = std::move(group.parties);
  report_.state(std::move(event), at);
}

}  // namespace fairway::gateway::edifact
