#include "store/rocksdb/committer.h"

#include <utility>

#include "base/limits.h"
#include "base/log.h"
#include "store/admission.h"
#include "store/rocksdb/group.h"

namespace fairway::store {
namespace {

// A group is closed at this size: large enough to share one sync among many batches, small enough that the first does not wait
// for a crowd.
constexpr size_t kGroupBytesMax = 8u << 20;
constexpr std::chrono::milliseconds kProbePause{250};  // between attempts to recover

}  // namespace

Committer::Committer(Slot& slot, Env& env, Position last)
    : slot_(slot), env_(env), last_(last), acknowledged_(slot.database().db().GetLatestSequenceNumber()) {
  thread_ = std::thread([this] { run(); });
}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  thread_.join();
}

void Committer::submit(Batch batch, Completion done) {
  const Result<size_t> bytes = admit(batch);
  if (!bytes.has_value()) return done(std::unexpected(bytes.error()));
  std::optional<Error> refusal;
  {
    const std::lock_guard lock(mutex_);
    if (refusal_.has_value()) {
      refusal = refusal_;
    } else if (queue_.size() >= limits::kStoreQueueBatchesMax || queued_bytes_ + *bytes > limits::kStoreQueueBytesMax) {
      refusal = Error{Code::overloaded, "the store's queue is full", std::to_string(queue_.size()) + " batches wait", "send it again later"};
    } else {
      queued_bytes_ += *bytes;
      queue_.push_back({std::move(batch), std::move(done), *bytes});
    }
  }
  if (refusal.has_value()) return done(std::unexpected(std::move(*refusal)));
  work_.notify_one();
}

Position Committer::wait_past(Position position, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, patience, [&] { return last_ > position; });
  return last_;
}

Status Committer::writable() {
  const std::lock_guard lock(mutex_);
  if (refusal_.has_value()) return std::unexpected(*refusal_);
  return {};
}

Store::Figures Committer::figures() {
  const std::lock_guard lock(mutex_);
  Store::Figures figures = figures_;
  figures.engine = "rocksdb";
  figures.last = last_;
  figures.queued = queue_.size();
  return figures;
}

Status Committer::alone(const std::function<Result<Position>(Database&)>& job) {
  {
    std::unique_lock lock(mutex_);
    if (refusal_.has_value()) return std::unexpected(*refusal_);
    refusal_ = Error{Code::unavailable, "an import into the store is under way", {}, "wait until it is done"};
    work_.wait(lock, [&] { return queue_.empty() && !busy_; });
  }
  Result<Position> last = job(slot_.database());
  const std::lock_guard lock(mutex_);
  refusal_.reset();
  if (last.has_value()) last_ = *last;
  moved_.notify_all();
  if (!last.has_value()) return std::unexpected(std::move(last).error());
  return {};
}

void Committer::run() {
  for (;;) {
    std::vector<Pending> group = next_group();
    if (!group.empty()) {
      write_group(std::move(group));
      continue;
    }
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

}  // namespace fairway::store
