// The routes of fingerprints of documents: for banks and insurers.
#pragma once

#include "http/server.h"

namespace fairway::exchange {

struct Services;

void add_fingerprint_routes(http::Router& router, Services& services);  // /v1/fingerprints

}  // namespace fairway::exchange
