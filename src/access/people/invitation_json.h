// An invitation as the store keeps it. Private to src/access/people. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "access/people/invitations.h"

namespace fairway::access {

[[nodiscard]] std::string to_json(const Invitation& invitation);
[[nodiscard]] Result<Invitation> invitation_from_json(std::string_view id, std::string_view text);

}  // namespace fairway::access
