#include "store/rocksdb/move.h"

#include <rocksdb/write_batch.h>

#include "base/bytes.h"
#include "store/rocksdb/layout.h"

namespace fairway::store {
namespace {

constexpr size_t kImportWriteBytes = 4u << 20;

// Calls `visit` with each key and value of a family, in order.
template <typename Visit>
Status for_each(RocksdbSnapshot& snapshot, Family family, const Visit& visit) {
  const std::unique_ptr<rocksdb::Iterator> iterator = snapshot.sweep(family);
  for (; iterator->Valid(); iterator->Next()) TRY_OK(visit(view(iterator->key()), view(iterator->value())));
  return to_status("read the store", iterator->status());
}

// Puts records where the committer would, through writes that are bounded in size and not yet durable.
class Importer {
 public:
  explicit Importer(Database& database) : database_(database) { options_.disableWAL = true; }

  Status operator()(const Entry& entry) {
    value_.clear();
    append_log_value(value_, entry.kind, entry.party, entry.received_us, entry.body);
    return put(Family::log, log_key(entry.position), value_);
  }
  Status operator()(const TermRecord& term) {
    key_.clear();
    append_term_prefix(key_, term.key);
    append_u64(key_, term.position);
    return put(Family::term, key_, term.value);
  }
  Status operator()(const StateRecord& state) {
    value_.clear();
    append_state_value(value_, state.value.version, state.value.value);
    return put(Family::state, state.key, value_);
  }
  Status operator()(const IdentityRecord& identity) {
    value_.clear();
    append_identity_value(value_, identity.position, identity.digest);
    return put(Family::identity, identity.identity, value_);
  }
  Status flush() {
    const rocksdb::Status status = database_.db().Write(options_, &write_);
    write_.Clear();
    return to_status("import into the store", status);
  }

 private:
  Status put(Family family, std::string_view key, std::string_view value) {
    TRY_OK(to_status("import into the store", write_.Put(database_.family(family), slice(key), slice(value))));
    return write_.GetDataSize() < kImportWriteBytes ? Status() : flush();
  }

  Database& database_;
  rocksdb::WriteOptions options_;
  rocksdb::WriteBatch write_;
  std::string key_, value_;
};

Status copy_records(Database& database, ImportReader& reader) {
  Importer importer(database);
  for (;;) {
    const std::optional<TransferRecord> record = TRY(reader.next());
    if (!record.has_value()) return importer.flush();
    TRY_OK(std::visit(importer, *record));
  }
}

Result<bool> is_empty(Database& database) {
  for (const Family family : {Family::log, Family::state}) {
    const std::unique_ptr<rocksdb::Iterator> iterator(database.db().NewIterator(rocksdb::ReadOptions(), database.family(family)));
    iterator->SeekToFirst();
    if (iterator->Valid()) return false;
    TRY_OK(to_status("read the store", iterator->status()));
  }
  return true;
}

}  // namespace

Status export_snapshot(RocksdbSnapshot& snapshot, const ExportWriter::Sink& sink) {
  ExportWriter writer(sink);
  TRY_OK(writer.begin());
  TRY_OK(for_each(snapshot, Family::log, [&](std::string_view key, std::string_view value) -> Status {
    return writer.entry(TRY(read_log_value(read_u64(key.data()), value)));
  }));
  TRY_OK(for_each(snapshot, Family::term, [&](std::string_view key, std::string_view value) -> Status {
    return writer.term(TRY(term_key(key)), term_position(key), value);
  }));
  TRY_OK(for_each(snapshot, Family::state, [&](std::string_view key, std::string_view value) -> Status {
    const StateValue state = TRY(read_state_value(value));
    return writer.state(key, state.version, state.value);
  }));
  TRY_OK(for_each(snapshot, Family::identity, [&](std::string_view key, std::string_view value) -> Status {
    const IdentityValue identity = TRY(read_identity_value(value));
    return writer.identity(key, identity.position, identity.digest);
  }));
  return writer.end();
}

Result<Position> import_into(Database& database, const ImportReader::Source& source) {
  if (!TRY(is_empty(database))) return fail(Code::conflict, "the store is not empty", {}, "import into a new one");
  TRY_OK(database.begin_import());
  ImportReader reader(source);
  if (const Status copied = copy_records(database, reader); !copied.has_value()) {
    TRY_OK(database.undo_import());
    return std::unexpected(copied.error());
  }
  TRY_OK(database.finish_import());
  return reader.counts().entries;
}

}  // namespace fairway::store
