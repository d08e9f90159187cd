// Witness: who cosigns the checkpoints of some logs, each only where it grew out of the one cosigned before (C2SP tlog-witness v1.0.0).
//
// A cosignature leaves only after the checkpoint is on disk (memory.h); for one log the check, the writing and the answer are one step that
// nobody else's request comes between. Thread-safe; a call waits for the disk. What goes wrong is part of the answer.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "http/message.h"
#include "ledger/note.h"
#include "ledger/witness/judge.h"
#include "ledger/witness/memory.h"

namespace fairway::ledger::witness {

class Witness {
 public:
  // Several entries of one origin are keys of one log. Code::conflict and the others of Memory::open where what was seen cannot be read.
  [[nodiscard]] static Result<std::unique_ptr<Witness>> open(const std::string& folder, std::unique_ptr<const Signer> signer,
                                                             const std::vector<FollowedLog>& logs, Env& env);

  // POST add-checkpoint: the status and the body that the specification asks for.
  [[nodiscard]] http::Response add_checkpoint(std::string_view body);
  // The latest checkpoint that was cosigned, with the log's signature and the cosignature, by hex SHA-256 of the origin. Code::not_found.
  [[nodiscard]] Result<std::string> checkpoint(std::string_view origin_hex) const;
  // Ok if this witness has cosigned this tree: it is the latest, one of those since start, or `note` carries its own cosignature.
  [[nodiscard]] Status has_cosigned(std::string_view origin, const Seen& tree, std::string_view note) const;

  [[nodiscard]] const VerifierKey& key() const { return signer_->key(); }

  struct Figures {
    uint64_t cosigned = 0;  // since start
    uint64_t refused = 0;
    struct Log {
      std::string origin;
      uint64_t size = 0;
    };
    std::vector<Log> logs;
  };
  [[nodiscard]] Figures figures() const;

 private:
  // One log; `mutex` makes check, record and answer one step.
  struct Followed {
    FollowedLog log;
    mutable std::mutex mutex;
    Record record;
    std::deque<Seen> recent;  // since start, the newest last
    uint64_t cosigned = 0, refused = 0;
  };
  Witness(std::unique_ptr<const Signer> signer, Env& env) : signer_(std::move(signer)), env_(env) {}
  [[nodiscard]] Followed* find(std::string_view note);
  [[nodiscard]] http::Response cosign(Followed& followed, const Claim& claim, const AddCheckpoint& request);
  [[nodiscard]] http::Response refuse(Followed& followed, const Refused& refused) const;

  const std::unique_ptr<const Signer> signer_;
  Env& env_;
  std::unique_ptr<Memory> memory_;
  std::map<std::string, std::unique_ptr<Followed>, std::less<>> logs_;  // by origin; constant after open()
  std::map<std::string, const Followed*, std::less<>> by_hex_;
};

}  // namespace fairway::ledger::witness
