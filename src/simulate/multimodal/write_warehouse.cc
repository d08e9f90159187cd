// What the warehouse tells: GS1 EPCIS 2.0 events as JSON-LD.
#include "base/json_writer.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

constexpr std::string_view kContext = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
constexpr size_t kPallets = 4;

std::string container(const Cargo& cargo) { return "urn:epc:id:bic:" + cargo.box; }

void add_place(JsonWriter& writer, const Spot& where) {
  writer.key("readPoint").begin_object();
  writer.member("id", "https://service.unece.org/trade/uncefact/vocabulary/unlocode/" + std::string(where.port.unlocode)).end_object();
  const std::string gln(where.port.facility);
  writer.key("bizLocation").begin_object();
  writer.member("id", "urn:epc:id:sgln:" + gln.substr(0, 7) + "." + gln.substr(7, 5) + ".0").end_object();
}

// SSCCs of the company: one extension digit, its own prefix, then a serial that is the consignment's.
void add_pallets(JsonWriter& writer, const Consignment& c) {
  writer.key("childEPCs").begin_array();
  for (size_t i = 0; i < kPallets; ++i) {
    const uint64_t serial = 1'000'000'000 + (uint64_t{c.number} * kPallets + i) % 9'000'000'000;
    writer.value("urn:epc:id:sscc:4897700." + std::to_string(serial));
  }
  writer.end_array();
}

}  // namespace

Written write_warehouse(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& cargo = c.of(act.row.unit);
  const bool strips = act.row.what == Milestone::stripped;
  const std::string time = rfc3339(act.where, telling.at);
  std::string body;
  JsonWriter writer(body);
  writer.begin_object().key("@context").begin_array().value(kContext).end_array();
  writer.member("type", "EPCISDocument").member("schemaVersion", "2.0").member("creationDate", rfc3339(nullptr, telling.sent));
  writer.key("epcisBody").begin_object().key("eventList").begin_array().begin_object();
  writer.member("type", strips ? "AggregationEvent" : "ObjectEvent");
  writer.member("eventID", "https://cargocentre.example/event/" + name_of(c, telling));
  writer.member("eventTime", time).member("eventTimeZoneOffset", std::string_view(time).substr(time.size() - 6));
  writer.member("action", strips ? "DELETE" : "OBSERVE").member("bizStep", strips ? "unpacking" : "arriving");
  if (strips) {
    writer.member("parentID", container(cargo));
    add_pallets(writer, c);
  } else {
    writer.key("epcList").begin_array().value(container(cargo)).end_array();
  }
  add_place(writer, *act.where);
  writer.key("bizTransactionList").begin_array().begin_object().member("type", "bol");
  writer.member("bizTransaction", "urn:epcglobal:cbv:bt:4897700180004:" + cargo.bill).end_object().end_array();
  writer.end_object().end_array().end_object().end_object();
  return {warehouse_operator().slug, "epcis", "application/ld+json", ".jsonld", std::move(body)};
}

}  // namespace fairway::simulate::multimodal
