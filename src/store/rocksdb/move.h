// Moving everything out of the RocksDB engine and into it, as lines (store/transfer.h). Both hold one line and one write in memory.
#pragma once

#include "store/rocksdb/database.h"
#include "store/rocksdb/snapshot.h"
#include "store/transfer.h"

namespace fairway::store {

[[nodiscard]] Status export_snapshot(RocksdbSnapshot& snapshot, const ExportWriter::Sink& sink);

// Returns the position of the last entry. After an error the store is empty again, except after Code::unavailable: then it is
// emptied when it is opened next.
[[nodiscard]] Result<Position> import_into(Database& database, const ImportReader::Source& source);

}  // namespace fairway::store
