// From a request's target to its route. Private to src/http. Pure functions; any thread.
#pragma once

#include <string_view>

#include "http/server.h"

namespace fairway::http {

// The path of a request target (RFC 9112, 3.2), still encoded, and its query. Origin form and absolute form; Code::invalid for
// the others, which no resource of ours has.
struct Target {
  std::string_view path, query;
};
[[nodiscard]] Result<Target> split_target(std::string_view target);

// Fills in the request's path, query and path parameters, and finds who handles it.
[[nodiscard]] Result<Router::Match> route(Request& request, const Router& router);

// What a request is answered that route() found nobody for: 404, 405 with Allow, or 400.
[[nodiscard]] Response no_route(const Error& error, const Request& request);

}  // namespace fairway::http
