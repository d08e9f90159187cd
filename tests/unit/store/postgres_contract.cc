// PostgreSQL joins the contract.
#include "unit/store/postgres_home.h"

namespace fairway::store::contract {

const bool kPostgresRegistered = register_engine({"Postgres", []() -> Result<std::unique_ptr<Home>> { return PostgresHome::make(); }});

}  // namespace fairway::store::contract
