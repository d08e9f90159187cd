#include "gateway/ais/legends.h"

namespace fairway::gateway::ais {
namespace {

constexpr std::string_view kReserved = "Reserved for future use";

// M.1371-5, table 48
constexpr std::string_view kNavigationStatuses[] = {
    "Under way using engine",
    "At anchor",
    "Not under command",
    "Restricted manoeuverability",
    "Constrained by her draught",
    "Moored",
    "Aground",
    "Engaged in fishing",
    "Under way sailing",
    "Reserved for HSC",
    "Reserved for WIG",
    "Reserved",
    "Reserved",
    "Reserved",
    "Reserved",
    "Not defined",
};

// table 53
constexpr std::string_view kShipTypes[] = {
    "Not available",
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    "Wing in ground (WIG) - all ships of this type",
    "Wing in ground (WIG) - Hazardous category A",
    "Wing in ground (WIG) - Hazardous category B",
    "Wing in ground (WIG) - Hazardous category C",
    "Wing in ground (WIG) - Hazardous category D",
    "Wing in ground (WIG) - Reserved for future use",
    "Wing in ground (WIG) - Reserved for future use",
    "Wing in ground (WIG) - Reserved for future use",
    "Wing in ground (WIG) - Reserved for future use",
    "Wing in ground (WIG) - Reserved for future use",
    "Fishing",
    "Towing",
    "Towing: length exceeds 200m or breadth exceeds 25m",
    "Dredging or underwater ops",
    "Diving ops",
    "Military ops",
    "Sailing",
    "Pleasure Craft",
    "Reserved",
    "Reserved",
    "High speed craft (HSC) - all ships of this type",
    "High speed craft (HSC) - Hazardous category A",
    "High speed craft (HSC) - Hazardous category B",
    "High speed craft (HSC) - Hazardous category C",
    "High speed craft (HSC) - Hazardous category D",
    "High speed craft (HSC) - Reserved for future use",
    "High speed craft (HSC) - Reserved for future use",
    "High speed craft (HSC) - Reserved for future use",
    "High speed craft (HSC) - Reserved for future use",
    "High speed craft (HSC) - No additional information",
    "Pilot Vessel",
    "Search and Rescue vessel",
    "Tug",
    "Port Tender",
    "Anti-pollution equipment",
    "Law Enforcement",
    "Spare - Local Vessel",
    "Spare - Local Vessel",
    "Medical Transport",
    "Ship according to RR Resolution No. 18",
    "Passenger - all ships of this type",
    "Passenger - Hazardous category A",
    "Passenger - Hazardous category B",
    "Passenger - Hazardous category C",
    "Passenger - Hazardous category D",
    "Passenger - Reserved for future use",
    "Passenger - Reserved for future use",
    "Passenger - Reserved for future use",
    "Passenger - Reserved for future use",
    "Passenger - No additional information",
    "Cargo - all ships of this type",
    "Cargo - Hazardous category A",
    "Cargo - Hazardous category B",
    "Cargo - Hazardous category C",
    "Cargo - Hazardous category D",
    "Cargo - Reserved for future use",
    "Cargo - Reserved for future use",
    "Cargo - Reserved for future use",
    "Cargo - Reserved for future use",
    "Cargo - No additional information",
    "Tanker - all ships of this type",
    "Tanker - Hazardous category A",
    "Tanker - Hazardous category B",
    "Tanker - Hazardous category C",
    "Tanker - Hazardous category D",
    "Tanker - Reserved for future use",
    "Tanker - Reserved for future use",
    "Tanker - Reserved for future use",
    "Tanker - Reserved for future use",
    "Tanker - No additional information",
    "Other Type - all ships of this type",
    "Other Type - Hazardous category A",
    "Other Type - Hazardous category B",
    "Other Type - Hazardous category C",
    "Other Type - Hazardous category D",
    "Other Type - Reserved for future use",
    "Other Type - Reserved for future use",
    "Other Type - Reserved for future use",
    "Other Type - Reserved for future use",
    "Other Type - no additional information",
};

// table 74
constexpr std::string_view kAidTypes[] = {
    "Unspecified",
    "Reference point",
    "RACON",
    "Fixed offshore structure",
    "Spare, Reserved for future use.",
    "Light, without sectors",
    "Light, with sectors",
    "Leading Light Front",
    "Leading Light Rear",
    "Beacon, Cardinal N",
    "Beacon, Cardinal E",
    "Beacon, Cardinal S",
    "Beacon, Cardinal W",
    "Beacon, Port hand",
    "Beacon, Starboard hand",
    "Beacon, Preferred Channel port hand",
    "Beacon, Preferred Channel starboard hand",
    "Beacon, Isolated danger",
    "Beacon, Safe water",
    "Beacon, Special mark",
    "Cardinal Mark N",
    "Cardinal Mark E",
    "Cardinal Mark S",
    "Cardinal Mark W",
    "Port hand Mark",
    "Starboard hand Mark",
    "Preferred Channel Port hand",
    "Preferred Channel Starboard hand",
    "Isolated danger",
    "Safe Water",
    "Special Mark",
    "Light Vessel / LANBY / Rigs",
};

// table 79
constexpr std::string_view kStationTypes[] = {
    "All types of mobiles",
    kReserved,
    "All types of Class B mobile stations",
    "SAR airborne mobile station",
    "Aid to Navigation station",
    "Class B shipborne mobile station",
    "Regional use and inland waterways",
    "Regional use and inland waterways",
    "Regional use and inland waterways",
    "Regional use and inland waterways",
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
    kReserved,
};

// Inland AIS, annex C; senders also write the sea code of the type.
constexpr uint16_t kInlandCodes[] = {31,   79,   80,   89,   90,   99,   8000, 8010, 8020, 8021, 8022, 8023, 8030, 8040, 8050, 8060,
                                     8070, 8080, 8090, 8100, 8110, 8120, 8130, 8140, 8150, 8160, 8161, 8162, 8163, 8170, 8180, 8210,
                                     8220, 8230, 8240, 8250, 8260, 8270, 8280, 8290, 8310, 8320, 8330, 8340, 8350, 8360, 8370};
constexpr std::string_view kInlandShipTypes[] = {"Tug freighter, coupled",
                                                 "Motor freighter",
                                                 "Motor tanker, liquid cargo, type N",
                                                 "Motor tanker",
                                                 "Tankbarge, liquid cargo, type N",
                                                 "Vessel, type unknown",
                                                 "Vessel, type unknown",
                                                 "Motor freighter",
                                                 "Motor tanker",
                                                 "Motor tanker, liquid cargo, type N",
                                                 "Motor tanker, liquid cargo, type C",
                                                 "Motor tanker, dry cargo as if liquid (e.g. cement)",
                                                 "Container vessel",
                                                 "Gas tanker",
                                                 "Motor freighter, tug",
                                                 "Motor tanker, tug",
                                                 "Motor freighter with one or more ships alongside",
                                                 "Motor freighter with tanker",
                                                 "Motor freighter pushing one or more freighters",
                                                 "Motor freighter pushing at least one tank-ship",
                                                 "Tug, freighter",
                                                 "Tug, tanker",
                                                 "Tug freighter, coupled",
                                                 "Tug, freighter/tanker, coupled",
                                                 "Freightbarge",
                                                 "Tankbarge",
                                                 "Tankbarge, liquid cargo, type N",
                                                 "Tankbarge, liquid cargo, type C",
                                                 "Tankbarge, dry cargo as if liquid (e.g. cement)",
                                                 "Freightbarge with containers",
                                                 "Tankbarge, gas",
                                                 "Pushtow, one cargo barge",
                                                 "Pushtow, two cargo barges",
                                                 "Pushtow, three cargo barges",
                                                 "Pushtow, four cargo barges",
                                                 "Pushtow, five cargo barges",
                                                 "Pushtow, six cargo barges",
                                                 "Pushtow, seven cargo barges",
                                                 "Pushtow, eight cargo barges",
                                                 "Pushtow, nine or more barges",
                                                 "Pushtow, one tank/gas barge",
                                                 "Pushtow, two barges at least one tanker or gas barge",
                                                 "Pushtow, three barges at least one tanker or gas barge",
                                                 "Pushtow, four barges at least one tanker or gas barge",
                                                 "Pushtow, five barges at least one tanker or gas barge",
                                                 "Pushtow, six barges at least one tanker or gas barge",
                                                 "Pushtow, seven barges at least one tanker or gas barge"};
constexpr std::string_view kBlueConesTexts[] = {
    "0 blue cones/lights", "1 blue cone/light", "2 blue cones/lights", "3 blue cones/lights", "4 B-Flag", "Unknown",
};
constexpr std::string_view kLoadStatuses[] = {"N/A (default)", "Unloaded", "Loaded"};
constexpr std::string_view kLockStatuses[] = {"Operational", "Limited operation", "Out of order", "N/A"};
constexpr std::string_view kSignalDirections[] = {"Unknown", "Upstream", "Downstream", "To left bank", "To right bank"};
constexpr std::string_view kSignalStatuses[] = {
    "Unknown", "No light", "White", "Yellow", "Green", "Red", "White flashing", "Yellow flashing.",
};

constexpr std::string_view kPositionFixes[] = {
    "Undefined", "GPS", "GLONASS", "Combined GPS/GLONASS", "Loran-C", "Chayka", "Integrated navigation system", "Surveyed", "Galileo",
};

constexpr std::string_view kRaconTexts[] = {"No RACON installed", "RACON not monitored", "RACON operational", "RACON ERROR"};
constexpr std::string_view kLightTexts[] = {"No light or no monitoring", "Light ON", "Light OFF", "Light ERROR"};

// SN.1/Circ.236 and 289
constexpr std::string_view kTrends[] = {"steady", "increasing", "decreasing", "N/A"};
constexpr std::string_view kPrecipitations[] = {
    "reserved", "rain", "thunderstorm", "freezing rain", "mixed/ice", "snow", "reserved", "N/A",
};
constexpr std::string_view kIceTexts[] = {"no", "yes", "reserved", "N/A"};
constexpr std::string_view kBerthPositions[] = {
    "Not available", "Port-side to", "Starboard-side to", "Mediterranean (end-on) mooring", "Mooring buoy", "Anchorage",
};
constexpr std::string_view kRouteTypes[] = {
    "Undefined (default)",
    "Mandatory",
    "Recommended",
    "Alternative",
    "Recommended route through ice",
    "Ship route plan",
    "Cancel route identified by message linkage",
};
constexpr uint16_t kRouteCodes[] = {0, 1, 2, 3, 4, 5, 31};

}  // namespace

constinit const Legend kNavigationStatus{kNavigationStatuses, "", {}};
constinit const Legend kPositionFix{kPositionFixes, "INVALID EPFD", {}};
constinit const Legend kShipType{kShipTypes, "INVALID SHIP TYPE", {}};
constinit const Legend kStationType{kStationTypes, "", {}};
constinit const Legend kAidType{kAidTypes, "", {}};
constinit const Legend kRacon{kRaconTexts, "", {}};
constinit const Legend kLight{kLightTexts, "", {}};
constinit const Legend kTrend{kTrends, "", {}};
constinit const Legend kPrecipitation{kPrecipitations, "", {}};
constinit const Legend kIce{kIceTexts, "", {}};
constinit const Legend kBerthPosition{kBerthPositions, kReserved, {}};
constinit const Legend kRouteType{kRouteTypes, "Reserved for future use.", kRouteCodes};
constinit const Legend kInlandShipType{kInlandShipTypes, "Illegal ship type value.", kInlandCodes};
constinit const Legend kBlueCones{kBlueConesTexts, "INVALID HAZARD TYPE", {}};
constinit const Legend kLoadStatus{kLoadStatuses, "INVALID LOAD STATUS", {}};
constinit const Legend kLockStatus{kLockStatuses, "", {}};
constinit const Legend kSignalDirection{kSignalDirections, "INVALID DIRECTION", {}};
constinit const Legend kSignalStatus{kSignalStatuses, "INVALID STATUS", {}};

}  // namespace fairway::gateway::ais
