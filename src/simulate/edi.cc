#include "simulate/edi.h"

namespace fairway::simulate {

using gateway::edifact::Interchange;

namespace {

constexpr std::string_view kEarlyRelease = "95B";

struct CodeList {
  std::string_view list, agency;
};
constexpr CodeList kLines = {"LINES", "306"}, kEarlyLines = {"172", "20"};
constexpr CodeList kTerminals = {"TERMINALS", "306"}, kEarlyTerminals = {"TER", "ZZZ"};

}  // namespace

Edi::Edi(const Envelope& envelope, std::initializer_list<std::string_view> identifier)
    : early_(identifier.begin()[2] == kEarlyRelease), writer_({}) {
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
  const CodeList& codes = early_ ? kEarlyTerminals : kTerminals;
  return segment("LOC", {qualifier, {port.unlocode, "139", "6"}, {facility, codes.list, codes.agency}});
}

Edi& Edi::vessel(const Call& call, std::string_view voyage) {
  const CodeList& codes = early_ ? kEarlyLines : kLines;
  return segment("TDT",
                 {"20", voyage, "1", {}, {call.carrier->smdg, codes.list, codes.agency}, {}, {}, {call.imo, "146", "11", call.vessel}});
}

Edi& Edi::barge(std::string_view stage, const Shipment& shipment) {
  return segment("TDT", {stage,
                         shipment.barge_voyage,
                         "8",
                         {},
                         {barge_operator().code, "", "ZZZ"},
                         {},
                         {},
                         {shipment.barge_sign, "103", "", shipment.barge}});
}

Edi& Edi::party(std::string_view role, const Company& company) { return segment("NAD", {role, {company.gln, "", "9"}, {}, company.name}); }

Edi& Edi::line(std::string_view role, const Carrier& carrier) {
  const CodeList& codes = early_ ? kEarlyLines : kLines;
  return segment("NAD", {role, {carrier.smdg, codes.list, codes.agency}});
}

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
