// Authorities as the command line names them.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "filing/lodge/channels.h"
#include "filing/lodge/outbox.h"

namespace fairway::app {

// "NAME=ADDRESS" of each, and "NAME=FILE" of the tokens, whose first line counts: they stand on no command line, which every user of the
// machine can read. Code::invalid for anything else, and for a token of an authority that is not named.
[[nodiscard]] Result<std::vector<filing::AuthoritySettings>> authorities_from(const std::vector<std::string>& authorities,
                                                                              const std::vector<std::string>& tokens);

// Of the outbox. `ends_at` is for tests: "STEP" or "STEP#N", the step of lodging at which the program ends, for the first or the Nth time.
[[nodiscard]] filing::Outbox::Settings lodging_settings(const std::string& ends_at);

}  // namespace fairway::app
