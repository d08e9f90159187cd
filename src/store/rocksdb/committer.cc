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
    trouble_ = Error{Code::unavailable, "the store is closing", {}, {}};
  }
  work_.notify_all();
  thread_.join();
}

void Committer::submit(Batch batch, Completion done) {
  const Result<size_t> bytes = admit(batch);
  if (!bytes.has_value()) return done(std::unexpected(bytes.error()));
  Pending pending{std::move(batch), std::move(done), *bytes};
  if (const Status queued = enqueue(pending); !queued.has_value()) return pending.done(std::unexpected(queued.error()));
  work_.notify_one();
}

Status Committer::enqueue(Pending& pending) {
  const std::lock_guard lock(mutex_);
  TRY_OK(open_for_batches());
  if (queue_.size() >= limits::kStoreQueueBatchesMax || queued_bytes_ + pending.bytes > limits::kStoreQueueBytesMax)
    return fail(Code::overloaded, "the store's queue is full", std::to_string(queue_.size()) + " batches wait", "send it again later");
  queued_bytes_ += pending.bytes;
  queue_.push_back(std::move(pending));
  return {};
}

Position Committer::wait_past(Position position, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, patience, [&] { return last_ > position; });
  return last_;
}

Status Committer::writable() {
  const std::lock_guard lock(mutex_);
  return open_for_batches();
}

Status Committer::open_for_batches() const {
  if (alone_) return fail(Code::unavailable, "an import into the store is under way", {}, "wait until it is done");
  if (trouble_.has_value()) return std::unexpected(*trouble_);
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
    TRY_OK(open_for_batches());
    alone_ = true;
    idle_.wait(lock, [&] { return queue_.empty() && !busy_ && !held_; });
    if (trouble_.has_value()) {
      alone_ = false;
      return std::unexpected(*trouble_);
    }
  }
  Result<Position> last = job(slot_.database());
  const std::lock_guard lock(mutex_);
  alone_ = false;
  acknowledged_ = slot_.database().db().GetLatestSequenceNumber();
  if (last.has_value()) {
    last_ = *last;
    moved_.notify_all();
    return {};
  }
  if (last.error().code == Code::unavailable) {
    // What the job left half done is undone when the store is opened again.
    trouble_ = last.error();
    broken_ = true;
    work_.notify_one();
  }
  return std::unexpected(std::move(last).error());
}

Status Committer::reopen() {
  {
    std::unique_lock lock(mutex_);
    TRY_OK(open_for_batches());
    if (held_) return fail(Code::unavailable, "the store is being opened again", {}, "try again");
    held_ = true;
    idle_.wait(lock, [&] { return !busy_ || broken_; });
    if (trouble_.has_value()) {
      held_ = false;
      return std::unexpected(*trouble_);
    }
  }
  const Status reopened = slot_.reopen(acknowledged_);
  const std::lock_guard lock(mutex_);
  held_ = false;
  if (!reopened.has_value() && !slot_.writable()) {  // the thread goes on trying
    trouble_ = reopened.error();
    broken_ = true;
  }
  work_.notify_one();
  return reopened;
}

void Committer::run() {
  for (;;) {
    std::vector<Pending> group = next_group();
    if (!group.empty()) {
      write_group(std::move(group));
      continue;
    }
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    recover();
  }
}

std::vector<Committer::Pending> Committer::next_group() {
  std::vector<Pending> group;
  std::unique_lock lock(mutex_);
  busy_ = false;
  idle_.notify_all();
  work_.wait(lock, [&] { return !held_ && (stopping_ || broken_ || !queue_.empty()); });
  if (broken_) {
    work_.wait_for(lock, kProbePause, [&] { return stopping_; });
    return group;
  }
  for (size_t bytes = 0; !queue_.empty() && bytes < kGroupBytesMax; queue_.pop_front()) {
    bytes += queue_.front().bytes;
    queued_bytes_ -= queue_.front().bytes;
    group.push_back(std::move(queue_.front()));
  }
  busy_ = true;
  return group;
}

void Committer::write_group(std::vector<Pending> group) {
  std::vector<const Batch*> batches;
  batches.reserve(group.size());
  for (const Pending& pending : group) batches.push_back(&pending.batch);
  Group built(slot_.database(), batches, last_);  // only this thread moves last_ while busy_ stands
  Status status = built.build();
  if (status.has_value()) status = built.write();
  if (!status.has_value()) return break_off(std::move(group), status.error());

  acknowledged_ = slot_.database().db().GetLatestSequenceNumber();
  publish(built, group.size());
  std::vector<Completer::Outcome> outcomes;
  outcomes.reserve(group.size());
  for (size_t i = 0; i < group.size(); ++i)
    outcomes.push_back({std::move(group[i].batch), std::move(group[i].done), std::move(built.outcomes()[i])});
  completer_.hand_over(std::move(outcomes));
  slot_.database().forget_view();
}

void Committer::publish(const Group& group, size_t batches) {
  const std::lock_guard lock(mutex_);
  figures_.batches += batches;
  figures_.commits += 1;
  figures_.entries += group.last() - last_;
  figures_.repeats += group.repeats();
  if (last_ == group.last()) return;
  last_ = group.last();
  moved_.notify_all();
}

void Committer::break_off(std::vector<Pending> group, const Error& error) {
  log::error("store: {}; writes are refused until it recovers", error.text());
  broken_since_ns_ = env_.steady_ns();
  {
    const std::lock_guard lock(mutex_);
    trouble_ = error;
    broken_ = true;
    while (!queue_.empty()) {
      group.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    queued_bytes_ = 0;
    figures_.errors += group.size();
  }
  std::vector<Completer::Outcome> outcomes;
  outcomes.reserve(group.size());
  for (Pending& pending : group) outcomes.push_back({std::move(pending.batch), std::move(pending.done), std::unexpected(error)});
  completer_.hand_over(std::move(outcomes));
}

void Committer::recover() {
  Status status = slot_.probe();
  if (status.has_value()) status = slot_.reopen(acknowledged_);
  Result<Position> last = 0;
  if (status.has_value()) last = slot_.database().last(rocksdb::ReadOptions());
  if (status.has_value() && !last.has_value()) status = std::unexpected(last.error());

  const std::lock_guard lock(mutex_);
  if (!status.has_value()) {
    trouble_ = status.error();
    return;
  }
  if (*last != last_) log::error("store: the log ends at {} after it was opened again, {} was acknowledged", *last, last_);
  last_ = *last;
  broken_ = false;
  trouble_.reset();
  log::info("store: takes writes again after {} ms", (env_.steady_ns() - broken_since_ns_) / 1'000'000);
}

}  // namespace fairway::store
