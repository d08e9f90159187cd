#include "store/postgres/batch_queue.h"

#include <iterator>
namespace fairway::store::postgres {
namespace {

// A group is closed at this size: enough to share one commit among many batches, little enough that the first need not wait long.
constexpr size_t kGroupBytesMax = 4u << 20;

}  // namespace

std::vector<const Batch*> batches_of(const Parcel& parcel) {
  std::vector<const Batch*> batches;
  batches.reserve(parcel.size());
  for (const Queued& queued : parcel) batches.push_back(&queued.batch);
  return batches;
}

void settle(Parcel parcel, std::vector<Result<Receipt>> receipts, Progress& progress) {
  progress.batches += parcel.size();
  for (const Result<Receipt>& receipt : receipts) {
    if (!receipt.has_value()) continue;
    for (const Appended& appended : receipt->entries) ++(appended.fresh ? progress.entries : progress.repeats);
  }
  for (size_t i = 0; i < parcel.size(); ++i) parcel[i].done(std::move(receipts[i]));
}

void settle(Parcel parcel, const Error& error, Progress& progress) {
  progress.errors += parcel.size();
  for (Queued& queued : parcel) queued.done(std::unexpected(error));
}

Status BatchQueue::push(Queued& queued) {
  const std::lock_guard lock(mutex_);
  if (refusal_.has_value()) return std::unexpected(*refusal_);
  if (queue_.size() >= limits::kStoreQueueBatchesMax || bytes_ + queued.bytes > limits::kStoreQueueBytesMax)
    return fail(Code::overloaded, "the store's queue is full", std::to_string(queue_.size()) + " batches wait", "send it again later");
  bytes_ += queued.bytes;
  queue_.push_back(std::move(queued));
  return {};
}

Parcel BatchQueue::take(size_t batches_max) {
  const std::lock_guard lock(mutex_);
  Parcel parcel;
  for (size_t bytes = 0; !queue_.empty() && bytes < kGroupBytesMax && parcel.size() < batches_max; queue_.pop_front()) {
    bytes += queue_.front().bytes;
    bytes_ -= queue_.front().bytes;
    parcel.push_back(std::move(queue_.front()));
  }
  return parcel;
}

void BatchQueue::put_back(Parcel parcel) {
  const std::lock_guard lock(mutex_);
  for (const Queued& queued : parcel) bytes_ += queued.bytes;
  queue_.insert(queue_.begin(), std::make_move_iterator(parcel.begin()), std::make_move_iterator(parcel.end()));
}

void BatchQueue::refuse(std::optional<Error> error) {
  const std::lock_guard lock(mutex_);
  refusal_ = std::move(error);
}

Parcel BatchQueue::take_all() {
  const std::lock_guard lock(mutex_);
  Parcel parcel(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
  queue_.clear();
  bytes_ = 0;
  return parcel;
}

size_t BatchQueue::size() {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

}  // namespace fairway::store::postgres
