// What is true of a multimodal consignment, as a line of JSON. docs/explanation/simulator.md lists its members. Pure; any thread.
#pragma once

#include <string>

#include "simulate/multimodal/consignment.h"

namespace fairway::simulate::multimodal {

void append_truth(std::string& out, const Consignment& consignment, Period period);

}  // namespace fairway::simulate::multimodal
