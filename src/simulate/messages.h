// The messages of the simulated world, each as its sender would write it: CODECO, COARRI, BAPLIE and IFTSTA as EDIFACT interchanges,
// DCSA Track & Trace 2.2 as JSON. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "simulate/script.h"

namespace fairway::simulate {

// A box as one of its shipment.
struct Move {
  Shipment shipment;
  size_t box = 0;
  Seconds at = 0;
};

// CODECO D.95B ITG14 of one box, by the terminal or the depot to the line. A fault of the shipment is in it.
[[nodiscard]] std::string gate_report(const Shipment& shipment, const Step& step);

// COARRI D.95B ITG13 of some boxes of a call, by the terminal to the line. `number` tells the reports of a call apart.
[[nodiscard]] std::string vessel_report(const Call& call, bool loading, std::span<const Move> moves, uint32_t number, Seconds sent);
// COARRI of a barge, by the terminal to the river operator.
[[nodiscard]] std::string barge_report(const Shipment& shipment, const Step& step);

// BAPLIE of everything loaded, as the vessel leaves: 2.2 (D.95B SMDG22), or 3.1 (D.13B SMDG31) of lines that have gone over to it.
[[nodiscard]] std::string bay_plan(const Call& call, std::span<const Move> loaded, Seconds sent);

// IFTSTA D.00B by the line to the forwarder, or by the river operator to the line.
[[nodiscard]] std::string status_report(const Shipment& shipment, const Step& step);

// DCSA 2.2 events by the line; "" where the step is none of its events.
[[nodiscard]] std::string carrier_events(const Shipment& shipment, const Step& step);

}  // namespace fairway::simulate
