// BatchQueue: batches that wait for the sequencer's thread, in order and bounded.
//
// Any thread may push; one thread takes. Completions are called outside the lock.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "store/store.h"

namespace fairway::store::postgres {

struct Queued {
  Batch batch;
  Completion done;
  size_t bytes = 0;
};
using Parcel = std::vector<Queued>;

// Calls each completion with the same error.
void fail_all(Parcel parcel, const Error& error);

class BatchQueue {
 public:
  // Code::overloaded past limits::kStoreQueueBatchesMax or kStoreQueueBytesMax, or the error that refuse() set; `queued` is
  // taken only on success.
  [[nodiscard]] Status push(Queued& queued);
  // From the front, as many as make one group; empty where none waits.
  [[nodiscard]] Parcel take();
  // To the front again, in their order: they were taken but nothing became of them.
  void put_back(Parcel parcel);
  // Everything that waits is handed back, and pushing fails with this error from now on; nullopt: pushing works again.
  [[nodiscard]] Parcel refuse(std::optional<Error> error);
  [[nodiscard]] Parcel take_all();
  [[nodiscard]] size_t size();

 private:
  std::mutex mutex_;
  std::deque<Queued> queue_;
  size_t bytes_ = 0;
  std::optional<Error> refusal_;
};

}  // namespace fairway::store::postgres
