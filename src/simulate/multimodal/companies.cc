#include "simulate/multimodal/companies.h"

#include <array>

namespace fairway::simulate::multimodal {
namespace {

constexpr std::array kAirlines = {
    Airline{"cxcargo", "CATHAY PACIFIC CARGO", "CX", "160", AirFeed::cargo_imp},
    Airline{"lhcargo", "LUFTHANSA CARGO", "LH", "020", AirFeed::one_record},
    Airline{"qrcargo", "QATAR AIRWAYS CARGO", "QR", "157", AirFeed::cargo_xml},
};
constexpr Company kRail = {"lowlandrail", "LOWLAND RAIL FREIGHT", "4007700190006"};
constexpr Company kWarehouse = {"kwaichungcc", "KWAI CHUNG CARGO CENTRE", "4897700180004"};
constexpr Company kReceiver = {"harbourwatch", "HARBOUR WATCH", "4897700220007"};
constexpr std::array kHauliersAbroad = {
    Company{"rheintruck", "RHEINTAL SPEDITION", "4007700200002"},
    Company{"poldertruck", "POLDER TRUCKING", "8717700210005"},
};

}  // namespace

std::span<const Airline> airlines() { return kAirlines; }
const Company& rail_operator() { return kRail; }
const Company& warehouse_operator() { return kWarehouse; }
const Company& receiver() { return kReceiver; }
std::span<const Company> hauliers_abroad() { return kHauliersAbroad; }

}  // namespace fairway::simulate::multimodal
