// Cuts what was captured into events: an EPCISDocument or EPCISQueryDocument, one bare event or a list of them, as JSON-LD or XML.
//
// Pure functions; any thread.
#pragma once

#include <functional>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"
#include "gateway/epcis/event.h"

namespace fairway::gateway::epcis {

// One event with the message it will become: type, offset, length, hash and text are set, and every finding of the document and of
// validation is in its diagnostics. Where message.ok is false, the event is as far as it could be read.
using EventSink = std::function<void(CapturedEvent event, DecodedMessage message)>;

// An Error, before the first event, where the bytes as a whole are not EPCIS: Code::invalid (neither JSON nor XML, or broken as such),
// Code::unsupported (JSON or XML of something else), Code::too_large (more than limits::kEventsPerRequestMax). A document that breaks
// the rules outside of its events breaks each of them; one without events comes as a message with an empty event.
[[nodiscard]] Status read_document(std::string_view bytes, const EventSink& sink);

}  // namespace fairway::gateway::epcis
