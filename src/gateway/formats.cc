#include "gateway/formats.h"

#include <algorithm>
#include <map>
#include <set>

#include "gateway/ais/layout.h"
#include "gateway/cargo_imp/grammar.h"
#include "gateway/cargo_xml/kinds.h"
#include "gateway/edifact/mapper.h"
#include "gateway/edifact/write/profile.h"
#include "gateway/land/members.h"

namespace fairway::gateway {
namespace {

template <typename Names>
std::string list(const Names& names) {
  std::string out;
  for (const auto& name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

std::string edifact_types() {
  std::vector<std::string_view> types = edifact::mapped_types();
  std::ranges::sort(types);
  return list(types);
}

std::string edifact_written() {
  std::vector<std::string> profiles;
  for (const edifact::Profile& profile : edifact::profiles()) profiles.emplace_back(profile.name);
  return "COARRI, CODECO, IFTSTA (profiles " + list(profiles) + "); APERAK, CONTRL";
}

// "FWB/16–17": those whose lines have rules.
std::string air_types() {
  std::vector<std::string> types;
  for (const cargo_imp::MessageKind& kind : cargo_imp::message_kinds()) {
    if (kind.lines.empty()) continue;
    std::string type(kind.id);
    if (kind.version_min != 0) type += "/" + std::to_string(kind.version_min);
    if (kind.version_min != 0 && kind.version_max != kind.version_min) type += "–" + std::to_string(kind.version_max);
    types.push_back(std::move(type));
  }
  return list(types);
}

std::string cargo_xml_types() {
  std::vector<std::string_view> types;
  for (const cargo_xml::Kind& kind : cargo_xml::kinds()) types.push_back(kind.id);
  return list(types);
}

std::string ais_types() {
  std::set<int> types = {6, 8};
  for (const ais::Layout& layout : ais::message_layouts()) types.insert(layout.type);
  std::vector<std::string> numbers;
  for (const int type : types) numbers.push_back(std::to_string(type));
  return "message types " + list(numbers) + "; TAG blocks";
}

std::string land_types() {
  std::vector<std::string_view> types;
  for (const land::TypeRow& row : land::types()) types.push_back(row.name);
  return list(types);
}

}  // namespace

std::vector<FormatFacts> format_facts() {
  return {
      {"UN/EDIFACT D.95B–D.16A, syntax 1–4", edifact_types() + "; every other type for its references", edifact_written(),
       "UTF-16; interactive EDIFACT; events from COSTCO, COSTOR, CUSDEC"},
      {"DCSA Track & Trace 2.2", "SHIPMENT, TRANSPORT, EQUIPMENT", "the same, under /dcsa/tnt/v2", "event-subscriptions"},
      {"DCSA Track & Trace 3.0", "SHIPMENT, TRANSPORT, EQUIPMENT, IOT, REEFER", "the same, under /dcsa/tnt/v3",
       "masses and stowage written"},
      {"DCSA VGM 1.0", "declarations", "declarations, under /dcsa/vgm/v1", ""},
      {"DCSA Port Call 2.0", "events", "events, under /dcsa/port-call/v2", "JIT 1.x and 2.0"},
      {"DCSA Arrival Notice 1.0", "notices, notifications", "notices, under /dcsa/an/v1", "notifications sent"},
      {"DCSA Commercial Schedules 1.0", "", "vessel and port schedules, point-to-point routes, under /dcsa/cs/v1",
       "inland legs, cut-off times"},
      {"GS1 EPCIS 2.0, CBV 2.0", "JSON-LD; XML 2.0 and 1.2; all five types of event", "JSON-LD, under /epcis; event hash (CBV 2.0, 8.9)",
       "XML answers; subscriptions; master data"},
      {"IATA ONE Record 2.3", "JSON-LD, compact, expanded and flattened", "JSON-LD, under /onerecord",
       "notifications sent; remote contexts"},
      {"IATA Cargo-IMP", air_types(), "FSU, FMA, FNA", "FSR, FBR, FVR and other messages, known by name only"},
      {"IATA Cargo-XML", cargo_xml_types(), "", "XFHL and other messages, known by name only; answers (XFNM)"},
      {"AIS, ITU-R M.1371-5", ais_types(), "", "departures; binary messages of some areas, which stay hexadecimal"},
      {"Fairway land and sensor messages 1.0", land_types() + " as JSON, CSV and XLSX", "empty sheets, under /v1/templates",
       ".xls, .ods; Big5, GBK"},
  };
}

std::string format_table() {
  const auto or_dash = [](const std::string& text) { return text.empty() ? std::string("–") : text; };
  std::string out = "| standard | read | written | not supported |\n|---|---|---|---|\n";
  for (const FormatFacts& row : format_facts())
    out += "| " + row.standard + " | " + or_dash(row.reads) + " | " + or_dash(row.writes) + " | " + or_dash(row.not_supported) + " |\n";
  return out;
}

}  // namespace fairway::gateway
