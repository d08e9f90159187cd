// Values of the model as segments: places, times, references, parties, means of transport, what is said of a container.
//
// The reading of each stands in messages/parts.h and messages/times.h; what is written here reads back as it was. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/edifact/write/profile.h"
#include "gateway/edifact/write/sheet.h"
#include "model/event.h"

namespace fairway::gateway::edifact {

// DTM in the local time of the place (203, with seconds 204), or where that would not read back the same, in UTC (303, 304).
void write_time(Sheet& sheet, std::string_view qualifier, int64_t micros, const Place& place);
void write_place(Sheet& sheet, const Profile& profile, std::string_view qualifier, const Place& place);

// RFF of each that has a code, `max` at most. Equipment, vessel, voyage and vehicle are said by other segments.
void write_references(Sheet& sheet, std::span<const Reference> references, size_t max);

// NAD of each, `max` at most; the parties of an envelope are the envelope's. How many were written.
size_t write_parties(Sheet& sheet, std::span<const NamedParty> parties, size_t max);
[[nodiscard]] bool is_of_envelope(const NamedParty& party);

// TDT. Of a vessel or barge IMO number or call sign, name, carrier and voyage; of a truck or train its number.
void write_stage(Sheet& sheet, std::string_view stage_8051, const Transport& transport);
// The main carriage that an event names: its own transport, or, of a container on a truck, the vessel among its references.
[[nodiscard]] Transport main_carriage(const Event& event);

void write_equipment(Sheet& sheet, const Event& event, std::string_view status_8249);
// MEA and SEL after it.
void write_masses(Sheet& sheet, const EquipmentFacts& facts);
void write_seals(Sheet& sheet, const EquipmentFacts& facts);

// FTX AAI: five lines of 70 characters, broken at blanks.
void write_remark(Sheet& sheet, std::string_view remark);

}  // namespace fairway::gateway::edifact
