// Erasing: what the PostgreSQL engine does beside the batch that erases. Each function has a connection of its own; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "store/store.h"

namespace fairway::store::postgres {

[[nodiscard]] Result<std::vector<Erasure>> traces_in(const std::string& url, std::span<const Position> positions);

// Vacuums the tables: rows that were erased or written over can no longer be read through the database. Their bytes may stay in the free
// space of a page until it is used again (docs/reference/log.md, "Erasing").
[[nodiscard]] Status vacuum(const std::string& url);

}  // namespace fairway::store::postgres
