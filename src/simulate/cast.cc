#include "simulate/cast.h"

#include <array>

namespace fairway::simulate {
namespace {

constexpr std::array kTerminals = {
    Terminal{"hit", "HONGKONG INTERNATIONAL TERMINALS", "HITHK"},
    Terminal{"mtl", "MODERN TERMINALS", "MTLHK"},
    Terminal{"cht", "COSCO-HIT TERMINALS", "CHTHK"},
    Terminal{"act", "ASIA CONTAINER TERMINALS", "ACTHK"},
    Terminal{"dpw", "DP WORLD HONG KONG", "DPWHK"},
};

constexpr std::array kCarriers = {
    Carrier{"msc", "MSC", "MSC", "MSCU", "MEDU", "MSC", Feed::dcsa, 0},
    Carrier{"maersk", "MAERSK", "MSK", "MAEU", "MRKU", "MAERSK", Feed::dcsa, 1},
    Carrier{"cosco", "COSCO SHIPPING", "COS", "COSU", "CSNU", "COSCO", Feed::iftsta, 2},
    Carrier{"oocl", "OOCL", "OOL", "OOLU", "OOLU", "OOCL", Feed::iftsta, 3},
    Carrier{"one", "OCEAN NETWORK EXPRESS", "ONE", "ONEY", "NYKU", "ONE", Feed::dcsa, 0},
    Carrier{"evergreen", "EVERGREEN", "EMC", "EGLV", "EGHU", "EVER", Feed::iftsta, 0},
    Carrier{"cma", "CMA CGM", "CMA", "CMDU", "CMAU", "CMA CGM", Feed::dcsa, 1},
    Carrier{"hmm", "HMM", "HMM", "HDMU", "HMMU", "HMM", Feed::iftsta, 4},
    Carrier{"yangming", "YANG MING", "YML", "YMLU", "YMMU", "YM", Feed::iftsta, 4},
    Carrier{"hapag", "HAPAG-LLOYD", "HLC", "HLCU", "HLXU", "HL", Feed::dcsa, 1},
};

constexpr std::array kHauliers = {
    Company{"lionrock", "LION ROCK HAULAGE", "4897700010134"},
    Company{"kwaifong", "KWAI FONG TRACTORS", "4897700020263"},
    Company{"castlepeak", "CASTLE PEAK TRUCKING", "4897700030392"},
    Company{"shamchun", "SHAM CHUN CROSS BOUNDARY", "4897700040520"},
};
constexpr std::array kForwarders = {
    Company{"pearldelta", "PEARL DELTA FORWARDING", "4897700050659"},
    Company{"lantau", "LANTAU CONSOLIDATORS", "4897700060788"},
    Company{"victoria", "VICTORIA PEAK LOGISTICS", "4897700070916"},
};
constexpr std::array kShippers = {
    Company{"brightway", "DONGGUAN BRIGHTWAY TOYS", "4897700081042"},
    Company{"longhua", "LONGHUA ELECTRONICS", "4897700091171"},
    Company{"shiwan", "SHIWAN CERAMICS", "4897700101306"},
    Company{"garment", "KOWLOON GARMENT WORKS", "4897700111435"},
    Company{"xinhui", "XINHUI FURNITURE", "4897700121564"},
};
constexpr std::array kConsignees = {
    Company{"rhine", "RHINE VALLEY IMPORTS", "4007700131696"}, Company{"pacific", "PACIFIC COAST RETAIL", "4007700141824"},
    Company{"thames", "THAMES HOMEWARE", "4007700151953"},     Company{"strait", "STRAIT TRADING HOUSE", "4007700162089"},
    Company{"hudson", "HUDSON WHOLESALE", "4007700172217"},
};

constexpr Terminal kBargeOperator = {"prdbarge", "PEARL RIVER BARGE LINES", "PRDBARGE"};
constexpr Terminal kDepot = {"tydepot", "TSING YI EMPTY DEPOT", "TYDEPOT"};

}  // namespace

std::span<const Carrier> carriers() { return kCarriers; }
std::span<const Terminal> terminals() { return kTerminals; }
std::span<const Company> hauliers() { return kHauliers; }
std::span<const Company> forwarders() { return kForwarders; }
std::span<const Company> shippers() { return kShippers; }
std::span<const Company> consignees() { return kConsignees; }
const Terminal& barge_operator() { return kBargeOperator; }
const Terminal& depot() { return kDepot; }

}  // namespace fairway::simulate
