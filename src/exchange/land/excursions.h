// Judging readings by limits: an excursion is a run of readings beyond a limit that lasts as long as the limit bears.
//
// Pure functions over values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "model/event.h"

namespace fairway::exchange {

struct Limit {
  std::string kind, unit;           // of the readings it is for: gateway/land/readings.h
  std::optional<double> low, high;  // inclusive: a reading at a limit is within it; at least one of them
  int64_t minutes = 0;              // that readings may be beyond it; 0: none
  double hysteresis = 0;            // how far within the limits a reading ends a run
  friend bool operator==(const Limit&, const Limit&) = default;
};

// What is remembered of one kind of reading of one consignment.
struct Run {
  int64_t last_us = INT64_MIN;  // of the latest reading judged in a run: earlier ones come too late for it
  int64_t since_us = 0;         // of the first reading beyond the limits, where there is a run
  bool beyond = false;
  bool told = false;                // the excursion of this run is entered
  std::vector<double> values;       // of the run, the first kEvidenceMax
  std::vector<std::string> events;  // their events' ids
  static constexpr size_t kEvidenceMax = 20;
  friend bool operator==(const Run&, const Run&) = default;
};

// Takes a reading of the limit's kind and unit into the run; true where it makes an excursion, which is once in a run.
[[nodiscard]] bool judge(const Limit& limit, Run& run, double value, int64_t at_us, const std::string& event_id);

// The event of an excursion that `measured` completed: what it names and where it was, with the run's readings as evidence. `run` has it
// already. Its id follows from the owner, the reference, the kind, the device and the beginning of
// the run.
[[nodiscard]] Event excursion_of(const Event& measured, const Limit& limit, const Run& run, const PartyId& owner,
                                 const Reference& reference);

// As the state of the store keeps them.
[[nodiscard]] std::string to_json(const Run& run);
[[nodiscard]] Run run_from_json(std::string_view text);

}  // namespace fairway::exchange
