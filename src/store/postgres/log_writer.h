// LogWriter: what the holder of the sequencer's lease, or a server that wants to be, says to the database.
//
// Each function is one flight of statements, or one transaction; none keeps anything between calls. The caller owns the
// connection and the decision of what a Fault means for its batches. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/postgres/connection.h"
#include "store/postgres/group.h"

namespace fairway::store::postgres {

// How long a lease stands without being renewed, by the database's clock.
inline constexpr std::chrono::milliseconds kLeaseTime{3'000};

struct Lease {
  int64_t epoch = 0;  // one more each time the lease changes hands or is taken anew
  Position next = 1;  // the position of the next entry
};

// The lease, if nobody else holds it. Whatever transaction an earlier epoch had under way has ended when this returns.
[[nodiscard]] Outcome<std::optional<Lease>> acquire(Connection& connection, std::string_view server);
// False where the lease is no longer this epoch's.
[[nodiscard]] Outcome<bool> renew(Connection& connection, const Lease& lease);
[[nodiscard]] Done release(Connection& connection, const Lease& lease);

// A group of batches that another server hands over, under an id that occurs once.
struct Submission {
  std::string id;
  std::string batches;  // codec.h
};
// `collected` is an earlier submission whose outcome has been read; empty: none.
[[nodiscard]] Done submit(Connection& connection, const Submission& submission, std::string_view collected = {});
[[nodiscard]] Outcome<std::vector<Submission>> waiting(Connection& connection, size_t limit);
// The outcome recorded under an id; nullopt where there is none (yet).
[[nodiscard]] Outcome<std::optional<std::string>> outcome_of(Connection& connection, std::string_view id);
// Takes the submission back. False where it has its outcome already.
[[nodiscard]] Outcome<bool> withdraw(Connection& connection, std::string_view id);
[[nodiscard]] Done forget_settled(Connection& connection);
// Writes a row that means nothing: whether the database takes writes at all.
[[nodiscard]] Done probe(Connection& connection, std::string_view server);

[[nodiscard]] Outcome<Known> look_up(Connection& connection, const Names& names);

// What goes into the transaction beside the plan's rows.
struct Outcomes {
  std::vector<std::pair<std::string, std::string>> submissions;  // id and outcome of each
  std::string_view server;                                       // whose own group this is as well; empty: nobody's
  std::string group;                                             // the mark of that group
};
// Everything or nothing: the plan's rows, the outcomes, the next position, if the lease is still this epoch's.
[[nodiscard]] Done write(Connection& connection, const Lease& lease, const GroupPlan& plan, const Outcomes& outcomes);

// Queues the plan's rows alone, for an import.
void queue_rows(Connection& connection, const GroupPlan& plan);

}  // namespace fairway::store::postgres
