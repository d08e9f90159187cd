// The members and code lists of Track & Trace 3.0 that reader and writer share (standards.md 1.3; OpenAPI of T&T 3.0.0), and a JSON
// object as something to take values out of and put them into by path. Constants and pure functions; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "gateway/dcsa/tnt2_members.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

// A text of the model and its way through the object: "eventLocation/facility/facilityCode".
struct PathText {
  std::string_view path;
  size_t chars_max = 0;
  std::string Place::* place = nullptr;
  std::string Transport::* transport = nullptr;
  std::string EquipmentFacts::* equipment = nullptr;
  std::string Event::* event = nullptr;

  // In an Event, const or not.
  template <typename Owner>
  [[nodiscard]] auto& in(Owner& owner) const {
    if (place != nullptr) return owner.place.*place;
    if (transport != nullptr) return owner.transport.*transport;
    if (equipment != nullptr) return owner.equipment.*equipment;
    return owner.*event;
  }
};

inline constexpr size_t kEventIdCharsMax = 500;
inline constexpr size_t kTnt3EquipmentCharsMax = 11;
inline constexpr std::array<std::string_view, 8> kTnt3SealSources = {"CAR", "CNS", "CST", "CUS", "PHY", "SHI", "TER", "VET"};

inline constexpr std::array<PathText, 15> kTnt3Texts = {{
    {"eventLocation/locationName", 100, &Place::name},
    {"eventLocation/facilityTypeCode", 10, &Place::facility_type},
    {"eventLocation/UNLocationCode", 5, &Place::unlocode},
    {"eventLocation/facility/facilityCode", 6, &Place::facility},
    {"eventLocation/facility/facilityCodeListProvider", 10, &Place::facility_provider},
    {"transportDetails/changeRemark", 250, nullptr, nullptr, nullptr, &Event::remark},
    {"transportDetails/transportCall/transportCallReference", 512, nullptr, &Transport::call_id},
    {"transportDetails/transportCall/serviceCodeOrReference/carrierServiceCode", 512, nullptr, &Transport::service},
    {"transportDetails/transportCall/exportVoyageNumberOrReference/carrierVoyageNumber", 512, nullptr, &Transport::voyage},
    {"transportDetails/transportCall/importVoyageNumberOrReference/carrierVoyageNumber", 512, nullptr, &Transport::import_voyage},
    {"transportDetails/transportCall/vesselTransport/vesselIMONumber", 8, nullptr, &Transport::vessel_imo},
    {"transportDetails/transportCall/vesselTransport/vesselName", 50, nullptr, &Transport::vessel_name},
    {"transportDetails/transportCall/vesselTransport/vesselCallSign", 10, nullptr, &Transport::call_sign},
    {"transportDetails/transportCall/vesselTransport/operatorCarrierCode", 10, nullptr, &Transport::carrier},
    {"equipmentDetails/ISOEquipmentCode", 4, nullptr, nullptr, &EquipmentFacts::iso_code},
}};

// What the event is told of the transport's vehicle, by its mode.
inline constexpr std::string_view kRailCar = "transportDetails/transportCall/railTransport/railCarReference";
inline constexpr std::string_view kTractor = "transportDetails/transportCall/truckTransport/tractorDetails/licensePlate";

inline constexpr std::array<ReferenceRow, 6> kTnt3Documents = {{
    {"BKG", ReferenceKind::booking, true},
    {"TRD", ReferenceKind::transport_document, true},
    {"SHI", ReferenceKind::shipping_instruction, true},
    {"CUC", ReferenceKind::declaration, true},
    {"TRO", ReferenceKind::transport_order, true},
    {"CBR", ReferenceKind::booking, false},
}};

// The numbers of reeferDetails as readings of the model. A temperature is in the unit that the object names.
struct ReadingRow {
  std::string_view path;  // within reeferDetails
  std::string_view kind;
  std::string_view unit;  // UN/ECE Recommendation 20; "" for temperatureUnit
};
inline constexpr std::array<ReadingRow, 8> kTnt3Readings = {{
    {"internalSetpointTemperature", "set_point", ""},
    {"ambientMeasuredTemperature", "ambient_temperature", ""},
    {"setpointParameters/humidityPercentage", "humidity_set_point", "P1"},
    {"setpointParameters/o2Percentage", "oxygen_set_point", "P1"},
    {"setpointParameters/co2Percentage", "carbon_dioxide_set_point", "P1"},
    {"measuredParameters/humidityPercentage", "humidity", "P1"},
    {"measuredParameters/o2Percentage", "oxygen", "P1"},
    {"measuredParameters/co2Percentage", "carbon_dioxide", "P1"},
}};
inline constexpr std::string_view kProbeKind = "temperature";

// The value at the path, or null. Paths are walked, never recursed.
[[nodiscard]] const json::value* find_path(const json::object& object, std::string_view path);
// The text there, a number as its digits; "" where there is none.
[[nodiscard]] std::string text_at(const json::object& object, std::string_view path);
// Takes the value out, and the objects that are empty without it.
void erase_path(json::object& object, std::string_view path);
// Puts the value there, making the objects on the way.
void put_path(json::object& object, std::string_view path, json::value value);
// Adds what `more` has: objects member by member, arrays at their ends, anything else in place of what was there. At most
// limits::kJsonDepthMax deep, as both were parsed.
void merge(json::object& object, const json::object& more);

}  // namespace fairway::gateway::dcsa
