// What the codes of AIS messages mean, in the words of gpsd's JSON. Constant data; any thread.
#pragma once

#include "gateway/ais/layout.h"

namespace fairway::gateway::ais {

extern const Legend kNavigationStatus;
extern const Legend kPositionFix;
extern const Legend kShipType;
extern const Legend kStationType;
extern const Legend kAidType;

// of binary messages
extern const Legend kRacon, kLight;
extern const Legend kTrend, kPrecipitation, kIce;
extern const Legend kBerthPosition, kRouteType;
extern const Legend kInlandShipType, kBlueCones, kLoadStatus, kLockStatus;
extern const Legend kSignalDirection, kSignalStatus;

}  // namespace fairway::gateway::ais
