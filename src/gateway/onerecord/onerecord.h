// ONE Record in Fairway's words: logistics objects name references, logistics events are events.
//
// Pure functions; any thread. docs/reference/onerecord.md has the mapping and every diagnostic.
#pragma once

#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/decoded.h"
#include "gateway/onerecord/node.h"
#include "model/event.h"

namespace fairway::gateway::onerecord {

// Whether these first bytes look like a document of ONE Record: JSON that speaks of its ontologies.
[[nodiscard]] bool begins_onerecord(std::string_view bytes);

// One message a logistics object, or event, at the top of the document, with the events in it. An Error as of read_document().
[[nodiscard]] Status decode_onerecord(std::string_view bytes, const MessageSink& sink);
// Each object at the top in its expanded form, a line each.
[[nodiscard]] Status raw_onerecord(std::string_view bytes, const LineSink& sink);

// What the object itself is known by: an air waybill, a house air waybill, a ULD, a sensor, a vehicle, and its own address.
[[nodiscard]] std::vector<Reference> own_references(const Node& object);
// The same with the papers that the object stands under: its waybill, its shipment's, the master of a house.
[[nodiscard]] std::vector<Reference> references_of(const Node& object);

// The event, about these references and those of the objects it is for. Code::invalid where it has no date or no reference,
// Code::unsupported where its code stands for no milestone; `notes` takes what was assumed.
[[nodiscard]] Result<Event> event_from(const Node& event, const std::vector<Reference>& references, std::vector<Diagnostic>& notes);

// The code that an element of a code list stands for: its cargo:code, or the end of its IRI ("StatusCode#DEP"); upper case.
[[nodiscard]] std::string code_of(const Node& element);
// The code of the event's cargo:eventCode, "" where it has none.
[[nodiscard]] std::string event_code(const Node& event);

// Whether the class is one of logistics objects, which have an address of their own; false for embedded ones such as cargo:Value.
[[nodiscard]] bool is_logistics_object(std::string_view type);

}  // namespace fairway::gateway::onerecord
