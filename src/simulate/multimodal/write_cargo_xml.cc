// What an airline tells as Cargo-XML: XFSU, XFWB, XFZB and XFFM.
#include <algorithm>
#include <array>

#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

// Elements of the data model's namespace within a root of the message's own. Values are the tables' own and need no escapes.
class Xml {
 public:
  Xml(std::string_view root, std::string_view space) : root_(root) {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rsm:" + root_ + " xmlns:rsm=\"iata:" + std::string(space) +
           ":1\" xmlns:ram=\"iata:datamodel:3\">";
  }
  Xml& open(std::string_view name) { return put("<", name, ">"); }
  Xml& close(std::string_view name) { return put("</", name, ">"); }
  Xml& leaf(std::string_view name, std::string_view text) {
    open(name);
    out_ += text;
    return close(name);
  }
  Xml& kilograms(std::string_view name, int mass) {
    put("<", name, " unitCode=\"KGM\">");
    out_ += std::to_string(mass);
    return close(name);
  }
  // An element within one of its own, as locations and parties have them.
  Xml& within(std::string_view outer, std::string_view inner, std::string_view text) { return open(outer).leaf(inner, text).close(outer); }
  [[nodiscard]] std::string finish() { return std::move(out_) + "</rsm:" + root_ + ">\n"; }

 private:
  // The parts right below the root are the message's own.
  static bool is_of_message(std::string_view name) {
    return name == "MessageHeaderDocument" || name == "BusinessHeaderDocument" || name == "MasterConsignment" ||
           name == "LogisticsTransportMovement" || name == "ManifestArrival";
  }
  Xml& put(std::string_view before, std::string_view name, std::string_view after) {
    out_.append(before)
        .append(is_of_message(name) ? "rsm:" : "ram:")
        .append(name == "ManifestArrival" ? "ArrivalEvent" : name)
        .append(after);
    return *this;
  }
  std::string root_, out_;
};

// Local to the place, without an offset, as the standard has it.
std::string local(const Spot& where, Seconds at) { return rfc3339(&where, at).substr(0, 19); }
std::string dashed(const std::string& air_waybill) { return air_waybill.substr(0, 3) + "-" + air_waybill.substr(3); }
std::string_view split(const Consignment& c, const Cargo& cargo) { return cargo.pieces == c.pieces ? "T" : "P"; }
int whole_kg(const Consignment& c) { return c.gross_kg / c.pieces * c.pieces; }

void begin(Xml& xml, const Consignment& c, const Telling& telling, std::string_view type) {
  xml.open("MessageHeaderDocument").leaf("ID", name_of(c, telling)).leaf("TypeCode", type);
  xml.leaf("IssueDateTime", rfc3339(nullptr, telling.sent)).leaf("PurposeCode", "Creation").leaf("VersionID", "3.00");
  xml.within("SenderParty", "PrimaryID", "HKGFF" + std::string(c.airline->code)).close("MessageHeaderDocument");
}

void add_unit(Xml& xml, const Consignment& c) {
  xml.open("UtilizedUnitLoadTransportEquipment").leaf("ID", c.unit_load_device.substr(3, 5));
  xml.leaf("CharacteristicCode", c.unit_load_device.substr(0, 3)).within("OperatingParty", "PrimaryID", c.airline->code);
  xml.close("UtilizedUnitLoadTransportEquipment");
}

struct CodeRow {
  Milestone what;
  std::string_view code;
};
constexpr std::array kCodes = {CodeRow{Milestone::accepted, "RCS"}, CodeRow{Milestone::loaded, "MAN"}, CodeRow{Milestone::departed, "DEP"},
                               CodeRow{Milestone::arrived, "ARR"}, CodeRow{Milestone::discharged, "RCF"}};

// The flight with its departure, from which its date follows, and where and when the status was.
void add_movement(Xml& xml, const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Leg* leg = c.leg(act.leg);
  const bool flies = leg->mode == TransportMode::air, departs = act.row.what == Milestone::departed;
  xml.open("SpecifiedLogisticsTransportMovement");
  if (flies) xml.leaf("ID", leg->vehicle).open("DepartureEvent");
  if (flies && departs) xml.leaf("DepartureOccurrenceDateTime", local(*leg->from, telling.at)).leaf("DepartureDateTimeTypeCode", "A");
  if (flies && !departs) xml.leaf("ScheduledOccurrenceDateTime", local(*leg->from, leg->departed));
  if (flies) xml.within("OccurrenceDepartureLocation", "ID", leg->from->iata).close("DepartureEvent");
  xml.within("SpecifiedLocation", "ID", act.where->iata);
  xml.open("SpecifiedEvent")
      .leaf("OccurrenceDateTime", local(*act.where, telling.at))
      .leaf("DateTimeTypeCode", "A")
      .close("SpecifiedEvent");
  xml.close("SpecifiedLogisticsTransportMovement");
}

std::string status(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& cargo = c.of(act.row.unit);
  Xml xml("StatusMessage", "statusmessage");
  begin(xml, c, telling, "789");
  xml.within("BusinessHeaderDocument", "ID", "1").open("MasterConsignment");
  xml.kilograms("GrossWeightMeasure", whole_kg(c)).leaf("PieceQuantity", std::to_string(c.pieces));
  xml.leaf("TotalPieceQuantity", std::to_string(c.pieces)).leaf("TransportSplitDescription", "T");
  xml.within("TransportContractDocument", "ID", dashed(cargo.air_waybill));
  xml.within("OriginLocation", "ID", c.at(Where::air_terminal)->iata)
      .within("FinalDestinationLocation", "ID", c.at(Where::end_airport)->iata);
  xml.open("ReportedStatus").leaf("ReasonCode", std::ranges::find(kCodes, act.row.what, &CodeRow::what)->code);
  xml.open("AssociatedStatusConsignment").kilograms("GrossWeightMeasure", cargo.gross_kg);
  xml.leaf("PieceQuantity", std::to_string(cargo.pieces)).leaf("TransportSplitDescription", split(c, cargo));
  add_movement(xml, c, telling);
  xml.close("AssociatedStatusConsignment").close("ReportedStatus").close("MasterConsignment");
  return xml.finish();
}

std::string waybill(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const std::string number = dashed(c.of(act.row.unit).air_waybill);
  Xml xml("Waybill", "waybill");
  begin(xml, c, telling, "741");
  xml.open("BusinessHeaderDocument").leaf("ID", number).leaf("SenderAssignedID", c.forwarder_reference);
  xml.open("SignatoryCarrierAuthentication").leaf("ActualDateTime", local(*act.where, telling.at));
  xml.within("IssueAuthenticationLocation", "Name", act.where->iata)
      .close("SignatoryCarrierAuthentication")
      .close("BusinessHeaderDocument");
  xml.open("MasterConsignment").kilograms("IncludedTareGrossWeightMeasure", whole_kg(c));
  xml.leaf("TotalPieceQuantity", std::to_string(c.pieces));
  xml.within("ConsignorParty", "Name", c.shipper->name).within("ConsigneeParty", "Name", c.consignee->name);
  xml.within("OriginLocation", "ID", c.at(Where::air_terminal)->iata)
      .within("FinalDestinationLocation", "ID", c.at(Where::end_airport)->iata);
  xml.close("MasterConsignment");
  return xml.finish();
}

// A document is one house's.
std::string house_waybill(const Consignment& c, const Telling& telling) {
  const Cargo& house = c.of(telling.house);
  Xml xml("HouseWaybill", "housewaybill");
  begin(xml, c, telling, "703");
  xml.within("BusinessHeaderDocument", "ID", house.house_air_waybill).open("MasterConsignment");
  xml.leaf("TotalPieceQuantity", std::to_string(c.pieces));
  xml.within("TransportContractDocument", "ID", dashed(c.of(Unit::air).air_waybill)).open("IncludedHouseConsignment");
  xml.leaf("ID", house.house_air_waybill).kilograms("IncludedTareGrossWeightMeasure", house.gross_kg);
  xml.leaf("TotalPieceQuantity", std::to_string(house.pieces));
  xml.within("ConsignorParty", "Name", c.shipper->name).within("ConsigneeParty", "Name", c.consignee->name);
  xml.close("IncludedHouseConsignment").close("MasterConsignment");
  return xml.finish();
}

std::string manifest(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& cargo = c.of(act.row.unit);
  const Leg& leg = *c.leg(act.leg);
  Xml xml("FlightManifest", "flightmanifest");
  begin(xml, c, telling, "122");
  xml.within("BusinessHeaderDocument", "ID", leg.vehicle).open("LogisticsTransportMovement");
  xml.leaf("StageCode", "Main-Carriage").leaf("ID", leg.vehicle);
  xml.open("DepartureEvent").leaf("DepartureOccurrenceDateTime", local(*leg.from, leg.departed)).leaf("DepartureDateTimeTypeCode", "A");
  xml.within("OccurrenceDepartureLocation", "ID", leg.from->iata).close("DepartureEvent").close("LogisticsTransportMovement");
  xml.open("ManifestArrival").leaf("ArrivalOccurrenceDateTime", local(*leg.to, leg.arrived)).leaf("ArrivalDateTimeTypeCode", "S");
  xml.within("OccurrenceArrivalLocation", "ID", leg.to->iata).open("AssociatedTransportCargo").leaf("TypeCode", "ULD");
  add_unit(xml, c);
  xml.open("IncludedMasterConsignment").kilograms("GrossWeightMeasure", cargo.gross_kg);
  xml.leaf("TotalPieceQuantity", std::to_string(cargo.pieces)).leaf("TransportSplitDescription", split(c, cargo));
  xml.within("TransportContractDocument", "ID", dashed(cargo.air_waybill)).close("IncludedMasterConsignment");
  xml.close("AssociatedTransportCargo").close("ManifestArrival");
  return xml.finish();
}

}  // namespace

Written write_cargo_xml(const Consignment& c, const Telling& telling) {
  Written out{c.airline->slug, "xfsu", "application/x-cargo-xml", ".xml", {}};
  switch (telling.voice) {
    case Voice::waybill: out.kind = "xfwb", out.body = waybill(c, telling); break;
    case Voice::houses: out.kind = "xfzb", out.body = house_waybill(c, telling); break;
    case Voice::manifest_air: out.kind = "xffm", out.body = manifest(c, telling); break;
    default: out.body = status(c, telling); break;
  }
  return out;
}

}  // namespace fairway::simulate::multimodal
