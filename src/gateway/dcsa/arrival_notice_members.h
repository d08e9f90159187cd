// What reader and writer of arrival notices share (OpenAPI of Arrival Notice 1.0.0). Constants; any thread.
#pragma once

#include <array>
#include <string_view>

#include "gateway/dcsa/tnt3_members.h"

namespace fairway::gateway::dcsa {

inline constexpr std::string_view kArrivalNoticeType = "AN 1.0", kArrivalNotificationType = "AN 1.0 notification";
inline constexpr std::string_view kExpectedArrivalType = "AN 1.0 ETA", kArrivalNoticeKept = "dcsaArrivalNotice";
inline constexpr std::string_view kBoxes = "utilizedTransportEquipments", kItems = "consignmentItems", kDocumentParties = "documentParties";
inline constexpr std::string_view kLegs = "transport/legs", kVoyages = "transport/vesselVoyages";

// A location's members, by their path within it.
inline constexpr std::array<PathText, 4> kNoticeLocation = {{
    {"locationName", 100, &Place::name},
    {"UNLocationCode", 5, &Place::unlocode},
    {"facility/facilityCode", 6, &Place::facility},
    {"facility/facilityCodeListProvider", 10, &Place::facility_provider},
}};

// A carrier's code list, as documents name it and as parties are known here.
inline constexpr std::string_view kNmfta = "NMFTA", kScac = "SCAC";

}  // namespace fairway::gateway::dcsa
