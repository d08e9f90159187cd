#include "gateway/edifact/messages/reference_reader.h"

#include "gateway/edifact/messages/codes.h"

namespace fairway::gateway::edifact {

void ReferenceReader::segment(const Segment& segment) {
  // The message's own list keeps them; no event carries them, so that each starts with an empty list.
  std::vector<Reference> references;
  if (segment.tag == "BGM") {
    report_.begin(segment);
  } else if (segment.tag == "NAD") {
    std::vector<NamedParty> parties;
    report_.add_party(parties, segment);
  } else if (segment.tag == "RFF") {
    report_.add_reference(references, segment);
  } else if (segment.tag == "TDT") {
    report_.add_references(references, read_stage(segment).transport, origin_of(segment));
  } else if (segment.tag == "EQD") {
    const Equipment equipment = read_equipment(segment);
    if (const auto kind = equipment_kind_of(equipment.kind))
      report_.add_reference(references, *kind, equipment.number, origin_of(segment), "EQD/2/1");
  }
}

}  // namespace fairway::gateway::edifact
