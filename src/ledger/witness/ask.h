// Ask: one exchange with one witness: a checkpoint is shown to it with the proof that it asks for, and its cosignature is checked before
// anybody takes it. What a witness may answer, and what that means, stands in the table of docs/reference/ledger.md ("Witnesses").
//
// An Asker belongs to one thread. Nothing that a witness says is believed but a signature that holds.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/status.h"
#include "http/client.h"
#include "ledger/checkpoint.h"
#include "ledger/merkle.h"
#include "ledger/note.h"
#include "ledger/policy.h"

namespace fairway::ledger::witness {

// How a witness stands to this log.
enum class Standing : uint8_t {
  waiting,   // not asked yet
  cosigned,  // it has cosigned what it was asked
  away,      // nobody answers, or with what is no answer
  refused,   // it does not know the log, or its key
  lying,     // its answer does not hold: another's signature, or over another text
  ahead,     // it has cosigned a larger tree than this log has signed
  fork,      // it has cosigned a tree that this log's is no continuation of
};
[[nodiscard]] std::string_view name(Standing standing);

struct Answer {
  Standing standing = Standing::away;
  std::optional<NoteSignature> signature;  // of `cosigned`
  std::string error;                       // what is wrong, for people
};

// What a witness is shown.
struct Shown {
  std::string_view text;  // of the checkpoint
  std::string_view note;  // with the log's signature
  Checkpoint checkpoint;
};

// What a witness says that it has cosigned last.
struct Remembered {
  uint64_t size = 0;
  std::optional<Hash> root;  // where it proves what it says
};

class Asker {
 public:
  // `give_up` ends every wait once it is true. Code::invalid for a URL that cannot be asked.
  [[nodiscard]] static Result<Asker> open(const PolicyWitness& witness, std::chrono::milliseconds patience,
                                          const std::atomic<bool>* give_up);

  // Has it cosigned, with proofs from `nodes`; asks again where the witness names another size than was thought.
  [[nodiscard]] Answer cosign(const Shown& shown, const NodeReader& nodes);
  // The latest checkpoint of this origin that it has cosigned, from its monitoring route; nullopt where it has none, or no such route.
  // Code::unavailable where nobody answers; Code::forbidden where the note is not signed by `log` and by the witness.
  [[nodiscard]] Result<std::optional<Remembered>> remembered(std::string_view origin, std::span<const VerifierKey> log);

  // What it has cosigned last, as far as it has told; and how often it named a smaller size than one that it had cosigned for us.
  [[nodiscard]] uint64_t size() const { return size_; }
  [[nodiscard]] uint64_t went_back() const { return went_back_; }

 private:
  Asker(VerifierKey key, std::string prefix, std::unique_ptr<http::Client> client)
      : key_(std::move(key)), prefix_(std::move(prefix)), client_(std::move(client)) {}
  // The last word, or nothing where it named another size and is to be asked again.
  [[nodiscard]] std::optional<Answer> once(const Shown& shown, const NodeReader& nodes);
  [[nodiscard]] std::optional<Answer> conflict(const http::Response& response, const Shown& shown);
  [[nodiscard]] Answer cosignature(const http::Response& response, const Shown& shown);

  VerifierKey key_;
  std::string prefix_;  // of paths
  std::unique_ptr<http::Client> client_;
  uint64_t size_ = 0;
  uint64_t cosigned_ = 0;  // the largest that it has cosigned for us
  uint64_t went_back_ = 0;
};

}  // namespace fairway::ledger::witness
