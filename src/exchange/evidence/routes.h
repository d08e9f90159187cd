// The routes of evidence: GET /v1/entries/{entry}/evidence and GET /v1/journeys/{reference}/evidence. Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "http/server.h"

namespace fairway::exchange {
struct Services;
}

namespace fairway::exchange::evidence {

// `verifier`: the offline verifier's page, put into every bundle; "" for none.
void add_routes(http::Router& router, Services& services, std::string verifier);

}  // namespace fairway::exchange::evidence
