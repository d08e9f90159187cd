// The code lists and members of Port Call 2.0 that reader and writer share (OpenAPI of Port Call 2.0.0), and the codes of one event as they
// stand in Source::type. Constants and pure functions; any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gateway/dcsa/tnt3_members.h"
#include "model/event.h"

namespace fairway::gateway::dcsa {

inline constexpr std::string_view kPortCallType = "PORTCALL 2.0", kPortCallKept = "dcsaPortCall";

// A portCallServiceTypeCode and the portCallServiceEventTypeCodes that it may have.
struct ServiceRow {
  std::string_view code;
  std::array<std::string_view, 2> events;
};
inline constexpr std::array<ServiceRow, 21> kPortCallServices = {{
    {"BERTH", {"ARRI", "DEPA"}},
    {"CARGO_OPERATIONS", {"STRT", "CMPL"}},
    {"PILOTAGE", {"STRT", "CMPL"}},
    {"TOWAGE", {"STRT", "CMPL"}},
    {"MOORING", {"STRT", "CMPL"}},
    {"BUNKERING", {"STRT", "CMPL"}},
    {"PILOT_BOARDING_PLACE", {"ARRI", ""}},
    {"ANCHORAGE", {"STRT", "CMPL"}},
    {"SLUDGE", {"STRT", "CMPL"}},
    {"SEA_PASSAGE", {"STRT", "CMPL"}},
    {"ALL_FAST", {"ARRI", ""}},
    {"GANGWAY_DOWN_AND_SECURE", {"ARRI", ""}},
    {"VESSEL_READY_FOR_CARGO_OPERATIONS", {"ARRI", ""}},
    {"VESSEL_READY_TO_SAIL", {"ARRI", ""}},
    {"DISCHARGE_CARGO_OPERATIONS", {"STRT", "CMPL"}},
    {"LOADING_CARGO_OPERATIONS", {"STRT", "CMPL"}},
    {"LASHING", {"STRT", "CMPL"}},
    {"SAFETY", {"DEPA", ""}},
    {"ANCHORAGE_OPERATIONS", {"STRT", "CMPL"}},
    {"SHORE_POWER", {"STRT", "CMPL"}},
    {"MOVES", {"ARRI", ""}},
}};
inline constexpr std::array<std::string_view, 4> kPortCallEvents = {"STRT", "CMPL", "ARRI", "DEPA"};
inline constexpr std::array<std::string_view, 4> kPortCallClassifiers = {"EST", "REQ", "PLN", "ACT"};
inline constexpr std::array<std::string_view, 4> kPortCallPhases = {"INBD", "ALGS", "SHIF", "OUTB"};

// The codes of an event, as far as the standard has them; "" where there is none.
struct PortCallCodes {
  std::string service, event, classifier, phase;
  bool omitted_call = false, omitted_terminal = false, canceled = false, declined = false;

  [[nodiscard]] bool takes_place() const { return !omitted_call && !omitted_terminal && !canceled && !declined; }
  [[nodiscard]] std::string type() const;  // "PORTCALL 2.0 BERTH ARRI EST INBD CANCELED", "-" for what is not said
};
// Of an event told in Port Call 2.0; of another's arrival or departure, those of its berth.
[[nodiscard]] PortCallCodes port_call_codes(const Event& event);
[[nodiscard]] bool told_as_port_call(const Event& event);

// Where the flags of PortCallCodes stand, and their words in Source::type.
struct FlagRow {
  std::string_view path, word;
  bool PortCallCodes::* flag;
};
inline constexpr std::array<FlagRow, 4> kPortCallFlags = {{
    {"portCall/isOmitted", "OMITTED", &PortCallCodes::omitted_call},
    {"terminalCall/isOmitted", "TERMINAL_OMITTED", &PortCallCodes::omitted_terminal},
    {"portCallService/isCanceled", "CANCELED", &PortCallCodes::canceled},
    {"portCallService/isDeclined", "DECLINED", &PortCallCodes::declined},
}};

// `older` is where drafts of the standard had it, whose form some still send.
struct PortCallText {
  PathText text;
  std::string_view older;
};
inline constexpr std::array<PortCallText, 13> kPortCallTexts = {{
    {{"portCallService/serviceLocation/locationName", 100, &Place::name}, ""},
    {{"portCallService/serviceLocation/facilityTypeCode", 10, &Place::facility_type}, ""},
    {{"portCallService/serviceLocation/UNLocationCode", 5, &Place::unlocode}, ""},
    {{"portCallService/serviceLocation/facility/facilityCode", 6, &Place::facility}, ""},
    {{"portCallService/serviceLocation/facility/facilityCodeListProvider", 10, &Place::facility_provider}, ""},
    {{"terminalCall/terminalCallReference", 100, nullptr, &Transport::call_id}, ""},
    {{"terminalCall/serviceCodeOrReference/carrierServiceCode", 512, nullptr, &Transport::service}, "terminalCall/carrierServiceCode"},
    {{"terminalCall/exportVoyageNumberOrReference/carrierVoyageNumber", 512, nullptr, &Transport::voyage},
     "terminalCall/carrierExportVoyageNumber"},
    {{"terminalCall/importVoyageNumberOrReference/carrierVoyageNumber", 512, nullptr, &Transport::import_voyage},
     "terminalCall/carrierImportVoyageNumber"},
    {{"vessel/vesselIMONumber", 8, nullptr, &Transport::vessel_imo}, ""},
    {{"vessel/vesselName", 50, nullptr, &Transport::vessel_name}, ""},
    {{"vessel/vesselCallSign", 10, nullptr, &Transport::call_sign}, ""},
    {{"timestamp/remark", 500, nullptr, nullptr, nullptr, &Event::remark}, ""},
}};

// Members that the older form had elsewhere and that the model has no field for.
struct MovedMember {
  std::string_view older, path;
};
inline constexpr std::array<MovedMember, 3> kPortCallMoved = {{
    {"terminalCall/universalServiceReference", "terminalCall/serviceCodeOrReference/universalServiceReference"},
    {"terminalCall/universalExportVoyageReference", "terminalCall/exportVoyageNumberOrReference/universalVoyageReference"},
    {"terminalCall/universalImportVoyageReference", "terminalCall/importVoyageNumberOrReference/universalVoyageReference"},
}};

}  // namespace fairway::gateway::dcsa
