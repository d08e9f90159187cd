// AIS: reports of ships' stations as receivers send them on, one sentence a line (ITU-R M.1371-5, IEC 61162-1, NMEA 0183 TAG blocks).
//
// Pure functions; any thread. docs/reference/ais.md says what is read and what is made of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::ais {

// One DecodedMessage for each message, and for each line that is none. A position report states that the ship was `located` there, one
// within a port's area after one outside of it that the ship has `arrived`, voyage data when it will. Times are those of TAG blocks;
// what has none states nothing. Code::invalid where there is no line of AIS in the bytes at all.
[[nodiscard]] Status decode_ais(std::string_view bytes, const MessageSink& sink);
// The same for bytes that are as new as `received_unix_s`: the time of messages that have no TAG block.
[[nodiscard]] Status decode_ais_at(std::string_view bytes, int64_t received_unix_s, const MessageSink& sink);

// Each message that can be read, as one line in the form of `gpsdecode -j`. Of a type 24, part B with the name of part A; what cannot
// be read is left out. Code::invalid where there is no AIS sentence in the bytes at all.
[[nodiscard]] Status raw_ais(std::string_view bytes, const LineSink& sink);

// Whether the bytes begin like AIS: a sentence, or a TAG block and a sentence; comments may stand before it.
[[nodiscard]] bool begins_ais(std::string_view bytes);

}  // namespace fairway::gateway::ais
