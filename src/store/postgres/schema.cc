#include "store/postgres/schema.h"

#include <array>

namespace fairway::store::postgres {
namespace {

// The statements run on PostgreSQL and on what speaks its language across machines (Citus, YugabyteDB, CockroachDB): the key that
// rows are spread by leads each primary key, and no sequence, trigger or advisory lock takes part.
constexpr std::array kMigrations = {
    // 1: the log, its terms, identities and state; the sequencer; what other servers hand to it.
    R"sql(
CREATE TABLE entry (
  position    bigint PRIMARY KEY CHECK (position > 0),
  kind        smallint NOT NULL,
  party       bytea NOT NULL,
  received_us bigint NOT NULL,
  body        bytea NOT NULL
);
CREATE TABLE term (
  key      bytea NOT NULL,
  position bigint NOT NULL,
  value    bytea NOT NULL,
  PRIMARY KEY (key, position)
);
CREATE TABLE identity (
  identity bytea PRIMARY KEY,
  position bigint NOT NULL,
  digest   bytea NOT NULL
);
CREATE TABLE state (
  key     bytea PRIMARY KEY,
  version bigint NOT NULL CHECK (version > 0),
  value   bytea NOT NULL
);
CREATE TABLE sequencer (
  id            smallint PRIMARY KEY CHECK (id = 1),
  next_position bigint NOT NULL,
  holder        bytea NOT NULL,
  backend       integer NOT NULL,
  epoch         bigint NOT NULL,
  expires       timestamptz NOT NULL
);
INSERT INTO sequencer VALUES (1, 1, '', 0, 0, '2000-01-01T00:00:00Z');
CREATE TABLE submission (
  id        bytea PRIMARY KEY,
  batches   bytea NOT NULL,
  outcome   bytea,
  submitted timestamptz NOT NULL,
  settled   timestamptz
);
CREATE INDEX submission_waiting ON submission (submitted) WHERE outcome IS NULL;
)sql",
};

constexpr int kAttempts = 20;  // of servers that create the first table at the same moment

constexpr const char* kFirstTable =
    "CREATE TABLE IF NOT EXISTS schema_version "
    "(id smallint PRIMARY KEY CHECK (id = 1), version integer NOT NULL, migrated timestamptz NOT NULL); "
    "INSERT INTO schema_version VALUES (1, 0, clock_timestamp()) ON CONFLICT (id) DO NOTHING;";
constexpr Statement kVersion{"schema_version", "SELECT version::bigint FROM schema_version WHERE id = 1 FOR UPDATE"};
constexpr Statement kSetVersion{"set_schema_version",
                                "UPDATE schema_version SET version = $1::bigint::integer, migrated = clock_timestamp() WHERE id = 1"};
constexpr Statement kBegin{"begin", "BEGIN"};
constexpr Statement kCommit{"commit", "COMMIT"};

// Of several servers that create the table at once, all but one may meet its rows in the catalogue, its type or the table itself:
// unique_violation, duplicate_object, duplicate_table.
bool lost_the_race(const Fault& fault) {
  return fault.kind == Fault::Kind::retry || fault.state == "23505" || fault.state == "42710" || fault.state == "42P07";
}

Done make_first_table(Connection& connection) {
  Done done = connection.run_script(kFirstTable);
  for (int attempt = 1; attempt < kAttempts && !done.has_value() && lost_the_race(done.error()); ++attempt)
    done = connection.run_script(kFirstTable);
  return done;
}

Status migrate_from_stored_version(Connection& connection) {
  connection.queue(kBegin);
  connection.queue(kVersion);
  const std::vector<Rows> rows = TRY(connection.flush());
  const int64_t stored = rows[1].int8(0, 0);
  if (stored > schema_version())
    return fail(
        Code::conflict,
        "the store has schema version " + std::to_string(stored) + ", this Fairway knows version " + std::to_string(schema_version()),
        "a newer Fairway has written it", "open it with the newer Fairway");
  for (int64_t version = stored; version < schema_version(); ++version)
    TRY_OK(connection.run_script(kMigrations.at(static_cast<size_t>(version))));
  connection.queue(kSetVersion, Params().int8(schema_version()));
  connection.queue(kCommit);
  if (auto committed = connection.flush(); !committed.has_value()) return std::unexpected<Error>(committed.error());
  return {};
}

}  // namespace

int schema_version() { return static_cast<int>(kMigrations.size()); }

Status migrate(Connection& connection) {
  TRY_OK(make_first_table(connection));
  return migrate_from_stored_version(connection);
}

}  // namespace fairway::store::postgres
