// What became of a submission: for every message and every event whether it was accepted, was there already, or was refused and why.
//
// Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "gateway/decoded.h"
#include "model/entry.h"

namespace fairway::intake {

enum class Fate : uint8_t {
  accepted,  // durable, at the entry named
  repeated,  // was there already, at the entry named; nothing changed
  refused,   // not stored; problem says why
  partly,    // of a message: some of its content was accepted, some was not understood or refused
};
[[nodiscard]] std::string_view name(Fate fate);

struct EventFate {
  std::string id;
  Fate fate = Fate::refused;
  Position entry = 0;
  std::optional<Error> problem;
};

struct MessageFate {
  std::string format, type, interchange, message, document;
  Fate fate = Fate::refused;
  Position entry = 0;  // of the message itself, 0 where events alone are kept
  std::vector<EventFate> events;
  std::vector<gateway::Diagnostic> diagnostics;
  std::optional<Error> problem;
};

struct Outcome {
  std::vector<MessageFate> messages;
  size_t accepted = 0, repeated = 0, refused = 0;  // messages; a partly accepted one counts as accepted

  // 200 when everything was accepted or repeated, 422 when every message was refused, 207 otherwise.
  [[nodiscard]] int http_status() const;
};

// The receipt as POST /v1/messages answers it (openapi/fairway.yaml, schema Receipt).
[[nodiscard]] std::string to_json(const Outcome& outcome);

}  // namespace fairway::intake
