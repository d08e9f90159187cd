// Itineraries: by which legs a consignment travels, what happens on them in which order, and who tells it. Tables; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/event.h"

namespace fairway::simulate::multimodal {

enum class Itinerary : uint8_t {
  mainland_by_truck,
  mainland_by_barge,
  sea_air,
  factory_air,
  export_by_rail,
  sea_consolidation,
  air_consolidation,
  part_shipment,
};
inline constexpr size_t kItineraries = 8;
[[nodiscard]] std::string_view name(Itinerary itinerary);  // "mainland_by_truck", …

// A place of the itinerary; which one it is follows from the consignment.
enum class Where : uint8_t {
  nowhere,  // said without a place
  under_way,
  load_port,
  hub_port,
  discharge_port,
  inland_terminal,
  inland_door,
  terminal,
  depot,
  river_port,
  boundary_hong_kong,
  boundary_mainland,
  mainland_door,
  warehouse,
  door_1,
  door_2,
  door_3,
  door_4,
  air_terminal,
  hub_airport,
  end_airport,
  airport_door,
  airport_door_2,
  airport_door_3,
};
inline constexpr size_t kWheres = 24;

// What moves. Which papers and numbers speak of it follows from the consignment.
enum class Unit : uint8_t {
  box,      // the container with its booking and bill of lading
  air,      // the air waybill
  part_1,   // some of its pieces
  part_2,   // the others
  house_1,  // a house bill of lading, or house air waybill
  house_2,
  house_3,
  house_4,
};
inline constexpr size_t kUnits = 8;

// Who tells it in which format. The companies behind follow from the consignment.
enum class Voice : uint8_t {
  none,
  line,          // the ocean carrier: DCSA 2.2 or 3.0, or IFTSTA
  booking,       // the ocean carrier's IFTMBC
  bill,          // its IFTMCS
  manifest,      // its CUSCAR
  gate,          // a container terminal's CODECO
  depot,         // the empty depot's CODECO
  quay,          // a container terminal's COARRI
  barge,         // the river operator's land JSON
  barge_edi,     // its IFTSTA
  haulier,       // land JSON or CSV
  road,          // the haulier's land JSON of papers and crossings
  lock,          // its land JSON of the electronic lock
  abroad,        // a haulier at the other end: land CSV
  rail,          // the rail operator's land JSON
  warehouse,     // EPCIS
  airline,       // FSU, XFSU, or ONE Record logistics events
  manifest_air,  // FFM, XFFM, or nothing where the airline speaks ONE Record
  waybill,       // FWB, XFWB, or a ONE Record event
  houses,        // FHL, an XFZB for each, or ONE Record events
  sensor,        // the ocean carrier's reefer, land JSON
  ais,           // a receiver on shore
};

struct LegRow {
  TransportMode mode;
  Where from, to;
};

enum Flag : uint8_t {
  kPaper = 1,  // of papers: no part of the truth
  kEmpty = 2,  // the container is empty
  kFork = 4,   // the next rows marked kAgain are told from this moment on
  kAgain = 8,
};

struct Row {
  Milestone what;
  int16_t after_min, after_max;  // minutes since the row before
  Where where;
  int8_t leg;  // of its section, from 1 on; 0: on none
  Unit unit;
  Voice voice;
  Voice second = Voice::none;
  uint8_t flags = 0;
};

// A stretch of the way that itineraries share.
struct Section {
  std::span<const LegRow> legs;
  std::span<const Row> rows;
};

// The sections of an itinerary, of `variant` of it (any number): sea-air with one flight or two, two houses or four.
[[nodiscard]] std::span<const Section> sections(Itinerary itinerary, uint32_t variant);

}  // namespace fairway::simulate::multimodal
