// Judge: whether a witness cosigns a checkpoint, given what it has cosigned of that log before. Pure; any thread.
//
// The rules, and the order in which they are looked at, are those of C2SP tlog-witness v1.0.0; docs/reference/ledger.md has them as a
// table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/status.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "ledger/note.h"
#include "ledger/witness/request.h"

namespace fairway::ledger::witness {

// A log that a witness follows: its origin, and whose signature on a checkpoint counts.
struct FollowedLog {
  std::string origin;
  std::vector<VerifierKey> keys;
};
// "VKEY", whose origin is the key's name, or "ORIGIN=VKEY". Code::invalid.
[[nodiscard]] Result<FollowedLog> followed_log_from(std::string_view text);

// The tree that a witness has cosigned last. Of size 0, and the empty root, before the first.
struct Seen {
  uint64_t size = 0;
  Hash root = empty_root();
  friend bool operator==(const Seen&, const Seen&) = default;
};

// Why a checkpoint is not cosigned, by the status that tells it.
enum class Refusal : uint16_t {
  malformed = 400,       // no checkpoint, or older than the old size it names
  unsigned_note = 403,   // no trusted key of the log has signed it
  unknown_origin = 404,  // a log that is not followed
  not_from_here = 409,   // the old size is not the one cosigned last; or the same size with another root. The answer is that size.
  not_proved = 422,      // the proof does not show that it grew out of the tree cosigned last
};

// A checkpoint of the log's, its signature checked: what can be looked at before anybody else has to wait.
struct Claim {
  Checkpoint checkpoint;
  std::string text;            // the text that is cosigned
  std::string log_signatures;  // the lines of the log's trusted keys
};
struct Refused {
  Refusal why = Refusal::malformed;
  std::string message;
  bool suspicious = false;  // the log has signed it: it may be the proof that there are two trees of its name
};
[[nodiscard]] std::expected<Claim, Refused> claim_from(const FollowedLog& log, std::string_view note);

// Whether it may be cosigned after `seen`. The caller makes it the next `seen`, durable, before it lets the cosignature go.
[[nodiscard]] std::expected<void, Refused> judge(const Claim& claim, const AddCheckpoint& request, const Seen& seen);

}  // namespace fairway::ledger::witness
