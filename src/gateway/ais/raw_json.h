// An AIS message as gpsd's JSON has it (`gpsdecode -j`, scaled). Pure; any thread.
#pragma once

#include <string>

#include "gateway/ais/bits.h"
#include "gateway/ais/layout.h"

namespace fairway::gateway::ais {

// One object, without a line's end. `name_in_part_a` is the ship's name that goes into part B of a type 24.
void append_raw_json(std::string& out, const Bits& bits, const Layout& layout, const std::string* name_in_part_a = nullptr);

}  // namespace fairway::gateway::ais
