#include "exchange/dcsa/schedule_write.h"

#include <algorithm>

namespace fairway::exchange::dcsa {
namespace {

void put(json::object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object[name] = text;
}

bool is_imo(std::string_view text) {
  return (text.size() == 7 || text.size() == 8) && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// SMDG's liner codes have three letters, the NMFTA's four.
std::string_view carrier_list(std::string_view code) { return code.size() == 4 ? "NMFTA" : "SMDG"; }

std::string_view service_of(const Transport& vessel) { return vessel.service.empty() ? kUnknownService : std::string_view(vessel.service); }

// Export and import voyage, each standing in for the other where one is not known.
std::string_view import_of(const Call& call) { return call.import_voyage.empty() ? call.voyage : call.import_voyage; }
std::string_view export_of(const Call& call) { return call.voyage.empty() ? call.import_voyage : call.voyage; }

}  // namespace

bool is_dummy(const Transport& vessel) { return vessel.vessel_imo.empty() && vessel.vessel_name.empty(); }

json::object vessel_object(const Transport& vessel) {
  json::object out;
  if (is_imo(vessel.vessel_imo)) out["vesselIMONumber"] = vessel.vessel_imo;
  put(out, "name", vessel.vessel_name);
  put(out, "callSign", vessel.call_sign);
  put(out, "operatorCarrierCode", vessel.carrier);
  if (!vessel.carrier.empty()) out["operatorCarrierCodeListProvider"] = carrier_list(vessel.carrier);
  return out;
}

json::array timestamps(const Call& call) {
  json::array out;
  const auto add = [&](std::string_view type, const auto& times) {
    for (const Classifier classifier : {Classifier::planned, Classifier::estimated, Classifier::actual})
      if (const auto& told = times.at(static_cast<size_t>(classifier)))
        out.push_back(json::object(
            {{"eventTypeCode", type}, {"eventClassifierCode", dcsa_code(classifier)}, {"eventDateTime", to_rfc3339(told->at)}}));
  };
  add("ARRI", call.arrivals);
  add("DEPA", call.departures);
  return out;
}

json::object call_location(const Place& place) {
  json::object out;
  put(out, "locationName", place.name);
  put(out, "UNLocationCode", place.unlocode);
  if (place.facility.size() <= 6 && (place.facility_provider.empty() || place.facility_provider == "SMDG"))
    put(out, "facilitySMDGCode", place.facility);
  return out;
}

json::object location(const Place& place) {
  json::object out;
  put(out, "locationName", place.name);
  put(out, "UNLocationCode", place.unlocode);
  if (!place.facility.empty() && (place.facility_provider == "SMDG" || place.facility_provider == "BIC"))
    out["facility"] = json::object({{"facilityCode", place.facility}, {"facilityCodeListProvider", place.facility_provider}});
  return out;
}

std::string call_reference(const Transport& vessel, const Call& call) {
  if (!call.call_id.empty() && call.call_id.size() <= 100) return call.call_id;
  const std::string& name = vessel.vessel_imo.empty() ? vessel.vessel_name : vessel.vessel_imo;
  std::string made = name + "-" + std::string(export_of(call)) + "-" + call.place.unlocode;
  if (!call.place.facility.empty()) made += "-" + call.place.facility;
  return made;
}

json::object service_partner(const Transport& vessel, const Call& call) {
  json::object out;
  if (!vessel.carrier.empty() && vessel.carrier.size() <= 4) {
    out["carrierCode"] = vessel.carrier;
    out["carrierCodeListProvider"] = carrier_list(vessel.carrier);
  }
  out["carrierServiceName"] = service_of(vessel);
  out["carrierServiceCode"] = service_of(vessel);
  put(out, "carrierImportVoyageNumber", import_of(call));
  put(out, "carrierExportVoyageNumber", export_of(call));
  return out;
}

}  // namespace fairway::exchange::dcsa
