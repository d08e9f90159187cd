#include "gateway/edifact/messages/itinerary.h"

#include <array>
#include <span>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kMainCarriage = "20";
constexpr size_t kStagesMax = 999;  // as many as the directories allow

// Where a means of transport leaves from and comes to, the likelier first (UNCL 3227).
constexpr auto kFrom = std::to_array<std::string_view>({"9", "5", "88", "13", "125"});
constexpr auto kTo = std::to_array<std::string_view>({"11", "12", "60", "8", "7", "61", "13"});

// A port of loading or discharge that no stage claims is the main carriage's; receipt and delivery are of what comes before and after.
bool is_of_main_carriage(std::string_view location, Milestone milestone) {
  return (milestone == Milestone::departed && (location == "9" || location == "5")) ||
         (milestone == Milestone::arrived && (location == "11" || location == "12"));
}

}  // namespace

void Itinerary::segment(Report& report, const Segment& segment) {
  if (segment.tag == "TDT") {
    in_stage_ = true;
    last_.reset();
    if (stages_.size() < kStagesMax) stages_.push_back({read_stage(segment), origin_of(segment), {}});
  } else if (segment.tag == "LOC") {
    last_ = read_location(segment);
    report.gather(in_stage_ && !stages_.empty() ? stages_.back().locations : locations_, *last_, origin_of(segment));
  } else if (segment.tag == "DTM") {
    time(report, segment);
  } else if (segment.tag == "RFF" && segment.at(1, 1) == "VON" && in_stage_ && !stages_.empty()) {
    std::string& voyage = stages_.back().stage.transport.voyage;
    if (voyage.empty()) voyage = to_upper(trim(segment.at(1, 2)));
  }
}

void Itinerary::time(Report& report, const Segment& dtm) {
  if (!call_time_of(dtm.at(1, 1)) || dtm.at(1, 2).empty()) return;
  if (times_.size() >= limits::kEdifactLegTimesMax)
    return report.note(Severity::warning, "edifact.group_too_large", "The message has more times of calls than are read.", origin_of(dtm));
  times_.push_back({stated_time(dtm), in_stage_ && !stages_.empty() ? stages_.size() - 1 : kNone, last_});
}

const Stage* Itinerary::main() const {
  for (const Leg& leg : stages_)
    if (leg.stage.qualifier == kMainCarriage) return &leg.stage;
  return stages_.empty() ? nullptr : &stages_.front().stage;
}

Origin Itinerary::main_origin() const {
  for (const Leg& leg : stages_)
    if (leg.stage.qualifier == kMainCarriage) return leg.origin;
  return stages_.empty() ? Origin() : stages_.front().origin;
}

const Location* Itinerary::port(std::initializer_list<std::string_view> qualifiers) const {
  for (const Leg& leg : stages_)
    if (leg.stage.qualifier == kMainCarriage)
      if (const Location* found = find_location(leg.locations, qualifiers)) return found;
  if (const Location* found = find_location(locations_, qualifiers)) return found;
  for (const Leg& leg : stages_)
    if (const Location* found = find_location(leg.locations, qualifiers)) return found;
  return nullptr;
}

// Of its location's group; else the place of its stage that fits; else one of the consignment.
const Place* Itinerary::place_of(const Time& time, Milestone milestone, const std::vector<Location>& wider) const {
  const auto qualifiers =
      milestone == Milestone::departed ? std::span<const std::string_view>(kFrom) : std::span<const std::string_view>(kTo);
  if (time.location && !time.location->place.empty()) return &time.location->place;
  const Location* found = time.stage != kNone ? find_location(stages_[time.stage].locations, qualifiers) : nullptr;
  if (found == nullptr) found = find_location(locations_, qualifiers);
  if (found == nullptr) found = find_location(wider, qualifiers);
  return found != nullptr ? &found->place : nullptr;
}

Transport Itinerary::transport_of(const Time& time, Milestone milestone) const {
  if (time.stage != kNone) return stages_[time.stage].stage.transport;
  const bool of_main = !time.location || is_of_main_carriage(time.location->qualifier, milestone);
  return of_main && main() != nullptr ? main()->transport : Transport();
}

void Itinerary::state(Report& report, const std::vector<Reference>& subject, const std::vector<NamedParty>& parties,
                      const std::vector<Location>& wider) const {
  for (const Time& time : times_) {
    const auto meaning = call_time_of(time.time.qualifier);
    if (!meaning) continue;
    const Origin at{time.time.segment, time.time.offset};
    const Place* place = place_of(time, meaning->milestone, wider);
    if (place == nullptr) {
      report.note(Severity::warning, "edifact.no_place", "An arrival or departure has no place and was left out.", at, "LOC");
      continue;
    }
    Event event;
    event.milestone = meaning->milestone;
    event.classifier = meaning->classifier;
    event.place = *place;
    const auto instant = report.time(time.time, event.place);
    if (!instant) continue;
    event.occurred = *instant;
    event.transport = transport_of(time, meaning->milestone);
    event.references = subject;
    event.parties = parties;
    report.add_references(event.references, event.transport, at);
    if (!event.references.empty()) report.state(std::move(event), at);
  }
}

}  // namespace fairway::gateway::edifact
