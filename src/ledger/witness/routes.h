// The routes of a witness (docs/reference/ledger.md, "Witnesses"): POST /add-checkpoint, GET /HEX/checkpoint, GET /key, GET /healthz,
// GET /metrics.
#pragma once

#include "http/server.h"
#include "ledger/witness/witness.h"

namespace fairway::ledger::witness {

// `witness` outlives the router.
void add_routes(http::Router& router, Witness& witness);

}  // namespace fairway::ledger::witness
