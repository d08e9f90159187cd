// Schema: the tables of the PostgreSQL engine and the numbered migrations that lead to them.
//
// docs/reference/log.md tells what the tables hold. Migrations only go forward; each runs in one transaction, and servers that
// start at the same time take turns on the row of schema_version.
#pragma once

#include "store/postgres/connection.h"

namespace fairway::store::postgres {

// The schema that this Fairway reads and writes: the number of the last migration.
[[nodiscard]] int schema_version();

// Brings the database to schema_version(). A database that a newer Fairway migrated is Code::conflict, with both versions.
[[nodiscard]] Status migrate(Connection& connection);

}  // namespace fairway::store::postgres
