// Rate lines: FWB's RTD, whose fields are told by their first letter and whose goods lines by a code. Pure; any thread.
#pragma once

#include <span>

#include "gateway/cargo_imp/pattern.h"

namespace fairway::gateway::cargo_imp {

// "1/P1/K2400/CU/W2000/R10000/T10000", "NG/ABRASIVE PASTE", "10/ND//CMT606-244-273/1".
void read_rate_line(std::span<const Cell> cells, const Line& line, Segment& segment, Findings& findings);

}  // namespace fairway::gateway::cargo_imp
