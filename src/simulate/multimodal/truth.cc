#include "simulate/multimodal/truth.h"

#include <algorithm>
#include <array>

#include "base/instant.h"
#include "base/json_writer.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

struct NumberRow {
  std::string_view kind;
  std::string Cargo::* number;
};
constexpr std::array kNumbers = {
    NumberRow{"equipment", &Cargo::box},
    NumberRow{"booking", &Cargo::booking},
    NumberRow{"transport_document", &Cargo::bill},
    NumberRow{"house_document", &Cargo::house},
    NumberRow{"house_air_waybill", &Cargo::house_air_waybill},
    NumberRow{"air_waybill", &Cargo::air_waybill},
};

void add_time(JsonWriter& writer, std::string_view name, Seconds at) {
  if (at != 0) writer.member(name, to_rfc3339_utc(at * 1'000'000));
}

std::vector<std::string> references_of(const Consignment& c) {
  std::vector<std::string> all;
  for (size_t unit = 0; unit < kUnits; ++unit) {
    if (!c.has(static_cast<Unit>(unit))) continue;
    for (const NumberRow& row : kNumbers) {
      const std::string& number = c.cargo[unit].*row.number;
      const std::string key = std::string(row.kind) + ":" + number;
      if (!number.empty() && std::ranges::find(all, key) == all.end()) all.push_back(key);
    }
  }
  return all;
}

// By one of its numbers; not by a house, which shows itself alone and not its neighbours.
std::string asked_by(const Consignment& c, std::vector<std::string> references) {
  std::erase_if(references, [](const std::string& reference) { return reference.starts_with("house_"); });
  return references[c.variant % references.size()];
}

std::string_view carrier_of(const Leg& leg) { return !leg.imo.empty() ? leg.imo : !leg.vessel.empty() ? leg.vessel : leg.vehicle; }

// The UN/LOCODE; what is under way has none.
std::string_view place_of(const Act& act) {
  return act.row.where == Where::under_way || act.where == nullptr ? std::string_view() : act.where->port.unlocode;
}

void add_legs(JsonWriter& writer, const Consignment& c) {
  writer.key("legs").begin_array();
  for (const Leg& leg : c.legs) {
    writer.begin_object().member("number", leg.number).member("mode", name(leg.mode));
    writer.member("from", leg.from->port.unlocode).member("to", leg.to->port.unlocode).member("carrier", carrier_of(leg));
    add_time(writer, "departed", leg.departed);
    add_time(writer, "arrived", leg.arrived);
    writer.end_object();
  }
  writer.end_array();
}

void add_milestones(JsonWriter& writer, const Consignment& c, Period period) {
  const std::vector<Telling> all = tellings(c, 0);
  writer.key("milestones").begin_array();
  for (size_t i = 0; i < c.acts.size(); ++i) {
    const Act& act = c.acts[i];
    if ((act.row.flags & kPaper) != 0) continue;
    writer.begin_object().member("milestone", name(act.row.what)).member("subject", subject_of(c.of(act.row.unit)));
    writer.member("leg", act.leg).member("place", place_of(act));
    add_time(writer, "at", act.at);
    writer.key("formats").begin_array();
    for (const Telling& telling : all)
      if (telling.act == i && telling.sent < period.end) writer.value(format_of(c, telling.voice));
    writer.end_array().end_object();
  }
  writer.end_array();
}

}  // namespace

void append_truth(std::string& out, const Consignment& c, Period period) {
  JsonWriter writer(out);
  const std::vector<std::string> references = references_of(c);
  writer.begin_object().member("journey", name(c.itinerary)).member("number", c.number);
  writer.key("references").begin_array();
  for (const std::string& reference : references) writer.value(reference);
  writer.end_array().key("ask").begin_array().value(asked_by(c, references)).end_array();
  writer.member("roadCargoReference", c.road_cargo_reference);
  add_legs(writer, c);
  add_milestones(writer, c, period);
  writer.end_object();
}

}  // namespace fairway::simulate::multimodal
