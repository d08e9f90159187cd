// BatchQueue: batches that wait for the sequencer's thread, in order and bounded.
//
// Any thread may push; one thread takes and settles. Completions are called outside the lock.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "base/limits.h"
#include "store/postgres/progress.h"
#include "store/store.h"

namespace fairway::store::postgres {

struct Queued {
  Batch batch;
  Completion done;
  size_t bytes = 0;
};
using Parcel = std::vector<Queued>;

[[nodiscard]] std::vector<const Batch*> batches_of(const Parcel& parcel);
// Calls each completion with its receipt, or all with the same error, and counts. One receipt for each batch of the parcel.
void settle(Parcel parcel, std::vector<Result<Receipt>> receipts, Progress& progress);
void settle(Parcel parcel, const Error& error, Progress& progress);

class BatchQueue {
 public:
  // Code::overloaded past limits::kStoreQueueBatchesMax or kStoreQueueBytesMax, or the error that refuse() set; `queued` is
  // taken only on success.
  [[nodiscard]] Status push(Queued& queued);
  // From the front, as many as make one group but at most `batches_max`; empty where none waits.
  [[nodiscard]] Parcel take(size_t batches_max = limits::kStoreQueueBatchesMax);
  [[nodiscard]] Parcel take_all();
  // To the front again, in their order: they were taken but nothing became of them.
  void put_back(Parcel parcel);
  // Pushing fails with this error from now on; nullopt: it works again.
  void refuse(std::optional<Error> error);
  [[nodiscard]] size_t size();

 private:
  std::mutex mutex_;
  std::deque<Queued> queue_;
  size_t bytes_ = 0;
  std::optional<Error> refusal_;
};

}  // namespace fairway::store::postgres
