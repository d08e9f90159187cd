// An OpenID provider as the command line names it.
#pragma once

#include <string>

#include "access/oidc/provider.h"

namespace fairway::app {

// "ID=ISSUER_URL,CLIENT_ID,SECRET_FILE[,NAME]". The client's secret is the file's first line: it stands on no command line, which every
// user of the machine can read. Code::invalid for anything else, and for an issuer that is not asked over TLS.
[[nodiscard]] Result<access::oidc::ProviderSettings> provider_from(const std::string& text);

}  // namespace fairway::app
