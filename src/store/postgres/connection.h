// Connection: one session with PostgreSQL, in pipeline mode, with statements prepared as they are first used.
//
// Statements are queued and then sent and answered together: one round trip however many there are. Every result is binary.
// Not thread-safe: one owner at a time. Errors are Faults, which say what a caller may do next; towards the rest of Fairway a
// Fault turns into an Error by itself.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/status.h"
#include "store/postgres/wire.h"

namespace fairway::store::postgres {

struct Fault {
  enum class Kind {
    lost,       // the connection is gone: a COMMIT that was under way may have happened or not
    retry,      // nothing happened; the same transaction may succeed now (40001, 40P01, 55P03)
    stale,      // nothing happened; a guard of the transaction found that the lease or a submission is no longer ours
    refused,    // nothing happened; the server cannot serve now: disk or memory full, read-only, shutting down
    statement,  // nothing happened; the statement is wrong for its data
  };
  Kind kind = Kind::statement;
  std::string state;    // SQLSTATE, where the server gave one
  std::string message;  // as PostgreSQL words it, on one line

  operator Error() const;  // NOLINT(google-explicit-constructor): TRY carries a Fault out of the engine as an Error
};

template <typename T>
using Outcome = std::expected<T, Fault>;
using Done = std::expected<void, Fault>;

// A statement and the name it is prepared under; both are literals.
struct Statement {
  const char* name;
  const char* sql;
};

// The rows of one result. Views live as long as the Rows.
class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result) {}

  [[nodiscard]] int count() const { return PQntuples(result_.get()); }
  [[nodiscard]] bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  [[nodiscard]] std::string_view bytes(int row, int column) const;
  [[nodiscard]] int64_t int8(int row, int column) const { return read_int8(bytes(row, column)); }
  [[nodiscard]] int16_t int2(int row, int column) const { return read_int2(bytes(row, column)); }
  [[nodiscard]] bool truth(int row, int column) const { return bytes(row, column) == std::string_view("\1", 1); }
  // Rows that an INSERT, UPDATE or DELETE changed.
  [[nodiscard]] int64_t changed() const;

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

// How long a session may stand in somebody's way; the server ends what goes past it.
struct Patience {
  static constexpr std::chrono::milliseconds kForever{0};
  std::chrono::milliseconds lock{2'000};  // waiting for a row that another transaction holds
  std::chrono::milliseconds statement{60'000};
  std::chrono::milliseconds idle_in_transaction{60'000};
};

class Connection {
 public:
  // Connects to "postgresql://…". `purpose` shows in pg_stat_activity.
  [[nodiscard]] static Outcome<std::unique_ptr<Connection>> open(const std::string& url, const char* purpose, const Patience& patience);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Adds a statement to the flight.
  void queue(const Statement& statement, const Params& params = {});
  // For a statement that not every database of PostgreSQL's language has and that only helps: try_out() runs it once, on an idle
  // connection; queue_if_known() queues it if that went well.
  void try_out(const Statement& statement);
  void queue_if_known(const Statement& statement);
  // Sends the flight and waits for its answers: one Rows for each statement queued, or the first Fault, with an open
  // transaction rolled back.
  [[nodiscard]] Outcome<std::vector<Rows>> flush();
  // A flight of one.
  [[nodiscard]] Outcome<Rows> run(const Statement& statement, const Params& params = {});
  // Hands each row on as it arrives (`row` holds that one), so that a result of any size takes the memory of one row. Where
  // `row` fails, or the database does, the session is given up.
  [[nodiscard]] Status stream(const Statement& statement, const std::function<Status(const Rows& row)>& row);
  // Statements without parameters or results, separated by semicolons: migrations.
  [[nodiscard]] Done run_script(const char* sql);

  [[nodiscard]] bool alive() const { return !lost_; }
  // The database process behind this connection.
  [[nodiscard]] int backend() const { return PQbackendPID(connection_); }
  // Waits for a notification from a session other than `ignored_backend`; true when one came. False at once when the
  // connection is lost.
  [[nodiscard]] bool wait_notified(std::chrono::milliseconds patience, int ignored_backend);

 private:
  struct Awaited {
    const char* prepares;  // the name that this answer prepares; null: a queued statement
  };

  explicit Connection(PGconn* connection) : connection_(connection) {}
  [[nodiscard]] Done settle(const char* purpose, const Patience& patience);
  [[nodiscard]] Done receive(const Awaited& awaited, std::vector<Rows>& rows);
  [[nodiscard]] Done receive_sync();
  [[nodiscard]] Fault fault(const PGresult* result);
  [[nodiscard]] bool drain_notifications(int ignored_backend);

  PGconn* connection_;
  bool lost_ = false;
  std::unordered_set<std::string_view> prepared_;
  std::unordered_set<std::string_view> known_;  // of those tried out
  std::vector<Awaited> awaited_;
};

}  // namespace fairway::store::postgres
