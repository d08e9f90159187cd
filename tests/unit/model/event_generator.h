// Arbitrary valid events, for the properties of every format that writes and reads them.
#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "model/event.h"

namespace fairway::generated {

// Text as messages carry it: printable, with what JSON must escape and letters of more than one byte; never blank at its ends.
inline rc::Gen<std::string> text_gen(int size_max) {
  return rc::gen::exec([size_max] {
    static const std::vector<std::string> kLetters = {"A", "B", "z", "7", "-", "/", "\"", "\\", "é", "港", " ", "\n", "<", "'", "+", ":"};
    std::string text = "x";
    const int size = *rc::gen::inRange(0, size_max);
    for (int i = 0; i < size; ++i) text += *rc::gen::elementOf(kLetters);
    return text + "y";
  });
}

inline rc::Gen<std::string> code_gen(int size) {
  return rc::gen::exec([size] {
    std::string code;
    for (int i = 0; i < size; ++i) code += *rc::gen::elementOf(std::string("ABCDEFGHKLMNPQRSTUVWXYZ23456789"));
    return code;
  });
}

// The text of `gen`, or "" half of the time.
inline std::string perhaps(rc::Gen<std::string> gen) { return *rc::gen::arbitrary<bool>() ? *gen : std::string(); }

inline Instant arbitrary_instant() {
  Instant instant;
  instant.micros = int64_t{*rc::gen::inRange(0, 2'000'000'000)} * 1'000'000 + *rc::gen::element(0, 5'000, 123'456);
  instant.offset_minutes = static_cast<int16_t>(*rc::gen::element(0, 480, -210, 345));
  return instant;
}

inline Reference arbitrary_reference() {
  const auto kind = static_cast<ReferenceKind>(*rc::gen::inRange(0, static_cast<int>(kReferenceKinds)));
  const std::string value =
      kind == ReferenceKind::equipment ? "MSCU" + std::to_string(*rc::gen::inRange(1'000'000, 9'999'999)) : *text_gen(12);
  auto reference = Reference::make(kind, value);
  return reference ? std::move(*reference) : *Reference::make(kind, "A1");  // a line end is a control character
}

inline Place arbitrary_place() {
  if (*rc::gen::inRange(0, 4) == 0) return {};
  Place place;
  place.unlocode = *rc::gen::element<std::string>("HKHKG", "CNYTN", "DEHAM", "");
  place.facility = perhaps(code_gen(4));
  place.facility_provider = *rc::gen::element<std::string>("SMDG", "BIC", "", "ZZZ");
  place.facility_type = *rc::gen::element<std::string>("POTE", "DEPO", "", "WAYP");
  place.name = perhaps(text_gen(20));
  if (*rc::gen::arbitrary<bool>())
    place.latitude = *rc::gen::element(22.3, -89.5, 0.0), place.longitude = *rc::gen::element(114.17, -180.0);
  return place;
}

inline Transport arbitrary_transport() {
  if (*rc::gen::arbitrary<bool>()) return {};
  Transport t;
  t.mode = static_cast<TransportMode>(*rc::gen::inRange(0, 6));
  t.vessel_imo = *rc::gen::element<std::string>("9321483", "", "93214831");
  t.vessel_name = perhaps(text_gen(10)), t.call_sign = perhaps(code_gen(5)), t.voyage = perhaps(code_gen(5));
  t.import_voyage = perhaps(code_gen(5)), t.service = perhaps(code_gen(*rc::gen::inRange(2, 8))), t.carrier = perhaps(code_gen(4));
  t.vehicle = perhaps(code_gen(6)), t.call_id = perhaps(code_gen(12));
  return t;
}

inline std::optional<double> arbitrary_mass() {
  return *rc::gen::arbitrary<bool>() ? std::optional(*rc::gen::element(0.0, 2'230.0, 24'000.5, 1e-3)) : std::nullopt;
}

inline EquipmentFacts arbitrary_equipment() {
  if (*rc::gen::arbitrary<bool>()) return {};
  EquipmentFacts e;
  e.iso_code = *rc::gen::element<std::string>("45G1", "", "22GP", "L5G1X");
  e.load = static_cast<Load>(*rc::gen::inRange(0, 3));
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) e.seals.push_back({*text_gen(6), *rc::gen::element<std::string>("CAR", "CUS", "")});
  e.gross_kg = arbitrary_mass(), e.tare_kg = arbitrary_mass(), e.vgm_kg = arbitrary_mass();
  e.stowage = *rc::gen::element<std::string>("0780690", "");
  return e;
}

inline CargoFacts arbitrary_cargo() {
  CargoFacts cargo;
  if (*rc::gen::arbitrary<bool>()) cargo.pieces = *rc::gen::inRange(0u, 500u), cargo.total_pieces = *rc::gen::arbitrary<uint32_t>();
  if (*rc::gen::arbitrary<bool>()) cargo.gross_kg = arbitrary_mass(), cargo.volume_m3 = 2.5;
  return cargo;
}

inline Reading arbitrary_reading() {
  Reading reading{*rc::gen::element<std::string>("temperature", "humidity", "shock"), *rc::gen::element(-18.5, 0.0, 95.0)};
  reading.unit = *rc::gen::element<std::string>("CEL", "P1", "");
  if (*rc::gen::arbitrary<bool>()) reading.low = -20.0, reading.high = -15.0;
  return reading;
}

inline NamedParty arbitrary_party() {
  NamedParty party;
  party.role = *rc::gen::element<std::string>("CA", "CN", "shipper");
  if (*rc::gen::arbitrary<bool>()) party.identifier = {*code_gen(4), *code_gen(5)};
  party.name = perhaps(text_gen(12));
  return party;
}

// An event that validate() passes; without source and original.
inline Event arbitrary_event() {
  Event event;
  event.id = *rc::gen::element<std::string>("3cecb101-7a1a-43a4-9d62-e88a131651e2", "abc-1", "香-2");
  event.milestone = static_cast<Milestone>(*rc::gen::inRange(0, static_cast<int>(kMilestones)));
  event.classifier = static_cast<Classifier>(*rc::gen::inRange(0, 3));
  event.occurred = arbitrary_instant();
  if (*rc::gen::arbitrary<bool>()) event.created = arbitrary_instant();
  if (*rc::gen::inRange(0, 3) == 0) event.window.begins = arbitrary_instant();
  if (*rc::gen::inRange(0, 3) == 0) event.window.ends = arbitrary_instant();
  event.place = arbitrary_place();
  event.transport = arbitrary_transport();
  event.equipment = arbitrary_equipment();
  event.cargo = arbitrary_cargo();
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) event.readings.push_back(arbitrary_reading());
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) event.references.push_back(arbitrary_reference());
  if (row(event.milestone).type == EventType::shipment)
    event.document_type = *rc::gen::element<std::string>("BKG", "TRD", "CBR", "VGM", "XXX", "");
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) event.parties.push_back(arbitrary_party());
  event.reason = perhaps(text_gen(*rc::gen::element(1, 30)));
  event.remark = perhaps(text_gen(*rc::gen::element(10, 400)));
  event.amendment = static_cast<Amendment>(*rc::gen::inRange(0, 3));
  if (event.amendment != Amendment::none) event.amends = "abc-0";
  return event;
}

inline Source arbitrary_source() {
  Source s{*rc::gen::element<std::string>("EDIFACT", "DCSA", ""), perhaps(text_gen(8)), perhaps(code_gen(6)), perhaps(code_gen(3)),
           perhaps(code_gen(9))};
  s.segment = *rc::gen::arbitrary<uint32_t>();
  s.offset = static_cast<uint64_t>(*rc::gen::inRange<int64_t>(0, INT64_MAX));
  s.hash = perhaps(code_gen(64));
  return s;
}

}  // namespace fairway::generated
