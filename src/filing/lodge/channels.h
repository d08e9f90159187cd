// Channels: the ways to authorities that an operator has named.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "filing/lodge/channel.h"
#include "filing/regime/regime.h"

namespace fairway::filing {

struct AuthoritySettings {
  std::string name;     // as forms.csv calls it: "hk-tsw"
  std::string address;  // "https://…", "http://…" or "folder:DIR"
  std::string token;    // of HTTP; "" for none
};

// With the hours that the regimes give each. Code::invalid for an address that cannot be used and for a name that comes twice,
// Code::unavailable for a folder that is not there.
[[nodiscard]] Result<std::vector<std::unique_ptr<Channel>>> make_channels(const std::vector<AuthoritySettings>& authorities,
                                                                          const Regimes& regimes, Env& env);

}  // namespace fairway::filing
