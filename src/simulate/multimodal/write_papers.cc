// What an ocean carrier writes of papers: the confirmed booking (IFTMBC), the bill of lading (IFTMCS), the manifest with its houses
// (CUSCAR).
#include "simulate/edi.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

Edi& add_parties(Edi& edi, const Consignment& c) {
  return edi.party("CZ", *c.shipper).party("CN", *c.consignee).party("FW", *c.forwarder).line("CA", *c.line);
}

// The first leg by sea.
const Leg& main_leg(const Consignment& c) {
  for (const Leg& leg : c.legs)
    if (leg.mode == TransportMode::vessel) return leg;
  return c.legs.front();
}

void add_voyage(Edi& edi, const Consignment& c) {
  const Leg& leg = main_leg(c);
  edi.segment("TDT", {"20", leg.voyage, "1", {}, {c.line->smdg, "172", "20"}, {}, {}, {leg.imo, "146", "", leg.vessel}});
  edi.segment("LOC", {"9", {leg.from->port.unlocode, "139", "6"}}).segment("LOC", {"11", {leg.to->port.unlocode, "139", "6"}});
}

std::string manifest(const Consignment& c, const std::string& reference, Seconds sent) {
  const Cargo& box = c.of(Unit::box);
  const Leg& leg = main_leg(c);
  Edi edi({c.line->scac, "HKCED", reference, sent}, {"CUSCAR", "D", "95B", "UN"});
  edi.segment("BGM", {"785", reference, "9"}).time("137", hong_kong(), sent);
  edi.line("CA", *c.line);
  edi.segment("TDT", {"20", leg.voyage, "1", {}, {c.line->smdg, "172", "20"}, {}, {}, {leg.imo, "146", "", leg.vessel}});
  edi.segment("LOC", {"60", {leg.to->port.unlocode, "139", "6"}});
  edi.segment("EQD", {"CN", box.box, {c.size_type, "102", "5"}, {}, "3", "5"}).segment("CNI", {"1"});
  for (const Unit unit : {Unit::house_1, Unit::house_2, Unit::house_3, Unit::house_4}) {
    if (!c.has(unit)) continue;
    const Cargo& house = c.of(unit);
    const std::string pieces = std::to_string(house.pieces);
    edi.segment("RFF", {{"HWB", house.house}}).segment("LOC", {"11", {leg.to->port.unlocode, "139", "6"}});
    edi.segment("TDT", {"20", leg.voyage, "1", {}, {c.line->smdg, "172", "20"}, {}, {}, {leg.imo, "146", "", leg.vessel}});
    edi.segment("RFF", {{"MB", box.bill}}).party("CN", *c.consignee);
    edi.segment("GID", {"1", {pieces, "CT"}}).segment("SGP", {box.box, pieces});
  }
  return edi.finish();
}

}  // namespace

Written write_papers(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo& box = c.of(act.row.unit);
  const std::string reference = name_of(c, telling), pieces = std::to_string(c.pieces);
  Written out{c.line->slug, "cuscar", "application/edifact", ".edi", {}};
  if (telling.voice == Voice::manifest) {
    out.body = manifest(c, reference, telling.sent);
    return out;
  }
  const bool bill = telling.voice == Voice::bill;
  out.kind = bill ? "iftmcs" : "iftmbc";
  Edi edi({c.line->scac, c.forwarder->gln, reference, telling.sent}, {bill ? "IFTMCS" : "IFTMBC", "D", "95B", "UN"});
  if (bill)
    edi.segment("BGM", {"705", box.bill, "9"});
  else
    edi.segment("BGM", {"770", reference, "6", "AP"});
  edi.time("137", main_leg(c).from->port, telling.at);
  edi.segment("RFF", {{"BN", box.booking}}).segment("RFF", {{"FF", c.forwarder_reference}});
  add_voyage(edi, c);
  add_parties(edi, c);
  edi.segment("GID", {"1", {pieces, "CT"}});
  if (bill) edi.segment("SGP", {box.box, pieces});
  if (bill) edi.segment("EQD", {"CN", box.box, {c.size_type, "102", "5"}, {}, "3", "5"});
  out.body = edi.finish();
  return out;
}

}  // namespace fairway::simulate::multimodal
