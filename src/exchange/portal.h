// Portal: the built files of web/, read once at start and served with strict caching and a strict content security policy.
#pragma once

#include <string>

#include "base/status.h"
#include "http/server.h"

namespace fairway::exchange {

// Headers that every answer of the server carries: the policy lets the page load its own scripts, styles and images and talk to its
// own server, nothing else.
[[nodiscard]] http::Fields security_headers();

// Adds the files below `directory` as routes; every other address outside /v1 answers index.html, because the
// page keeps its own addresses (/track/MSCU1234566). Code::not_found where there is no index.html.
[[nodiscard]] Status add_portal(http::Router& router, const std::string& directory);

// The file as a route of its own, for example openapi/fairway.yaml at /openapi.yaml.
[[nodiscard]] Status add_file(http::Router& router, const std::string& path, const std::string& file, const std::string& content_type);

}  // namespace fairway::exchange
