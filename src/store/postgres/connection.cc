#include "store/postgres/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/bytes.h"

namespace fairway::store::postgres {
namespace {

// Before the URL, so that what the URL says counts. A peer that vanished without a word is noticed within about ten seconds.
constexpr std::array kDefaults = {
    std::pair{"connect_timeout", "3"},  std::pair{"keepalives_idle", "4"},      std::pair{"keepalives_interval", "2"},
    std::pair{"keepalives_count", "3"}, std::pair{"tcp_user_timeout", "10000"},
};

struct StateRule {
  std::string_view prefix;  // of the SQLSTATE, PostgreSQL 15 appendix A
  Fault::Kind kind;
};
// The first that fits.
constexpr std::array kStateRules = {
    StateRule{"40001", Fault::Kind::retry},    // serialization_failure
    StateRule{"40P01", Fault::Kind::retry},    // deadlock_detected
    StateRule{"55P03", Fault::Kind::retry},    // lock_not_available
    StateRule{"40003", Fault::Kind::lost},     // statement_completion_unknown
    StateRule{"22012", Fault::Kind::stale},    // division_by_zero: the guards of statements.h
    StateRule{"08", Fault::Kind::lost},        // connection_exception
    StateRule{"25006", Fault::Kind::refused},  // read_only_sql_transaction: a standby
    StateRule{"28", Fault::Kind::refused},     // invalid_authorization_specification
    StateRule{"3D", Fault::Kind::refused},     // invalid_catalog_name
    StateRule{"53", Fault::Kind::refused},     // insufficient_resources
    StateRule{"57", Fault::Kind::refused},     // operator_intervention
    StateRule{"58", Fault::Kind::refused},     // system_error
};

Fault::Kind kind_of(std::string_view state) {
  for (const StateRule& rule : kStateRules)
    if (state.starts_with(rule.prefix)) return rule.kind;
  return Fault::Kind::statement;
}

// After FATAL the session is over, and the transaction may have been committed before it (a wait for a standby was cut short).
bool ends_session(const PGresult* result) {
  const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity != nullptr && (std::string_view(severity) == "FATAL" || std::string_view(severity) == "PANIC");
}

std::string on_one_line(const char* message) {
  std::string line(trim(message == nullptr ? "" : message));
  for (const char blank : {'\n', '\t'}) std::ranges::replace(line, blank, ' ');
  return line;
}

void ignore_notice(void*, const PGresult*) {}

constexpr Statement kRollback{"rollback", "ROLLBACK"};

// Settings that keep an acknowledgement honest and a plan independent of statistics: all of the engine's statements are served by
// a primary key, and a plan made while a table was small must not scan it when it is large.
constexpr const char* kSettings =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'; "
    "SELECT set_config('enable_seqscan', 'off', false);";

// Submissions and large bodies pass through the database's compression; not every server is built with the fast one.
constexpr const char* kFastCompression = "SET default_toast_compression = 'lz4'";

}  // namespace

Fault::operator Error() const {
  if (kind == Kind::statement) return Error{Code::internal, "PostgreSQL refused a statement", state + ": " + message};
  return Error{Code::unavailable, "the PostgreSQL store cannot be used now", message, "it is tried again by itself"};
}

std::string_view Rows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column), static_cast<size_t>(PQgetlength(result_.get(), row, column))};
}

int64_t Rows::changed() const { return std::strtoll(PQcmdTuples(result_.get()), nullptr, 10); }

Outcome<std::unique_ptr<Connection>> Connection::open(const std::string& url, const char* purpose, const Patience& patience) {
  std::vector<const char*> names, values;
  for (const auto& [name, value] : kDefaults) names.push_back(name), values.push_back(value);
  names.push_back("dbname"), values.push_back(url.c_str());
  names.push_back(nullptr), values.push_back(nullptr);
  std::unique_ptr<Connection> connection(new Connection(PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1)));
  if (PQstatus(connection->connection_) != CONNECTION_OK)
    return std::unexpected(Fault{Fault::Kind::lost, {}, on_one_line(PQerrorMessage(connection->connection_))});
  TRY_OK(connection->settle(purpose, patience));
  return connection;
}

Connection::~Connection() { PQfinish(connection_); }

Done Connection::settle(const char* purpose, const Patience& patience) {
  PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
  if (PQenterPipelineMode(connection_) != 1) return std::unexpected(fault(nullptr));
  static_cast<void>(run_script(kFastCompression));
  const std::string settings = fmt::format(
      "{} SET application_name = '{}'; SET lock_timeout = {}; SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {}",
      kSettings, purpose, patience.lock.count(), patience.statement.count(), patience.idle_in_transaction.count());
  return run_script(settings.c_str());
}

void Connection::queue(const Statement& statement, const Params& params) {
  if (lost_) return;
  if (!prepared_.contains(statement.name)) {
    lost_ = PQsendPrepare(connection_, statement.name, statement.sql, 0, nullptr) != 1;
    awaited_.push_back({statement.name});
    prepared_.insert(statement.name);
  }
  std::vector<const char*> values;
  std::vector<int> lengths, formats(params.values().size(), 1);
  for (const std::string& value : params.values()) values.push_back(value.data()), lengths.push_back(static_cast<int>(value.size()));
  const int sent =
      PQsendQueryPrepared(connection_, statement.name, static_cast<int>(values.size()), values.data(), lengths.data(), formats.data(), 1);
  lost_ = lost_ || sent != 1;
  awaited_.push_back({nullptr});
}

void Connection::try_out(const Statement& statement) {
  if (run(statement).has_value()) known_.insert(statement.name);
}

void Connection::queue_if_known(const Statement& statement) {
  if (known_.contains(statement.name)) queue(statement);
}

Outcome<std::vector<Rows>> Connection::flush() {
  const std::vector<Awaited> awaited = std::exchange(awaited_, {});
  if (lost_ || PQpipelineSync(connection_) != 1) return std::unexpected(fault(nullptr));
  std::vector<Rows> rows;
  rows.reserve(awaited.size());
  Done first;
  for (const Awaited& one : awaited) {
    Done done = receive(one, rows);
    // After a failure the server skips what is left of the flight: what was to be prepared then is not.
    if (!done.has_value() && one.prepares != nullptr) prepared_.erase(one.prepares);
    if (!done.has_value() && first.has_value()) first = std::move(done);
    if (lost_) return std::unexpected(first.error());
  }
  TRY_OK(receive_sync());
  if (first.has_value()) return rows;
  if (PQtransactionStatus(connection_) != PQTRANS_IDLE) {
    queue(kRollback);
    if (const auto rolled_back = flush(); !rolled_back.has_value()) lost_ = true;
  }
  return std::unexpected(first.error());
}

Outcome<Rows> Connection::run(const Statement& statement, const Params& params) {
  queue(statement, params);
  std::vector<Rows> rows = TRY(flush());
  return std::move(rows.front());
}

Status Connection::stream(const Statement& statement, const std::function<Status(const Rows& row)>& row) {
  if (lost_ || PQsendQueryParams(connection_, statement.sql, 0, nullptr, nullptr, nullptr, nullptr, 1) != 1 ||
      PQsetSingleRowMode(connection_) != 1 || PQpipelineSync(connection_) != 1)
    return std::unexpected<Error>(fault(nullptr));
  for (PGresult* result = PQgetResult(connection_); result != nullptr; result = PQgetResult(connection_)) {
    const Rows rows(result);
    Status passed;
    if (PQresultStatus(result) == PGRES_SINGLE_TUPLE)
      passed = row(rows);
    else if (PQresultStatus(result) != PGRES_TUPLES_OK)
      passed = std::unexpected<Error>(fault(result));
    if (passed.has_value()) continue;
    lost_ = true;
    return passed;
  }
  TRY_OK(receive_sync());
  return {};
}

Done Connection::run_script(const char* sql) {
  if (lost_ || PQexitPipelineMode(connection_) != 1) return std::unexpected(fault(nullptr));
  PGresult* result = PQexec(connection_, sql);
  const ExecStatusType status = PQresultStatus(result);
  Done done;
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) done = std::unexpected(fault(result));
  PQclear(result);
  if (!done.has_value() && !lost_ && PQtransactionStatus(connection_) != PQTRANS_IDLE) PQclear(PQexec(connection_, "ROLLBACK"));
  if (!lost_ && PQenterPipelineMode(connection_) != 1) return std::unexpected(fault(nullptr));
  return done;
}

Done Connection::receive(const Awaited& awaited, std::vector<Rows>& rows) {
  PGresult* result = PQgetResult(connection_);
  if (result == nullptr) return std::unexpected(fault(nullptr));
  const ExecStatusType status = PQresultStatus(result);
  Done done;
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
    if (awaited.prepares == nullptr) rows.emplace_back(result), result = nullptr;
  } else {
    done = std::unexpected(fault(result));
  }
  PQclear(result);
  while (!lost_ && (result = PQgetResult(connection_)) != nullptr) PQclear(result);  // the null that ends a statement's results
  return done;
}

Done Connection::receive_sync() {
  PGresult* result = PQgetResult(connection_);
  const bool synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
  Done done;
  if (!synced) {
    done = std::unexpected(fault(result));
    lost_ = true;  // the session's answers are out of step: it is of no more use
  }
  PQclear(result);
  return done;
}

Fault Connection::fault(const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  Fault found;
  found.state = state == nullptr ? "" : state;
  found.message = on_one_line(result != nullptr ? PQresultErrorMessage(result) : PQerrorMessage(connection_));
  found.kind = kind_of(found.state);
  if (lost_ || result == nullptr || ends_session(result) || PQstatus(connection_) == CONNECTION_BAD || found.kind == Fault::Kind::lost) {
    lost_ = true;
    found.kind = Fault::Kind::lost;
    if (found.message.empty()) found.message = "the connection to the database is lost";
  }
  return found;
}

bool Connection::wait_notified(std::chrono::milliseconds patience, int ignored_backend) {
  if (lost_) return false;
  if (drain_notifications(ignored_backend)) return true;
  pollfd socket{PQsocket(connection_), POLLIN, 0};
  if (poll(&socket, 1, static_cast<int>(patience.count())) <= 0) return false;
  if (PQconsumeInput(connection_) != 1) lost_ = true;
  return !lost_ && drain_notifications(ignored_backend);
}

bool Connection::drain_notifications(int ignored_backend) {
  bool notified = false;
  while (PGnotify* notification = PQnotifies(connection_)) {
    if (notification->be_pid != ignored_backend) notified = true;
    PQfreemem(notification);
  }
  return notified;
}

}  // namespace fairway::store::postgres
