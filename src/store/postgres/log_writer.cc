#include "store/postgres/log_writer.h"

#include "store/postgres/statements.h"

namespace fairway::store::postgres {
namespace {

constexpr std::chrono::seconds kOutcomesKept{300};  // far past the patience of anybody who could still ask

int64_t as_int8(uint64_t number) { return static_cast<int64_t>(number); }

Array array_of(const std::vector<std::string_view>& values) {
  Array array(Oid::bytea);
  for (const std::string_view value : values) array.add(value);
  return array;
}

Done only_done(Outcome<std::vector<Rows>> flown) {
  if (!flown.has_value()) return std::unexpected(std::move(flown).error());
  return {};
}

void queue_entries(Connection& connection, const std::vector<EntryRow>& rows) {
  Array positions(Oid::int8), kinds(Oid::int2), parties(Oid::bytea), received(Oid::int8), bodies(Oid::bytea);
  for (const auto& [position, entry] : rows) {
    positions.add_int8(as_int8(position));
    kinds.add_int2(static_cast<int16_t>(entry->kind));
    parties.add(entry->party);
    received.add_int8(entry->received_us);
    bodies.add(entry->body);
  }
  connection.queue(kInsertEntries, Params()
                                       .array(std::move(positions))
                                       .array(std::move(kinds))
                                       .array(std::move(parties))
                                       .array(std::move(received))
                                       .array(std::move(bodies)));
}

void queue_terms(Connection& connection, const std::vector<TermRow>& rows) {
  Array keys(Oid::bytea), positions(Oid::int8), values(Oid::bytea);
  for (const auto& [term, position] : rows) {
    keys.add(term->key);
    positions.add_int8(as_int8(position));
    values.add(term->value);
  }
  connection.queue(kInsertTerms, Params().array(std::move(keys)).array(std::move(positions)).array(std::move(values)));
}

void queue_identities(Connection& connection, const std::vector<EntryRow>& rows) {
  Array identities(Oid::bytea), positions(Oid::int8), digests(Oid::bytea);
  for (const auto& [position, entry] : rows) {
    identities.add(entry->identity);
    positions.add_int8(as_int8(position));
    digests.add(entry->digest);
  }
  connection.queue(kInsertIdentities, Params().array(std::move(identities)).array(std::move(positions)).array(std::move(digests)));
}

void queue_states(Connection& connection, const std::vector<StateRow>& rows) {
  Array keys(Oid::bytea), versions(Oid::int8), values(Oid::bytea);
  std::vector<std::string_view> erased;
  size_t written = 0;
  for (const StateRow& row : rows) {
    if (row.value == nullptr) {
      erased.push_back(row.key);
      continue;
    }
    keys.add(row.key);
    versions.add_int8(as_int8(row.version));
    values.add(*row.value);
    ++written;
  }
  if (written > 0) connection.queue(kWriteStates, Params().array(std::move(keys)).array(std::move(versions)).array(std::move(values)));
  if (!erased.empty()) connection.queue(kEraseStates, Params().array(array_of(erased)));
}

void queue_erasures(Connection& connection, const std::vector<const Erasure*>& erasures) {
  Array positions(Oid::int8), kinds(Oid::int2), parties(Oid::bytea), received(Oid::int8), bodies(Oid::bytea);
  Array terms(Oid::bytea), term_positions(Oid::int8), identities(Oid::bytea), identity_positions(Oid::int8);
  for (const Erasure* erasure : erasures) {
    const Entry& left = erasure->left;
    positions.add_int8(as_int8(left.position));
    kinds.add_int2(static_cast<int16_t>(left.kind));
    parties.add(left.party);
    received.add_int8(left.received_us);
    bodies.add(left.body);
    for (const std::string& term : erasure->terms) terms.add(term), term_positions.add_int8(as_int8(left.position));
    for (const std::string& identity : erasure->identities) identities.add(identity), identity_positions.add_int8(as_int8(left.position));
  }
  connection.queue(kEraseEntries, Params()
                                      .array(std::move(positions))
                                      .array(std::move(kinds))
                                      .array(std::move(parties))
                                      .array(std::move(received))
                                      .array(std::move(bodies)));
  connection.queue(kEraseTerms, Params().array(std::move(terms)).array(std::move(term_positions)));
  connection.queue(kEraseIdentities, Params().array(std::move(identities)).array(std::move(identity_positions)));
}

}  // namespace

Outcome<std::optional<Lease>> acquire(Connection& connection, std::string_view server) {
  const Params params = Params().bytes(server).int8(kLeaseTime.count()).int8(connection.backend());
  auto rows = connection.run(kAcquire, params);
  if (!rows.has_value() && rows.error().kind == Fault::Kind::retry) {
    if (auto evicted = connection.run(kEvict); !evicted.has_value()) return std::unexpected(evicted.error());
    rows = connection.run(kAcquire, params);
  }
  if (!rows.has_value()) return std::unexpected(std::move(rows).error());
  if (rows->count() == 0) return std::nullopt;
  return Lease{rows->int8(0, 0), static_cast<Position>(rows->int8(0, 1))};
}

Outcome<bool> renew(Connection& connection, const Lease& lease) {
  const Rows rows = TRY(connection.run(kRenew, Params().int8(lease.epoch).int8(kLeaseTime.count())));
  return rows.changed() == 1;
}

Done release(Connection& connection, const Lease& lease) {
  connection.queue(kRelease, Params().int8(lease.epoch));
  return only_done(connection.flush());
}

Done submit(Connection& connection, const Submission& submission, std::string_view collected) {
  connection.queue(kBegin);
  connection.queue(kRelaxed);
  connection.queue(kSubmit, Params().bytes(submission.id).bytes(submission.batches));
  if (!collected.empty()) connection.queue(kEmptyOutcome, Params().bytes(collected));
  connection.queue_if_known(kNotify);
  connection.queue(kCommit);
  return only_done(connection.flush());
}

Outcome<std::vector<Submission>> waiting(Connection& connection, size_t limit) {
  const Rows rows = TRY(connection.run(kWaiting, Params().int8(as_int8(limit))));
  std::vector<Submission> found;
  for (int row = 0; row < rows.count(); ++row) found.push_back({std::string(rows.bytes(row, 0)), std::string(rows.bytes(row, 1))});
  return found;
}

Outcome<std::optional<std::string>> outcome_of(Connection& connection, std::string_view id) {
  const Rows rows = TRY(connection.run(kOutcome, Params().bytes(id)));
  if (rows.count() == 0 || rows.is_null(0, 0)) return std::nullopt;
  return std::string(rows.bytes(0, 0));
}

Outcome<bool> withdraw(Connection& connection, std::string_view id) {
  const Rows rows = TRY(connection.run(kWithdraw, Params().bytes(id)));
  return rows.changed() == 1;
}

Done forget_settled(Connection& connection) {
  connection.queue(kForgetSettled, Params().int8(kOutcomesKept.count()));
  return only_done(connection.flush());
}

Done probe(Connection& connection, std::string_view server) {
  connection.queue(kMarkGroup, Params().bytes(std::string(server) + "probe").bytes(""));
  return only_done(connection.flush());
}

Outcome<Known> look_up(Connection& connection, const Names& names) {
  Known known;
  if (names.identities.empty() && names.states.empty()) return known;
  if (!names.identities.empty()) connection.queue(kFindIdentities, Params().array(array_of(names.identities)));
  if (!names.states.empty()) connection.queue(kFindVersions, Params().array(array_of(names.states)));
  const std::vector<Rows> found = TRY(connection.flush());
  if (!names.identities.empty()) {
    const Rows& rows = found.front();
    for (int row = 0; row < rows.count(); ++row)
      known.identities.emplace(rows.bytes(row, 0), Standing{static_cast<Position>(rows.int8(row, 1)), std::string(rows.bytes(row, 2))});
  }
  if (!names.states.empty()) {
    const Rows& rows = found.back();
    for (int row = 0; row < rows.count(); ++row) known.versions.emplace(rows.bytes(row, 0), static_cast<uint64_t>(rows.int8(row, 1)));
  }
  return known;
}

void queue_rows(Connection& connection, const GroupPlan& plan) {
  if (!plan.erasures.empty()) queue_erasures(connection, plan.erasures);
  if (!plan.entries.empty()) queue_entries(connection, plan.entries);
  if (!plan.terms.empty()) queue_terms(connection, plan.terms);
  if (!plan.identities.empty()) queue_identities(connection, plan.identities);
  if (!plan.states.empty()) queue_states(connection, plan.states);
}

Done write(Connection& connection, const Lease& lease, const GroupPlan& plan, const Outcomes& outcomes) {
  connection.queue(kBegin);
  connection.queue(kFence, Params().int8(lease.epoch).int8(as_int8(plan.first)).int8(as_int8(plan.next)).int8(kLeaseTime.count()));
  queue_rows(connection, plan);
  if (!outcomes.submissions.empty()) {
    Array ids(Oid::bytea), results(Oid::bytea);
    for (const auto& [id, result] : outcomes.submissions) ids.add(id), results.add(result);
    connection.queue(kSettle, Params().array(std::move(ids)).array(std::move(results)).int8(as_int8(outcomes.submissions.size())));
  }
  if (!outcomes.server.empty()) connection.queue(kMarkGroup, Params().bytes(outcomes.server).bytes(outcomes.group));
  connection.queue_if_known(kNotify);
  connection.queue(kCommit);
  return only_done(connection.flush());
}

}  // namespace fairway::store::postgres
