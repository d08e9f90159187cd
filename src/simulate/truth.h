// What is true of one box of the simulated world, as a line of JSON for tests and for people who look for the planted faults.
#pragma once

#include <string>

#include "simulate/shipment.h"

namespace fairway::simulate {

// Appends one object; docs/explanation/simulator.md lists its members. Times are RFC 3339 in UTC.
void append_truth(std::string& out, const Shipment& shipment, size_t box);

}  // namespace fairway::simulate
