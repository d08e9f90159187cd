// Fetch: how a provider is asked. A function, so that a test can be the provider.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/env.h"
#include "base/status.h"
#include "http/message.h"

namespace fairway::access::oidc {

struct FetchRequest {
  std::string url;
  http::Fields headers;
  std::string form;  // "": a GET; otherwise the body of a POST, form-encoded
};

// Code::unavailable where the provider does not answer in time or not with a status that says that it understood. Blocks: for workers,
// never for an I/O thread. Thread-safe.
using Fetch = std::function<Result<std::string>(const FetchRequest& request)>;

// Over http/client.h: at most limits::kProviderAnswerBytesMax, five seconds for each wait and ten for all of it; redirects are not
// followed.
[[nodiscard]] Fetch fetch_over_http(Env& env);

// Whether a provider's address may be asked: https, or http on this machine. Code::invalid otherwise.
[[nodiscard]] Status check_address(std::string_view url);

}  // namespace fairway::access::oidc
