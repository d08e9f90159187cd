// An RFC 3161 time-stamp response, read and checked by OpenSSL: that it was granted, that its imprint is the SHA-256 asked for, and that
// the token's signature is by the certificate that it brings along. Whether that authority is to be believed is left to whoever knows it:
// no chain of certificates is followed.
//
// Pure; any thread. Code::invalid for what is no such response, Code::forbidden where it does not fit.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace fairway::ledger::evidence {

struct Stamp {
  std::string time;       // RFC 3339, UTC: as the token has it
  std::string authority;  // the signing certificate's subject
};
// `digest`: 32 bytes.
[[nodiscard]] Result<Stamp> stamp_from(std::string_view response_der, std::string_view digest);

}  // namespace fairway::ledger::evidence
