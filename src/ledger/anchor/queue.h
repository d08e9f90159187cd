// Queue: the anchors that are on their way, as the store keeps them: written before anything is sent, so that a restart goes on with the
// same nonces and the same trees, and anchors nothing twice.
//
//   state "ledger/anchor/queue"
//
// Values; any thread. Code::invalid for a text that is no queue.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ledger/anchor/digest.h"
#include "ledger/anchor/transaction.h"
#include "store/store.h"

namespace fairway::ledger::anchor {

inline constexpr size_t kQueueMax = 16;     // anchors on their way at once
inline constexpr size_t kAttemptsMax = 64;  // transactions of one anchor that are remembered

// A transaction that may be in a block, now or later.
struct Attempt {
  Hash hash{};
  Fee fee;
  int64_t at_us = 0;  // when it was made
  friend bool operator==(const Attempt&, const Attempt&) = default;
};
struct Pending {
  uint64_t size = 0;
  Hash root{};
  std::string signatures;  // the witnesses', as the contract takes them
  uint64_t nonce = 0;
  std::vector<Attempt> attempts;  // with this nonce, or with one that was found to be used by another; the last one is the dearest
  std::string raw;                // of the last one
  friend bool operator==(const Pending&, const Pending&) = default;
};
struct Queue {
  Site site;
  std::string origin;
  uint64_t last_size = 0;  // of the newest anchor that was put in
  int64_t last_at_us = 0;
  std::vector<Pending> pending;  // by size
  uint64_t version = 0;          // of the state that keeps it; 0: none
};
[[nodiscard]] std::string to_json(const Queue& queue);
[[nodiscard]] Result<Queue> queue_from_json(std::string_view text);

// An empty one where none is kept, or one of another contract or log is.
[[nodiscard]] Result<Queue> load_queue(store::Snapshot& snapshot, const Site& site, std::string_view origin);
// The write that keeps it, unless another has written meanwhile.
[[nodiscard]] store::StateWrite write_of(const Queue& queue);

}  // namespace fairway::ledger::anchor
