// Snapshot of the PostgreSQL engine: a read-only transaction at REPEATABLE READ on a connection of the pool.
//
// The database keeps the moment, so entries, terms and state agree with each other without any history of state being kept. The
// price is one connection for as long as the snapshot lives, and a first round trip to learn the last position.
#pragma once

#include <memory>

#include "store/postgres/pool.h"
#include "store/store.h"

namespace fairway::store::postgres {

[[nodiscard]] Result<std::unique_ptr<Snapshot>> take_snapshot(Pool& pool);

}  // namespace fairway::store::postgres
