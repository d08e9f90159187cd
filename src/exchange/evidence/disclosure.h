// Disclosure: which fields of an entry may be opened to a viewer. The rule is not made here: what the viewer is shown of an event stands in
// the event's JSON as journeys and answers write it for that viewer, and a field is opened only if it stands there unchanged.
//
// Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "ledger/commitment.h"
#include "model/entry.h"

namespace fairway::exchange::evidence {

// For each of the entry's fields whether it may be shown. `shown_body`: the event as the viewer is shown it. An element of a list may have
// moved up where others before it were taken out.
[[nodiscard]] std::vector<bool> shown_fields(const Entry& entry, std::string_view shown_body);
// Everything, for whoever sees the whole entry.
[[nodiscard]] std::vector<bool> all_fields(const Entry& entry);

}  // namespace fairway::exchange::evidence
