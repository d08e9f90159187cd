// Cargo-IMP: the messages of air cargo (FWB, FHL, FFM, FSU, FSA, FBL, FFR; FMA and FNA), read.
//
// Lenient: real messages deviate in many ways, and each is reported with its line and column. No date of these messages has a year, and a
// gateway has no clock: the caller hands in when the message was received, and the year follows from that (gateway/air/dates.h).
// Pure; any thread.
#pragma once

#include <string_view>

#include "base/status.h"
#include "gateway/decoded.h"

namespace fairway::gateway::cargo_imp {

// Gives each message to `sink` in order. Code::invalid where the input holds none.
[[nodiscard]] Status decode_cargo_imp(std::string_view bytes, const Context& context, const MessageSink& sink);

// One JSON line a message, with every field by its name. Needs no date. Code::invalid where the input holds no message.
[[nodiscard]] Status raw_cargo_imp(std::string_view bytes, const Context& context, const LineSink& sink);

}  // namespace fairway::gateway::cargo_imp
