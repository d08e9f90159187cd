// Calls and vessels in the words of Commercial Schedules 1.0. Pure; any thread.
#pragma once

#include <string>

#include "base/json.h"
#include "exchange/dcsa/voyages.h"

namespace fairway::exchange::dcsa {

// A service that nobody has named: the standard wants a code.
inline constexpr std::string_view kUnknownService = "UNKNOWN";

[[nodiscard]] json::object vessel_object(const Transport& vessel);
[[nodiscard]] json::array timestamps(const Call& call);
// {UNLocationCode, facilitySMDGCode, locationName}
[[nodiscard]] json::object call_location(const Place& place);
// {UNLocationCode, facility{…}, locationName}
[[nodiscard]] json::object location(const Place& place);
// Its sender's, or one made of vessel, voyage and place.
[[nodiscard]] std::string call_reference(const Transport& vessel, const Call& call);
// {carrierCode, carrierServiceName, carrierServiceCode, carrierImportVoyageNumber, carrierExportVoyageNumber}: what of it is known.
[[nodiscard]] json::object service_partner(const Transport& vessel, const Call& call);
[[nodiscard]] bool is_dummy(const Transport& vessel);

}  // namespace fairway::exchange::dcsa
