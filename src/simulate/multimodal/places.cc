#include "simulate/multimodal/places.h"

#include <array>

namespace fairway::simulate::multimodal {
namespace {

constexpr int kChina = 480;
constexpr std::string_view kSmdg = "SMDG", kOwn = "ZZZ";

constexpr Spot in_hong_kong(std::string_view facility, std::string_view name, std::string_view provider) {
  return {{"HKHKG", name, facility, "", kChina}, provider, {}, {}, 22.34, 114.12};
}
constexpr Spot in_china(std::string_view unlocode, std::string_view name) { return {{unlocode, name, "", "", kChina}, {}, {}, {}}; }

constexpr std::array kPortsBefore = {
    Spot{{"NLRTM", "ROTTERDAM", "DDE", "Europe/Amsterdam", 60}, kSmdg, {}, {}},
    Spot{{"DEHAM", "HAMBURG", "CTA", "Europe/Berlin", 60}, kSmdg, {}, {}},
    Spot{{"USLGB", "LONG BEACH", "LBCT", "America/Los_Angeles", -480}, kSmdg, {}, {}},
    Spot{{"KRPUS", "BUSAN", "PNC", "", 540}, kSmdg, {}, {}},
    Spot{{"VNSGN", "HO CHI MINH CITY", "CATLAI", "", 420}, kSmdg, {}, {}},
};
constexpr std::array kHubPorts = {
    Spot{{"SGSIN", "SINGAPORE", "PSAPPT", "", 480}, kSmdg, {}, {}},
    Spot{{"MYPKG", "PORT KLANG", "KMT", "", 480}, kSmdg, {}, {}},
    Spot{{"LKCMB", "COLOMBO", "CICT", "", 330}, kSmdg, {}, {}},
};
constexpr std::array kPortsAfter = {
    Spot{{"NLRTM", "ROTTERDAM", "DDE", "Europe/Amsterdam", 60}, kSmdg, {}, {}},
    Spot{{"DEHAM", "HAMBURG", "CTA", "Europe/Berlin", 60}, kSmdg, {}, {}},
};
constexpr std::array kInlandTerminals = {
    Spot{{"DEDUI", "DUISBURG", "", "Europe/Berlin", 60}, {}, {}, {}},
    Spot{{"ATVIE", "VIENNA", "", "Europe/Vienna", 60}, {}, {}, {}},
};
constexpr std::array kInlandDoors = {
    Spot{{"DEESS", "ESSEN", "", "Europe/Berlin", 60}, {}, {}, {}},
    Spot{{"ATLNZ", "LINZ", "", "Europe/Vienna", 60}, {}, {}, {}},
};
constexpr std::array kRiverTerminals = {
    Spot{{"CNNSA", "NANSHA", "NICT", "", kChina}, kSmdg, {}, {}},
    in_china("CNZSN", "ZHONGSHAN"),
    in_china("CNJMN", "JIANGMEN"),
    in_china("CNFOS", "FOSHAN"),
};
constexpr std::array kBoundaries = {
    Boundary{{{"HK9LM", "Lok Ma Chau", "LMC", "", kChina}, {}, {}, "LMC", 22.515, 114.065},
             {{"CNHUG", "Huanggang", "HUANGG", "", kChina}, {}, {}, "HUANGG", 22.53, 114.07}},
    Boundary{{{"HKHKG", "Man Kam To", "MKT", "", kChina}, {}, {}, "MKT", 22.537, 114.128},
             {{"CNWJD", "Wenjindu", "WENJIN", "", kChina}, {}, {}, "WENJIN", 22.545, 114.13}},
    Boundary{{{"HKHKG", "Heung Yuen Wai", "HYW", "", kChina}, {}, {}, "HYW", 22.555, 114.155},
             {{"CNSNZ", "Liantang", "LIANTA", "", kChina}, {}, {}, "LIANTA", 22.56, 114.16}},
};
constexpr std::array kMainlandDoors = {in_china("CNDGG", "DONGGUAN HUMEN WORKS"), in_china("CNHUI", "HUIZHOU WORKS"),
                                       in_china("CNCAN", "GUANGZHOU PANYU WORKS")};
constexpr std::array kHongKongDoors = {in_hong_kong("TAIPO1", "TAI PO ESTATE", kOwn), in_hong_kong("TUENM2", "TUEN MUN FACTORY", kOwn),
                                       in_hong_kong("KWUNT3", "KWUN TONG SHOP", kOwn), in_hong_kong("FANLI4", "FANLING STORE", kOwn)};
constexpr std::array kHubAirports = {
    Spot{{"AEDXB", "DUBAI", "", "", 240}, {}, "DXB", {}},
    Spot{{"SGSIN", "SINGAPORE CHANGI", "", "", 480}, {}, "SIN", {}},
};
constexpr std::array kAirportsAfter = {
    Spot{{"DEFRA", "FRANKFURT", "", "Europe/Berlin", 60}, {}, "FRA", {}},
    Spot{{"NLAMS", "AMSTERDAM", "", "Europe/Amsterdam", 60}, {}, "AMS", {}},
    Spot{{"USORD", "CHICAGO", "", "America/Chicago", -360}, {}, "ORD", {}},
};
constexpr std::array kAirportDoors = {
    Spot{{"DEDUS", "DUSSELDORF", "", "Europe/Berlin", 60}, {}, {}, {}},
    Spot{{"NLUTC", "UTRECHT", "", "Europe/Amsterdam", 60}, {}, {}, {}},
    Spot{{"USJOT", "JOLIET", "", "America/Chicago", -360}, {}, {}, {}},
};
constexpr Spot kAirTerminal = {{"HKHKG", "HONG KONG AIR CARGO TERMINAL", "", "", kChina}, {}, "HKG", {}, 22.3, 113.93};
constexpr Spot kWarehouse = in_hong_kong("4897700180004", "KWAI CHUNG CARGO CENTRE", "GLN");
constexpr Spot kDepot = in_hong_kong("TYDEPOT", "TSING YI EMPTY DEPOT", kSmdg);
constexpr std::array kQuays = {in_hong_kong("HITHK", "HIT", kSmdg), in_hong_kong("MTLHK", "MODERN TERMINALS", kSmdg),
                               in_hong_kong("CHTHK", "COSCO-HIT", kSmdg), in_hong_kong("ACTHK", "ASIA CONTAINER TERMINALS", kSmdg),
                               in_hong_kong("DPWHK", "DP WORLD", kSmdg)};

}  // namespace

std::span<const Spot> ports_before() { return kPortsBefore; }
std::span<const Spot> hub_ports() { return kHubPorts; }
std::span<const Spot> ports_after() { return kPortsAfter; }
std::span<const Spot> inland_terminals() { return kInlandTerminals; }
std::span<const Spot> inland_doors() { return kInlandDoors; }
std::span<const Spot> river_terminals() { return kRiverTerminals; }
std::span<const Boundary> boundaries() { return kBoundaries; }
std::span<const Spot> mainland_doors() { return kMainlandDoors; }
std::span<const Spot> hong_kong_doors() { return kHongKongDoors; }
std::span<const Spot> hub_airports() { return kHubAirports; }
std::span<const Spot> airports_after() { return kAirportsAfter; }
std::span<const Spot> airport_doors() { return kAirportDoors; }
const Spot& air_terminal() { return kAirTerminal; }
const Spot& warehouse() { return kWarehouse; }
const Spot& empty_depot() { return kDepot; }
const Spot& quay(size_t terminal) { return kQuays.at(terminal); }

}  // namespace fairway::simulate::multimodal
