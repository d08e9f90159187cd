// What a password must be: long enough, and not one of those that everybody tries first. Pure function; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/status.h"

namespace fairway::access {

inline constexpr size_t kPasswordCharactersMin = 12;
inline constexpr size_t kPasswordCharactersMax = 128;

// Counted in characters, whatever their bytes (NIST SP 800-63B, 5.1.1.2: length counts, composition does not). Code::invalid, with
// the reason, also for the commonest passwords of that length and for the address that it is to protect.
[[nodiscard]] Status check_password(std::string_view password, std::string_view email);

}  // namespace fairway::access
