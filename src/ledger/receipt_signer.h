// ReceiptSigner: signs the receipts of what was submitted. An Ed25519 signature costs tens of microseconds, so those that wait together are
// signed together, as the store makes batches durable together: a thread takes all that wait, reads the entries that the store has, signs
// the root of the tree over their promises, and hands each its receipt.
//
// Thread-safe. Errors: Code::overloaded where too many wait, Code::too_large for a submission of too many entries, Code::unavailable from
// the store and after stop(). The submission is stored all the same: it is only not promised in writing.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/env.h"
#include "base/status.h"
#include "ledger/note.h"
#include "ledger/receipt.h"
#include "store/store.h"

namespace fairway::ledger {

struct SignedReceipt {
  std::string json;
  uint64_t by_s = 0;
};

class ReceiptSigner {
 public:
  using Done = std::function<void(Result<SignedReceipt>)>;

  // `promise_s`: within how many seconds an accepted entry is in a checkpoint. All of them outlive the signer.
  ReceiptSigner(store::Store& store, Env& env, const Signer& signer, int64_t promise_s);
  ~ReceiptSigner();
  ReceiptSigner(const ReceiptSigner&) = delete;
  ReceiptSigner& operator=(const ReceiptSigner&) = delete;

  // The entries of `promise` stand in the store; their digests are the signer's to fill in. `done` is called exactly once, from the
  // signer's thread, or from this one where it is refused at once; it must not block.
  void sign(Promise promise, Done done);
  // What waits is refused, and all that comes.
  void stop();

  struct Figures {
    uint64_t receipts = 0, signatures = 0, refused = 0;
  };
  [[nodiscard]] Figures figures() const;

 private:
  struct Waiting {
    Promise promise;
    Done done;
  };
  void run();
  void serve(std::vector<Waiting> waiting);
  [[nodiscard]] Status fill_in(std::vector<Waiting>& waiting) const;

  store::Store& store_;
  Env& env_;
  const Signer& signer_;
  const int64_t promise_s_;

  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::vector<Waiting> queue_;
  size_t queued_entries_ = 0;
  bool stopping_ = false;
  Figures figures_;
  std::thread thread_;
};

}  // namespace fairway::ledger
