// The event as it was captured, kept in Event::original: {"epcis": {…}, "namespaces": {"prefix": "uri"}}.
//
// Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/epcis/event.h"
#include "model/event.h"

namespace fairway::gateway::epcis {

// What Event::original holds of it.
[[nodiscard]] std::string keep(const CapturedEvent& event);
// The captured event; nullopt where the event is of another format or its original was taken out.
[[nodiscard]] std::optional<CapturedEvent> kept(const Event& event);

// Keys under which one looks for captured events: "epcis/all", by eventID, by each EPC, class and parent, by business step, …
// At most limits::kEpcisIndexKeysMax, those of events first; empty for events of other formats.
[[nodiscard]] std::vector<std::string> index_keys(const Event& event);

inline constexpr const char* kAllKey = "epcis/all";
[[nodiscard]] std::string event_key(std::string_view event_id);
[[nodiscard]] std::string epc_key(std::string_view uri);  // by its canonical form: URN and Digital Link are found alike

// Every EPC, class or transformation that the event names, in all of its lists.
struct Identifiers {
  std::vector<std::string> epcs, classes;    // what it is about: epcList, childEPCs / the quantity lists
  std::vector<std::string> parents;          // parentID
  std::vector<std::string> inputs, outputs;  // EPCs of a transformation
  std::vector<std::string> input_classes, output_classes;
};
[[nodiscard]] Identifiers identifiers_of(const json::object& body);

}  // namespace fairway::gateway::epcis
