// Script: what is sent about a shipment, by whom and when. Follows from the shipment alone; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/shipment.h"

namespace fairway::simulate {

enum class StepKind : uint8_t {
  booked,   // the line confirms the booking and names its parties
  planned,  // vessel and dates
  empty_out,
  gate_in,
  gate_out,
  empty_back,
  gate_wrong,    // a gate report that is mended later
  gate_amended,  // its replacement or cancellation
  documents,     // the containers and the draft bill of lading of the booking
  origin,        // loaded and departed before Hong Kong
  delayed,       // new estimates
  rolled,        // another vessel
  arrived,
  departed,  // the vessel, at Hong Kong
  issued,    // the bill of lading
  customs,   // released
  barge_loaded,
  barge_departed,
  barge_arrived,
  barge_load_report,
  barge_discharge_report,
};

struct Step {
  Seconds due = 0;    // when the world hands it out
  Seconds sent = 0;   // when its sender wrote it: before the period for what the period begins with
  Seconds about = 0;  // when what it tells happened
  StepKind kind = StepKind::booked;
  uint8_t box = 0;
  uint8_t number = 0;  // within the script
};

// In the order of `due`. What was sent before the period is handed out in its first minutes, as a backlog; what would be sent after
// it is left out.
[[nodiscard]] std::vector<Step> script(const Shipment& shipment, Period period);

// The moment of the backlog at which something sent before the period is handed out.
[[nodiscard]] Seconds due_of(Seconds sent, Period period);

}  // namespace fairway::simulate
