// Segments of container messages as values of the model: LOC, TDT, EQD, MEA, SEL, NAD, FTX.
//
// Lenient: what a segment does not say stays empty. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/edifact/messages/times.h"
#include "gateway/edifact/segment.h"
#include "model/event.h"

namespace fairway::gateway::edifact {

// Where in the message a claim stands.
struct Origin {
  uint32_t segment = 0;
  uint64_t offset = 0;
};
[[nodiscard]] inline Origin origin_of(const Segment& segment) { return {segment.number, segment.offset}; }

struct Location {
  std::string qualifier;  // 3227
  Place place;
  bool opens_group = false;  // the times that follow are of this place
};
// The place of C517, with the facility from C519 ("HKHKG:139:6" and "HITHK:72:306"). Countries in C519 (1131 162) are no facility.
[[nodiscard]] Location read_location(const Segment& loc);

// The first of `locations` with one of `qualifiers`, in the order of the qualifiers; null where there is none.
[[nodiscard]] const Location* find_location(const std::vector<Location>& locations, std::span<const std::string_view> qualifiers);
[[nodiscard]] inline const Location* find_location(const std::vector<Location>& locations,
                                                   std::initializer_list<std::string_view> qualifiers) {
  return find_location(locations, std::span(qualifiers.begin(), qualifiers.size()));
}

struct Stage {
  std::string qualifier;  // 8051: 20 main carriage, 10 pre-carriage, 30 on-carriage, 1 inland
  Transport transport;
};
// Identification by 8213 and 1131: 103 is a call sign, 146 and 11 an IMO number; of a truck or train it is the vehicle.
[[nodiscard]] Stage read_stage(const Segment& tdt);

// "<IMO number, call sign, carrier or name>/<voyage>", the value of a voyage reference; "" where the voyage is not named.
[[nodiscard]] std::string voyage_key(const Transport& transport);

struct Equipment {
  std::string kind;    // 8053
  std::string number;  // 8260 as sent
  std::string status;  // 8249: 2 export, 3 import, 6 transhipment
  EquipmentFacts facts;
};
[[nodiscard]] Equipment read_equipment(const Segment& eqd);

void read_measurement(const Segment& mea, EquipmentFacts& facts);  // masses only
void read_seal(const Segment& sel, EquipmentFacts& facts);         // "CA" and the like without a number is no seal

[[nodiscard]] NamedParty read_party(const Segment& nad);

// The free text of FTX joined by blanks; "" for a coded text.
[[nodiscard]] std::string read_text(const Segment& ftx);

}  // namespace fairway::gateway::edifact
