// Delivery: what one call back carries, and how far it has come. And Progress: how far a subscription has come. Both as the store keeps
// them.
//
//   state "callback-at/ID"            Progress: written with each delivery that has ended
//   state "callback-recent/ID/NN"     the last deliveries that arrived, in a ring
//   state "callback-dead/ID/NUMBER"   those that were given up; NUMBER is their last entry in 16 hex digits
//
// Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "model/entry.h"

namespace fairway::exchange::callbacks {

enum class Fate : uint8_t { waiting, delivered, dead };
[[nodiscard]] std::string_view name(Fate fate);

struct Delivery {
  std::string id;                   // a UUID, the same at each attempt and after a restart
  std::vector<Position> positions;  // of the entries that it carries
  Fate fate = Fate::waiting;
  int attempts = 0;
  int status = 0;       // that the receiver answered with last; 0: it did not
  std::string error;    // of the last attempt
  int64_t at_us = 0;    // of the last attempt
  bool again = false;   // a dead one that is to be sent again
  bool report = false;  // of a moment of the clock when there was nothing to send: up to its position, which it does not carry
  [[nodiscard]] Position last() const { return positions.back(); }
};

// The delivery of these entries to this subscription; its id follows from both.
[[nodiscard]] Delivery make_delivery(std::string_view subscription, std::vector<Position> positions);
// The report that there was nothing up to `searched` at that moment; its id follows from the moment.
[[nodiscard]] Delivery make_report(std::string_view subscription, Position searched, int64_t moment_us);
[[nodiscard]] std::string to_json(const Delivery& delivery);
[[nodiscard]] Result<Delivery> delivery_from_json(std::string_view text);

struct Progress {
  Position cursor = 0;              // everything up to here has been delivered or given up, or is not for the subscription
  uint64_t delivered = 0;           // how many have arrived
  int64_t left_us = 0;              // when the last one arrived
  int64_t reported_us = 0;          // when the last one arrived or was given up: of a clock's moments those before are done
  std::optional<Delivery> pending;  // what follows the cursor, once its attempts or its extent must be remembered
  uint64_t version = 0;             // of the state record
};
[[nodiscard]] std::string to_json(const Progress& progress);
[[nodiscard]] Result<Progress> progress_from_json(std::string_view text);

[[nodiscard]] std::string progress_key(std::string_view subscription);
[[nodiscard]] std::string recent_prefix(std::string_view subscription);
[[nodiscard]] std::string recent_key(std::string_view subscription, uint64_t delivered);
[[nodiscard]] std::string dead_prefix(std::string_view subscription);
[[nodiscard]] std::string dead_key(std::string_view subscription, Position last);

}  // namespace fairway::exchange::callbacks
