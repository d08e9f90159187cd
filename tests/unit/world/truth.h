// The truth of the simulator's multimodal consignments, read back from its lines, and what a reconstructed journey makes of it.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/json.h"
#include "journey/journey.h"

namespace fairway::world_test {

struct TrueLeg {
  int number = 0;
  std::string mode, from, to, carrier;
  [[nodiscard]] std::string text() const { return std::to_string(number) + " " + mode + " " + from + "-" + to + " " + carrier; }
};
struct TrueMilestone {
  std::string milestone, subject, place;
  int leg = 0;
  int64_t at_us = 0;
  std::vector<std::string> formats;
};
struct Truth {
  std::string journey, ask, road_cargo_reference;
  int64_t number = 0;
  std::vector<TrueLeg> legs;
  std::vector<TrueMilestone> milestones;
  [[nodiscard]] const TrueLeg* leg(int wanted) const { return wanted == 0 ? nullptr : &legs.at(static_cast<size_t>(wanted - 1)); }
};

inline std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

inline Truth truth_of(std::string_view line) {
  const json::object object = parse_json(line).value().as_object();
  Truth truth{text_of(object, "journey"),
              std::string(object.at("ask").as_array().at(0).as_string()),
              text_of(object, "roadCargoReference"),
              object.at("number").to_number<int64_t>(),
              {},
              {}};
  for (const json::value& value : object.at("legs").as_array()) {
    const json::object& leg = value.as_object();
    truth.legs.push_back(
        {leg.at("number").to_number<int>(), text_of(leg, "mode"), text_of(leg, "from"), text_of(leg, "to"), text_of(leg, "carrier")});
  }
  for (const json::value& value : object.at("milestones").as_array()) {
    const json::object& one = value.as_object();
    TrueMilestone milestone{text_of(one, "milestone"),
                            text_of(one, "subject"),
                            text_of(one, "place"),
                            one.at("leg").to_number<int>(),
                            parse_rfc3339(text_of(one, "at")).value().micros,
                            {}};
    for (const json::value& format : one.at("formats").as_array()) milestone.formats.emplace_back(format.as_string());
    truth.milestones.push_back(std::move(milestone));
  }
  return truth;
}

inline std::string name_of(const Place& place) {
  if (!place.unlocode.empty()) return place.unlocode;
  return place.facility.empty() ? place.name : place.facility;
}
inline std::string carrier_of(const Transport& t) {
  return !t.vessel_imo.empty() ? t.vessel_imo : !t.vessel_name.empty() ? t.vessel_name : t.vehicle;
}
inline std::string text_of(const journey::Leg& leg) {
  return std::to_string(leg.number) + " " + std::string(name(leg.mode)) + " " + name_of(leg.from) + "-" + name_of(leg.to) + " " +
         carrier_of(leg.transport);
}

// The group that is this milestone: of its subject, at its place, at about its time; the nearest in time. Null where there is none.
inline const journey::MilestoneGroup* find_group(const journey::Journey& journey, const Truth& truth, const TrueMilestone& wanted) {
  constexpr int64_t kToleranceUs = 45LL * 60'000'000;
  const auto speaks_of = [&](const journey::MilestoneGroup& group) {
    if (group.equipment == wanted.subject || group.document == wanted.subject) return true;
    for (const size_t claim : group.actual)
      for (const Reference& reference : journey.claims[claim].event.references)
        if (reference.value() == wanted.subject || reference.value() == truth.road_cargo_reference) return true;
    return false;
  };
  const journey::MilestoneGroup* nearest = nullptr;
  int64_t least = kToleranceUs;
  for (const journey::MilestoneGroup& group : journey.milestones) {
    if (name(group.milestone) != wanted.milestone || group.actual.empty() || !speaks_of(group)) continue;
    if (!wanted.place.empty() && name_of(group.place) != wanted.place) continue;
    for (const size_t claim : group.actual) {
      const int64_t apart = std::abs(journey.claims[claim].event.occurred.micros - wanted.at_us);
      if (apart < least) least = apart, nearest = &group;
    }
  }
  return nearest;
}

// "" where the group stands on the true leg, else what is wrong.
inline std::string wrong_with(const journey::Journey& journey, const journey::MilestoneGroup* group, const TrueLeg* leg) {
  if (group == nullptr) return "not there";
  if (leg == nullptr) return group->leg == 0 ? "" : "on a leg, and belongs on none";
  if (group->leg == 0) return "on no leg";
  for (const journey::Leg& found : journey.legs) {
    if (found.number != group->leg) continue;
    if (name(found.mode) != leg->mode) return "another mode";
    if (name_of(found.from) != leg->from) return "another from";
    if (name_of(found.to) != leg->to) return "another to";
    const std::string carrier = carrier_of(found.transport);
    return carrier.empty() || leg->carrier.empty() || carrier == leg->carrier ? "" : "another carrier";
  }
  return "its leg is not there";
}

}  // namespace fairway::world_test
