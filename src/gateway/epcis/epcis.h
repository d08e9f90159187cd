// EPCIS 2.0 and CBV 2.0: what is captured becomes events of Fairway, and every event has the hash of CBV 2.0.
//
// The whole event as sent is kept in Event::original under "epcis", so that a query can give it back (kept.h). docs/reference/epcis.md
// says what goes where. Pure functions; any thread.
#pragma once

#include <functional>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::epcis {

// Whether the first bytes (of a text without blanks before it) are those of EPCIS: what names an EPCIS document or has an event's
// eventTimeZoneOffset near its beginning.
[[nodiscard]] bool begins_epcis(std::string_view bytes);

// One message an event, in order; one that is not valid is a message that is not ok, with its diagnostics, and the others are read on.
// Errors as read_document() of document.h.
[[nodiscard]] Status decode_epcis(std::string_view bytes, const std::function<void(DecodedMessage)>& sink);

// The canonical JSON-LD of each event, as one line.
[[nodiscard]] Status raw_epcis(std::string_view bytes, const std::function<void(std::string_view json_line)>& sink);

// The event hash of each event in order: "ni:///sha-256;…?ver=CBV2.0". An event that is not valid ends it with Code::invalid.
[[nodiscard]] Status event_hashes(std::string_view bytes, const std::function<void(std::string_view hash)>& sink);

}  // namespace fairway::gateway::epcis
