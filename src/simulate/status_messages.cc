// IFTSTA: what lines and the river operator tell forwarders.
#include <array>

#include "simulate/edi.h"
#include "simulate/messages.h"

namespace fairway::simulate {
namespace {

struct StatusRow {
  StepKind kind;
  std::string_view code;  // ANSI X12 data element 157, as lines use it
  std::string_view text;
};
constexpr std::array kStatus = {
    StatusRow{StepKind::booked, "BF", "BOOKING CONFIRMED"},
    StatusRow{StepKind::documents, "A", "ARRIVED AT TERMINAL BY BARGE"},
    StatusRow{StepKind::origin, "VD", "VESSEL DEPARTED"},
    StatusRow{StepKind::delayed, "E", "ESTIMATED ARRIVAL CHANGED"},
    StatusRow{StepKind::rolled, "C", "ESTIMATED DEPARTURE CHANGED"},
    StatusRow{StepKind::arrived, "VA", "VESSEL ARRIVED"},
    StatusRow{StepKind::departed, "VD", "VESSEL DEPARTED"},
    StatusRow{StepKind::issued, "BR", "BILL OF LADING RELEASED"},
    StatusRow{StepKind::customs, "CT", "CUSTOMS RELEASE"},
    StatusRow{StepKind::barge_loaded, "AO", "LOADED ON BARGE"},
    StatusRow{StepKind::barge_departed, "P", "BARGE DEPARTED"},
    StatusRow{StepKind::barge_arrived, "A", "BARGE ARRIVED"},
};

const StatusRow* row_of(StepKind kind) {
  for (const StatusRow& row : kStatus)
    if (row.kind == kind) return &row;
  return nullptr;
}

bool is_of_barge(StepKind kind) {
  return kind == StepKind::barge_loaded || kind == StepKind::barge_departed || kind == StepKind::barge_arrived;
}

bool has_boxes(StepKind kind) { return kind != StepKind::booked && kind != StepKind::planned; }

// The bill of lading's number is known from the documents on; in an import it comes with the first word from the origin.
bool has_bill(const Shipment& s, StepKind kind) { return s.is_export() ? has_boxes(kind) && !is_of_barge(kind) : kind != StepKind::booked; }

const Port& barge_place(const Shipment& s, StepKind kind) {
  const bool at_river = (kind == StepKind::barge_arrived) == s.is_import();
  return at_river ? *s.river_port : hong_kong();
}

void add_status(Edi& edi, const Shipment& s, const Step& step, const StatusRow& row, const Port& port, Seconds at,
                std::string_view facility) {
  edi.segment("STS", {"1", {row.code, {}, {}, row.text}});
  if (has_bill(s, step.kind)) edi.segment("RFF", {{"BM", s.bill_of_lading}});
  edi.segment("RFF", {{"BN", s.booking}});
  edi.time("334", port, at);
  edi.place("175", port, facility);
}

// The voyage that the status is of: into Hong Kong until the vessel is there, then out of it.
void add_voyage(Edi& edi, const Shipment& s, StepKind kind) {
  const bool inward = s.discharges() && kind != StepKind::departed;
  const Call& call =
      inward || kind == StepKind::booked || kind == StepKind::documents || kind == StepKind::delayed ? *s.call : s.loading_call();
  edi.vessel(call, inward ? call.voyage_in : call.voyage_out);
  if (inward) {
    edi.place("9", *s.load_port);
    if (kind != StepKind::origin) edi.time(kind == StepKind::booked ? "189" : "186", *s.load_port, s.origin_departure());
    edi.place("11", hong_kong(), call.terminal->code);
    if (kind != StepKind::arrived) edi.time("132", hong_kong(), kind == StepKind::delayed ? call.arrival : call.planned_arrival);
    return;
  }
  const Seconds departure = kind == StepKind::delayed || kind == StepKind::departed ? call.departure : call.planned_departure;
  edi.place("9", hong_kong(), call.terminal->code);
  if (kind != StepKind::departed) edi.time("133", hong_kong(), departure);
  edi.place("11", *s.discharge_port);
  edi.time("132", *s.discharge_port, departure + s.discharge_days * kDay);
}

void add_box(Edi& edi, const Shipment& s, const Box& box) {
  edi.segment("EQD", {"CN", box.number, {box.size_type, "102", "5"}, {}, equipment_status(s), box.empty ? "4" : "5"});
}

void add_boxes(Edi& edi, const Shipment& s) {
  for (size_t i = 0; i < s.box_count; ++i) add_box(edi, s, s.boxes[i]);
}

// A status of its own for each box, where they have it at different times.
void add_gates_in(Edi& edi, const Shipment& s) {
  for (size_t i = 0; i < s.box_count; ++i) {
    edi.segment("STS", {"1", {"I", {}, {}, "GATE IN FULL"}}).segment("RFF", {{"BM", s.bill_of_lading}}).segment("RFF", {{"BN", s.booking}});
    edi.time("334", hong_kong(), s.boxes[i].gate).place("175", hong_kong(), s.call->terminal->code);
    add_voyage(edi, s, StepKind::documents);
    add_box(edi, s, s.boxes[i]);
  }
}

void add_loadings(Edi& edi, const Shipment& s) {
  const Call& call = s.loading_call();
  for (size_t i = 0; i < s.box_count; ++i) {
    const bool disputed = s.fault == Fault::conflicting_claim && i == 0;
    edi.segment("STS", {"1", {"AE", {}, {}, "LOADED ON VESSEL"}}).segment("RFF", {{"BN", s.booking}});
    edi.time("334", hong_kong(), s.boxes[i].load + (disputed ? kConflict : 0)).place("175", hong_kong(), call.terminal->code);
    edi.vessel(call, call.voyage_out);
    add_box(edi, s, s.boxes[i]);
  }
}

// Where and when a status of the line happened.
struct Happening {
  const Port* port;
  std::string_view facility;
  Seconds at;
};
Happening happening_of(const Shipment& s, const Step& step) {
  switch (step.kind) {
    case StepKind::booked:
    case StepKind::issued: return {s.is_export() ? &hong_kong() : s.load_port, {}, step.about};
    case StepKind::origin: return {s.load_port, {}, step.about};
    case StepKind::documents: return {&hong_kong(), s.call->terminal->code, s.barge_arrival};
    case StepKind::delayed: return {&hong_kong(), s.call->terminal->code, s.call->arrival};
    case StepKind::rolled: return {&hong_kong(), s.loading_call().terminal->code, s.loading_call().planned_departure};
    case StepKind::departed: return {&hong_kong(), s.loading_call().terminal->code, step.about};
    default: return {&hong_kong(), s.call->terminal->code, step.about};
  }
}

std::string barge_status(const Shipment& s, const Step& step, const StatusRow& row) {
  const std::string reference = reference_of(s, step);
  Edi edi({barge_operator().code, s.call->carrier->scac, reference, step.sent}, {"IFTSTA", "D", "00B", "UN"});
  edi.segment("BGM", {"23", reference, "9"});
  edi.time("137", hong_kong(), step.sent);
  edi.line("CA", *s.call->carrier).party("FW", *s.forwarder);
  edi.segment("CNI", {"1"});
  const Port& port = barge_place(s, step.kind);
  add_status(edi, s, step, row, port, step.about, &port == &hong_kong() ? s.call->terminal->code : std::string_view());
  edi.barge("10", s);
  if (step.kind == StepKind::barge_departed) {
    edi.place("11", s.is_import() ? *s.river_port : hong_kong(), s.is_import() ? std::string_view() : s.call->terminal->code);
    edi.time("132", hong_kong(), s.barge_arrival);
  }
  add_boxes(edi, s);
  return edi.finish();
}

}  // namespace

std::string status_report(const Shipment& s, const Step& step) {
  const StatusRow* row = row_of(step.kind);
  if (row == nullptr) return {};
  if (is_of_barge(step.kind)) return barge_status(s, step, *row);
  const std::string reference = reference_of(s, step);
  Edi edi({s.call->carrier->scac, s.forwarder->gln, reference, step.sent}, {"IFTSTA", "D", "00B", "UN"});
  edi.segment("BGM", {"23", reference, "9"});
  edi.time("137", hong_kong(), step.sent);
  edi.line("CA", *s.call->carrier).party("CZ", *s.shipper).party("CN", *s.consignee).party("FW", *s.forwarder);
  edi.segment("RFF", {{"FF", s.forwarder_reference}});
  edi.segment("CNI", {"1"});
  if (step.kind == StepKind::documents && s.trade == Trade::export_by_truck) {
    add_gates_in(edi, s);
    return edi.finish();
  }
  const Happening happening = happening_of(s, step);
  add_status(edi, s, step, *row, *happening.port, happening.at, happening.facility);
  // A bill of lading and a release are of no voyage.
  if (step.kind != StepKind::issued && step.kind != StepKind::customs) add_voyage(edi, s, step.kind);
  if (has_boxes(step.kind)) add_boxes(edi, s);
  if (step.kind == StepKind::departed) add_loadings(edi, s);
  return edi.finish();
}

}  // namespace fairway::simulate
