// APERAK: what became of the messages of an interchange beyond their syntax: accepted, or refused and why (D.00B).
//
// One APERAK for each message that is answered. APERAK and CONTRL are never answered. Strict, as event_messages.h is. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::edifact {

struct ApplicationAnswer {
  std::string type;      // of the message answered, "COARRI D.95B ITG13"
  std::string document;  // its BGM 1004
  std::string message;   // its 0062
  bool accepted = true;
  std::string problem;  // why it was refused as a whole; "" otherwise
  std::vector<Diagnostic> diagnostics;
};

// To the sender of `subject`, in one interchange; `reference` is its 0020. Code::invalid where `subject` is not one interchange with
// sender and recipient, Code::unsupported where nothing in it is to be answered.
[[nodiscard]] Result<std::string> aperak(std::string_view subject, std::span<const ApplicationAnswer> answers, std::string_view reference,
                                         const CivilTime& utc);

}  // namespace fairway::gateway::edifact
