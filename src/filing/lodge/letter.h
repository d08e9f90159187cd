// Letter: how a letter is kept between the order and the sending. What is sent again is what was kept, byte for byte. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "filing/lodge/channel.h"

namespace fairway::filing {

// state outbox/CHANNEL/ID, ID the lodgement's
[[nodiscard]] std::string outbox_key(std::string_view channel, std::string_view letter);
[[nodiscard]] std::string outbox_prefix(std::string_view channel);

// {"id","filing","kind","format","contentType","number","form","ordered","body"}: ordered in microseconds, the body in base64 where it is
// no UTF-8 ("bodyBase64"). Reads back equal.
[[nodiscard]] std::string to_json(const Letter& letter);
[[nodiscard]] Result<Letter> letter_from_json(std::string_view text);

}  // namespace fairway::filing
