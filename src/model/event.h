// Event: an immutable claim. This party says that this happened, or will, to these references, here, then, out of this message.
//
// Events are never changed: a correction or a retraction is a new event that names the one it amends. Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json_writer.h"
#include "base/status.h"
#include "model/milestone.h"
#include "model/party.h"
#include "model/place.h"
#include "model/reference.h"

namespace fairway {

enum class TransportMode : uint8_t { unknown, vessel, barge, rail, truck, air };
[[nodiscard]] std::string_view name(TransportMode mode);  // "", "vessel", "barge", …
[[nodiscard]] Result<TransportMode> transport_mode_from(std::string_view name);

// The means of transport and its voyage or trip, where the message names one.
struct Transport {
  TransportMode mode = TransportMode::unknown;
  std::string vessel_imo;  // as in Reference vessel
  std::string vessel_name;
  std::string call_sign;
  std::string voyage;  // carrier's (export) voyage number
  std::string import_voyage;
  std::string service;  // carrier service code
  std::string carrier;  // carrier code as sent (SMDG or SCAC)
  std::string vehicle;  // truck registration, train or wagon number, flight
  std::string call_id;  // DCSA transportCallID
  [[nodiscard]] bool empty() const { return *this == Transport(); }
  friend bool operator==(const Transport&, const Transport&) = default;
};

enum class Load : uint8_t { unknown, empty, laden };
[[nodiscard]] std::string_view name(Load load);  // "", "empty", "laden"
[[nodiscard]] Result<Load> load_from(std::string_view name);

struct Seal {
  std::string number;
  std::string source;  // DCSA sealSource: CAR SHI PHY VET CUS
  friend bool operator==(const Seal&, const Seal&) = default;
};

// What the event says of the container itself; masses in kg.
struct EquipmentFacts {
  std::string iso_code;  // ISO 6346 size-type
  Load load = Load::unknown;
  std::vector<Seal> seals;
  std::optional<double> gross_kg, tare_kg, vgm_kg;
  std::string stowage;  // bay, row, tier: BBBRRTT
  friend bool operator==(const EquipmentFacts&, const EquipmentFacts&) = default;
};

// How much of the consignment the claim is about: a part shipment has fewer pieces than the whole.
struct CargoFacts {
  std::optional<uint32_t> pieces, total_pieces;
  std::optional<double> gross_kg, volume_m3;
  friend bool operator==(const CargoFacts&, const CargoFacts&) = default;
};

// What a sensor measured, or a setting of a reefer. `low` and `high` are the limits that it is held against, where there are any.
struct Reading {
  std::string kind;  // temperature, humidity, shock, light, door, battery, oxygen, carbon_dioxide, set_point, …
  double value = 0;
  std::string unit;  // UN/ECE Recommendation 20: CEL, P1, …
  std::optional<double> low, high;
  friend bool operator==(const Reading&, const Reading&) = default;
};

// From when until when: the slot of an appointment at a gate, an outage. Either end may be unknown.
struct Window {
  std::optional<Instant> begins, ends;
  [[nodiscard]] bool empty() const { return !begins && !ends; }
  friend bool operator==(const Window&, const Window&) = default;
};

// Where the claim stands in what was sent, so that it can be shown again.
struct Source {
  std::string format;       // "EDIFACT", "DCSA"
  std::string type;         // "COARRI D.95B ITG13", "TNT 2.2"
  std::string interchange;  // EDIFACT 0020
  std::string message;      // EDIFACT 0062
  std::string document;     // the sender's document number: EDIFACT BGM 1004
  uint32_t segment = 0;     // 1-based from UNH, 0 where there are none
  uint64_t offset = 0;      // byte offset in the body as sent
  std::string hash;         // SHA-256 of the message as sent, hex
  friend bool operator==(const Source&, const Source&) = default;
};

enum class Amendment : uint8_t { none, correction, retraction };
[[nodiscard]] std::string_view name(Amendment amendment);
[[nodiscard]] Result<Amendment> amendment_from(std::string_view name);

struct Event {
  // The sender's own identity of the claim. A gateway whose format has none derives a UUID from what the message says, so that
  // the same message gives the same id; unique together with the party that sent it.
  std::string id;
  Milestone milestone = Milestone::gate_in;
  Classifier classifier = Classifier::actual;
  Instant occurred;                // eventDateTime
  std::optional<Instant> created;  // eventCreatedDateTime: when the sender wrote it
  Window window;
  Place place;
  std::vector<Reference> references;
  Transport transport;
  EquipmentFacts equipment;
  CargoFacts cargo;
  std::vector<Reading> readings;
  std::string document_type;  // DCSA documentTypeCode of a shipment event: CBR BKG SHI …
  std::vector<NamedParty> parties;
  std::string reason;  // reason or delay code as sent
  std::string remark;  // free text as sent
  Amendment amendment = Amendment::none;
  // The id of the event, or the Source::document, of the same sender that this one corrects or retracts.
  std::string amends;
  Source source;
  std::string original;  // members of the sent JSON that the model has no field for, as one JSON object, or ""

  [[nodiscard]] const Reference* reference(ReferenceKind kind) const;  // the first of that kind, or null
};

// Checks what no type can: at least one reference, an id, every bound of base/limits.h, UTF-8. Gateways call it last.
[[nodiscard]] Status validate(const Event& event);

// The event as the log and the API write it; docs/reference/event.md describes every member. Reads back to an equal event.
[[nodiscard]] std::string to_json(const Event& event);
void append_json(std::string& out, const Event& event);
[[nodiscard]] Result<Event> event_from_json(std::string_view text);

// Parts of that form, for formats that carry them as an extension: an object, and an array of objects.
void append_json(JsonWriter& writer, const CargoFacts& cargo);
void append_json(JsonWriter& writer, const std::vector<Reading>& readings);
void append_json(JsonWriter& writer, const Window& window);
[[nodiscard]] Result<Window> window_from_json(std::string_view text);

// SHA-256 over the event without its source position: what tells a repeat from a different claim under the same id.
[[nodiscard]] std::string content_digest(const Event& event);

// Both at the cost of one: what intake needs of every event.
struct WrittenEvent {
  std::string json;    // as to_json()
  std::string digest;  // as content_digest()
};
[[nodiscard]] WrittenEvent write_event(const Event& event);

}  // namespace fairway
