// AIS: reports of ships' stations as receivers send them on, one sentence a line (ITU-R M.1371-5, IEC 61162-1, NMEA 0183 TAG blocks).
//
// Pure functions; any thread. docs/reference/ais.md says what is read and what is made of it.
#pragma once

#include <functional>
#include <string_view>

#include "base/status.h"

namespace fairway::gateway::ais {

// Each message that can be read, as one line in the form of `gpsdecode -j`. Of a type 24, part B with the name of part A; what cannot
// be read is left out. Code::invalid where there is no AIS sentence in the bytes at all.
[[nodiscard]] Status raw_ais(std::string_view bytes, const std::function<void(std::string_view json_line)>& sink);

}  // namespace fairway::gateway::ais
