// Policy: which logs are believed, and which witnesses must have seen a checkpoint, as C2SP tlog-policy (draft of 2026-06-22) writes it:
//
//   log <vkey> [url]
//   witness <name> <vkey> [url]
//   group <name> <k|any|all> <member>…
//   quorum <name|none>
//
// Groups of groups express "k of the carriers and k of the authorities". Lines that begin with '#' and empty ones are left out.
// Values; any thread. Code::invalid names the line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"

namespace fairway::ledger {

struct PolicyLog {
  VerifierKey key;
  std::string url;
};
struct PolicyWitness {
  std::string name;
  VerifierKey key;
  std::string url;
};
struct PolicyGroup {
  std::string name;
  size_t threshold = 0;
  std::vector<std::string> members;  // witnesses and groups
};
struct Policy {
  std::vector<PolicyLog> logs;
  std::vector<PolicyWitness> witnesses;
  std::vector<PolicyGroup> groups;
  std::string quorum;  // a name; "none" asks for no witness
};
[[nodiscard]] Result<Policy> policy_from(std::string_view text);
// Whether these witnesses (indices into Policy::witnesses) are a quorum.
[[nodiscard]] bool is_quorum(const Policy& policy, std::span<const size_t> witnesses);

// A checkpoint that the policy believes.
struct Witnessed {
  Checkpoint checkpoint;
  std::vector<size_t> witnesses;  // indices into Policy::witnesses whose cosignatures hold
  std::vector<uint64_t> times_s;  // what each of them says it was
  size_t unknown_signatures = 0;
  // The time by which at least half of them had seen it: the median of times_s, of two in the middle the later; 0 without witnesses.
  [[nodiscard]] uint64_t median_time_s() const;
};
// Code::forbidden: no signature of a log of this origin, a known key's signature that fails, or no quorum. With `strict` a signature of a
// key that the policy does not name fails, too, so that no byte of the note goes unchecked.
[[nodiscard]] Result<Witnessed> verify_checkpoint(const Policy& policy, std::string_view note, bool strict = false);

}  // namespace fairway::ledger
