#include "gateway/edifact/write/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/zone.h"
#include "gateway/edifact/messages/codes.h"
#include "gateway/edifact/messages/parts.h"

namespace fairway::gateway::edifact {
namespace {

constexpr int64_t kSecondUs = 1'000'000, kMinuteUs = 60 * kSecondUs;
constexpr size_t kLineCharacters = 70, kLines = 5;
constexpr size_t kSealsMax = 9;

// Recommendation 19 of what can be a transport; "" where it is not known.
struct ModeRow {
  TransportMode mode;
  std::string_view code;
};
constexpr std::array kModes = {ModeRow{TransportMode::vessel, "1"}, ModeRow{TransportMode::rail, "2"}, ModeRow{TransportMode::truck, "3"},
                               ModeRow{TransportMode::air, "4"}, ModeRow{TransportMode::barge, "8"}};
std::string_view mode_code(TransportMode mode) {
  const auto found = std::ranges::find(kModes, mode, &ModeRow::mode);
  return found == kModes.end() ? std::string_view() : found->code;
}

bool is_land(TransportMode mode) { return mode == TransportMode::truck || mode == TransportMode::rail || mode == TransportMode::air; }

// Three decimals at most, none that are nought.
std::string kilograms(double value) {
  std::string text = fmt::format("{:.3f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string_view facility_agency(const Place& place) {
  if (place.facility_provider == "SMDG") return "306";
  if (place.facility_provider == "BIC") return "20";
  return place.facility_provider.empty() ? std::string_view("ZZZ") : std::string_view(place.facility_provider);
}

}  // namespace

void write_time(Sheet& sheet, std::string_view qualifier, int64_t micros, const Place& place) {
  const int64_t moment = micros - ((micros % kSecondUs) + kSecondUs) % kSecondUs;
  const bool seconds = moment % kMinuteUs != 0;
  const std::string_view zone = zone_of(place.unlocode);
  CivilTime civil = civil_of(moment, 0);
  bool local = false;
  if (const auto offset = offset_minutes_at(moment, zone); !zone.empty() && offset) {
    const CivilTime there = civil_of(moment, *offset);
    const auto back = instant_in_zone(there, zone);
    local = back && back->micros == moment;
    if (local) civil = there;
  }
  std::string text = fmt::format("{:04}{:02}{:02}{:02}{:02}", civil.year, civil.month, civil.day, civil.hour, civil.minute);
  if (seconds) text += fmt::format("{:02}", civil.second);
  if (!local) text += "UTC";
  sheet.add("time", "DTM", {{qualifier, text, local ? (seconds ? "204" : "203") : (seconds ? "304" : "303")}});
}

void write_place(Sheet& sheet, const Profile& profile, std::string_view qualifier, const Place& place) {
  if (place.empty()) return;
  const std::string_view agency = facility_agency(place), name = trim(place.name);
  if (place.unlocode.empty() && !place.facility.empty()) {
    sheet.add("place", "LOC", {qualifier, {place.facility, "TER", agency, name}});
    return;
  }
  const bool named = !name.empty() && sheet.fits("LOC", {qualifier, {"", "", "", name}});
  if (!name.empty() && !named) sheet.leave_out("name of place " + std::string(name));
  if (place.facility.empty())
    sheet.add("place", "LOC",
              {qualifier, {place.unlocode, place.unlocode.empty() ? "" : "139", place.unlocode.empty() ? "" : "6", named ? name : ""}});
  else
    sheet.add("place", "LOC",
              {qualifier, {place.unlocode, "139", "6", named ? name : ""}, {place.facility, profile.facility_list, agency}});
}

void write_references(Sheet& sheet, std::span<const Reference> references, size_t max) {
  size_t written = 0;
  for (const Reference& reference : references) {
    constexpr std::array kElsewhere = {ReferenceKind::equipment, ReferenceKind::vessel, ReferenceKind::voyage, ReferenceKind::vehicle};
    if (std::ranges::find(kElsewhere, reference.kind()) != kElsewhere.end()) continue;
    const std::string_view code = rff_code_of(reference.kind());
    if (code.empty() || written >= max)
      sheet.leave_out("reference " + reference.key());
    else if (sheet.add("reference " + reference.key(), "RFF", {{code, reference.value()}}))
      ++written;
  }
}

bool is_of_envelope(const NamedParty& party) { return party.identifier.scheme == "UNB"; }

size_t write_parties(Sheet& sheet, std::span<const NamedParty> parties, size_t max) {
  size_t written = 0;
  for (const NamedParty& party : parties) {
    if (is_of_envelope(party)) continue;
    const std::string& code = party.identifier.value;
    const std::string_view agency = code.empty() ? std::string_view() : agency_of(party.identifier.scheme);
    const bool reads_back = code.empty() || scheme_of(agency, code) == party.identifier.scheme;
    const std::string what = "party " + party.role + " " + (code.empty() ? party.name : party.identifier.key());
    if (party.role.empty() || !reads_back || written >= max)
      sheet.leave_out(what);
    else if (sheet.add(what, "NAD", {party.role, {code, "", agency}, {}, trim(party.name)}))
      ++written;
  }
  return written;
}

void write_stage(Sheet& sheet, std::string_view stage, const Transport& transport) {
  const std::string_view mode = mode_code(transport.mode);
  const std::string_view agency = transport.carrier.empty() ? "" : transport.carrier.size() == 4 ? "166" : "20";
  const std::string_view list = transport.carrier.empty() ? "" : "172";
  if (is_land(transport.mode)) {
    sheet.add("transport", "TDT",
              {stage,
               transport.voyage,
               mode,
               {},
               {transport.carrier, list, agency},
               {},
               {},
               {transport.vehicle, "", transport.vehicle.empty() ? "" : "ZZZ"}});
    return;
  }
  const bool by_imo = !transport.vessel_imo.empty();
  if (by_imo && !transport.call_sign.empty()) sheet.leave_out("call sign " + transport.call_sign);
  const std::string& id = by_imo ? transport.vessel_imo : transport.call_sign;
  const std::string_view id_list = id.empty() ? "" : by_imo ? "146" : "103";
  const bool named = sheet.fits("TDT", {"", "", "", "", "", "", "", {"", "", "", transport.vessel_name}});
  if (!named) sheet.leave_out("name of vessel " + transport.vessel_name);
  const std::string_view name = named ? std::string_view(transport.vessel_name) : std::string_view();
  sheet.add("transport", "TDT", {stage, transport.voyage, mode, {}, {transport.carrier, list, agency}, {}, {}, {id, id_list, "", name}});
}

Transport main_carriage(const Event& event) {
  if (!is_land(event.transport.mode) && !event.transport.empty()) return event.transport;
  Transport main;
  if (const Reference* vessel = event.reference(ReferenceKind::vessel)) main.vessel_imo = vessel->value();
  if (const Reference* voyage = event.reference(ReferenceKind::voyage)) {
    const size_t slash = voyage->value().rfind('/');
    const std::string owner = voyage->value().substr(0, slash);
    if (slash != std::string::npos) main.voyage = voyage->value().substr(slash + 1);
    if (main.vessel_imo.empty() && owner.size() == 7 && std::ranges::all_of(owner, [](char c) { return c >= '0' && c <= '9'; }))
      main.vessel_imo = owner;
    if (main.vessel_imo.empty()) main.call_sign = owner;
  }
  if (!main.empty()) main.mode = TransportMode::vessel;
  return main;
}

void write_equipment(Sheet& sheet, const Event& event, std::string_view status) {
  const Reference* number = event.reference(ReferenceKind::equipment);
  const EquipmentFacts& facts = event.equipment;
  const std::string_view fullness = facts.load == Load::empty ? "4" : facts.load == Load::laden ? "5" : "";
  const bool typed = !facts.iso_code.empty();
  sheet.add("container", "EQD", {"CN", number->value(), {facts.iso_code, typed ? "102" : "", typed ? "5" : ""}, {}, status, fullness});
}

void write_masses(Sheet& sheet, const EquipmentFacts& facts) {
  const auto write = [&](const std::optional<double>& mass, std::string_view kind) {
    if (mass) sheet.add("mass", "MEA", {"AAE", kind, {"KGM", kilograms(*mass)}});
  };
  write(facts.gross_kg, "G");
  write(facts.tare_kg, "T");
  write(facts.vgm_kg, "VGM");
}

void write_seals(Sheet& sheet, const EquipmentFacts& facts) {
  size_t written = 0;
  for (const Seal& seal : facts.seals) {
    const std::string what = "seal " + seal.number;
    if (written >= kSealsMax || is_placeholder(seal.number))
      sheet.leave_out(what);
    else if (sheet.add(what, "SEL", {seal.number, {seal_code_of(seal.source)}}))
      ++written;
  }
}

void write_remark(Sheet& sheet, std::string_view remark) {
  std::array<std::string, kLines> lines;
  size_t line = 0;
  bool whole = true;
  for (std::string_view rest = trim(remark); !rest.empty() && whole;) {
    const size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest = trim(rest.substr(end));
    const size_t needed = lines[line].size() + (lines[line].empty() ? 0 : 1) + word.size();
    if (needed > kLineCharacters && !lines[line].empty()) ++line;
    whole = line < kLines && word.size() <= kLineCharacters;
    if (whole) lines[line] += (lines[line].empty() ? "" : " ") + std::string(word);
  }
  if (!whole) return sheet.leave_out("remark");
  if (!lines[0].empty()) sheet.add("remark", "FTX", {"AAI", {}, {}, {lines[0], lines[1], lines[2], lines[3], lines[4]}});
}

}  // namespace fairway::gateway::edifact
