// What container terminals and the empty depot report: gate passages (CODECO), moves of cranes (COARRI).
#include "simulate/edi.h"
#include "simulate/multimodal/telling.h"

namespace fairway::simulate::multimodal {
namespace {

constexpr std::string_view kGateIn = "34", kGateOut = "36", kDischarge = "44", kLoading = "46";

std::string gate(const Consignment& c, const Telling& telling, std::string_view sender) {
  const Act& act = c.acts[telling.act];
  const Cargo box = cargo_of(c, telling);
  const Leg& leg = *c.leg(act.leg);
  const bool in = act.row.what == Milestone::gate_in, empty = (act.row.flags & kEmpty) != 0;
  const std::string reference = name_of(c, telling);
  Edi edi({sender, c.line->scac, reference, telling.sent}, {"CODECO", "D", "95B", "UN", "ITG14"});
  edi.segment("BGM", {in ? kGateIn : kGateOut, document_of(c, telling), function_of(telling)});
  edi.segment("TDT", {"20", {}, "1", {}, {c.line->smdg, "172", "20"}}).line("CF", *c.line);
  edi.segment("EQD", {"CN", box.box, {c.size_type, "102", "5"}, {}, in && !empty ? "2" : "3", empty ? "4" : "5"});
  edi.segment("RFF", {{"BN", box.booking}});
  edi.time("7", hong_kong(), telling.at).place("165", hong_kong(), sender);
  edi.segment("MEA", {"AAE", "T", {"KGM", std::to_string(c.tare_kg)}});
  if (!empty) edi.segment("MEA", {"AAE", "G", {"KGM", std::to_string(c.tare_kg + c.gross_kg)}}).segment("SEL", {c.seal, "CA"});
  edi.segment("TDT", {"1", {}, "3", "31", {leg.haulier->gln, "", "9"}, {}, {}, {leg.vehicle, "ZZZ"}});
  edi.party(in ? "HA" : "HB", *leg.haulier).segment("CNT", {{"16", "1"}});
  return edi.finish();
}

std::string crane(const Consignment& c, const Telling& telling) {
  const Act& act = c.acts[telling.act];
  const Cargo box = cargo_of(c, telling);
  const Leg& leg = *c.leg(act.leg);
  const bool loading = act.row.what == Milestone::loaded, barge = leg.mode == TransportMode::barge;
  const std::string reference = name_of(c, telling);
  Edi edi({c.terminal->code, barge ? barge_operator().code : c.line->scac, reference, telling.sent}, {"COARRI", "D", "95B", "UN", "ITG13"});
  edi.segment("BGM", {loading ? kLoading : kDischarge, document_of(c, telling), function_of(telling)});
  if (barge)
    edi.segment("TDT", {"20", leg.voyage, "8", {}, {barge_operator().code, "", "ZZZ"}, {}, {}, {"", "", "", leg.vessel}});
  else
    edi.segment("TDT", {"20", leg.voyage, "1", {}, {c.line->smdg, "172", "20"}, {}, {}, {leg.imo, "146", "11", leg.vessel}});
  edi.place(loading ? "9" : "11", hong_kong(), c.terminal->code);
  if (barge)
    edi.segment("NAD", {"CA", {barge_operator().code, "", "86"}});
  else
    edi.line("CA", *c.line);
  edi.segment("EQD", {"CN", box.box, {c.size_type, "102", "5"}, {}, loading ? "2" : "3", "5"});
  edi.segment("RFF", {{"BN", box.booking}}).segment("RFF", {{"BM", box.bill}});
  edi.time("203", hong_kong(), telling.at);
  edi.place(loading ? "11" : "9", loading ? leg.to->port : leg.from->port);
  edi.segment("SEL", {c.seal, "CA"}).line("CF", *c.line).segment("CNT", {{"16", "1"}});
  return edi.finish();
}

}  // namespace

Written write_port(const Consignment& c, const Telling& telling) {
  if (telling.voice == Voice::quay) return {c.terminal->slug, "coarri", "application/edifact", ".edi", crane(c, telling)};
  const Terminal& by = telling.voice == Voice::depot ? depot() : *c.terminal;
  return {by.slug, "codeco", "application/edifact", ".edi", gate(c, telling, by.code)};
}

}  // namespace fairway::simulate::multimodal
