#include "gateway/edifact/messages/parts.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {
namespace {

constexpr std::string_view kCountryList = "162", kSubdivisionList = "163";  // UNCL 1131

bool is_facility_list(std::string_view list_1131) {
  return list_1131 == "TER" || list_1131 == "TERMINALS" || list_1131 == "72" || list_1131 == "STO";
}

bool is_imo_form(std::string_view id) {
  return id.size() == 7 && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_land(TransportMode mode) { return mode == TransportMode::truck || mode == TransportMode::rail || mode == TransportMode::air; }

// 6314: a decimal point or comma, as UNA or habit has it.
std::optional<double> number(std::string_view text) {
  std::string plain(trim(text));
  std::ranges::replace(plain, ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size() || !(value >= 0.0 && value < 1e9)) return std::nullopt;
  return value;
}

void identify_means(const Segment& tdt, Transport& transport) {
  const std::string_view id = trim(tdt.at(8, 1)), list = tdt.at(8, 2);
  const std::string_view name = trim(tdt.at(8, 4));
  if (is_land(transport.mode)) {
    transport.vehicle = to_upper(id);
    return;
  }
  std::string plain = to_upper(id);
  if (plain.starts_with("IMO")) plain.erase(0, 3);
  plain = trim(plain);
  if (list != "103" && (is_imo_form(plain) || list == "146" || list == "11" || list == "54"))
    transport.vessel_imo = plain;
  else
    transport.call_sign = to_upper(id);
  transport.vessel_name = name;
}

}  // namespace

Location read_location(const Segment& loc) {
  Location location{std::string(loc.at(1)), {}, loc.opens_group};
  Place& place = location.place;
  const std::string code = to_upper(trim(loc.at(2, 1)));
  place.name = trim(loc.at(2, 4));
  if (is_facility_list(loc.at(2, 2))) {
    place.facility = code;
    place.facility_provider = facility_provider_of(loc.at(2, 3));
  } else if (is_unlocode_form(code)) {
    place.unlocode = code;
  } else if (place.name.empty()) {
    place.name = code;
  }
  const std::string_view related = trim(loc.at(3, 1)), list = loc.at(3, 2);
  if (!related.empty() && list != kCountryList && list != kSubdivisionList) {
    place.facility = to_upper(related);
    place.facility_provider = facility_provider_of(loc.at(3, 3));
  }
  return location;
}

const Location* find_location(const std::vector<Location>& locations, std::span<const std::string_view> qualifiers) {
  for (const std::string_view qualifier : qualifiers)
    for (const Location& location : locations)
      if (location.qualifier == qualifier && !location.place.empty()) return &location;
  return nullptr;
}

Stage read_stage(const Segment& tdt) {
  Stage stage{std::string(tdt.at(1)), {}};
  Transport& transport = stage.transport;
  transport.mode = mode_of(tdt.at(3, 1), tdt.at(4, 1));
  transport.voyage = to_upper(trim(tdt.at(2)));
  transport.carrier = to_upper(trim(tdt.at(5, 1)));
  identify_means(tdt, transport);
  const bool afloat = !transport.vessel_imo.empty() || !transport.call_sign.empty();
  if (transport.mode == TransportMode::unknown && afloat && stage.qualifier == "20") transport.mode = TransportMode::vessel;
  return stage;
}

std::string voyage_key(const Transport& transport) {
  if (transport.voyage.empty()) return {};
  const std::string* owner = &transport.vessel_imo;
  for (const std::string* next : {&transport.call_sign, &transport.carrier, &transport.vessel_name})
    if (owner->empty()) owner = next;
  return owner->empty() ? std::string() : *owner + "/" + transport.voyage;
}

Equipment read_equipment(const Segment& eqd) {
  Equipment equipment{std::string(eqd.at(1)), std::string(trim(eqd.at(2, 1))), std::string(eqd.at(5)), {}};
  const std::string_view size_type = eqd.at(3, 1);
  equipment.facts.iso_code = to_upper(trim(size_type.empty() ? eqd.at(3, 4) : size_type));
  const std::string_view fullness = eqd.at(6);
  if (fullness == "4") equipment.facts.load = Load::empty;
  if (fullness == "5" || fullness == "7" || fullness == "8") equipment.facts.load = Load::laden;
  return equipment;
}

void read_measurement(const Segment& mea, EquipmentFacts& facts) {
  const auto mass = mass_of(mea.at(1), mea.at(2, 1));
  const auto value = number(mea.at(3, 2));
  const double unit = kilograms_in(mea.at(3, 1));
  if (!mass || !value || unit == 0.0) return;
  const double kilograms = *value * unit;
  switch (*mass) {
    case Mass::gross: facts.gross_kg = kilograms; break;
    case Mass::equipment_gross: facts.gross_kg = facts.gross_kg.value_or(kilograms); break;  // a stated gross mass goes before
    case Mass::tare: facts.tare_kg = kilograms; break;
    case Mass::verified: facts.vgm_kg = kilograms; break;
  }
}

void read_seal(const Segment& sel, EquipmentFacts& facts) {
  const std::string_view seal = trim(sel.at(1));
  if (seal.empty() || is_placeholder(seal)) return;
  facts.seals.push_back({to_upper(seal), std::string(seal_source_of(sel.at(2, 1)))});
}

NamedParty read_party(const Segment& nad) {
  NamedParty party;
  party.role = to_upper(trim(nad.at(1)));
  const std::string code = to_upper(trim(nad.at(2, 1)));
  if (!code.empty()) party.identifier = {std::string(scheme_of(nad.at(2, 3), code)), code};
  const std::string_view name = trim(nad.at(4, 1));
  party.name = name.empty() ? trim(nad.at(3, 1)) : name;
  return party;
}

std::string read_text(const Segment& ftx) {
  std::string text;
  for (uint16_t line = 1; line <= 5; ++line) {
    const std::string_view piece = trim(ftx.at(4, line));
    if (piece.empty()) continue;
    if (!text.empty()) text += ' ';
    text += piece;
  }
  return text;
}

}  // namespace fairway::gateway::edifact
