// What hauliers, the river operator and the rail operator tell in Fairway's own messages of land transport, as JSON or as CSV.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "simulate/dice.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

using Fields = std::vector<std::pair<std::string_view, std::string>>;

struct EventRow {
  Milestone what;
  std::string_view type, event;  // of the road
};
constexpr std::array kTruck = {
    EventRow{Milestone::assigned, "truck-job", "assigned"},
    EventRow{Milestone::picked_up, "truck-job", "picked-up"},
    EventRow{Milestone::dropped_off, "truck-job", "dropped-off"},
    EventRow{Milestone::delivered, "truck-job", "delivered"},
    EventRow{Milestone::document_submitted, "road-cargo", "submitted"},
    EventRow{Milestone::bundled, "bundling", "bundled"},
    EventRow{Milestone::crossed, "crossing", "crossed"},
    EventRow{Milestone::lock_armed, "e-lock", "arm"},
    EventRow{Milestone::located, "e-lock", "position"},
    EventRow{Milestone::lock_disarmed, "e-lock", "disarm"},
};
struct MoveRow {
  Milestone what;
  std::string_view event;
};
constexpr std::array kMoves = {MoveRow{Milestone::loaded, "load"}, MoveRow{Milestone::departed, "depart"},
                               MoveRow{Milestone::arrived, "arrive"}, MoveRow{Milestone::discharged, "discharge"}};

void add(Fields& fields, std::string_view name, std::string_view value) {
  if (!value.empty()) fields.emplace_back(name, value);
}

void add_place(Fields& fields, const Spot* where) {
  if (where == nullptr) return;
  if (!where->control_point.empty()) return add(fields, "controlPoint", where->control_point);
  add(fields, "unlocode", where->port.unlocode);
  add(fields, "facility", where->port.facility);
  if (!where->port.facility.empty()) add(fields, "facilityProvider", where->provider);
  add(fields, "place", where->port.name);
}

void add_position(Fields& fields, const Spot& where, uint64_t key) {
  const auto degrees = [](double from, uint64_t more) {
    const auto micro = static_cast<int64_t>(from * 10'000) + static_cast<int64_t>(more % 500);
    return std::to_string(micro / 10'000) + "." + std::to_string(micro % 10'000 + 10'000).substr(1);
  };
  add(fields, "latitude", degrees(where.latitude, mix(key, 1)));
  add(fields, "longitude", degrees(where.longitude, mix(key, 2)));
}

// The cargo under every number that it has, the paper it goes under first.
void add_cargo(Fields& fields, const Consignment& c, const Cargo& cargo) {
  add(fields, "equipment", cargo.box);
  add(fields, "houseDocument", cargo.house);
  add(fields, "houseAirWaybill", cargo.house_air_waybill);
  add(fields, "airWaybill", cargo.air_waybill);
  add(fields, "booking", cargo.booking);
  // The forwarder's own number ties the container to the air waybill that its cargo goes on with.
  if (cargo.house.empty() && cargo.house_air_waybill.empty()) add(fields, "consignment", c.consignment_reference);
}

void add_quantity(Fields& fields, const Cargo& cargo) {
  if (!cargo.box.empty()) return;
  add(fields, "packages", std::to_string(cargo.pieces));
  add(fields, "grossKg", std::to_string(cargo.gross_kg));
}

const Leg& truck_leg(const Consignment& c, const Act& act) {
  if (act.leg != 0) return *c.leg(act.leg);
  const auto next =
      std::ranges::find_if(c.legs, [&](const Leg& leg) { return leg.mode == TransportMode::truck && leg.departed >= act.at; });
  return next == c.legs.end() ? c.legs.front() : *next;
}

void add_truck(Fields& fields, const Consignment& c, const Telling& telling, std::string_view type) {
  const Act& act = c.acts[telling.act];
  const Cargo cargo = cargo_of(c, telling);
  const Leg& leg = truck_leg(c, act);
  const bool empty = (act.row.flags & kEmpty) != 0;
  if (type == "truck-job") {
    add_cargo(fields, c, cargo);
    add(fields, "transportOrder", leg.order);
    add_quantity(fields, cargo);
    if (!cargo.box.empty()) add(fields, "load", empty ? "empty" : "laden");
    add(fields, "haulier", "GLN:" + std::string(leg.haulier->gln));
  } else if (type == "road-cargo") {
    add(fields, "roadCargoReference", c.road_cargo_reference);
    add_cargo(fields, c, cargo);
    add(fields, "goods", "GENERAL CARGO");
    add(fields, "direction", c.is_into_hong_kong() ? "inbound" : "outbound");
  } else {  // the truck's papers and its lock, not the container
    if (!empty) add(fields, "roadCargoReference", c.road_cargo_reference);
    if (empty || (type == "crossing" && c.variant % 3 == 0)) add(fields, "equipment", cargo.box);
    if (type == "e-lock") add(fields, "electronicLock", leg.lock);
    if (type == "bundling") add(fields, "direction", c.is_into_hong_kong() ? "inbound" : "outbound");
    if (empty) add(fields, "load", "empty");
  }
  if (type != "road-cargo") add(fields, "vehicle", leg.vehicle);
}

void add_move(Fields& fields, const Consignment& c, const Telling& telling, std::string_view type) {
  const Act& act = c.acts[telling.act];
  const Leg& leg = *c.leg(act.leg);
  const Cargo cargo = cargo_of(c, telling);
  add(fields, "equipment", cargo.box);
  add(fields, "booking", cargo.booking);
  if (type == "rail") {
    add(fields, "train", leg.vehicle);
    add(fields, "wagon", leg.wagon);
  } else {
    add(fields, "barge", leg.vessel);
    add(fields, "voyage", leg.voyage);
  }
  add(fields, "load", "laden");
}

std::string as_json(const Fields& fields) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().member("fairwayLand", "1.0");
  for (const auto& [name, value] : fields) writer.member(name, value);
  writer.end_object();
  return out;
}

std::string as_sheet(const Fields& fields) {
  std::string heading, row;
  for (const auto& [name, value] : fields) {
    const std::string_view between = heading.empty() ? "" : ",";
    heading.append(between).append(name);
    row.append(between).append(value);
  }
  return heading + "\r\n" + row + "\r\n";
}

// Every other haulier sends sheets.
bool sends_sheets(const Company& haulier) { return (haulier.gln.back() - '0') % 2 == 0; }

}  // namespace

Written write_land(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const bool rail = telling.voice == Voice::rail, barge = telling.voice == Voice::barge;
  const auto truck = std::ranges::find(kTruck, act.row.what, &EventRow::what);
  const auto move = std::ranges::find(kMoves, act.row.what, &MoveRow::what);
  const std::string_view type = rail ? "rail" : barge ? "barge" : truck->type;
  Fields fields;
  add(fields, "messageID", name_of(c, telling));
  add(fields, "type", type);
  add(fields, "event", rail || barge ? move->event : truck->event);
  add(fields, "at", rfc3339(act.where, telling.at));
  add(fields, "sentAt", rfc3339(nullptr, telling.sent));
  if (telling.change == Change::time_mended) add(fields, "corrects", document_of(c, telling));
  if (telling.change == Change::number_taken_back) add(fields, "retracts", document_of(c, telling));
  if (rail || barge)
    add_move(fields, c, telling, type);
  else
    add_truck(fields, c, telling, type);
  if (act.row.where == Where::under_way)
    add_position(fields, *act.where, mix(c.key, telling.number));
  else
    add_place(fields, act.where);
  if (rail) return {rail_operator().slug, "land", "application/json", ".json", as_json(fields)};
  if (barge) return {barge_operator().slug, "land", "application/json", ".json", as_json(fields)};
  const Company& haulier = *truck_leg(c, act).haulier;
  if (type == "truck-job" && sends_sheets(haulier)) return {haulier.slug, "land", "text/csv", ".csv", as_sheet(fields)};
  return {haulier.slug, "land", "application/json", ".json", as_json(fields)};
}

}  // namespace fairway::simulate::multimodal
