// Edi: an EDIFACT interchange of one message between two parties of the simulated world, over gateway/edifact/writer.h. Not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "gateway/edifact/writer.h"
#include "simulate/geography.h"
#include "simulate/script.h"

namespace fairway::simulate {

struct Envelope {
  std::string_view sender, recipient;
  std::string reference;  // unique for the sender: of interchange, message and document
  Seconds sent = 0;
};

class Edi {
 public:
  // `identifier` is S009: type, version, release, agency, association.
  Edi(const Envelope& envelope, std::initializer_list<std::string_view> identifier);

  Edi& segment(std::string_view tag, std::initializer_list<gateway::edifact::Element> elements) {
    writer_.segment(tag, elements);
    return *this;
  }
  Edi& time(std::string_view qualifier, const Port& port, Seconds at) { return segment("DTM", {{qualifier, local_time(port, at), "203"}}); }
  // LOC with UN/LOCODE and, where there is one, the terminal's SMDG code.
  Edi& place(std::string_view qualifier, const Port& port, std::string_view facility = {});
  // TDT of an ocean vessel.
  Edi& vessel(const Call& call, std::string_view voyage);
  // TDT of the river barge of a shipment; `stage` is 8051: 20 main carriage, 10 before it.
  Edi& barge(std::string_view stage, const Shipment& shipment);
  Edi& party(std::string_view role, const Company& company);
  Edi& line(std::string_view role, const Carrier& carrier);
  // EQD of a box. `status` is 8249: 2 export, 3 import, 6 transhipment.
  Edi& equipment(const Box& box, std::string_view number, std::string_view status, bool empty);

  // The interchange; "" if a value of it cannot be written, which the tables of the world have none of.
  [[nodiscard]] std::string finish();

 private:
  const bool early_;  // directories before D.00B: their code lists are named by three characters and have no SMDG
  gateway::edifact::Writer writer_;
};

// 8249 of a box of the shipment.
[[nodiscard]] std::string_view equipment_status(const Shipment& shipment);

// Unique for every step of every shipment: "S" shipment, step.
[[nodiscard]] std::string reference_of(const Shipment& shipment, const Step& step);

}  // namespace fairway::simulate
