// Where callbacks go that are mails. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::exchange::callbacks {

// The kind whose letters go to "mailto:" addresses.
inline constexpr std::string_view kMail = "mail";

// The address of "mailto:name@host". Code::invalid unless both parts are plain ASCII atoms as RFC 5321 has them without quotes: nothing
// that could end a line or an address, and at most limits::kEmailBytesMax long.
[[nodiscard]] Result<std::string> mail_address_from(std::string_view url);

}  // namespace fairway::exchange::callbacks
