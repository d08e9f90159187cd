// What airlines tell: FSU, FWB, FHL and FFM as Cargo-IMP, or logistics events of ONE Record.
#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "gateway/air/dates.h"
#include "gateway/air/flight.h"
#include "gateway/cargo_imp/write.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

constexpr std::string_view kEnd = "\r\n";

std::string digits(int value, size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

CivilTime local(const Spot& where, Seconds at) { return civil_of(at * 1'000'000, offset_minutes(where.port, at)); }
std::string date_of(const CivilTime& civil) { return digits(civil.day, 2) + std::string(gateway::air::month_name(civil.month)); }
std::string time_of(const CivilTime& civil) { return digits(civil.hour, 2) + digits(civil.minute, 2); }

// "160-12345675HKGFRA".
std::string waybill_line(const Consignment& c, const std::string& air_waybill) {
  const Spot *from = c.at(Where::air_terminal), *to = c.at(Where::end_airport);
  return air_waybill.substr(0, 3) + "-" + air_waybill.substr(3) + std::string(from->iata) + std::string(to->iata);
}

// "T10K200", or "P4K80" of part of the pieces.
std::string quantity(const Consignment& c, const Cargo& cargo) {
  return (cargo.pieces == c.pieces ? "T" : "P") + std::to_string(cargo.pieces) + "K" + std::to_string(cargo.gross_kg);
}
int whole_kg(const Consignment& c) { return c.gross_kg / c.pieces * c.pieces; }

// The flight's day is that of its departure at the airport it leaves from.
CivilTime flight_day(const Leg& leg) { return local(*leg.from, leg.departed); }

Event event_of(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& cargo = c.of(act.row.unit);
  Event event;
  event.milestone = act.row.what;
  event.occurred = instant(act.where, telling.at);
  event.place.unlocode = act.where->port.unlocode;
  const auto add = [&](ReferenceKind kind, std::string_view value) {
    if (auto reference = Reference::make(kind, value)) event.references.push_back(*std::move(reference));
  };
  add(ReferenceKind::air_waybill, cargo.air_waybill);
  event.cargo.pieces = static_cast<uint32_t>(cargo.pieces);
  event.cargo.total_pieces = static_cast<uint32_t>(c.pieces);
  event.cargo.gross_kg = cargo.gross_kg;
  const Leg* leg = c.leg(act.leg);
  if (leg == nullptr || leg->mode != TransportMode::air) return event;
  event.transport.vehicle = leg->vehicle;
  if (const auto flight = gateway::air::read_flight(leg->vehicle))
    add(ReferenceKind::flight, gateway::air::flight_reference(*flight, flight_day(*leg)));
  return event;
}

// MAN states the schedule; that the cargo is on board by then is what it says.
std::string manifested(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& cargo = c.of(act.row.unit);
  const Leg& leg = *c.leg(act.leg);
  const CivilTime off = local(*leg.from, telling.at);
  return "FSU/15" + std::string(kEnd) + waybill_line(c, cargo.air_waybill) + "/T" + std::to_string(c.pieces) + "K" +
         std::to_string(whole_kg(c)) + std::string(kEnd) + "MAN/" + leg.vehicle + "/" + date_of(flight_day(leg)) + "/" +
         std::string(leg.from->iata) + std::string(leg.to->iata) + "/" + quantity(c, cargo) + "/S" + time_of(off) +
         (off.day == flight_day(leg).day ? "" : "-P") + std::string(kEnd);
}

// Its own header: of the whole way, not of the flight alone.
std::string status(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Leg* leg = c.leg(act.leg);
  const bool flies = leg != nullptr && leg->mode == TransportMode::air;
  const Event event = event_of(c, telling);
  const std::string_view to = flies ? leg->to->iata : c.at(Where::end_airport)->iata;
  const auto written = gateway::cargo_imp::fsu({&event, 1}, c.at(Where::air_terminal)->iata, to);
  if (!written) return {};
  const size_t first = written->find(kEnd) + kEnd.size();
  const std::string head = waybill_line(c, c.of(act.row.unit).air_waybill);
  return written->substr(0, first) + head + written->substr(first + head.size());
}

std::string manifest(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& cargo = c.of(act.row.unit);
  const Leg& leg = *c.leg(act.leg);
  const CivilTime off = local(*leg.from, leg.departed), on = local(*leg.to, leg.arrived);
  const std::string share = cargo.pieces == c.pieces ? "" : "T" + std::to_string(c.pieces);
  return "FFM/8" + std::string(kEnd) + "1/" + leg.vehicle + "/" + date_of(off) + time_of(off) + "/" + std::string(leg.from->iata) +
         std::string(kEnd) + std::string(leg.to->iata) + "//" + date_of(on) + time_of(on) + std::string(kEnd) + "ULD/" +
         c.unit_load_device + std::string(kEnd) + waybill_line(c, cargo.air_waybill) + "/" + quantity(c, cargo) + share + "/CONSOL" +
         std::string(kEnd) + "LAST" + std::string(kEnd);
}

std::string name_and_place(std::string_view tag, const Company& company, std::string_view city, std::string_view country) {
  return std::string(tag) + std::string(kEnd) + "NAM/" + std::string(company.name) + std::string(kEnd) + "ADR/1 CARGO ROAD" +
         std::string(kEnd) + "LOC/" + std::string(city) + std::string(kEnd) + "/" + std::string(country) + std::string(kEnd);
}

std::string parties(const Consignment& c) {
  const Spot& end = *c.at(Where::end_airport);
  return name_and_place("SHP", *c.shipper, "HONG KONG", "HK") +
         name_and_place("CNE", *c.consignee, end.port.name, end.port.unlocode.substr(0, 2));
}

std::string routing(const Consignment& c) {
  std::string line = "RTG";
  for (const Leg& leg : c.legs)
    if (leg.mode == TransportMode::air && line.find(leg.to->iata) == std::string::npos)
      line += "/" + std::string(leg.to->iata) + std::string(c.airline->code);
  return line + std::string(kEnd);
}

std::string waybill(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const CivilTime day = local(*act.where, telling.at);
  std::string text = "FWB/17" + std::string(kEnd) + waybill_line(c, c.of(act.row.unit).air_waybill) + "/T" + std::to_string(c.pieces) +
                     "K" + std::to_string(whole_kg(c)) + std::string(kEnd);
  text += routing(c) + parties(c);
  text += "SRI/" + c.forwarder_reference + std::string(kEnd);
  return text + "ISU/" + date_of(day) + digits(day.year % 100, 2) + "/HKG" + std::string(kEnd);
}

std::string houses(const Consignment& c) {
  std::string text = "FHL/5" + std::string(kEnd) + "MBI/" + waybill_line(c, c.of(Unit::air).air_waybill) + "/T" + std::to_string(c.pieces) +
                     "K" + std::to_string(whole_kg(c)) + std::string(kEnd);
  for (const Unit unit : {Unit::house_1, Unit::house_2, Unit::house_3, Unit::house_4}) {
    if (!c.has(unit)) continue;
    const Cargo& house = c.of(unit);
    const std::string pieces = std::to_string(house.pieces);
    text += "HBS/" + house.house_air_waybill + "/" + std::string(c.at(Where::air_terminal)->iata) +
            std::string(c.at(Where::end_airport)->iata) + "/" + pieces + "/K" + std::to_string(house.gross_kg) + "/" + pieces +
            "/GENERAL CARGO" + std::string(kEnd);
    text += parties(c);
  }
  return text;
}

// The envelope's stamp: day of the month, hour and minute, UTC.
std::string envelope(const Consignment& c, Seconds stamp) {
  const CivilTime at = civil_of(stamp * 1'000'000, 0);
  return "QK HKGFMXH" + std::string(kEnd) + ".HKGFM" + std::string(c.airline->code) + " " + digits(at.day, 2) + time_of(at) +
         std::string(kEnd);
}

std::string air_waybill_object(const std::string& number) {
  std::string out;
  JsonWriter(out)
      .begin_object()
      .member("@type", "cargo:Waybill")
      .member("cargo:waybillPrefix", number.substr(0, 3))
      .member("cargo:waybillNumber", number.substr(3))
      .end_object();
  return out;
}

struct CodeRow {
  Milestone what;
  std::string_view code;
};
constexpr std::array kCodes = {
    CodeRow{Milestone::accepted, "RCS"},          CodeRow{Milestone::loaded, "MAN"},     CodeRow{Milestone::departed, "DEP"},
    CodeRow{Milestone::arrived, "ARR"},           CodeRow{Milestone::discharged, "RCF"}, CodeRow{Milestone::document_issued, "DOC"},
    CodeRow{Milestone::document_received, "DOC"},
};

void add_event(JsonWriter& writer, const Consignment& c, const Telling& telling, const std::string& id) {
  const Act& act = c.acts[telling.act];
  const auto code = std::ranges::find(kCodes, act.row.what, &CodeRow::what);
  writer.begin_object().member("@id", id).member("@type", "cargo:LogisticsEvent");
  writer.key("cargo:eventCode").begin_object().member("@id", "code:StatusCode#" + std::string(code->code)).end_object();
  writer.member("cargo:eventDate", rfc3339(act.where, telling.at)).member("cargo:creationDate", rfc3339(nullptr, telling.sent));
  writer.key("cargo:eventTimeType").begin_object().member("@id", "cargo:ACTUAL").end_object();
  writer.key("cargo:eventLocation").begin_object().member("@type", "cargo:Location").key("cargo:locationCodes").begin_array();
  for (const std::string_view known : {act.where->iata, act.where->port.unlocode})
    writer.begin_object().member("cargo:code", known).end_object();
  writer.end_array().member("cargo:locationName", act.where->port.name).end_object();
  writer.key("cargo:recordingOrganization").begin_object().member("@type", "cargo:Company");
  writer.member("cargo:name", c.airline->name).member("cargo:airlineCode", c.airline->code).end_object();
  writer.end_object();
}

}  // namespace

Written write_cargo_imp(const Consignment& c, const Telling& telling, Seconds stamp) {
  const Act& act = c.acts[telling.act];
  Written out{c.airline->slug, "fsu", "application/x-cargo-imp", ".txt", {}};
  if (telling.voice == Voice::manifest_air) {
    out.kind = "ffm";
    out.body = manifest(c, telling);
  } else if (telling.voice == Voice::waybill) {
    out.kind = "fwb";
    out.body = waybill(c, telling);
  } else if (telling.voice == Voice::houses) {
    out.kind = "fhl";
    out.body = envelope(c, stamp) + houses(c);
  } else {
    out.body = act.row.what == Milestone::loaded ? manifested(c, telling) : status(c, telling);
  }
  return out;
}

Written write_one_record(const Consignment& c, const Telling& telling) {
  const std::string base = "https://1r.lhcargo.example/logistics-objects/";
  const std::string& number = c.of(Unit::air).air_waybill;
  const std::string event = base + number + "/logistics-events/" + name_of(c, telling);
  std::string body;
  JsonWriter writer(body);
  writer.begin_object().key("@context").begin_object();
  writer.member("cargo", "https://onerecord.iata.org/ns/cargo#").member("code", "https://onerecord.iata.org/ns/code-lists/").end_object();
  writer.key("@graph").begin_array();
  if (telling.voice == Voice::houses) {
    for (const Unit unit : {Unit::house_1, Unit::house_2, Unit::house_3, Unit::house_4}) {
      const std::string& house = c.of(unit).house_air_waybill;
      if (!c.has(unit)) continue;
      writer.begin_object().member("@id", base + house).member("@type", "cargo:Waybill").member("cargo:waybillNumber", house);
      writer.key("cargo:waybillType").begin_object().member("@id", "cargo:HOUSE").end_object();
      writer.key("cargo:masterWaybill").raw(air_waybill_object(number)).key("cargo:events");
      add_event(writer, c, telling, event + house.back());
      writer.end_object();
    }
  } else {
    writer.begin_object().member("@id", base + number).member("@type", "cargo:Shipment");
    writer.key("cargo:waybill").raw(air_waybill_object(number)).key("cargo:events");
    add_event(writer, c, telling, event);
    writer.end_object();
  }
  writer.end_array().end_object();
  return {c.airline->slug, "onerecord", "application/ld+json", ".jsonld", std::move(body)};
}

}  // namespace fairway::simulate::multimodal
