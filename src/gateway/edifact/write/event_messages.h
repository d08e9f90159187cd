// COARRI, CODECO and IFTSTA from events: what happened at the gate and at the quay, and the status of consignments.
//
// Only facts are written: events that are actual and that the message can say. What is written is read again by our own reader before it
// is given out: an interchange with a finding is never given. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/status.h"
#include "gateway/edifact/interchange.h"
#include "gateway/edifact/write/profile.h"
#include "gateway/edifact/write/sheet.h"
#include "model/event.h"

namespace fairway::gateway::edifact {

struct OutgoingInterchange {
  InterchangeParty sender, recipient;
  std::string reference;  // 0020, and the beginning of the documents' own numbers; 14 characters at most
  CivilTime utc;
  bool test = false;
};

struct WrittenMessages {
  std::string text;                 // "" where no event could be written
  size_t messages = 0;              // in it
  std::vector<std::string> events;  // ids of those that are in it, in its order
  std::vector<LeftOut> left_out;    // "" as what: the whole event
};

// `type` is COARRI, CODECO or IFTSTA. Code::unsupported for another one, Code::too_large for more than limits::kEdifactEventsWrittenMax
// events, Code::invalid where a value cannot be written in any character set.
[[nodiscard]] Result<WrittenMessages> write_events(std::span<const Event> events, std::string_view type, const Profile& profile,
                                                   const OutgoingInterchange& outgoing);

}  // namespace fairway::gateway::edifact
