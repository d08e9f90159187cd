#include "store/postgres/move.h"

#include "store/postgres/log_writer.h"
#include "store/postgres/statements.h"

namespace fairway::store::postgres {
namespace {

constexpr size_t kFlightBytes = 4u << 20;
constexpr Patience kPatience{.lock = std::chrono::seconds(60), .statement = Patience::kForever, .idle_in_transaction = Patience::kForever};

Position position_of(int64_t number) { return static_cast<Position>(number); }

// Collects records of one sort after the other, sends them in flights of bounded size.
class Importer {
 public:
  explicit Importer(Connection& connection) : connection_(connection) {}

  Status operator()(const Entry& entry) {
    entries_.push_back({{.kind = entry.kind, .party = entry.party, .received_us = entry.received_us, .body = entry.body}, entry.position});
    return weigh(sizeof(Entry) + entry.party.size() + entry.body.size());
  }
  Status operator()(const TermRecord& record) {
    terms_.push_back({{record.key, record.value}, record.position});
    return weigh(sizeof(TermRecord) + record.key.size() + record.value.size());
  }
  Status operator()(const StateRecord& record) {
    states_.push_back(record);
    return weigh(sizeof(StateRecord) + record.key.size() + record.value.value.size());
  }
  Status operator()(const IdentityRecord& record) {
    identities_.push_back({{.identity = record.identity, .digest = record.digest}, record.position});
    return weigh(sizeof(IdentityRecord) + record.identity.size() + record.digest.size());
  }

  Status flush() {
    GroupPlan rows;
    for (const auto& [entry, position] : entries_) rows.entries.push_back({position, &entry});
    for (const auto& [term, position] : terms_) rows.terms.push_back({&term, position});
    for (const auto& [entry, position] : identities_) rows.identities.push_back({position, &entry});
    for (const StateRecord& state : states_) rows.states.push_back({state.key, state.value.version, &state.value.value});
    queue_rows(connection_, rows);
    if (auto sent = connection_.flush(); !sent.has_value()) return refusal(sent.error());
    entries_.clear(), terms_.clear(), states_.clear(), identities_.clear();
    bytes_ = 0;
    return {};
  }

 private:
  Status weigh(size_t bytes) {
    bytes_ += bytes;
    return bytes_ < kFlightBytes ? Status() : flush();
  }
  // A key that comes twice is what the lines are wrong in, not the database.
  static Status refusal(const Fault& fault) {
    if (fault.state == "23505") return fail(Code::invalid, "a key comes twice in the export", fault.message);
    return std::unexpected<Error>(fault);
  }

  template <typename Record>
  struct At {
    Record record;
    Position position;
  };

  Connection& connection_;
  size_t bytes_ = 0;
  std::vector<At<NewEntry>> entries_;
  std::vector<At<Term>> terms_;
  std::vector<At<NewEntry>> identities_;  // identity and digest only
  std::vector<StateRecord> states_;
};

Status copy_records(Connection& connection, ImportReader& reader) {
  Importer importer(connection);
  for (;;) {
    const std::optional<TransferRecord> record = TRY(reader.next());
    if (!record.has_value()) return importer.flush();
    TRY_OK(std::visit(importer, *record));
  }
}

}  // namespace

Status export_store(const std::string& url, const ExportWriter::Sink& sink) {
  const std::unique_ptr<Connection> connection = TRY(Connection::open(url, "fairway export", kPatience));
  static_cast<void>(TRY(connection->run(kBeginSnapshot)));
  ExportWriter writer(sink);
  TRY_OK(writer.begin());
  TRY_OK(connection->stream(kAllEntries, [&](const Rows& row) {
    return writer.entry({.position = position_of(row.int8(0, 0)),
                         .kind = static_cast<EntryKind>(row.int2(0, 1)),
                         .party = std::string(row.bytes(0, 2)),
                         .received_us = row.int8(0, 3),
                         .body = std::string(row.bytes(0, 4))});
  }));
  TRY_OK(connection->stream(kAllTerms,
                            [&](const Rows& row) { return writer.term(row.bytes(0, 0), position_of(row.int8(0, 1)), row.bytes(0, 2)); }));
  TRY_OK(connection->stream(
      kAllStates, [&](const Rows& row) { return writer.state(row.bytes(0, 0), static_cast<uint64_t>(row.int8(0, 1)), row.bytes(0, 2)); }));
  TRY_OK(connection->stream(
      kAllIdentities, [&](const Rows& row) { return writer.identity(row.bytes(0, 0), position_of(row.int8(0, 1)), row.bytes(0, 2)); }));
  return writer.end();
}

Result<Position> import_store(const std::string& url, const ImportReader::Source& source) {
  // Closing the connection without a COMMIT undoes everything.
  const std::unique_ptr<Connection> connection = TRY(Connection::open(url, "fairway import", kPatience));
  connection->queue(kBegin);
  connection->queue(kSeize);
  connection->queue(kIsEmpty);
  const std::vector<Rows> seized = TRY(connection->flush());
  if (!seized.back().truth(0, 0)) return fail(Code::conflict, "the store is not empty", {}, "import into a new one");
  ImportReader reader(source);
  TRY_OK(copy_records(*connection, reader));
  const Position last = reader.counts().entries;
  connection->queue(kSetNext, Params().int8(static_cast<int64_t>(last) + 1));
  connection->queue(kCommit);
  static_cast<void>(TRY(connection->flush()));
  return last;
}

}  // namespace fairway::store::postgres
