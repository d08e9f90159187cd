// Every statement that the engine prepares, in one place. Columns of results and parameters are in the order of the text.
//
// A guard is a transaction's own check that it may still do what it is about to: it divides by the number of rows it found, so that
// finding none fails the transaction (22012, Fault::Kind::stale) inside the flight that also carries its COMMIT.
#pragma once

#include "store/postgres/connection.h"

namespace fairway::store::postgres {

inline constexpr Statement kBegin{"begin", "BEGIN"};
inline constexpr Statement kCommit{"commit", "COMMIT"};

// The sequencer's lease

// The lease, where nobody holds it by the database's clock or this server did: $1 server, $2 milliseconds, $3 backend.
inline constexpr Statement kAcquire{"acquire",
                                    "UPDATE sequencer SET holder = $1::bytea, backend = $3::bigint::integer, epoch = epoch + 1, "
                                    "expires = clock_timestamp() + $2::bigint * interval '1 millisecond' "
                                    "WHERE id = 1 AND (holder = $1::bytea OR expires < clock_timestamp()) RETURNING epoch, next_position"};
inline constexpr Statement kRenew{"renew",
                                  "UPDATE sequencer SET expires = clock_timestamp() + $2::bigint * interval '1 millisecond' "
                                  "WHERE id = 1 AND epoch = $1::bigint"};
inline constexpr Statement kRelease{"release", "UPDATE sequencer SET expires = clock_timestamp() WHERE id = 1 AND epoch = $1::bigint"};
// Ends the session of a holder whose lease has run out but whose open transaction still holds the row: a server that was stopped
// in the middle of a flight. Only a help: nobody can take the lease before that transaction has ended in one way or the other.
inline constexpr Statement kEvict{
    "evict",
    "SELECT pg_terminate_backend(activity.pid) FROM sequencer JOIN pg_stat_activity activity ON activity.pid = sequencer.backend "
    "WHERE sequencer.id = 1 AND sequencer.expires < clock_timestamp() AND activity.application_name = 'fairway sequencer'"};
// What a server looks at again and again: last position, epoch, whether the holder is $1, milliseconds left, submissions waiting.
inline constexpr Statement kObserve{
    "observe",
    "SELECT next_position - 1, epoch, holder = $1::bytea, (extract(epoch FROM expires - clock_timestamp()) * 1000)::bigint, "
    "EXISTS (SELECT 1 FROM submission WHERE outcome IS NULL) FROM sequencer WHERE id = 1"};

// Sequencing: one transaction

inline constexpr Statement kFindIdentities{"find_identities",
                                           "SELECT identity, position, digest FROM identity WHERE identity = ANY($1::bytea[])"};
inline constexpr Statement kFindVersions{"find_versions", "SELECT key, version FROM state WHERE key = ANY($1::bytea[])"};
// The guard of the lease, which takes the positions and renews: $1 epoch, $2 first position, $3 next position, $4 milliseconds.
// It holds the row until the transaction ends, so that nobody takes the lease while its outcome is open.
inline constexpr Statement kFence{"fence",
                                  "WITH fenced AS (UPDATE sequencer SET next_position = $3::bigint, "
                                  "expires = clock_timestamp() + $4::bigint * interval '1 millisecond' "
                                  "WHERE id = 1 AND epoch = $1::bigint AND next_position = $2::bigint RETURNING 1) "
                                  "SELECT 1 / count(*) FROM fenced"};
inline constexpr Statement kInsertEntries{"insert_entries",
                                          "INSERT INTO entry (position, kind, party, received_us, body) "
                                          "SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::bytea[], $4::bigint[], $5::bytea[])"};
inline constexpr Statement kInsertTerms{
    "insert_terms", "INSERT INTO term (key, position, value) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])"};
inline constexpr Statement kInsertIdentities{
    "insert_identities", "INSERT INTO identity (identity, position, digest) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])"};
inline constexpr Statement kWriteStates{
    "write_states",
    "INSERT INTO state (key, version, value) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) "
    "ON CONFLICT (key) DO UPDATE SET version = excluded.version, value = excluded.value"};
inline constexpr Statement kEraseStates{"erase_states", "DELETE FROM state WHERE key = ANY($1::bytea[])"};
// What stands at the erased positions from now on: $1 positions, $2 kinds, $3 parties, $4 received, $5 bodies.
inline constexpr Statement kEraseEntries{
    "erase_entries",
    "UPDATE entry SET kind = given.kind, party = given.party, received_us = given.received_us, body = given.body "
    "FROM unnest($1::bigint[], $2::smallint[], $3::bytea[], $4::bigint[], $5::bytea[]) AS given (position, kind, party, received_us, body) "
    "WHERE entry.position = given.position"};
// Terms and identities of erased entries: $1 keys, $2 the position of each.
inline constexpr Statement kEraseTerms{"erase_terms",
                                       "DELETE FROM term USING unnest($1::bytea[], $2::bigint[]) AS given (key, position) "
                                       "WHERE term.key = given.key AND term.position = given.position"};
inline constexpr Statement kEraseIdentities{"erase_identities",
                                            "DELETE FROM identity USING unnest($1::bytea[], $2::bigint[]) AS given (identity, position) "
                                            "WHERE identity.identity = given.identity AND identity.position = given.position"};
// The mark of a server's own group: $1 server, $2 number of the group. One row a server, over which the next group writes.
inline constexpr Statement kMarkGroup{"mark_group",
                                      "INSERT INTO submission (id, batches, outcome, submitted, settled) "
                                      "VALUES ($1::bytea, '', $2::bytea, clock_timestamp(), clock_timestamp()) "
                                      "ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, settled = excluded.settled"};
// The guard of the submissions: each of them ($1 ids, $2 outcomes, $3 how many) must still be waiting.
inline constexpr Statement kSettle{
    "settle",
    "WITH settled AS (UPDATE submission SET batches = '', outcome = given.outcome, settled = clock_timestamp() "
    "FROM unnest($1::bytea[], $2::bytea[]) AS given (id, outcome) "
    "WHERE submission.id = given.id AND submission.outcome IS NULL RETURNING 1) "
    "SELECT 1 / (CASE WHEN count(*) = $3::bigint THEN 1 ELSE 0 END) FROM settled"};
// A hint to the other servers; they look for themselves as well.
inline constexpr Statement kNotify{"notify", "NOTIFY fairway"};
inline constexpr Statement kListen{"listen", "LISTEN fairway"};

// Submissions

// Need not reach the disk by itself: the transaction that sequences it comes later in the write-ahead log.
inline constexpr Statement kSubmit{"submit",
                                   "INSERT INTO submission (id, batches, submitted) VALUES ($1::bytea, $2::bytea, clock_timestamp()) "
                                   "ON CONFLICT (id) DO NOTHING"};
inline constexpr Statement kRelaxed{"relaxed", "SELECT set_config('synchronous_commit', 'off', true)"};
inline constexpr Statement kWaiting{"waiting",
                                    "SELECT id, batches FROM submission WHERE outcome IS NULL ORDER BY submitted, id LIMIT $1::bigint"};
inline constexpr Statement kOutcome{"outcome", "SELECT outcome FROM submission WHERE id = $1::bytea"};
inline constexpr Statement kWithdraw{"withdraw", "DELETE FROM submission WHERE id = $1::bytea AND outcome IS NULL"};
// The outcome was read: the row stays, so that the submission cannot come again, but weighs nothing.
inline constexpr Statement kEmptyOutcome{"empty_outcome", "UPDATE submission SET outcome = '' WHERE id = $1::bytea"};
// Outcomes that nobody can ask for any more: $1 seconds.
inline constexpr Statement kForgetSettled{"forget_settled",
                                          "DELETE FROM submission WHERE settled < clock_timestamp() - $1::bigint * interval '1 second'"};

// Reading

inline constexpr Statement kBeginSnapshot{"begin_snapshot", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
inline constexpr Statement kLast{"last", "SELECT next_position - 1 FROM sequencer WHERE id = 1"};
inline constexpr Statement kEntriesAt{"entries_at",
                                      "SELECT position, kind, party, received_us, body FROM entry WHERE position = ANY($1::bigint[])"};
inline constexpr Statement kEntriesFrom{
    "entries_from",
    "SELECT position, kind, party, received_us, body FROM entry WHERE position >= $1::bigint ORDER BY position LIMIT $2::bigint"};
inline constexpr Statement kScanUp{
    "scan_up", "SELECT position, value FROM term WHERE key = $1::bytea AND position > $2::bigint ORDER BY position LIMIT $3::bigint"};
inline constexpr Statement kScanDown{
    "scan_down",
    "SELECT position, value FROM term WHERE key = $1::bytea AND position < $2::bigint ORDER BY position DESC LIMIT $3::bigint"};
inline constexpr Statement kIdentity{"identity", "SELECT position FROM identity WHERE identity = $1::bytea"};
inline constexpr Statement kState{"state", "SELECT version, value FROM state WHERE key = $1::bytea"};
inline constexpr Statement kStates{"states", "SELECT key, version, value FROM state WHERE key = ANY($1::bytea[])"};
inline constexpr Statement kStatesBetween{
    "states_between", "SELECT key, version, value FROM state WHERE key >= $1::bytea AND key < $2::bytea ORDER BY key LIMIT $3::bigint"};

// What belongs to entries that are to be erased. No index leads there: both read their whole table.
inline constexpr Statement kTermsOf{"terms_of", "SELECT position, key FROM term WHERE position = ANY($1::bigint[])"};
inline constexpr Statement kIdentitiesOf{"identities_of", "SELECT position, identity FROM identity WHERE position = ANY($1::bigint[])"};

// Export and import

inline constexpr Statement kAllEntries{"all_entries", "SELECT position, kind, party, received_us, body FROM entry ORDER BY position"};
inline constexpr Statement kAllTerms{"all_terms", "SELECT key, position, value FROM term ORDER BY key, position"};
inline constexpr Statement kAllStates{"all_states", "SELECT key, version, value FROM state ORDER BY key"};
inline constexpr Statement kAllIdentities{"all_identities", "SELECT identity, position, digest FROM identity ORDER BY identity"};
// Takes the store away from every server while an import fills it, and says whether there is anything in it already.
inline constexpr Statement kSeize{"seize", "UPDATE sequencer SET holder = '', epoch = epoch + 1, expires = clock_timestamp() WHERE id = 1"};
inline constexpr Statement kIsEmpty{"is_empty",
                                    "SELECT next_position = 1 AND NOT EXISTS (SELECT 1 FROM state) FROM sequencer WHERE id = 1"};
inline constexpr Statement kSetNext{"set_next", "UPDATE sequencer SET next_position = $1::bigint WHERE id = 1"};

}  // namespace fairway::store::postgres
