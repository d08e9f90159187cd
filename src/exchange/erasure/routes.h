// The routes of erasing: for the operator's keys and people who may manage, and on the local socket.
#pragma once

#include "base/env.h"
#include "http/server.h"
#include "store/store.h"

namespace fairway::exchange {

struct Services;

void add_erasure_routes(http::Router& router, Services& services);                   // /v1/erasures
void add_erasure_admin_routes(http::Router& router, store::Store& store, Env& env);  // /admin/erasures

}  // namespace fairway::exchange
