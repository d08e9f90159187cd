// What an ocean carrier tells of a container: DCSA Track & Trace 2.2 or 3.0, or IFTSTA; and the river operator's IFTSTA.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "gateway/dcsa/tnt2.h"
#include "gateway/dcsa/tnt3.h"
#include "simulate/dice.h"
#include "simulate/edi.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

// The lines with an event feed that have gone over to Track & Trace 3.0.
constexpr std::array<std::string_view, 2> kVersion3 = {"maersk", "hapag"};

std::string id_of(const Consignment& c, uint32_t number) {
  std::string digest;
  append_u64(digest, mix(c.key, number));
  append_u64(digest, mix(number, c.key));
  return uuid_from_digest(digest);
}

Event event_of(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo cargo = cargo_of(c, telling);
  const Leg& leg = *c.leg(act.leg);
  Event event;
  event.id = id_of(c, telling.number);
  if (telling.change == Change::time_mended) event.amendment = Amendment::correction;
  if (telling.change == Change::number_taken_back) event.amendment = Amendment::retraction;
  if (event.amendment != Amendment::none) event.amends = id_of(c, telling.mends);
  event.milestone = act.row.what;
  event.occurred = instant(act.where, telling.at);
  event.created = instant(nullptr, telling.sent);
  event.place.unlocode = act.where->port.unlocode;
  event.place.facility = act.where->port.facility;
  if (!event.place.facility.empty()) event.place.facility_provider = "SMDG", event.place.facility_type = "POTE";
  const auto add = [&](ReferenceKind kind, std::string_view value) {
    if (auto reference = Reference::make(kind, value)) event.references.push_back(*std::move(reference));
  };
  add(ReferenceKind::equipment, cargo.box);
  add(ReferenceKind::booking, cargo.booking);
  add(ReferenceKind::transport_document, cargo.bill);
  add(ReferenceKind::forwarder_reference, c.forwarder_reference);
  event.transport.mode = leg.mode;
  event.transport.vessel_imo = leg.imo;
  event.transport.vessel_name = leg.vessel;
  event.transport.call_sign = leg.call_sign;
  event.transport.carrier = c.line->smdg;
  event.transport.voyage = leg.voyage;
  event.equipment.iso_code = c.size_type;
  event.equipment.load = Load::laden;
  return event;
}

Written dcsa(const Consignment& c, const Telling& telling) {
  const Event event = event_of(c, telling);
  Written out{c.line->slug, "dcsa", "application/json", ".json", {}};
  const bool version3 = std::ranges::find(kVersion3, c.line->slug) != kVersion3.end();
  out.body = version3 ? "{\"events\":[" : "[";
  if (version3)
    gateway::dcsa::append_tnt3(out.body, event, telling.sent * 1'000'000, {std::string(c.line->smdg), "SMDG", "LCL"});
  else
    gateway::dcsa::append_dcsa(out.body, event, telling.sent * 1'000'000);
  out.body += version3 ? "]}" : "]";
  return out;
}

struct StatusRow {
  Milestone what;
  std::string_view vessel, barge;  // ANSI X12 data element 157
  std::string_view text;
};
constexpr std::array kStatus = {
    StatusRow{Milestone::loaded, "AE", "AO", "LOADED"},
    StatusRow{Milestone::departed, "VD", "P", "DEPARTED"},
    StatusRow{Milestone::arrived, "VA", "A", "ARRIVED"},
    StatusRow{Milestone::discharged, "UV", "UV", "DISCHARGED"},
};

Written status(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo cargo = cargo_of(c, telling);
  const Leg& leg = *c.leg(act.leg);
  const bool barge = leg.mode == TransportMode::barge;
  const auto row = std::ranges::find(kStatus, act.row.what, &StatusRow::what);
  if (row == kStatus.end()) return {};
  const std::string reference = name_of(c, telling);
  Edi edi({barge ? barge_operator().code : c.line->scac, barge ? c.line->scac : c.forwarder->gln, reference, telling.sent},
          {"IFTSTA", "D", "00B", "UN"});
  edi.segment("BGM", {"23", document_of(c, telling), function_of(telling)}).time("137", hong_kong(), telling.sent);
  edi.line("CA", *c.line).party("CZ", *c.shipper).party("CN", *c.consignee).party("FW", *c.forwarder);
  edi.segment("RFF", {{"FF", c.forwarder_reference}}).segment("CNI", {"1"});
  edi.segment("STS", {"1", {barge ? row->barge : row->vessel, {}, {}, row->text}});
  edi.segment("RFF", {{"BM", cargo.bill}}).segment("RFF", {{"BN", cargo.booking}});
  edi.time("334", act.where->port, telling.at).place("175", act.where->port);
  if (barge)
    edi.segment("TDT", {"10", leg.voyage, "8", {}, {barge_operator().code, "", "ZZZ"}, {}, {}, {"", "", "", leg.vessel}});
  else
    edi.segment("TDT", {"20", leg.voyage, "1", {}, {c.line->smdg, "LINES", "306"}, {}, {}, {leg.imo, "146", "11", leg.vessel}});
  edi.segment("EQD", {"CN", cargo.box, {c.size_type, "102", "5"}, {}, "3", "5"});
  return {barge ? barge_operator().slug : c.line->slug, "iftsta", "application/edifact", ".edi", edi.finish()};
}

}  // namespace

Written write_line(const Consignment& c, const Telling& telling) {
  return telling.voice == Voice::line && c.line->feed == Feed::dcsa ? dcsa(c, telling) : status(c, telling);
}

}  // namespace fairway::simulate::multimodal
