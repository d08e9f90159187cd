// Moving everything out of the PostgreSQL engine and into it, as lines (store/transfer.h). Both hold little more than one line in
// memory, on a connection of their own. Any thread.
#pragma once

#include <string>

#include "store/transfer.h"

namespace fairway::store::postgres {

// As the store stands at one moment.
[[nodiscard]] Status export_store(const std::string& url, const ExportWriter::Sink& sink);

// In one transaction, which takes the store away from every server until it ends: after an error the store is as it was. Returns
// the position of the last entry.
[[nodiscard]] Result<Position> import_store(const std::string& url, const ImportReader::Source& source);

}  // namespace fairway::store::postgres
