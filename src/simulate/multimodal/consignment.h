// Consignment: what is true of one consignment on its way from door to door: its papers and numbers, the legs, and everything that happens.
// It follows from the seed and its number alone. Value type; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "simulate/multimodal/companies.h"
#include "simulate/multimodal/itinerary.h"
#include "simulate/multimodal/places.h"
#include "simulate/schedule.h"

namespace fairway::simulate::multimodal {

// A leg and its means of transport. What the mode does not have is "".
struct Leg {
  int number = 0;  // from 1 on, in the order of the itinerary
  TransportMode mode = TransportMode::unknown;
  const Spot *from = nullptr, *to = nullptr;
  std::string imo, vessel, call_sign, mmsi, voyage;  // of a vessel or barge
  std::string vehicle;                               // truck's registration, flight, train
  std::string wagon, order, lock;                    // order: the haulier's job
  const Company* haulier = nullptr;
  Seconds departed = 0, arrived = 0;
};

// The numbers under which some of the cargo moves; those that do not speak of it are "".
struct Cargo {
  std::string box, booking, bill, house, air_waybill, house_air_waybill;
  int pieces = 0, gross_kg = 0;
};

// Something that happens.
struct Act {
  Row row;
  int leg = 0;  // of the consignment; 0: on none
  const Spot* where = nullptr;
  Seconds at = 0;
};

struct Consignment {
  uint32_t number = 0;
  uint64_t key = 0;  // from which everything about it follows
  Itinerary itinerary = Itinerary::mainland_by_truck;
  uint32_t variant = 0;
  const Carrier* line = nullptr;
  const Terminal* terminal = nullptr;
  const Airline* airline = nullptr;
  const Company *shipper = nullptr, *consignee = nullptr, *forwarder = nullptr;
  std::array<const Spot*, kWheres> places = {};
  std::array<Cargo, kUnits> cargo;
  std::string size_type, seal, forwarder_reference, consignment_reference, road_cargo_reference, unit_load_device;
  int pieces = 0, gross_kg = 0, tare_kg = 0;
  bool reefer = false;  // the container: it tells its temperature
  std::vector<Leg> legs;
  std::vector<Act> acts;

  [[nodiscard]] const Cargo& of(Unit unit) const { return cargo.at(static_cast<size_t>(unit)); }
  [[nodiscard]] const Spot* at(Where where) const { return places.at(static_cast<size_t>(where)); }
  [[nodiscard]] const Leg* leg(int leg_number) const { return leg_number == 0 ? nullptr : &legs.at(static_cast<size_t>(leg_number - 1)); }
  [[nodiscard]] bool has(Unit unit) const;       // whether anything happens to it
  [[nodiscard]] bool is_into_hong_kong() const;  // over the boundary: into Hong Kong, or out of it
};

// As the cargo moves, by the container's number or by the paper it goes under.
[[nodiscard]] const std::string& subject_of(const Cargo& cargo);

[[nodiscard]] Consignment consignment(uint64_t seed, uint32_t number, Period period);

}  // namespace fairway::simulate::multimodal
