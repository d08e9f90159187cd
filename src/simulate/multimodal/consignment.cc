#include "simulate/multimodal/consignment.h"

#include <algorithm>

#include "model/reference.h"
#include "simulate/dice.h"

namespace fairway::simulate::multimodal {
namespace {

// The longest itinerary, so that what begins early enough comes to its end within the period.
constexpr Seconds kLongest = 75 * kDay;
constexpr Seconds kBegunBefore = 40 * kDay;

enum Tag : uint64_t { kKey = 0x6A6F, kChoices = 1, kNumbers = 2, kTimes = 3, kLegTag = 4 };

constexpr uint32_t kTrucks = 40;  // of a haulier

// Owner codes of leased boxes, none of which the port's other boxes have.
constexpr std::array<std::string_view, 4> kOwners = {"DRYU", "GESU", "SZLU", "XINU"};
constexpr std::array<std::string_view, 12> kVesselNames = {"AURORA", "BOREAS", "CASTOR", "DRACO", "ELECTRA", "FORNAX",
                                                           "GEMINI", "HYDRA",  "IZAR",   "LYRA",  "MAIA",    "NORMA"};

std::string padded(uint64_t number, size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

template <typename Values>
const auto& pick(const Values& values, Dice& dice) {
  return values[dice.below(static_cast<uint32_t>(values.size()))];
}

std::string truck_registration(Dice& dice) {
  const auto letter = [&] { return static_cast<char>('A' + dice.below(26)); };
  const char first = letter(), second = letter();
  return std::string{first, second} + std::to_string(dice.between(1000, 9999));
}

class Maker {
 public:
  Maker(uint64_t seed, uint32_t number, Period period) : seed_(seed), period_(period) {
    c_.number = number;
    c_.key = mix(mix(seed, kKey), number);
  }

  Consignment make() {
    choose();
    choose_places();
    name_papers();
    happen();
    watch();
    return std::move(c_);
  }

 private:
  void choose() {
    Dice dice(mix(c_.key, kChoices));
    c_.itinerary = static_cast<Itinerary>(dice.below(kItineraries));
    c_.variant = dice.below(60);
    c_.line = &pick(carriers(), dice);
    c_.terminal = &terminals()[static_cast<size_t>(c_.line->terminal)];
    // What a part of the pieces does can only be told by who tells pieces.
    c_.airline = &pick(airlines(), dice);
    if (c_.itinerary == Itinerary::part_shipment && c_.airline->feed == AirFeed::one_record) c_.airline = &airlines().front();
    c_.shipper = &pick(shippers(), dice);
    c_.consignee = &pick(consignees(), dice);
    c_.forwarder = &pick(forwarders(), dice);
    const bool by_air = c_.itinerary != Itinerary::export_by_rail && c_.itinerary != Itinerary::factory_air;
    c_.pieces = static_cast<int>(dice.between(8, 96)) * (by_air ? 2 : 1);
    c_.gross_kg = c_.pieces * static_cast<int>(dice.between(9, 60));
    c_.size_type = dice.chance(60) ? "45G1" : "22G1";
    c_.reefer = dice.chance(25);
    if (c_.reefer) c_.size_type = "45R1";
    c_.tare_kg = c_.size_type == "22G1" ? 2250 : 3900;
  }

  void put(Where where, const Spot& spot) { c_.places.at(static_cast<size_t>(where)) = &spot; }

  void choose_places() {
    Dice dice(mix(c_.key, kLegTag));
    put(Where::load_port, pick(ports_before(), dice));
    put(Where::hub_port, pick(hub_ports(), dice));
    const uint32_t end = dice.below(static_cast<uint32_t>(ports_after().size()));
    put(Where::discharge_port, ports_after()[end]);
    put(Where::inland_terminal, inland_terminals()[end]);
    put(Where::inland_door, inland_doors()[end]);
    put(Where::terminal, quay(static_cast<size_t>(c_.line->terminal)));
    put(Where::depot, empty_depot());
    put(Where::river_port, pick(river_terminals(), dice));
    const Boundary& boundary = pick(boundaries(), dice);
    put(Where::boundary_hong_kong, boundary.hong_kong);
    put(Where::boundary_mainland, boundary.mainland);
    put(Where::under_way, boundary.mainland);
    put(Where::mainland_door, pick(mainland_doors(), dice));
    put(Where::warehouse, warehouse());
    for (uint32_t i = 0; i < 4; ++i)
      put(static_cast<Where>(static_cast<uint32_t>(Where::door_1) + i), hong_kong_doors()[(i + c_.variant) % hong_kong_doors().size()]);
    put(Where::air_terminal, air_terminal());
    put(Where::hub_airport, pick(hub_airports(), dice));
    const uint32_t airport = dice.below(static_cast<uint32_t>(airports_after().size()));
    put(Where::end_airport, airports_after()[airport]);
    for (uint32_t i = 0; i < 3; ++i)
      put(static_cast<Where>(static_cast<uint32_t>(Where::airport_door) + i), airport_doors()[(airport + i) % airport_doors().size()]);
  }

  // 48271 has no factor in common with 10^7, so that every consignment's serial is another.
  void name_papers() {
    Dice dice(mix(c_.key, kNumbers));
    const uint64_t serial = (uint64_t{c_.number} * 48'271 + mix(seed_) % 10'000'000) % 10'000'000;
    const std::string text = padded(serial, 7);
    Cargo& box = c_.cargo[static_cast<size_t>(Unit::box)];
    box.box = std::string(kOwners[serial % kOwners.size()]) + padded((uint64_t{c_.number} * 7919 + mix(seed_, 7)) % 1'000'000, 6);
    box.box += static_cast<char>('0' + iso6346_check_digit(box.box));
    box.booking = std::string(c_.line->scac.substr(0, 2)) + "MM" + text;
    box.bill = std::string(c_.line->scac) + "MM" + text;
    const std::string air_waybill = std::string(c_.airline->prefix) + text + static_cast<char>('0' + serial % 7);
    for (const Unit unit : {Unit::air, Unit::part_1, Unit::part_2}) c_.cargo[static_cast<size_t>(unit)].air_waybill = air_waybill;
    for (size_t i = 0; i < 4; ++i) {
      Cargo& house = c_.cargo[static_cast<size_t>(Unit::house_1) + i];
      const std::string number = text + static_cast<char>('A' + i);
      (c_.itinerary == Itinerary::air_consolidation ? house.house_air_waybill : house.house) = "HB" + number;
    }
    share_pieces();
    c_.seal = "S" + padded(dice.below(10'000'000), 7);
    c_.forwarder_reference = "FM" + text;
    c_.consignment_reference = "6HK4897700" + text;
    c_.road_cargo_reference = "RC" + text + "9";
    c_.unit_load_device = "PMC" + padded(10'000 + serial % 90'000, 5) + std::string(c_.airline->code);
  }

  void share_pieces() {
    const auto give = [&](Unit unit, int pieces) {
      Cargo& cargo = c_.cargo[static_cast<size_t>(unit)];
      cargo.pieces = pieces;
      cargo.gross_kg = c_.gross_kg / c_.pieces * pieces;
    };
    give(Unit::box, c_.pieces);
    give(Unit::air, c_.pieces);
    give(Unit::part_1, c_.pieces / 2 + 1);
    give(Unit::part_2, c_.pieces - c_.pieces / 2 - 1);
    for (int i = 0; i < 4; ++i) give(static_cast<Unit>(static_cast<int>(Unit::house_1) + i), c_.pieces / 4);
  }

  Seconds begin_at(Dice& dice) const {
    const Seconds first = period_.start - kBegunBefore, last = std::max(period_.start, period_.end - kLongest);
    return (first + static_cast<Seconds>(dice.next() % static_cast<uint64_t>(last - first + 1))) / kMinute * kMinute;
  }

  void happen() {
    Dice dice(mix(c_.key, kTimes));
    Seconds now = begin_at(dice), fork = now;
    for (const Section& section : sections(c_.itinerary, c_.variant)) {
      const int before = static_cast<int>(c_.legs.size());
      for (const LegRow& leg : section.legs) add_leg(leg);
      for (const Row& row : section.rows) {
        if ((row.flags & kAgain) != 0) now = fork;
        now += dice.between(row.after_min, row.after_max) * kMinute;
        if ((row.flags & kFork) != 0) fork = now;
        const int leg = row.leg == 0 ? 0 : before + row.leg;
        c_.acts.push_back({row, leg, c_.at(row.where), now});
        if (leg != 0) note_time(c_.legs[static_cast<size_t>(leg - 1)], row.what, now);
      }
    }
  }

  // What nobody does: a reefer measures, and a vessel is heard near Hong Kong.
  void watch() {
    for (const Leg& leg : c_.legs) {
      if (leg.mode != TransportMode::vessel) continue;
      const Seconds quarter = (leg.arrived - leg.departed) / 4 / kMinute * kMinute;
      if (c_.reefer)
        for (const Seconds at : {leg.departed + quarter, leg.arrived - quarter})
          c_.acts.push_back(
              {{Milestone::measured, 0, 0, Where::under_way, 1, Unit::box, Voice::sensor}, leg.number, c_.at(Where::under_way), at});
      const bool comes = leg.to == c_.at(Where::terminal), goes = leg.from == c_.at(Where::terminal);
      if (comes || goes)
        c_.acts.push_back({{Milestone::located, 0, 0, Where::under_way, 1, Unit::box, Voice::ais, Voice::none, kPaper},
                           leg.number,
                           c_.at(Where::under_way),
                           comes ? leg.arrived : leg.departed + 2 * kHour});
    }
  }

  void add_leg(const LegRow& row) {
    Leg leg;
    leg.number = static_cast<int>(c_.legs.size()) + 1;
    leg.mode = row.mode;
    leg.from = c_.at(row.from);
    leg.to = c_.at(row.to);
    Dice dice(mix(c_.key, mix(kLegTag, static_cast<uint64_t>(leg.number))));
    const std::string tail = padded(c_.number, 5) + std::to_string(leg.number);
    switch (leg.mode) {
      case TransportMode::vessel: name_vessel(leg, dice); break;
      case TransportMode::barge:
        leg.vessel = "BEIJIANG " + std::to_string(1000 + dice.below(900));
        leg.voyage = "J" + tail;
        break;
      case TransportMode::rail:
        leg.vehicle = "X" + std::to_string(40'000 + dice.below(9'000));
        leg.wagon = "3185" + padded(dice.below(100'000'000), 8);
        break;
      case TransportMode::air: name_flight(leg); break;
      default: name_truck(leg, row, tail, dice); break;
    }
    c_.legs.push_back(std::move(leg));
  }

  // Vessels of their own, so that no other consignment's calls are theirs.
  void name_vessel(Leg& leg, Dice& dice) {
    const uint64_t vessel = uint64_t{c_.number} * 2 + (leg.number > 2 ? 1 : 0);
    leg.imo = std::to_string(900'000 + (vessel * 7 + 24'321) % 100'000);
    leg.imo += static_cast<char>('0' + imo_check_digit(leg.imo));
    leg.mmsi = "477" + padded(vessel % 1'000'000, 6);
    leg.vessel = std::string(c_.line->vessel_prefix) + " " + std::string(kVesselNames[vessel % kVesselNames.size()]) + " " +
                 std::to_string(vessel / kVesselNames.size() + 1);
    leg.call_sign = "VS" + padded(vessel % 100'000, 5);
    leg.voyage = std::to_string(dice.between(100, 899)) + "E";
  }

  // An airline's flight between two airports has one number every day, shared by whatever flies on it. A part shipment's second flight is
  // that of the next day, or the next number.
  void name_flight(Leg& leg) const {
    const auto letters = [](std::string_view code) { return uint64_t{code.empty() ? 0U : static_cast<unsigned char>(code.front())} << 8; };
    const uint64_t route = mix(letters(leg.from->iata) + static_cast<unsigned char>(leg.from->iata.back()),
                               letters(leg.to->iata) + static_cast<unsigned char>(leg.to->iata.back()));
    const bool second = !c_.legs.empty() && c_.legs.back().mode == TransportMode::air && c_.legs.back().to == leg.to;
    const uint64_t number = 100 + route % 800 + (second && c_.variant % 2 != 0 ? 1 : 0);
    leg.vehicle = std::string(c_.airline->code) + std::to_string(number);
  }

  void name_truck(Leg& leg, const LegRow& row, const std::string& tail, Dice& dice) {
    const bool abroad = row.from == Where::end_airport || row.from == Where::inland_terminal;
    leg.haulier = abroad ? &pick(hauliers_abroad(), dice) : &pick(hauliers(), dice);
    Dice truck(mix(static_cast<uint64_t>(leg.haulier->gln.back()), dice.below(kTrucks)));
    leg.vehicle = truck_registration(truck);
    leg.order = "TO" + tail;
    leg.lock = "EL" + tail;
  }

  static void note_time(Leg& leg, Milestone what, Seconds at) {
    const bool by_truck = leg.mode == TransportMode::truck;
    if (leg.departed == 0 && (by_truck || what == Milestone::departed)) leg.departed = at;
    const bool ends =
        what == Milestone::gate_in || what == Milestone::dropped_off || what == Milestone::accepted || what == Milestone::delivered;
    if (leg.arrived == 0 && (by_truck ? ends : what == Milestone::arrived)) leg.arrived = at;
  }

  const uint64_t seed_;
  const Period period_;
  Consignment c_;
};

}  // namespace

bool Consignment::has(Unit unit) const {
  return std::ranges::any_of(acts, [&](const Act& act) { return act.row.unit == unit; });
}

bool Consignment::is_into_hong_kong() const { return itinerary != Itinerary::mainland_by_truck; }

const std::string& subject_of(const Cargo& cargo) {
  for (const std::string* number : {&cargo.box, &cargo.house, &cargo.house_air_waybill})
    if (!number->empty()) return *number;
  return cargo.air_waybill;
}

Consignment consignment(uint64_t seed, uint32_t number, Period period) { return Maker(seed, number, period).make(); }

}  // namespace fairway::simulate::multimodal
