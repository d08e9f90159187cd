// The PostgreSQL engine: a store in a database that several servers share and act on as one.
//
// Needs PostgreSQL 15 or a database that speaks as it does, reached directly: a pooler that hands sessions around per transaction
// loses prepared statements. docs/howto/run-on-postgresql.md is for whoever runs it, docs/adr/0002-sequencer-lease.md says why
// it is built so.
#pragma once

#include <memory>
#include <string_view>

#include "base/env.h"
#include "base/status.h"
#include "store/store.h"

namespace fairway::store {

// Opens the store at "postgresql://…" and brings its tables up to date. Code::unavailable where the database cannot be reached,
// Code::conflict where a newer Fairway has been there.
[[nodiscard]] Result<std::unique_ptr<Store>> open_postgres(std::string_view url, Env& env);

}  // namespace fairway::store
