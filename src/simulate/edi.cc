#include "simulate/edi.h"

namespace fairway::simulate {

using gateway::edifact::Interchange;

Edi::Edi(const Envelope& envelope, std::initializer_list<std::string_view> identifier) : writer_({}) {
  const std::string sent = envelope_time(envelope.sent);
  Interchange interchange;
  interchange.syntax = "UNOA";
  interchange.version = 2;
  interchange.sender.id = envelope.sender;
  interchange.recipient.id = envelope.recipient;
  interchange.date = sent.substr(0, 6);
  interchange.time = sent.substr(7);
  interchange.reference = envelope.reference;
  writer_.begin_interchange(interchange);
  writer_.begin_message(envelope.reference, identifier);
}

Edi& Edi::place(std::string_view qualifier, const Port& port, std::string_view facility) {
  if (facility.empty()) facility = port.facility;
  if (facility.empty()) return segment("LOC", {qualifier, {port.unlocode, "139", "6"}});
  return segment("LOC", {qualifier, {port.unlocode, "139", "6"}, {facility, "TERMINALS", "306"}});
}

Edi& Edi::vessel(const Call& call, std::string_view voyage) {
  return segment("TDT", {"20", voyage, "1", {}, {call.carrier->smdg, "LINES", "306"}, {}, {}, {call.imo, "146", "11", call.vessel}});
}

Edi& Edi::barge(const Shipment& shipment) {
  return segment("TDT", {"10", shipment.barge_voyage, "8", {}, {barge_operator().code, "", "ZZZ"}, {}, {}, {shipment.barge, "103"}});
}

Edi& Edi::party(std::string_view role, const Company& company) {
  return segment("NAD", {role, {company.gln, "", "9"}, {}, company.name});
}

Edi& Edi::line(std::string_view role, const Carrier& carrier) { return segment("NAD", {role, {carrier.smdg, "LINES", "306"}}); }

Edi& Edi::equipment(const Box& box, std::string_view number, std::string_view status, bool empty) {
  return segment("EQD", {"CN", number, {box.size_type, "102", "5"}, {}, status, empty ? "4" : "5"});
}

std::string Edi::finish() {
  writer_.end_message().end_interchange();
  return writer_.finish().value_or(std::string());
}

std::string_view equipment_status(const Shipment& shipment) {
  if (shipment.trade == Trade::transhipment) return "6";
  return shipment.is_import() ? "3" : "2";
}

std::string reference_of(const Shipment& shipment, const Step& step) {
  return "S" + std::to_string(shipment.id) + "N" + std::to_string(step.number);
}

}  // namespace fairway::simulate
