// CODECO, COARRI and BAPLIE: what terminals and depots report.
#include <algorithm>

#include "model/reference.h"
#include "simulate/edi.h"
#include "simulate/messages.h"

namespace fairway::simulate {
namespace {

constexpr std::string_view kGateIn = "34", kGateOut = "36", kDischarge = "44", kLoading = "46";
constexpr std::string_view kRemark = "GENERAL CARGO";
// The goods in Big5, as a system that forgets its character set sends them.
constexpr std::string_view kRemarkInBig5 = "\xAA\xB1\xA8\xE3 TOYS 15";

bool is_gate_in(const Shipment& s, StepKind kind) {
  return kind == StepKind::gate_in || kind == StepKind::empty_back ||
         ((kind == StepKind::gate_wrong || kind == StepKind::gate_amended) && !s.is_import());
}

// 1225: the message replaces or cancels the one before it.
std::string_view function_of(const Shipment& s, StepKind kind) {
  if (kind != StepKind::gate_amended) return "9";
  return s.fault == Fault::cancellation ? "1" : "5";
}

std::string with_wrong_digit(std::string number) {
  number.back() = number.back() == '9' ? '0' : static_cast<char>(number.back() + 1);
  return number;
}

std::string spoil(std::string text, Fault fault) {
  if (fault == Fault::broken_segment) text.resize(text.size() * 3 / 5);
  if (fault == Fault::wrong_charset)
    if (const size_t at = text.find(kRemark); at != text.npos) text.replace(at, kRemark.size(), kRemarkInBig5);
  return text;
}

// The fault is in the gate report at the terminal of the first box.
Fault fault_of(const Shipment& s, const Step& step) {
  return step.box == 0 && (step.kind == StepKind::gate_in || step.kind == StepKind::gate_out) ? s.fault : Fault::none;
}

void add_masses(Edi& edi, const Box& box, bool empty) {
  edi.segment("MEA", {"AAE", "T", {"KGM", std::to_string(box.tare_kg)}});
  if (!empty) edi.segment("MEA", {"AAE", "G", {"KGM", std::to_string(box.gross_kg)}});
}

// Containers lie in bays by their discharge port; tiers and rows fill up in the order of loading.
std::string stowage_cell(const Shipment& s, size_t order) {
  const auto number = [](size_t value, size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  };
  const size_t bay = 2 + 4 * ((order / 60 + s.discharge_days) % 24);
  return number(bay, 3) + number(1 + order % 12, 2) + number(82 + 2 * (order / 12 % 5), 2);
}

}  // namespace

std::string gate_report(const Shipment& s, const Step& step) {
  const Box& box = s.boxes[step.box];
  const Fault fault = fault_of(s, step);
  const bool at_depot = step.kind == StepKind::empty_out || step.kind == StepKind::empty_back;
  const bool in = is_gate_in(s, step.kind), empty = at_depot || box.empty;
  const Terminal& gate = at_depot ? depot() : *s.call->terminal;
  const std::string reference = reference_of(s, step);
  std::string_view code = in ? kGateIn : kGateOut;
  if (fault == Fault::wrong_document_code) code = kDischarge;
  // What mends a report repeats its document number.
  std::string document = reference;
  if (step.kind == StepKind::gate_wrong || step.kind == StepKind::gate_amended) document = "G" + std::to_string(s.id);

  Edi edi({gate.code, s.call->carrier->scac, reference, step.sent}, {"CODECO", "D", "95B", "UN", "ITG14"});
  edi.segment("BGM", {code, document, function_of(s, step.kind)});
  edi.vessel(*s.call, s.is_import() ? s.call->voyage_in : s.call->voyage_out);
  edi.line("CF", *s.call->carrier);
  edi.equipment(box, fault == Fault::wrong_check_digit ? with_wrong_digit(box.number) : box.number, equipment_status(s), empty);
  if (s.trade != Trade::empties) edi.segment("RFF", {{"BN", s.booking}});
  if (s.is_import() && !at_depot) edi.segment("RFF", {{"BM", s.bill_of_lading}});
  edi.time("7", hong_kong(), step.about);
  edi.place("165", hong_kong(), gate.code);
  add_masses(edi, box, empty);
  if (!empty) edi.segment("SEL", {box.seal, "CA"}).segment("FTX", {"AAA", {}, {}, kRemark});
  edi.segment("TDT", {"1", {}, "3", "31", {s.haulier->gln, "", "9"}, {}, {}, {box.truck, "ZZZ"}});
  edi.party(in ? "HA" : "HB", *s.haulier);
  edi.segment("CNT", {{"16", "1"}});
  return spoil(edi.finish(), fault);
}

std::string vessel_report(const Call& call, bool loading, std::span<const Move> moves, uint32_t number, Seconds sent) {
  const std::string reference = (loading ? "L" : "D") + std::to_string(call.index) + "N" + std::to_string(number);
  Edi edi({call.terminal->code, call.carrier->scac, reference, sent}, {"COARRI", "D", "95B", "UN", "ITG13"});
  edi.segment("BGM", {loading ? kLoading : kDischarge, reference, "9"});
  edi.vessel(call, loading ? call.voyage_out : call.voyage_in);
  edi.place(loading ? "9" : "11", hong_kong(), call.terminal->code);
  edi.time("178", hong_kong(), call.arrival);
  edi.time("133", hong_kong(), call.planned_departure + std::max<Seconds>(0, call.delay()));
  edi.line("CA", *call.carrier);
  for (const Move& move : moves) {
    const Shipment& s = move.shipment;
    const Box& box = s.boxes[move.box];
    edi.equipment(box, box.number, equipment_status(s), box.empty);
    if (s.trade != Trade::empties) edi.segment("RFF", {{"BN", s.booking}});
    if (s.discharges()) edi.segment("RFF", {{"BM", s.bill_of_lading}});
    edi.time("203", hong_kong(), move.at);
    edi.place(loading ? "11" : "9", loading ? *s.discharge_port : *s.load_port);
    add_masses(edi, box, box.empty);
    if (!box.empty) edi.segment("SEL", {box.seal, "CA"});
    edi.line("CF", *s.call->carrier);
  }
  edi.segment("CNT", {{"16", std::to_string(moves.size())}});
  return edi.finish();
}

std::string barge_report(const Shipment& s, const Step& step) {
  const bool loading = step.kind == StepKind::barge_load_report;
  const std::string reference = reference_of(s, step);
  Edi edi({s.call->terminal->code, barge_operator().code, reference, step.sent}, {"COARRI", "D", "95B", "UN", "ITG13"});
  edi.segment("BGM", {loading ? kLoading : kDischarge, reference, "9"});
  edi.barge("20", s);
  edi.place(loading ? "9" : "11", hong_kong(), s.call->terminal->code);
  edi.segment("NAD", {"CA", {barge_operator().code, "", "86"}});
  for (size_t i = 0; i < s.box_count; ++i) {
    const Box& box = s.boxes[i];
    edi.equipment(box, box.number, equipment_status(s), false);
    edi.segment("RFF", {{"BN", s.booking}});
    edi.time("203", hong_kong(), step.about + static_cast<Seconds>(i) * 4 * kMinute);
    edi.place(loading ? "11" : "9", *s.river_port);
    add_masses(edi, box, false);
    edi.line("CF", *s.call->carrier);
  }
  edi.segment("CNT", {{"16", std::to_string(s.box_count)}});
  return edi.finish();
}

namespace {

void add_plan_header(Edi& edi, const Call& call, const std::string& reference, const Leg& next, Seconds sent, bool version31) {
  edi.segment("BGM", {version31 ? "659" : "", reference, "9"});
  edi.time("137", hong_kong(), sent);
  if (version31) edi.line("CF", *call.carrier);
  edi.vessel(call, call.voyage_out);
  const Seconds eta = call.departure + next.days * kDay;
  if (version31) {
    edi.place("5", hong_kong(), call.terminal->code).time("178", hong_kong(), call.arrival).time("136", hong_kong(), call.departure);
    edi.place("61", *next.port).time("132", *next.port, eta);
    edi.segment("UNS", {"D"});
    return;
  }
  edi.place("5", hong_kong(), call.terminal->code).place("61", *next.port);
  edi.time("178", hong_kong(), call.arrival).time("136", hong_kong(), call.departure).time("132", *next.port, eta);
  edi.segment("RFF", {{"VON", call.voyage_out}});
}

}  // namespace

std::string bay_plan(const Call& call, std::span<const Move> loaded, Seconds sent) {
  const bool version31 = call.carrier->feed == Feed::dcsa;
  const std::string reference = "P" + std::to_string(call.index);
  Edi edi({call.terminal->code, call.carrier->scac, reference, sent},
          {"BAPLIE", "D", version31 ? "13B" : "95B", "UN", version31 ? "SMDG31" : "SMDG22"});
  add_plan_header(edi, call, reference, call.route->after.front(), sent, version31);
  for (size_t i = 0; i < loaded.size(); ++i) {
    const Shipment& s = loaded[i].shipment;
    const Box& box = s.boxes[loaded[i].box];
    const std::string mass = std::to_string(box.gross_kg);
    edi.segment("LOC", {"147", {stowage_cell(s, i), "", "5"}});
    if (version31) {
      edi.equipment(box, box.number, {}, box.empty);
      edi.line("CF", *s.call->carrier);
      edi.segment("MEA", {box.empty ? "T" : "VGM", {}, {"KGM", mass}});
      edi.place("9", hong_kong(), call.terminal->code).place("11", *s.discharge_port);
      edi.segment("CNT", {{"8", "1"}});
      continue;
    }
    edi.segment("MEA", {"WT", {}, {"KGM", mass}});
    edi.place("9", hong_kong(), call.terminal->code).place("11", *s.discharge_port);
    edi.segment("RFF", {{"BM", "1"}});
    edi.equipment(box, box.number, {}, box.empty);
    edi.line("CA", *s.call->carrier);
  }
  return edi.finish();
}

}  // namespace fairway::simulate
