// The index terms of an event and the head in their values, from which journeys are joined without reading the events.
//
// Term keys, as bytes (docs/reference/journey.md):
//   'r' kind value   every reference of the event; the value of the term is the event's head
//   't' kind value   the vessel and voyage of a call (is_call), head as above: a journey finds its vessel's calls there without
//                    walking past every box of the voyage
//   'c' key value    the port, service, voyage number, vessel's name and carrier of a call, head as above: schedules are asked for by these
// `kind` is one byte, 'a' for the first ReferenceKind. A value longer than kTermValueBytesMax stands as 0x01 and its SHA-256.
//
// Pure functions over values; any thread. Decoding checks every bound: Code::invalid for bytes that no head has.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "model/event.h"
#include "store/store.h"

namespace fairway::journey {

inline constexpr size_t kTermValueBytesMax = 96;
inline constexpr size_t kNamedPartiesMax = 64;  // of one event; parties past it are kept in the event and open nothing
static_assert(kTermValueBytesMax + 2 <= limits::kTermKeyBytesMax);

// 64 bits that stand for a text in heads and in the store: the same on every machine and in every version.
[[nodiscard]] uint64_t hash64(std::string_view bytes);

// Whether events that name the same reference of this kind belong to one journey. The other kinds (vessel, voyage, transport
// call, vehicle, seal, a customer's own references) are shown and searched, but join nothing.
[[nodiscard]] bool joins(ReferenceKind kind);

// An arrival or departure that names no box and no paper: it is about the vessel, and belongs to every journey that uses it there. One
// that names them is a claim about their journey alone.
[[nodiscard]] bool is_call(const Event& event);

// A reference as a head and a term key carry it: overlong values are digests.
struct HeadReference {
  ReferenceKind kind = ReferenceKind::equipment;
  std::string value;
  friend bool operator==(const HeadReference&, const HeadReference&) = default;
  friend auto operator<=>(const HeadReference&, const HeadReference&) = default;
};
[[nodiscard]] HeadReference head_reference(const Reference& reference);

struct HashReference {
  size_t operator()(const HeadReference& reference) const {
    return std::hash<std::string>()(reference.value) ^ static_cast<size_t>(reference.kind);
  }
};

struct EventHead {
  Milestone milestone = Milestone::gate_in;
  Classifier classifier = Classifier::actual;
  Load load = Load::unknown;
  Amendment amendment = Amendment::none;
  // The term stands under a reference that only the amended event names: the head amends what is there, it is not of it.
  bool amends_elsewhere = false;
  int64_t occurred_us = 0;
  uint64_t id = 0;         // hash64 of the event id
  uint64_t document = 0;   // hash64 of Source::document; 0: none
  uint64_t amends = 0;     // hash64 of Event::amends; 0: none
  int64_t created_us = 0;  // when an amendment was written, 0: unknown; not kept for other events
  std::string unlocode;
  std::string facility;
  PartyId sender;
  std::vector<uint64_t> named;            // name_hash() of the parties that the event names, ascending
  std::vector<HeadReference> references;  // joining ones, other than the one whose term this is
  friend bool operator==(const EventHead&, const EventHead&) = default;
};

[[nodiscard]] EventHead head_of(const Event& event, const PartyId& sender);
void append_head(std::string& out, const EventHead& head);
[[nodiscard]] Result<EventHead> decode_head(std::string_view bytes);

// The terms that an event's entry carries. `amended`: the references of the event that it amends, where the caller knows them, so
// that a correction which names another container is found from the wrong one too.
[[nodiscard]] std::vector<store::Term> terms_of(const Event& event, const PartyId& sender, std::span<const Reference> amended = {});

[[nodiscard]] std::string reference_term(const Reference& reference);
[[nodiscard]] std::string reference_term(const HeadReference& reference);
[[nodiscard]] std::string transport_term(const HeadReference& reference);

// What calls are found by beside their vessel and voyage.
enum class CallKey : uint8_t { port, service, voyage_number, vessel_name, carrier };
[[nodiscard]] std::string call_term(CallKey key, std::string_view value);  // whatever the case of its letters

// Vessel and voyage of the event as references, those it lists and those its transport facts imply, each once, in order.
[[nodiscard]] std::vector<HeadReference> transport_references(const Event& event);

}  // namespace fairway::journey
