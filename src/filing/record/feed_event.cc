// What an event tells a record.
#include <array>

#include "filing/record/feed_parts.h"

namespace fairway::filing {
namespace {

struct ModeRow {
  TransportMode transport;
  std::string_view mode;
  std::string_view trip, means;  // the items that the voyage and the vehicle go into
};
constexpr std::array<ModeRow, 5> kModes = {{{TransportMode::vessel, "SEA", "voyage", ""},
                                            {TransportMode::barge, "RIVER", "voyage", ""},
                                            {TransportMode::rail, "RAIL", "train", "train"},
                                            {TransportMode::truck, "ROAD", "", "vehicle"},
                                            {TransportMode::air, "AIR", "flight", "flight"}}};

struct MomentRow {
  Milestone milestone;
  std::string_view place_item, moment_item;
};
constexpr std::array<MomentRow, 3> kMoments = {
    {{Milestone::departed, "from", "departure"}, {Milestone::arrived, "to", "arrival"}, {Milestone::lock_armed, "from", "lockArmed"}}};

uint8_t confidence_of(Classifier classifier) {
  switch (classifier) {
    case Classifier::actual: return 98;
    case Classifier::estimated: return 70;
    default: return 60;
  }
}

// The carriage that the event is of, by its mode and the place that it happened at.
void leg(Filler& told, const Event& event) {
  const ModeRow* row = nullptr;
  for (const ModeRow& one : kModes)
    if (one.transport == event.transport.mode) row = &one;
  if (row == nullptr) return;
  told.put(Group::legs, 0, "mode", row->mode);
  const Transport& transport = event.transport;
  if (!row->trip.empty()) told.put(Group::legs, 0, row->trip, transport.voyage);
  if (!row->means.empty()) told.put(Group::legs, 0, row->means, transport.vehicle);
  told.put(Group::legs, 0, "vessel", transport.vessel_name);
  told.put(Group::legs, 0, "imo", transport.vessel_imo);
  told.put(Group::legs, 0, "carrierCode", transport.carrier);
  for (const MomentRow& moment : kMoments) {
    if (moment.milestone != event.milestone) continue;
    told.put(Group::legs, 0, moment.place_item, event.place.unlocode);
    // A moment in a zone that is only assumed would be hours off.
    if (event.occurred.zone != ZoneSource::assumed) told.put(Group::legs, 0, moment.moment_item, to_rfc3339(event.occurred));
  }
}

void box(Filler& told, Filler& said, const Event& event) {
  const Reference* equipment = event.reference(ReferenceKind::equipment);
  if (equipment == nullptr) return;
  for (Filler* filler : {&told, &said}) filler->put(Group::containers, 0, "number", equipment->value());
  for (const Seal& seal : event.equipment.seals) told.append(Group::containers, 0, "seals", seal.number, " ");
  if (const Reference* lock = event.reference(ReferenceKind::electronic_lock)) told.put(Group::containers, 0, "lock", lock->value());
  said.put(Group::containers, 0, "type", event.equipment.iso_code);
  if (event.equipment.load == Load::empty) said.put(Group::containers, 0, "load", "EMPTY");
  if (event.equipment.gross_kg) said.put(Group::containers, 0, "grossKg", number_text(*event.equipment.gross_kg));
  if (event.equipment.tare_kg) said.put(Group::containers, 0, "tareKg", number_text(*event.equipment.tare_kg));
}

// Only a claim about the whole consignment says what all of it weighs.
void cargo(Filler& said, const Event& event) {
  const CargoFacts& facts = event.cargo;
  if (!facts.pieces || !facts.total_pieces || *facts.pieces != *facts.total_pieces) return;
  said.put("packages", std::to_string(*facts.pieces));
  if (facts.gross_kg) said.put("grossMassKg", number_text(*facts.gross_kg));
  if (facts.volume_m3) said.put("volumeM3", number_text(*facts.volume_m3));
}

}  // namespace

std::vector<Fed> feed_of(const Schema& schema, const Event& event) {
  const std::string document = event.source.type + (event.source.document.empty() ? "" : " " + event.source.document);
  Filler told(schema, document), said(schema, document);
  leg(told, event);
  box(told, said, event);
  cargo(said, event);
  for (const NamedParty& party : event.parties)
    if (const std::string_view prefix = party_of_role(party.role); !prefix.empty()) said.put(std::string(prefix) + ".name", party.name);
  std::vector<Fed> feds;
  for (Filler* filler : {&told, &said}) {
    if (filler->empty()) continue;
    Fed& fed = filler->fed();
    fed.references = event.references;
    fed.kind = filler == &told ? SourceKind::event : SourceKind::message;
    fed.confidence = filler == &told ? confidence_of(event.classifier) : 90;
    feds.push_back(std::move(fed));
  }
  return feds;
}

}  // namespace fairway::filing
