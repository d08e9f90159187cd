#include "simulate/multimodal/itinerary.h"

#include <array>

namespace fairway::simulate::multimodal {
namespace {

using M = Milestone;
using T = TransportMode;
using W = Where;
using U = Unit;
using V = Voice;
constexpr int kHour = 60, kDay = 24 * 60;

constexpr std::array<std::string_view, kItineraries> kNames = {"mainland_by_truck", "mainland_by_barge", "sea_air",
                                                               "factory_air",       "export_by_rail",    "sea_consolidation",
                                                               "air_consolidation", "part_shipment"};

// Over the sea to Kwai Tsing.
constexpr auto kOceanLegs = std::to_array<LegRow>({{T::vessel, W::load_port, W::terminal}});
constexpr auto kOcean = std::to_array<Row>({
    {M::document_confirmed, 0, 0, W::load_port, 0, U::box, V::booking, V::none, kPaper},
    {M::loaded, 5 * kDay, 8 * kDay, W::load_port, 1, U::box, V::line},
    {M::departed, 8 * kHour, 20 * kHour, W::load_port, 1, U::box, V::line},
    {M::document_issued, 4 * kHour, 10 * kHour, W::load_port, 0, U::box, V::bill, V::none, kPaper},
    {M::arrived, 5 * kDay, 14 * kDay, W::terminal, 1, U::box, V::line},
    {M::discharged, 2 * kHour, 12 * kHour, W::terminal, 1, U::box, V::quay, V::line},
});

// By one truck from the terminal over the boundary to the door.
constexpr auto kOverBoundaryLegs = std::to_array<LegRow>({{T::truck, W::terminal, W::mainland_door}});
constexpr auto kOverBoundary = std::to_array<Row>({
    {M::document_submitted, 4 * kHour, 20 * kHour, W::boundary_hong_kong, 0, U::box, V::road, V::none, kPaper},
    {M::assigned, 1 * kHour, 4 * kHour, W::nowhere, 0, U::box, V::haulier, V::none, kPaper},
    {M::gate_out, 2 * kHour, 8 * kHour, W::terminal, 1, U::box, V::gate},
    {M::picked_up, 2, 10, W::terminal, 1, U::box, V::haulier},
    {M::lock_armed, 10, 30, W::terminal, 1, U::box, V::lock},
    {M::bundled, 10, 40, W::boundary_hong_kong, 1, U::box, V::road},
    {M::crossed, 40, 120, W::boundary_hong_kong, 1, U::box, V::road},
    {M::crossed, 10, 40, W::boundary_mainland, 1, U::box, V::road},
    {M::located, 20, 60, W::under_way, 1, U::box, V::lock},
    {M::lock_disarmed, 60, 240, W::mainland_door, 1, U::box, V::lock},
    {M::delivered, 5, 20, W::mainland_door, 1, U::box, V::haulier},
});
constexpr auto kEmptyBackLegs = std::to_array<LegRow>({{T::truck, W::mainland_door, W::depot}});
constexpr auto kEmptyBack = std::to_array<Row>({
    {M::picked_up, 6 * kHour, 30 * kHour, W::mainland_door, 1, U::box, V::haulier, V::none, kEmpty},
    {M::crossed, 90, 200, W::boundary_mainland, 1, U::box, V::road, V::none, kEmpty},
    {M::crossed, 10, 40, W::boundary_hong_kong, 1, U::box, V::road, V::none, kEmpty},
    {M::gate_in, 60, 180, W::depot, 1, U::box, V::depot, V::none, kEmpty},
});

// Up the river by barge, and on by truck.
constexpr auto kUpRiverLegs = std::to_array<LegRow>({{T::barge, W::terminal, W::river_port}, {T::truck, W::river_port, W::mainland_door}});
constexpr auto kUpRiver = std::to_array<Row>({
    {M::loaded, 16 * kHour, 40 * kHour, W::terminal, 1, U::box, V::quay, V::barge},
    {M::departed, 2 * kHour, 6 * kHour, W::terminal, 1, U::box, V::barge},
    {M::arrived, 6 * kHour, 12 * kHour, W::river_port, 1, U::box, V::barge, V::barge_edi},
    {M::discharged, 1 * kHour, 5 * kHour, W::river_port, 1, U::box, V::barge},
    {M::picked_up, 4 * kHour, 20 * kHour, W::river_port, 2, U::box, V::haulier},
    {M::delivered, 1 * kHour, 4 * kHour, W::mainland_door, 2, U::box, V::haulier},
});
constexpr auto kRiverBackLegs = std::to_array<LegRow>({{T::truck, W::mainland_door, W::river_port}});
constexpr auto kRiverBack = std::to_array<Row>({
    {M::picked_up, 6 * kHour, 30 * kHour, W::mainland_door, 1, U::box, V::haulier, V::none, kEmpty},
    {M::dropped_off, 1 * kHour, 4 * kHour, W::river_port, 1, U::box, V::haulier, V::none, kEmpty},
});

// To the warehouse, out of the container, and to the airport.
constexpr auto kStrippedLegs = std::to_array<LegRow>({{T::truck, W::terminal, W::warehouse}});
constexpr auto kStripped = std::to_array<Row>({
    {M::gate_out, 10 * kHour, 30 * kHour, W::terminal, 1, U::box, V::gate},
    {M::picked_up, 2, 10, W::terminal, 1, U::box, V::haulier},
    {M::gate_in, 40, 150, W::warehouse, 1, U::box, V::warehouse},
    {M::dropped_off, 2, 20, W::warehouse, 1, U::box, V::haulier},
    {M::stripped, 2 * kHour, 10 * kHour, W::warehouse, 0, U::box, V::warehouse},
});
constexpr auto kToAirportLegs = std::to_array<LegRow>({{T::truck, W::warehouse, W::air_terminal}});
constexpr auto kToAirport = std::to_array<Row>({
    {M::document_issued, 1 * kHour, 3 * kHour, W::air_terminal, 0, U::air, V::waybill, V::none, kPaper},
    {M::picked_up, 1 * kHour, 5 * kHour, W::warehouse, 1, U::air, V::haulier},
    {M::dropped_off, 40, 120, W::air_terminal, 1, U::air, V::haulier},
    {M::accepted, 10, 60, W::air_terminal, 1, U::air, V::airline},
});
constexpr auto kDirectLegs = std::to_array<LegRow>({{T::air, W::air_terminal, W::end_airport}});
constexpr auto kDirect = std::to_array<Row>({
    {M::loaded, 5 * kHour, 20 * kHour, W::air_terminal, 1, U::air, V::airline, V::manifest_air},
    {M::departed, 5, 25, W::air_terminal, 1, U::air, V::airline},
    {M::arrived, 11 * kHour, 14 * kHour, W::end_airport, 1, U::air, V::airline},
    {M::discharged, 1 * kHour, 4 * kHour, W::end_airport, 1, U::air, V::airline},
});
constexpr auto kByHubLegs = std::to_array<LegRow>({{T::air, W::air_terminal, W::hub_airport}, {T::air, W::hub_airport, W::end_airport}});
constexpr auto kByHub = std::to_array<Row>({
    {M::loaded, 5 * kHour, 20 * kHour, W::air_terminal, 1, U::air, V::airline, V::manifest_air},
    {M::departed, 5, 25, W::air_terminal, 1, U::air, V::airline},
    {M::arrived, 4 * kHour, 8 * kHour, W::hub_airport, 1, U::air, V::airline},
    {M::discharged, 1 * kHour, 3 * kHour, W::hub_airport, 1, U::air, V::airline},
    {M::loaded, 6 * kHour, 20 * kHour, W::hub_airport, 2, U::air, V::airline, V::manifest_air},
    {M::departed, 5, 25, W::hub_airport, 2, U::air, V::airline},
    {M::arrived, 6 * kHour, 13 * kHour, W::end_airport, 2, U::air, V::airline},
    {M::discharged, 1 * kHour, 4 * kHour, W::end_airport, 2, U::air, V::airline},
});
constexpr auto kFromAirportLegs = std::to_array<LegRow>({{T::truck, W::end_airport, W::airport_door}});
constexpr auto kFromAirport = std::to_array<Row>({
    {M::picked_up, 5 * kHour, 20 * kHour, W::end_airport, 1, U::air, V::abroad},
    {M::delivered, 1 * kHour, 6 * kHour, W::airport_door, 1, U::air, V::abroad},
});

// From a Mainland factory over the boundary to the airport.
constexpr auto kFactoryLegs = std::to_array<LegRow>({{T::truck, W::mainland_door, W::air_terminal}});
constexpr auto kFactory = std::to_array<Row>({
    {M::document_issued, 0, 0, W::air_terminal, 0, U::air, V::waybill, V::none, kPaper},
    {M::document_submitted, 4 * kHour, 20 * kHour, W::boundary_hong_kong, 0, U::air, V::road, V::none, kPaper},
    {M::picked_up, 2 * kHour, 8 * kHour, W::mainland_door, 1, U::air, V::haulier},
    {M::lock_armed, 5, 20, W::mainland_door, 1, U::air, V::lock},
    {M::bundled, 10, 40, W::boundary_hong_kong, 1, U::air, V::road},
    {M::crossed, 60, 150, W::boundary_mainland, 1, U::air, V::road},
    {M::crossed, 10, 40, W::boundary_hong_kong, 1, U::air, V::road},
    {M::lock_disarmed, 60, 120, W::air_terminal, 1, U::air, V::lock},
    {M::dropped_off, 5, 30, W::air_terminal, 1, U::air, V::haulier},
    {M::accepted, 10, 60, W::air_terminal, 1, U::air, V::airline},
});

// Out of the Delta by truck or by barge, over the sea with a change of vessels, and inland by rail.
constexpr auto kOutByTruckLegs = std::to_array<LegRow>({{T::truck, W::mainland_door, W::terminal}});
constexpr auto kOutByTruck = std::to_array<Row>({
    {M::document_confirmed, 0, 0, W::terminal, 0, U::box, V::booking, V::none, kPaper},
    {M::document_submitted, 1 * kDay, 2 * kDay, W::boundary_hong_kong, 0, U::box, V::road, V::none, kPaper},
    {M::picked_up, 4 * kHour, 20 * kHour, W::mainland_door, 1, U::box, V::haulier},
    {M::bundled, 10, 40, W::boundary_hong_kong, 1, U::box, V::road},
    {M::crossed, 60, 150, W::boundary_mainland, 1, U::box, V::road},
    {M::crossed, 10, 40, W::boundary_hong_kong, 1, U::box, V::road},
    {M::gate_in, 60, 150, W::terminal, 1, U::box, V::gate},
});
constexpr auto kOutByBargeLegs =
    std::to_array<LegRow>({{T::truck, W::mainland_door, W::river_port}, {T::barge, W::river_port, W::terminal}});
constexpr auto kOutByBarge = std::to_array<Row>({
    {M::document_confirmed, 0, 0, W::terminal, 0, U::box, V::booking, V::none, kPaper},
    {M::picked_up, 1 * kDay, 2 * kDay, W::mainland_door, 1, U::box, V::haulier},
    {M::dropped_off, 1 * kHour, 5 * kHour, W::river_port, 1, U::box, V::haulier},
    {M::loaded, 4 * kHour, 16 * kHour, W::river_port, 2, U::box, V::barge, V::barge_edi},
    {M::departed, 1 * kHour, 4 * kHour, W::river_port, 2, U::box, V::barge},
    {M::arrived, 7 * kHour, 12 * kHour, W::terminal, 2, U::box, V::barge},
    {M::discharged, 1 * kHour, 5 * kHour, W::terminal, 2, U::box, V::quay, V::barge},
});
constexpr auto kOutOceanLegs = std::to_array<LegRow>({{T::vessel, W::terminal, W::hub_port},
                                                      {T::vessel, W::hub_port, W::discharge_port},
                                                      {T::rail, W::discharge_port, W::inland_terminal},
                                                      {T::truck, W::inland_terminal, W::inland_door}});
constexpr auto kOutOcean = std::to_array<Row>({
    {M::loaded, 20 * kHour, 60 * kHour, W::terminal, 1, U::box, V::quay, V::line},
    {M::departed, 3 * kHour, 14 * kHour, W::terminal, 1, U::box, V::line},
    {M::document_issued, 4 * kHour, 10 * kHour, W::terminal, 0, U::box, V::bill, V::none, kPaper},
    {M::arrived, 4 * kDay, 9 * kDay, W::hub_port, 1, U::box, V::line},
    {M::discharged, 3 * kHour, 12 * kHour, W::hub_port, 1, U::box, V::line},
    {M::loaded, 2 * kDay, 6 * kDay, W::hub_port, 2, U::box, V::line},
    {M::departed, 3 * kHour, 14 * kHour, W::hub_port, 2, U::box, V::line},
    {M::arrived, 12 * kDay, 20 * kDay, W::discharge_port, 2, U::box, V::line},
    {M::discharged, 3 * kHour, 14 * kHour, W::discharge_port, 2, U::box, V::line},
    {M::loaded, 1 * kDay, 3 * kDay, W::discharge_port, 3, U::box, V::rail},
    {M::departed, 2 * kHour, 8 * kHour, W::discharge_port, 3, U::box, V::rail},
    {M::arrived, 12 * kHour, 40 * kHour, W::inland_terminal, 3, U::box, V::rail},
    {M::discharged, 1 * kHour, 5 * kHour, W::inland_terminal, 3, U::box, V::rail},
    {M::picked_up, 8 * kHour, 30 * kHour, W::inland_terminal, 4, U::box, V::abroad},
    {M::delivered, 1 * kHour, 5 * kHour, W::inland_door, 4, U::box, V::abroad},
});

// House bills in one box: the manifest tells them, the warehouse takes them apart, each goes to its own door.
constexpr auto kManifest = std::to_array<Row>({
    {M::document_submitted, 2 * kHour, 8 * kHour, W::terminal, 0, U::box, V::manifest, V::none, kPaper},
});
constexpr auto kHouseLegs12 = std::to_array<LegRow>({{T::truck, W::warehouse, W::door_1}, {T::truck, W::warehouse, W::door_2}});
constexpr auto kHouses12 = std::to_array<Row>({
    {M::picked_up, 10 * kHour, 30 * kHour, W::warehouse, 1, U::house_1, V::haulier},
    {M::delivered, 1 * kHour, 5 * kHour, W::door_1, 1, U::house_1, V::haulier},
    {M::picked_up, 20 * kHour, 40 * kHour, W::warehouse, 2, U::house_2, V::haulier},
    {M::delivered, 1 * kHour, 5 * kHour, W::door_2, 2, U::house_2, V::haulier},
});
constexpr auto kHouseLegs34 = std::to_array<LegRow>({{T::truck, W::warehouse, W::door_3}, {T::truck, W::warehouse, W::door_4}});
constexpr auto kHouses34 = std::to_array<Row>({
    {M::picked_up, 20 * kHour, 40 * kHour, W::warehouse, 1, U::house_3, V::haulier},
    {M::delivered, 1 * kHour, 5 * kHour, W::door_3, 1, U::house_3, V::haulier},
    {M::picked_up, 20 * kHour, 40 * kHour, W::warehouse, 2, U::house_4, V::haulier},
    {M::delivered, 1 * kHour, 5 * kHour, W::door_4, 2, U::house_4, V::haulier},
});
constexpr auto kHouseLeg3 = std::to_array<LegRow>({{T::truck, W::warehouse, W::door_3}});
constexpr auto kHouse3 = std::to_array<Row>({
    {M::picked_up, 20 * kHour, 40 * kHour, W::warehouse, 1, U::house_3, V::haulier},
    {M::delivered, 1 * kHour, 5 * kHour, W::door_3, 1, U::house_3, V::haulier},
});

// House air waybills under a master: each on its own truck again where they have arrived.
constexpr auto kAirHousePapers = std::to_array<Row>({
    {M::document_received, 0, 0, W::air_terminal, 0, U::air, V::houses, V::none, kPaper},
});
constexpr auto kAirHouseLegs12 =
    std::to_array<LegRow>({{T::truck, W::end_airport, W::airport_door}, {T::truck, W::end_airport, W::airport_door_2}});
constexpr auto kAirHouses12 = std::to_array<Row>({
    {M::picked_up, 8 * kHour, 20 * kHour, W::end_airport, 1, U::house_1, V::abroad},
    {M::delivered, 1 * kHour, 6 * kHour, W::airport_door, 1, U::house_1, V::abroad},
    {M::picked_up, 16 * kHour, 30 * kHour, W::end_airport, 2, U::house_2, V::abroad},
    {M::delivered, 1 * kHour, 6 * kHour, W::airport_door_2, 2, U::house_2, V::abroad},
});
constexpr auto kAirHouseLeg3 = std::to_array<LegRow>({{T::truck, W::end_airport, W::airport_door_3}});
constexpr auto kAirHouse3 = std::to_array<Row>({
    {M::picked_up, 16 * kHour, 30 * kHour, W::end_airport, 1, U::house_3, V::abroad},
    {M::delivered, 1 * kHour, 6 * kHour, W::airport_door_3, 1, U::house_3, V::abroad},
});

// One air waybill's pieces on two flights, each part delivered for itself.
constexpr auto kPartLegs = std::to_array<LegRow>({{T::air, W::air_terminal, W::end_airport},
                                                  {T::air, W::air_terminal, W::end_airport},
                                                  {T::truck, W::end_airport, W::airport_door},
                                                  {T::truck, W::end_airport, W::airport_door}});
constexpr auto kParts = std::to_array<Row>({
    {M::loaded, 5 * kHour, 20 * kHour, W::air_terminal, 1, U::part_1, V::airline, V::manifest_air, kFork},
    {M::departed, 5, 25, W::air_terminal, 1, U::part_1, V::airline},
    {M::arrived, 11 * kHour, 14 * kHour, W::end_airport, 1, U::part_1, V::airline},
    {M::discharged, 1 * kHour, 4 * kHour, W::end_airport, 1, U::part_1, V::airline},
    {M::picked_up, 3 * kHour, 8 * kHour, W::end_airport, 3, U::part_1, V::abroad},
    {M::delivered, 1 * kHour, 4 * kHour, W::airport_door, 3, U::part_1, V::abroad},
    {M::loaded, 24 * kHour, 28 * kHour, W::air_terminal, 2, U::part_2, V::airline, V::manifest_air, kAgain},
    {M::departed, 5, 25, W::air_terminal, 2, U::part_2, V::airline},
    {M::arrived, 11 * kHour, 14 * kHour, W::end_airport, 2, U::part_2, V::airline},
    {M::discharged, 1 * kHour, 4 * kHour, W::end_airport, 2, U::part_2, V::airline},
    {M::picked_up, 3 * kHour, 8 * kHour, W::end_airport, 4, U::part_2, V::abroad},
    {M::delivered, 1 * kHour, 4 * kHour, W::airport_door, 4, U::part_2, V::abroad},
});

constexpr Section kOceanSection{kOceanLegs, kOcean}, kStrippedSection{kStrippedLegs, kStripped},
    kToAirportSection{kToAirportLegs, kToAirport}, kDirectSection{kDirectLegs, kDirect}, kByHubSection{kByHubLegs, kByHub},
    kFromAirportSection{kFromAirportLegs, kFromAirport}, kFactorySection{kFactoryLegs, kFactory},
    kOutOceanSection{kOutOceanLegs, kOutOcean}, kManifestSection{{}, kManifest}, kHouses12Section{kHouseLegs12, kHouses12},
    kAirHousePapersSection{{}, kAirHousePapers}, kAirHouses12Section{kAirHouseLegs12, kAirHouses12};

constexpr std::array kMainlandByTruck = {kOceanSection, Section{kOverBoundaryLegs, kOverBoundary}, Section{kEmptyBackLegs, kEmptyBack}};
constexpr std::array kMainlandByBarge = {kOceanSection, Section{kUpRiverLegs, kUpRiver}, Section{kRiverBackLegs, kRiverBack}};
constexpr std::array kSeaAirDirect = {kOceanSection, kStrippedSection, kToAirportSection, kDirectSection, kFromAirportSection};
constexpr std::array kSeaAirByHub = {kOceanSection, kStrippedSection, kToAirportSection, kByHubSection, kFromAirportSection};
constexpr std::array kFactoryDirect = {kFactorySection, kDirectSection, kFromAirportSection};
constexpr std::array kFactoryByHub = {kFactorySection, kByHubSection, kFromAirportSection};
constexpr std::array kExportByTruck = {Section{kOutByTruckLegs, kOutByTruck}, kOutOceanSection};
constexpr std::array kExportByBarge = {Section{kOutByBargeLegs, kOutByBarge}, kOutOceanSection};
constexpr std::array kTwoHouses = {kOceanSection, kManifestSection, kStrippedSection, kHouses12Section};
constexpr std::array kThreeHouses = {kOceanSection, kManifestSection, kStrippedSection, kHouses12Section, Section{kHouseLeg3, kHouse3}};
constexpr std::array kFourHouses = {kOceanSection, kManifestSection, kStrippedSection, kHouses12Section, Section{kHouseLegs34, kHouses34}};
constexpr std::array kTwoAirHouses = {kAirHousePapersSection, kFactorySection, kDirectSection, kAirHouses12Section};
constexpr std::array kThreeAirHouses = {kAirHousePapersSection, kFactorySection, kByHubSection, kAirHouses12Section,
                                        Section{kAirHouseLeg3, kAirHouse3}};
constexpr std::array kPartShipment = {kFactorySection, Section{kPartLegs, kParts}};

}  // namespace

std::string_view name(Itinerary itinerary) { return kNames.at(static_cast<size_t>(itinerary)); }

std::span<const Section> sections(Itinerary itinerary, uint32_t variant) {
  const auto either = [&](std::span<const Section> one, std::span<const Section> other) { return variant % 2 == 0 ? one : other; };
  switch (itinerary) {
    case Itinerary::mainland_by_truck: return kMainlandByTruck;
    case Itinerary::mainland_by_barge: return kMainlandByBarge;
    case Itinerary::sea_air: return either(kSeaAirDirect, kSeaAirByHub);
    case Itinerary::factory_air: return either(kFactoryDirect, kFactoryByHub);
    case Itinerary::export_by_rail: return either(kExportByTruck, kExportByBarge);
    case Itinerary::sea_consolidation: return variant % 3 == 0 ? std::span<const Section>(kTwoHouses) : either(kThreeHouses, kFourHouses);
    case Itinerary::air_consolidation: return either(kTwoAirHouses, kThreeAirHouses);
    case Itinerary::part_shipment: return kPartShipment;
  }
  return {};
}

}  // namespace fairway::simulate::multimodal
